package guard

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestLockFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := LockFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := LockFile(path); !errors.Is(err, ErrInUse) {
		t.Fatalf("taken twice: %v", err)
	}
	link := path + "-link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	hard := path + "-hard"
	if err := os.Link(path, hard); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{link, hard} {
		if _, err := LockFile(other); !errors.Is(err, ErrInUse) {
			t.Errorf("taken through %s: %v", filepath.Base(other), err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := LockFile(path)
	if err != nil {
		t.Fatalf("not free after it was given up: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// A process that is just being started has every file that is open, until it runs
// its own program. It keeps nobody from a lock that was given up.
func TestLockFileWhileAProcessStarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := LockFile(path)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := unix.Dup(int(first.(heldLock).file.Fd())) // as a fork does
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(shared)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := LockFile(path)
	if err != nil {
		t.Fatalf("not free after it was given up: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// childHold takes the lock and keeps it until it is killed.
func childHold() error {
	l, err := LockFile(os.Args[1])
	if err != nil {
		return err
	}
	defer l.Close()
	say("held", true)
	select {}
}

func TestLockFileOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	p, out := startChild(t, "hold", path)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held: true\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	if _, err := LockFile(path); !errors.Is(err, ErrInUse) {
		t.Errorf("while another process has it: %v", err)
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Wait(); err != nil {
		t.Fatal(err)
	}
	l, err := LockFile(path)
	if err != nil {
		t.Fatalf("after the other was killed: %v", err)
	}
	l.Close()
}

func TestLockFileRefuses(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"folder": dir, "pipe": pipe, "no folder": filepath.Join(dir, "none", "lock")} {
		if l, err := LockFile(path); err == nil {
			l.Close()
			t.Errorf("%s: locked", name)
		}
	}
}

func TestLockFileNotTheRemovedOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	old, err := LockFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	same, err := sameFile(old.(heldLock).file, path)
	if same || err != nil {
		t.Errorf("a removed file counts as the one at the path: %v, %v", same, err)
	}
	l, err := LockFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if same, err := sameFile(old.(heldLock).file, path); same || err != nil {
		t.Errorf("a replaced file counts as the one at the path: %v, %v", same, err)
	}
}
