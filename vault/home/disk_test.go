package home_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// noPlaintext fails if the canary stands in any file of the folder, in UTF-8,
// UTF-16, hexadecimal or base64 at any of its three offsets.
func noPlaintext(t *testing.T, dir string) {
	t.Helper()
	needles := [][]byte{[]byte(canary), []byte(hex.EncodeToString([]byte(canary))), []byte(strings.ToUpper(hex.EncodeToString([]byte(canary))))}
	var wide []byte
	for _, u := range utf16.Encode([]rune(canary)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	needles = append(needles, wide)
	for offset := range 3 {
		// Cut the characters that depend on what stands around the canary.
		b := base64.StdEncoding.EncodeToString(append(make([]byte, offset), canary...))
		needles = append(needles, []byte(b[4:len(b)-4]))
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, needle := range needles {
			if bytes.Contains(b, needle) {
				t.Fatalf("plaintext in a file of %d bytes", len(b))
			}
		}
	}
}

// sameSizes fails unless all drawers, and all logs, have one size and all files
// one modification time.
func sameSizes(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int64{}
	var times []int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, info.ModTime().UnixNano())
		kind := "drawer"
		if strings.HasSuffix(f.Name(), "-wal") {
			kind = "log"
		} else if len(f.Name()) != 16 {
			kind = f.Name()
		}
		if size, ok := sizes[kind]; ok && size != info.Size() {
			t.Errorf("two files of kind %s have %d and %d bytes", kind, size, info.Size())
		}
		sizes[kind] = info.Size()
	}
	for _, at := range times {
		if at != times[0] {
			t.Errorf("modification times differ: %v", times)
			break
		}
	}
}
