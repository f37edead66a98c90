package drawer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

var (
	copyKey = Key{7, 7, 7}
	copyID  = ID{8, 8, 8}
)

// toCopy makes a drawer with some pages, part of them in the log.
func toCopy(t testing.TB, o Options) (path string, d *Drawer, want []string) {
	t.Helper()
	path = made(t)
	d = open1(t, path, o)
	for i := range 30 {
		want = append(want, fmt.Sprintf("text %d %s", i, strings.Repeat("y", 300*i)))
	}
	insert(t, d, want[:20]...)
	if err := d.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	insert(t, d, want[20:]...)
	return path, d, want
}

// copied opens a copy, checks it and returns what is in it.
func copied(t testing.TB, path string) []string {
	t.Helper()
	d, err := Open(t.Context(), path, copyID, copyKey, testSchema, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if len(d.Repairs()) != 0 {
		t.Errorf("repairs: %v", d.Repairs())
	}
	mustBeSound(t, d)
	return texts(t, d)
}

func TestCopyHoldsTheSame(t *testing.T) {
	path, d, want := toCopy(t, Options{})
	to := path + "2"
	var last, total int64
	if err := d.CopyTo(t.Context(), to, copyID, copyKey, func(done, all int64) {
		if done < last || done > all {
			t.Errorf("%d of %d after %d", done, all, last)
		}
		last, total = done, all
	}); err != nil {
		t.Fatal(err)
	}
	if last != total || total < 60 {
		t.Errorf("the progress ended with %d of %d", last, total)
	}
	if got := copied(t, to); !slices.Equal(got, want) {
		t.Errorf("%d texts in the copy, want %d", len(got), len(want))
	}
	// The one goes on by itself, and nothing of it reaches the other.
	insert(t, d, "only in the first")
	closeDrawer(t, d)
	if got := copied(t, to); len(got) != len(want) {
		t.Errorf("%d texts in the copy", len(got))
	}
	if got := texts(t, open1(t, path, Options{})); len(got) != len(want)+1 {
		t.Errorf("%d texts in the first", len(got))
	}
	for _, suffix := range []string{"", logSuffix} {
		info, err := os.Stat(to + suffix)
		if err != nil || info.Size() != smallestClass {
			t.Errorf("the copy's file has %v, %v", info, err)
		}
	}
}

// TestCopyHasKeysOfItsOwn: neither key opens the other's files, and no page of
// the one is a page of the other.
func TestCopyHasKeysOfItsOwn(t *testing.T) {
	path, d, _ := toCopy(t, Options{})
	to := path + "2"
	if err := d.CopyTo(t.Context(), to, copyID, copyKey, nil); err != nil {
		t.Fatal(err)
	}
	closeDrawer(t, d)
	for name, try := range map[string]struct {
		path string
		id   ID
		key  Key
	}{
		"the first key on the copy":    {to, testID, testKey},
		"the copy's key on the first":  {path, copyID, copyKey},
		"the first id with the key":    {to, testID, copyKey},
		"the first key with the id":    {to, copyID, testKey},
		"the copy's key and first id":  {path, testID, copyKey},
		"the copy's id and first key":  {path, copyID, testKey},
		"nothing but zeros on a copy":  {to, ID{}, Key{}},
		"nothing but zeros on a first": {path, ID{}, Key{}},
	} {
		if d, err := Open(t.Context(), try.path, try.id, try.key, testSchema, Options{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
			if err == nil {
				d.Close()
			}
		}
	}
	first, second := takeImage(t, path), takeImage(t, to)
	blocks := map[string]bool{}
	for at := 0; at < len(first[mainFile]); at += pageSize {
		blocks[string(first[mainFile][at:at+pageSize])] = true
	}
	for at := 0; at < len(second[mainFile]); at += pageSize {
		if blocks[string(second[mainFile][at:at+pageSize])] {
			t.Fatalf("block %d is in both", at/pageSize)
		}
	}
}

// TestMoveLosesNothing: writers go on until the drawer is closed under them; what
// was acknowledged is in the copy, and nothing else.
func TestMoveLosesNothing(t *testing.T) {
	path, d, want := toCopy(t, Options{})
	to := path + "2"
	var mu sync.Mutex
	var writers sync.WaitGroup
	begun := make(chan struct{}, 4)
	for w := range 4 {
		writers.Go(func() {
			for n := 0; ; n++ {
				text := fmt.Sprintf("writer %d text %d", w, n)
				err := d.Update(t.Context(), func(tx *Tx) error {
					_, err := tx.Exec(t.Context(), `INSERT INTO note (text) VALUES (?)`, text)
					return err
				})
				if n == 2 {
					begun <- struct{}{}
				}
				if errors.Is(err, ErrClosed) {
					return
				}
				if err != nil {
					t.Errorf("writing: %v", err)
					return
				}
				mu.Lock()
				want = append(want, text)
				mu.Unlock()
			}
		})
	}
	for range 4 {
		<-begun
	}
	taken := 0
	if err := d.MoveTo(t.Context(), to, copyID, copyKey, nil, func() error { taken++; return nil }); err != nil || taken != 1 {
		t.Fatalf("%v, taken %d times", err, taken)
	}
	writers.Wait()
	got := copied(t, to)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d texts in the copy, %d acknowledged", len(got), len(want))
	}
	if err := d.MoveTo(t.Context(), to+"3", copyID, copyKey, nil, func() error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("moving it again: %v", err)
	}
	closeDrawer(t, d) // does nothing
	if got := texts(t, open1(t, path, Options{})); len(got) != len(want) {
		t.Errorf("the first holds %d texts", len(got))
	}
}

// TestMoveThatIsNotTaken: whatever taken says, nothing more is written to the
// drawer; a copy that could not be made leaves it open.
func TestMoveThatIsNotTaken(t *testing.T) {
	path, d, want := toCopy(t, Options{})
	refused := errors.New("no")
	never := func() error {
		t.Error("a copy that was not made was taken")
		return nil
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := d.MoveTo(ended, path+"2", copyID, copyKey, nil, never); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := d.MoveTo(t.Context(), path, copyID, copyKey, nil, never); err == nil {
		t.Error("over itself")
	}
	if err := d.MoveTo(t.Context(), filepath.Join(path+"none", "x"), copyID, copyKey, nil, never); !errors.Is(err, ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
	insert(t, d, "still open")
	if err := d.MoveTo(t.Context(), path+"2", copyID, copyKey, nil, func() error { return refused }); err != refused {
		t.Errorf("refused: %v", err)
	}
	if err := d.Update(t.Context(), func(*Tx) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("writing after: %v", err)
	}
	for _, p := range []string{path, path + "2"} {
		id, key := testID, testKey
		if p != path {
			id, key = copyID, copyKey
		}
		again, err := Open(t.Context(), p, id, key, testSchema, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(t, again); !slices.Equal(got, append(slices.Clone(want), "still open")) {
			t.Errorf("%d texts", len(got))
		}
		closeDrawer(t, again)
	}
}

// copyRemains lists what a copy that failed left.
func copyRemains(t testing.TB, to string) []string {
	t.Helper()
	left, err := filepath.Glob(to + "*")
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestCopyOfDamageIsRefused(t *testing.T) {
	path, d, _ := toCopy(t, Options{})
	closeDrawer(t, d)
	im := takeImage(t, path)
	im[mainFile][pageAt(11)+100] ^= 1
	im.put(t, path)
	d = open1(t, path, Options{})
	if err := d.CopyTo(t.Context(), path+"2", copyID, copyKey, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
	if left := copyRemains(t, path+"2"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestCopyOverSomething(t *testing.T) {
	path, d, _ := toCopy(t, Options{})
	for _, name := range []string{path + "2", path + "3" + logSuffix} {
		if err := os.WriteFile(name, []byte("theirs"), 0o600); err != nil {
			t.Fatal(err)
		}
		to := strings.TrimSuffix(name, logSuffix)
		if err := d.CopyTo(t.Context(), to, copyID, copyKey, nil); err == nil {
			t.Error("copied over something")
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != "theirs" {
			t.Errorf("what was there is %q now, %v", got, err)
		}
		if left := copyRemains(t, to); len(left) != 1 {
			t.Errorf("left: %v", left)
		}
	}
}

// TestCopyIsCompared: what reads back as something else is no copy, and is gone.
func TestCopyIsCompared(t *testing.T) {
	path, d, _ := toCopy(t, Options{})
	to := path + "2"
	page := int64(0)
	d.store.main.hooks = &hooks{access: func(a access) (int, error) {
		if a.op == opWrite && a.length == pageSize && a.offset == pageAt(5) {
			page = a.offset
		}
		if a.op == opRead && page != 0 { // the copying is over: damage it
			f, err := os.OpenFile(to, os.O_RDWR, 0)
			if err != nil {
				return 0, err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte("damage"), page+1000)
			return 0, err
		}
		return 0, nil
	}}
	if err := d.CopyTo(t.Context(), to, copyID, copyKey, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
	if left := copyRemains(t, to); len(left) != 0 || page == 0 {
		t.Errorf("left: %v", left)
	}
}

// TestCopyOnAFailingDisk lets every operation fail in turn: the drawer holds what
// it held, and there is a whole copy or none.
func TestCopyOnAFailingDisk(t *testing.T) {
	c := startCampaign(t, "copy on a failing disk")
	base, d, want := toCopy(t, Options{})
	closeDrawer(t, d)
	step := size(23, 5, 1)
	for name, fail := range map[string]struct {
		err  error
		last bool
	}{"EIO once": {err: syscall.EIO}, "full from there on": {err: syscall.ENOSPC, last: true}, "killed": {err: errKilled, last: true}} {
		for at := 1; c.TimeLeft(); at += step {
			path := copyDrawer(t, base)
			count := 0
			d := open1(t, path, Options{})
			hook := &hooks{access: func(a access) (int, error) {
				if count++; count == at || fail.last && count > at {
					return a.length / 2, fail.err
				}
				return 0, nil
			}}
			d.store.main.hooks, d.store.log.hooks = hook, hook
			taken := false
			err := d.MoveTo(t.Context(), path+"2", copyID, copyKey, nil, func() error { taken = true; return nil })
			_ = d.Close()
			switch {
			case err == nil && !taken, err != nil && taken:
				c.failed("%s at %d: %v, taken %v", name, at, err, taken)
			case taken:
				if got := copied(t, path+"2"); !slices.Equal(got, want) {
					c.failed("%s at %d: the copy has %d texts of %d", name, at, len(got), len(want))
				}
			case len(copyRemains(t, path+"2")) != 0:
				c.failed("%s at %d: left %v", name, at, copyRemains(t, path+"2"))
			}
			again := open1(t, path, Options{})
			if got := texts(t, again); !slices.Equal(got, want) {
				c.failed("%s at %d: the drawer has %d texts of %d", name, at, len(got), len(want))
			}
			closeDrawer(t, again)
			c.ran(count >= at, fmt.Sprint("taken ", taken))
			_ = os.RemoveAll(filepath.Dir(path))
			if count < at {
				break
			}
		}
	}
}

// TestCopySurvivesAPowerCut: at the moment in which the copy is taken, everything
// of it is on the device; at any moment before, it is unfinished or nothing.
func TestCopySurvivesAPowerCut(t *testing.T) {
	c := startCampaign(t, "copy and a power cut")
	path, d, want := toCopy(t, Options{})
	var ops []recordedOp
	watching := false
	hook := &hooks{access: func(a access) (int, error) {
		if a.op != opRead && watching {
			ops = append(ops, recordedOp{access: a, data: bytes.Clone(a.data)})
		}
		return 0, nil
	}}
	if err := d.Checkpoint(t.Context()); err != nil { // so that all that is seen is the copy's
		t.Fatal(err)
	}
	d.store.main.hooks, d.store.log.hooks = hook, hook
	watching = true
	whole := 0
	if err := d.MoveTo(t.Context(), path+"2", copyID, copyKey, nil, func() error { whole, watching = len(ops), false; return nil }); err != nil {
		t.Fatal(err)
	}
	if whole == 0 {
		t.Fatal("nothing was seen")
	}
	for n := 0; n <= whole; n++ {
		if n != whole && n%size(40, 7, 1) != 0 {
			continue
		}
		for _, keep := range []func() bool{func() bool { return false }, func() bool { return true }, func() bool { return c.IntN(2) == 0 }} {
			var im image
			var pending [2][]recordedOp
			for _, op := range ops[:n] {
				switch op.op {
				case opCreate:
					im[op.file], pending[op.file] = []byte{}, nil
				case opWrite:
					pending[op.file] = append(pending[op.file], op)
				case opSync:
					for _, w := range pending[op.file] {
						im[op.file] = applySome(im[op.file], w, func() bool { return true })
					}
					pending[op.file] = nil
				}
			}
			for role := range pending {
				for _, w := range pending[role] {
					im[role] = applySome(im[role], w, keep)
				}
			}
			at := filepath.Join(t.TempDir(), "cut")
			im.put(t, at)
			d, err := Open(t.Context(), at, copyID, copyKey, testSchema, Options{})
			switch {
			case err == nil:
				if got := texts(t, d); !slices.Equal(got, want) {
					c.failed("cut after %d of %d: it opens with %d texts of %d", n, whole, len(got), len(want))
				}
				closeDrawer(t, d)
			case n == whole:
				c.failed("the copy that was taken does not open: %v", err)
			case !errors.Is(err, ErrUnfinished) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotExist):
				c.failed("cut after %d of %d: %v", n, whole, err)
			}
			c.ran(n < whole, fmt.Sprint("opens ", err == nil))
			_ = os.RemoveAll(filepath.Dir(at))
		}
	}
}

func TestScrambleAndRemove(t *testing.T) {
	path, d, want := toCopy(t, Options{})
	if err := Scramble(t.Context(), path); !errors.Is(err, ErrInUse) {
		t.Errorf("an open drawer: %v", err)
	}
	closeDrawer(t, d)
	if got := texts(t, open1(t, path, Options{})); len(got) != len(want) {
		t.Fatalf("%d texts", len(got))
	}
	path, d, _ = toCopy(t, Options{})
	closeDrawer(t, d)
	before := takeImage(t, path)
	if err := Scramble(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	after := takeImage(t, path)
	for role := range before {
		if len(before[role]) != len(after[role]) {
			t.Errorf("file %d has %d bytes now, had %d", role, len(after[role]), len(before[role]))
		}
		for at := 0; at < len(before[role]); at += 512 {
			if bytes.Equal(before[role][at:at+512], after[role][at:at+512]) {
				t.Fatalf("file %d still has its bytes at %d", role, at)
			}
		}
	}
	if _, err := Open(t.Context(), path, testID, testKey, testSchema, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("it opens: %v", err)
	}
	for range 2 { // the second time there is nothing to do
		if err := Remove(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if left := copyRemains(t, path); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
		if err := Scramble(t.Context(), path); err != nil {
			t.Errorf("what is not there: %v", err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	other := made(t)
	if err := Remove(ended, other); !errors.Is(err, context.Canceled) || len(copyRemains(t, other)) != 2 {
		t.Errorf("cancelled: %v", err)
	}
}

// TestScrambleFollowsNoLink: another file must not be hit through a drawer's name.
func TestScrambleFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	theirs := filepath.Join(dir, "letter")
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", logSuffix} {
		path := filepath.Join(dir, "drawer")
		if err := os.Symlink(theirs, path+suffix); err != nil {
			t.Fatal(err)
		}
		if err := Remove(t.Context(), path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v", suffix, err)
		}
		if err := os.Remove(path + suffix); err != nil {
			t.Error(err)
		}
	}
	if got, err := os.ReadFile(theirs); err != nil || string(got) != "theirs" {
		t.Errorf("the other file is %q now, %v", got, err)
	}
}
