//go:build unix

package drawer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// holdOpen is a child that has a drawer open until it is killed. It posts one
// transaction for every line that it is told.
func holdOpen(task childTask) error {
	ctx := context.Background()
	d, err := Open(ctx, task.Path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err != nil {
		return err
	}
	n, err := audit(ctx, d)
	if err != nil {
		return err
	}
	say("OPEN %d", n)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		n++
		if err := post(ctx, d, n); err != nil {
			return err
		}
		say("ACK %d", n)
	}
	return lines.Err()
}

// Another process has the drawer open, and so this one does not get it, by
// whatever name; and what it does not get it does not touch.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "neighbours/two processes")
	ctx := context.Background()
	for _, stand := range makeStands(t, ledgerID, ledgerKey).all {
		if stand.building {
			continue
		}
		folder := campaignFolder(t)
		path := filepath.Join(folder, "drawer")
		stand.im.put(t, path)
		names := map[string]string{"itself": path, "a hard link": path + "-hard", "a symbolic link": path + "-soft", "a linked folder": filepath.Join(folder, "linked", "drawer"), "a roundabout path": folder + "/./linked/drawer"}
		for _, err := range []error{os.Link(path, path+"-hard"), os.Symlink(path, path+"-soft"), os.Symlink(folder, filepath.Join(folder, "linked"))} {
			if err != nil {
				t.Fatal(err)
			}
		}
		holder := startChild(t, childTask{Role: "hold", Path: path}, nil)
		posted := 0
		if line := holder.next(); !strings.HasPrefix(line, "OPEN ") {
			t.Fatalf("%s: the holder said %q", stand.name, line)
		} else if _, err := fmt.Sscan(line[5:], &posted); err != nil {
			t.Fatal(err)
		}
		for name, path := range names {
			for what, attempt := range map[string]func() (*Drawer, error){
				"Open": func() (*Drawer, error) { return Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{}) },
				"OpenAtCheckpoint": func() (*Drawer, error) {
					return OpenAtCheckpoint(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
				},
				"Create": func() (*Drawer, error) { return Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{}) },
			} {
				before := takeImage(t, path)
				d, err := attempt()
				if !errors.Is(err, ErrInUse) {
					c.failed("%s, %s by %s: %v", stand.name, what, name, err)
				}
				if err == nil {
					_ = d.Close()
				}
				if after := takeImage(t, path); before[logFile] != nil && changed(before, after) {
					c.failed("%s, %s by %s: it changed what is not its own", stand.name, what, name)
				}
				c.ran(true, "refused")
			}
		}
		fmt.Fprintln(holder.in, "post")
		if line := holder.next(); line != fmt.Sprint("ACK ", posted+1) {
			c.failed("%s: the holder then said %q", stand.name, line)
		}
		if err := holder.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = holder.Wait()
		if v := look(path, &watcher{}, true); v.err != nil || v.again != nil || v.posted != posted+1 {
			c.failed("%s: after the holder: %d transactions, %v, %v; want %d", stand.name, v.posted, v.err, v.again, posted+1)
		}
	}
}

func changed(a, b image) bool {
	return string(a[mainFile]) != string(b[mainFile]) || string(a[logFile]) != string(b[logFile])
}

// denial is a drawer that cannot be used as it is, and what is said about that.
type denial struct {
	name string
	// spoil changes the files in a folder of its own, in which there is a clean
	// drawer named "drawer".
	spoil func(folder string) error
	want  error // nil: it opens
}

func chmod(name string, mode os.FileMode) func(string) error {
	return func(folder string) error { return os.Chmod(filepath.Join(folder, name), mode) }
}

func both(all ...func(string) error) func(string) error {
	return func(folder string) error {
		for _, one := range all {
			if err := one(folder); err != nil {
				return err
			}
		}
		return nil
	}
}

func remove(name string) func(string) error {
	return func(folder string) error { return os.Remove(filepath.Join(folder, name)) }
}

// errAny: refused with some error that names no path.
var errAny = errors.New("any error")

var denials = []denial{
	{"nothing wrong", func(string) error { return nil }, nil},
	{"main file read-only", chmod("drawer", 0o400), ErrReadOnly},
	{"main file not readable", chmod("drawer", 0), ErrReadOnly},
	{"log read-only", chmod("drawer-wal", 0o400), ErrReadOnly},
	{"both files read-only", both(chmod("drawer", 0o400), chmod("drawer-wal", 0o400)), ErrReadOnly},
	{"folder read-only", chmod(".", 0o500), nil}, // nothing is made in it
	{"folder read-only, log missing", both(remove("drawer-wal"), chmod(".", 0o500)), ErrReadOnly},
	{"folder closed", chmod(".", 0), ErrReadOnly},
	{"no drawer", remove("drawer"), ErrNotExist},
	{"a folder in its place", both(remove("drawer"), func(f string) error { return os.Mkdir(filepath.Join(f, "drawer"), 0o700) }), errAny},
	{"a folder in place of the log", both(remove("drawer-wal"), func(f string) error { return os.Mkdir(filepath.Join(f, "drawer-wal"), 0o700) }), errAny},
	{"a pipe in its place", both(remove("drawer"), func(f string) error { return syscall.Mkfifo(filepath.Join(f, "drawer"), 0o600) }), ErrDamaged},
	{"a pipe in place of the log", both(remove("drawer-wal"), func(f string) error { return syscall.Mkfifo(filepath.Join(f, "drawer-wal"), 0o600) }), ErrDamaged},
	{"a link to nothing", both(remove("drawer"), func(f string) error { return os.Symlink("nothing", filepath.Join(f, "drawer")) }), ErrNotExist},
	{"a link to itself", both(remove("drawer"), func(f string) error { return os.Symlink("drawer", filepath.Join(f, "drawer")) }), errAny},
	{"a device in its place", both(remove("drawer"), func(f string) error { return os.Symlink("/dev/zero", filepath.Join(f, "drawer")) }), ErrDamaged},
}

// tryCases is the child that meets the denials: it is not root, whom nothing is
// denied.
func tryCases(task childTask) error {
	ctx := context.Background()
	for i, c := range denials {
		path := filepath.Join(task.Path, fmt.Sprint(i), "drawer")
		d, err := Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
		if err == nil {
			var n int
			if n, err = audit(ctx, d); err == nil {
				err = post(ctx, d, n+1)
			}
			err = errors.Join(err, d.Close())
		}
		what := c.judge(err, path)
		if c.want == ErrReadOnly && what == "" {
			if even := Even([]string{path}, evenTime); !errors.Is(even, ErrReadOnly) {
				what = fmt.Sprintf("Even: %v", even)
			}
		}
		if what == "" {
			what = "well"
		}
		say("CASE %d %s", i, what)
	}
	path := filepath.Join(task.Path, "closed", "new")
	_, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	say("CREATE %s", denial{want: ErrReadOnly}.judge(err, path))
	say("PLACEHOLDER %s", denial{want: ErrReadOnly}.judge(Placeholder(path), path))
	return nil
}

// judge says what is wrong with the answer to a denial.
func (c denial) judge(err error, path string) string {
	switch {
	case err != nil && strings.Contains(err.Error(), filepath.Dir(filepath.Dir(path))):
		return "the error tells the path"
	case c.want == errAny && err == nil:
		return "it opened"
	case c.want != errAny && !errors.Is(err, c.want), c.want == nil && err != nil:
		return fmt.Sprintf("%v, want %v", err, c.want)
	}
	return ""
}

// Files that may not be written, or are none: the kind of the error is clear.
func TestDeniedFiles(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "neighbours/denied")
	folder := campaignFolder(t)
	clean := makeStands(t, ledgerID, ledgerKey).named("clean")
	const nobody = 65534
	root := os.Getuid() == 0
	give := func(name string) {
		if root {
			if err := os.Lchown(name, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	make1 := func(name string) string {
		one := filepath.Join(folder, name)
		if err := os.Mkdir(one, 0o700); err != nil {
			t.Fatal(err)
		}
		clean.im.put(t, filepath.Join(one, "drawer"))
		return one
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, denied := range denials {
		one := make1(fmt.Sprint(i))
		if err := denied.spoil(one); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(one)
		if err != nil && root {
			t.Fatal(err)
		}
		for _, e := range entries {
			give(filepath.Join(one, e.Name()))
		}
		give(one)
		t.Cleanup(func() { _ = os.Chmod(one, 0o700) })
	}
	closed := make1("closed")
	if err := os.Chmod(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	give(closed)
	t.Cleanup(func() { _ = os.Chmod(closed, 0o700) })

	program := copyProgram(t, folder)
	child := startChild(t, childTask{Role: "try", Path: folder}, func(cmd *exec.Cmd) {
		cmd.Path, cmd.Dir = program, folder
		if root {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
	})
	for line := child.next(); line != "" && line != "DONE"; line = child.next() {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "CASE":
			var i int
			_, _ = fmt.Sscan(rest, &i)
			_, what, _ := strings.Cut(rest, " ")
			if what != "well" {
				c.failed("%s: %s", denials[i].name, what)
			}
			c.ran(denials[i].name != "nothing wrong", "answered")
		case "CREATE", "PLACEHOLDER":
			if rest != "" {
				c.failed("%s in a closed folder: %s", word, rest)
			}
			c.ran(true, "answered")
		case "FAILED":
			c.failed("the child: %s", rest)
		}
	}
	_ = child.Wait()
	if want := len(denials) + 2; c.Runs() != want {
		c.failed("%d answers, want %d", c.Runs(), want)
	}
}

// copyProgram copies this test binary to where others may run it.
func copyProgram(t *testing.T, folder string) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	name := filepath.Join(folder, "program")
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}
