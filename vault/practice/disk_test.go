package practice_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// canary stands in every text that must not be found.
const canary = "CANARY-marsh-lantern-7719"

// shapes are what the canary can look like in a file: UTF-8, UTF-16, hexadecimal, and
// base64 at any of its three offsets.
func shapes() [][]byte {
	all := [][]byte{[]byte(canary), []byte(strings.ToLower(canary)), []byte(hex.EncodeToString([]byte(canary))), []byte(strings.ToUpper(hex.EncodeToString([]byte(canary))))}
	var wide []byte
	for _, u := range utf16.Encode([]rune(canary)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	all = append(all, wide)
	for offset := range 3 {
		// Cut the characters that depend on what stands around the canary.
		b := base64.StdEncoding.EncodeToString(append(make([]byte, offset), canary...))
		all = append(all, []byte(b[4:len(b)-4]))
	}
	return all
}

// holdsCanary reports whether the canary is in some bytes, in any shape.
func holdsCanary(b []byte) bool {
	for _, shape := range shapes() {
		if bytes.Contains(b, shape) {
			return true
		}
	}
	return false
}

// noPlaintext fails if the canary is in any file of the folder.
func noPlaintext(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if holdsCanary(b) {
			t.Fatalf("plaintext in a file of %d bytes", len(b))
		}
	}
}

// entrusted are the files of the drawers of cases, by name.
func entrusted(t testing.TB, dir string) map[string]os.FileInfo {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]os.FileInfo{}
	for _, e := range entries {
		if len(strings.TrimSuffix(e.Name(), "-wal")) != 24 {
			continue
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = info
	}
	return all
}

// everythingOf is a value as JSON.
func everythingOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
