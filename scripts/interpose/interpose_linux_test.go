package interpose

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// folderOf reads a whole folder; folders in it end with a slash.
func folderOf(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name := strings.TrimPrefix(path, root+"/")
		if e.IsDir() {
			found[name+"/"] = ""
			return nil
		}
		content, err := os.ReadFile(path)
		found[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, content := range a {
		if other, ok := b[name]; !ok || other != content {
			return false
		}
	}
	return true
}

// work does everything that a program can do to files, below root.
func work(root string) error {
	in := func(name string) string { return filepath.Join(root, name) }
	if err := os.Mkdir(in("part"), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(in("part/a"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	for i := range 5 {
		if _, err := f.WriteAt(bytes.Repeat([]byte{byte('a' + i)}, 3000), int64(i)*2000); err != nil {
			return err
		}
	}
	if err := errors.Join(f.Sync(), f.Truncate(7000), os.WriteFile(in("part/b"), []byte("streamed"), 0o600)); err != nil {
		return err
	}
	from, err := os.Open(in("part/b"))
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(in("part/copied"))
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	if err := errors.Join(os.Rename(in("part/copied"), in("part/moved")), os.Remove(in("part/b")), os.Rename(in("part"), in("whole"))); err != nil {
		return err
	}
	if _, err := f.WriteAt([]byte("after the folder was renamed"), 10); err != nil {
		return err
	}
	return os.WriteFile(in("old"), []byte("anew"), 0o600)
}

func prepared(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "old"), []byte("what was there, and is longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	return root
}

// A tape that is played to its end is the folder itself: nothing passed unseen.
func TestTapeIsWhole(t *testing.T) {
	root := prepared(t)
	tape, err := NewTape(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := Watch(root, tape.Record, func() error { return work(root) }); err != nil {
		t.Fatal(err)
	}
	device := tape.Device()
	for i := range tape.Len() {
		c, _ := tape.Call(i)
		device.Play(c)
	}
	to := t.TempDir()
	if err := device.Put(to); err != nil {
		t.Fatal(err)
	}
	want, got := folderOf(t, root), folderOf(t, to)
	if !same(want, got) {
		t.Errorf("the tape gives %v, the folder is %v", got, want)
	}
}

// Every kind of call is seen, and with the errno of the answer it fails.
func TestEveryCallCanFail(t *testing.T) {
	seen := map[Op]int{}
	root := prepared(t)
	count := 0
	if err := Watch(root, func(c Call) Answer { seen[c.Op]++; count++; return Answer{} }, func() error { return work(root) }); err != nil {
		t.Fatal(err)
	}
	for op := Open; op <= Remove+1; op++ {
		if seen[op] == 0 {
			t.Errorf("no %v was seen", op)
		}
	}
	failed := 0
	for at := 1; at <= count; at++ {
		root, n := prepared(t), 0
		err := Watch(root, func(c Call) Answer {
			if n++; n == at {
				return Answer{Errno: syscall.EIO}
			}
			return Answer{}
		}, func() error { return work(root) })
		if errors.Is(err, syscall.EIO) {
			failed++
		} else if err != nil {
			t.Errorf("call %d: %v", at, err)
		}
	}
	// A status that cannot be had of a file just opened is nobody's error.
	if failed < count*2/3 {
		t.Errorf("of %d calls %d failed", count, failed)
	}
}

// A short write writes what it says, and the caller goes on.
func TestShortWrite(t *testing.T) {
	root := prepared(t)
	writes := 0
	err := Watch(root, func(c Call) Answer {
		if c.Op != Write {
			return Answer{}
		}
		writes++
		return Answer{Errno: syscall.ENOSPC, Short: len(c.Data) / 2}
	}, func() error { return os.WriteFile(filepath.Join(root, "new"), []byte("0123456789abcdef"), 0o600) })
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v", err)
	}
	// Half, half of the rest, and so on, until a single byte is left, which has no half.
	if got := folderOf(t, root)["new"]; got != "0123456789abcde" || writes != 5 {
		t.Errorf("%q after %d writes", got, writes)
	}
}

// Other threads, and other folders, are left alone; so is the thread when it has
// done.
func TestOnlyThisThreadAndFolder(t *testing.T) {
	root, other := prepared(t), prepared(t)
	refuse := func(Call) Answer { return Answer{Errno: syscall.EPERM} }
	if err := Watch(root, refuse, func() error { return work(other) }); err != nil {
		t.Errorf("in another folder: %v", err)
	}
	err := Watch(root, refuse, func() error {
		done := make(chan error)
		go func() { done <- work(root) }()
		return <-done
	})
	if err != nil {
		t.Errorf("on another thread: %v", err)
	}
	failure := errors.New("its own")
	if err := Watch(root, refuse, func() error { return failure }); !errors.Is(err, failure) {
		t.Errorf("what it returns is lost: %v", err)
	}
}

// A cut keeps what was synced, and of the rest only what was written.
func TestCut(t *testing.T) {
	root := prepared(t)
	tape, err := NewTape(root)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, content string, sync bool) error {
		f, err := os.Create(filepath.Join(root, name))
		if err == nil {
			_, err = f.WriteString(content)
		}
		if err == nil && sync {
			err = f.Sync()
		}
		return errors.Join(err, f.Close())
	}
	syncFolder := func() error {
		f, err := os.Open(root)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	}
	err = Watch(root, tape.Record, func() error {
		if err := errors.Join(write("certain", "certain", true), write("named", "named", false), syncFolder()); err != nil {
			return err
		}
		return errors.Join(write("nameless", "nameless", true), os.Rename(filepath.Join(root, "old"), filepath.Join(root, "newer")))
	})
	if err != nil {
		t.Fatal(err)
	}
	device := tape.Device()
	for i := range tape.Len() {
		c, _ := tape.Call(i)
		device.Play(c)
	}
	outcomes := map[string]int{}
	r := rand.New(rand.NewPCG(1, 1))
	for range 40 {
		for _, loss := range Losses {
			to := t.TempDir()
			lost, err := device.Cut(r, loss, to)
			if err != nil {
				t.Fatal(err)
			}
			found := folderOf(t, to)
			if found["certain"] != "certain" {
				t.Errorf("%s: what was synced is %q", loss.Name, found["certain"])
			}
			if c, ok := found["named"]; !ok || c != "named" && c != "" && c != strings.Repeat("\x00", 5) {
				t.Errorf("%s: what was not synced is %q", loss.Name, c)
			}
			_, old := found["old"]
			_, newer := found["newer"]
			if old == newer {
				t.Errorf("%s: a renamed file is there %v under its old name and %v under its new", loss.Name, old, newer)
			}
			_, nameless := found["nameless"]
			outcomes[fmt.Sprint(old, nameless, found["named"] == "named", lost == 0)]++
		}
	}
	var all []string
	for o := range outcomes {
		all = append(all, o)
	}
	slices.Sort(all)
	if len(all) < 6 {
		t.Errorf("the cuts are too much alike: %v", all)
	}
}
