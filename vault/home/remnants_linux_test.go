package home_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ebb/scripts/interpose"
	"ebb/vault"
)

// Whichever of its files a crash left of a vault that was being made, in whatever
// order they came and went: it is made anew.
func TestVaultIsMadeOverAnyRemnant(t *testing.T) {
	files, err := os.ReadDir(newVault(t, newClock()))
	if err != nil || len(files) != 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	remnants := [][]os.DirEntry{files}
	for i := range files {
		remnants = append(remnants, files[i:i+1], slices.Concat(files[:i], files[i+1:]))
	}
	for _, left := range remnants {
		k := newStruck(t, t.TempDir())
		part := k.dir() + ".part"
		if err := os.Mkdir(part, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, f := range left {
			if err := os.WriteFile(filepath.Join(part, f.Name()), []byte("torn"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.create(); err != nil {
			t.Errorf("over %v: %v", left, err)
		}
	}
}

// The error of a file that cannot be given its name tells nobody where it is.
func TestMakingTellsNoPath(t *testing.T) {
	for errno, want := range map[syscall.Errno]error{syscall.EIO: syscall.EIO, syscall.ENOSPC: vault.ErrFull, syscall.EROFS: vault.ErrReadOnly} {
		for at := 1; at <= 2; at++ { // of the key file, and of the vault
			k := newStruck(t, t.TempDir())
			renames := 0
			err := interpose.Watch(k.root, func(c interpose.Call) interpose.Answer {
				if c.Op != interpose.Rename {
					return interpose.Answer{}
				}
				if renames++; renames == at {
					return interpose.Answer{Errno: errno}
				}
				return interpose.Answer{}
			}, k.create)
			if !errors.Is(err, want) || strings.Contains(err.Error(), k.root) {
				t.Errorf("renaming %d fails with %v: %v", at, errno, err)
			}
		}
	}
}
