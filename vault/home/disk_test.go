package home_test

import (
	"os"
	"strings"
	"testing"

	"ebb/scripts/proof"
)

// noPlaintext fails if the canary stands in any file of the folder, in any disguise.
func noPlaintext(t *testing.T, dir string) {
	t.Helper()
	if found, err := proof.Find(dir, canary); err != nil || len(found) > 0 {
		t.Fatalf("in the plain: %v, %v", found, err)
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
