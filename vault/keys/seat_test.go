package keys

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

func TestCreateAndUnlock(t *testing.T) {
	for kind, want := range map[Kind]string{Home: "Anna", Practice: "Dr. K"} {
		path := filepath.Join(t.TempDir(), "keys")
		made, err := Create(path, kind, []byte(passA), InsecureParams, want, foundHome, InsecureCheapKDF())
		if err != nil {
			t.Fatal(err)
		}
		defer made.Close()
		s := unlock(t, path, passA)
		r := s.Ring()
		if r.Kind != kind || r.Seat != 0 || len(r.Drawers) != 2 || r.Member(0).Name != want {
			t.Errorf("kind %d: %d drawers, name %q", r.Kind, len(r.Drawers), r.Member(0).Name)
		}
		if *r.Drawer(Private).Key != *made.Ring().Drawer(Private).Key || !r.Drawer(Private).Founding {
			t.Error("the drawer is not the one that was made")
		}
		if len(s.Notices()) != 0 || open(t, path).Repaired() {
			t.Errorf("notices: %v", s.Notices())
		}
		info := open(t, path).Info()
		if info.Format != 1 || info.KDF != InsecureParams || info.Size != fileSize || info.Vault == [16]byte{} {
			t.Errorf("info: %+v", info)
		}
		if mode := mustStat(t, path).Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
			t.Errorf("others may read it: %v", mode)
		}
		for _, wrong := range []string{"x", passB, passA + "."} {
			if _, _, err := open(t, path).Unlock(context.Background(), []byte(wrong)); !errors.Is(err, ErrWrongPassphrase) {
				t.Errorf("%q: %v", wrong, err)
			}
		}
	}
}

func mustStat(t testing.TB, path string) fs.FileInfo {
	t.Helper()
	i, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestCreateLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys")
	broken := errors.New("no drawer")
	if _, err := Create(path, Home, []byte(passA), InsecureParams, "A", func(*Ring) error { return broken }, InsecureCheapKDF()); !errors.Is(err, broken) {
		t.Errorf("found fails: %v", err)
	}
	for name, err := range map[string]error{
		"kind":       second(Create(path, 9, []byte(passA), InsecureParams, "A", noDrawers, InsecureCheapKDF())),
		"passphrase": second(Create(path, Home, nil, InsecureParams, "A", noDrawers, InsecureCheapKDF())),
		"cheap":      second(Create(path, Home, []byte(passA), InsecureParams, "A", noDrawers)),
		"no folder":  second(Create(filepath.Join(dir, "none", "keys"), Home, []byte(passA), InsecureParams, "A", noDrawers, InsecureCheapKDF())),
	} {
		if err == nil {
			t.Errorf("%s: created", name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	// The power fails while the file is built: there is none, and a second
	// attempt is not in the way of what is left.
	for _, cut := range []int{0, 100, copySize, fileSize - 1} {
		d := newDisk(t, nil)
		d.fail(cut)
		half := func(o *options) {
			o.open = func(name string, _ int) (device, error) {
				if err := os.WriteFile(name, make([]byte, cut), 0o600); err != nil {
					return nil, err
				}
				return handle{d}, nil
			}
		}
		if _, err := Create(path, Home, []byte(passA), InsecureParams, "A", noDrawers, InsecureCheapKDF(), half); !errors.Is(err, errPower) {
			t.Errorf("cut %d: %v", cut, err)
		}
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("cut %d: half a key file", cut)
		}
	}
	if err := os.WriteFile(path+".new", []byte("left by a crash"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Create(path, Home, []byte(passA), InsecureParams, "A", noDrawers, InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	late := filepath.Join(dir, "late") // somebody else's file appears while the drawers are built
	appear := func(*Ring) error { return os.WriteFile(late, []byte("theirs"), 0o600) }
	if _, err := Create(late, Home, []byte(passA), InsecureParams, "A", appear, InsecureCheapKDF()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file that appeared: %v", err)
	}
	if string(content(t, late)) != "theirs" {
		t.Error("a file that appeared was written over")
	}
	before := content(t, path)
	if _, err := Create(path, Home, []byte(passB), InsecureParams, "B", noDrawers, InsecureCheapKDF()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a vault: %v", err)
	}
	if !bytes.Equal(before, content(t, path)) {
		t.Error("a vault was written over")
	}
}

func second(_ *Seat, err error) error { return err }

func TestCancelledUnlock(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := open(t, path).Unlock(ctx, []byte(passA)); !errors.Is(err, context.Canceled) {
		t.Errorf("unlock: %v", err)
	}
}

// TestSeveralSeatsOfOneFile: two persons sit down together, and both save.
func TestSeveralSeatsOfOneFile(t *testing.T) {
	path, _, _ := couple(t)
	f := open(t, path)
	var seats []*Seat
	for _, passphrase := range []string{passA, passB} {
		s, _, err := f.Unlock(context.Background(), []byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		seats = append(seats, s)
	}
	var all sync.WaitGroup
	for _, s := range seats {
		all.Go(func() {
			for n := range uint64(10) {
				s.Ring().Drawer(Private).Seen = n + 1
				if err := s.Save(); err != nil {
					t.Errorf("seat %d: %v", s.Ring().Seat, err)
				}
			}
		})
	}
	all.Wait()
	for _, passphrase := range []string{passA, passB} {
		s := unlock(t, path, passphrase)
		if s.Ring().Drawer(Private).Seen != 10 || len(s.Notices()) != 0 {
			t.Errorf("seen %d, notices %v", s.Ring().Drawer(Private).Seen, s.Notices())
		}
	}
}

func TestSaveRefusesAnotherFile(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	before := content(t, path)
	other, _ := newHome(t, passA, "Anna")
	foreign := content(t, other)
	if err := os.WriteFile(path, foreign, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.Save(); !errors.Is(err, ErrChanged) {
		t.Errorf("over another vault: %v", err)
	}
	if !bytes.Equal(content(t, path), foreign) {
		t.Error("another vault was written to")
	}
	if err := os.WriteFile(path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	twin := unlock(t, path, passA)
	if err := twin.Save(); err != nil {
		t.Fatal(err)
	}
	if err := a.Save(); !errors.Is(err, ErrChanged) {
		t.Errorf("over a later ring: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := twin.Save(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("over nothing: %v", err)
	}
	if err := os.WriteFile(path, make([]byte, fileSize), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := twin.Save(); !errors.Is(err, ErrNotKeyFile) {
		t.Errorf("over zeros: %v", err)
	}
	twin.Close()
	if err := twin.Save(); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if _, err := twin.Invite(nil); !errors.Is(err, ErrClosed) {
		t.Errorf("inviting after Close: %v", err)
	}
}

// ledger hands out memory and watches that all of it comes back wiped.
type ledger struct {
	given, back, dirty int
}

type watched struct {
	b []byte
	l *ledger
}

func (l *ledger) memory(size int) (Secret, error) {
	l.given++
	return &watched{make([]byte, size), l}, nil
}

func (w *watched) Bytes() []byte { return w.b }

func (w *watched) Close() error {
	w.l.back++
	if !allZero(w.b) {
		w.l.dirty++
	}
	return nil
}

func TestSecretMemoryComesBackWiped(t *testing.T) {
	var l ledger
	cheap, memory := InsecureCheapKDF(), WithMemory(l.memory)
	path := filepath.Join(t.TempDir(), "keys")
	a, err := Create(path, Home, []byte(passA), InsecureParams, "Anna", foundHome, cheap, memory)
	if err != nil {
		t.Fatal(err)
	}
	key := a.Ring().Drawer(Shared).Key
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, cheap, memory)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, _, err := f.Unlock(ctx, []byte("wrong")); !errors.Is(err, ErrWrongPassphrase) {
		t.Fatal(err)
	}
	_, i, err := f.Unlock(ctx, []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("no drawer")
	if _, err := i.Join(ctx, []byte(passB), "Ben", func(*Ring) error { return broken }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if _, err := i.Join(ctx, []byte(passA), "Ben", built); !errors.Is(err, ErrWeakPassphrase) {
		t.Fatal(err)
	}
	b, err := i.Join(ctx, []byte(passB), "Ben", built)
	if err != nil {
		t.Fatal(err)
	}
	ring := b.Ring()
	for _, closer := range []interface{ Close() error }{a, a, b, b, i} {
		if err := closer.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if *key != [32]byte{} || ring.Drawer(Shared).Key != nil {
		t.Error("a key is there after Close")
	}
	noise := edit(t, content(t, path), nil, func(b body) { random(b.ring(0)) })
	if err := os.WriteFile(path, noise, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Unlock(ctx, []byte(passA)); !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	if l.given != l.back || l.dirty != 0 || l.given < 6 {
		t.Errorf("%d pieces given, %d back, %d not wiped", l.given, l.back, l.dirty)
	}
	refuse := WithMemory(func(int) (Secret, error) { return nil, broken })
	f, err = Open(path, cheap, refuse)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Unlock(ctx, []byte(passB)); !errors.Is(err, broken) {
		t.Errorf("without memory: %v", err)
	}
}

// TestFullCost runs the whole way once at the cost that people pay.
func TestFullCost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	a, err := Create(path, Home, []byte(passA), Default, "Anna", foundHome)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var s *Seat
	n := allocated(func() { s, _, err = f.Unlock(context.Background(), []byte(passA)) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n < 256<<20 || n > 2*256<<20-1 {
		t.Errorf("one unlock allocated %d bytes: not one evaluation at 256 MiB", n)
	}
	if *s.Ring().Drawer(Private).Key != *a.Ring().Drawer(Private).Key {
		t.Error("another ring")
	}
}
