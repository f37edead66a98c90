package keys

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Looking into a copy changes no byte of it, though a copy inside is mended, the
// ring saved and an invitation made.
func TestDetachedWritesNothing(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	damaged := content(t, path)
	damaged[5000] ^= 1
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, InsecureCheapKDF(), Detached())
	if err != nil || !f.Repaired() {
		t.Fatalf("opened, and mended in memory: %v", err)
	}
	s, _, err := f.Unlock(context.Background(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	before := s.Ring().Sequence
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Invite(nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content(t, path), damaged) {
		t.Error("the file was written")
	}
	s, _, err = f.Unlock(context.Background(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Ring().Sequence <= before {
		t.Errorf("what was saved is forgotten: %d after %d", s.Ring().Sequence, before)
	}
}

func TestDetachedRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "keys"), Detached()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing there: %v", err)
	}
	path, _ := newHome(t, passA, "Anna")
	whole := content(t, path)
	for name, b := range map[string][]byte{"empty": nil, "cut": whole[:copySize-1], "letter": []byte("dear keys")} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, InsecureCheapKDF(), Detached()); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if err := os.WriteFile(path, append(bytes.Clone(whole), "and more"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := Open(path, InsecureCheapKDF(), Detached()); err != nil || !f.Repaired() {
		t.Errorf("one with something behind it: %v", err)
	}
}
