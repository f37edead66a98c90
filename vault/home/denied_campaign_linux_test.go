package home_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
)

const nobody = 65534

// asNobody runs do as a user without rights: for root no folder is read-only and
// every file may be opened. Rights belong to a thread, which ends with do.
func asNobody(do func() error) error {
	if os.Geteuid() != 0 {
		return do()
	}
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked
		done <- errors.Join(becomeNobody(), do())
	}()
	return <-done
}

// becomeNobody gives up the rights of this thread alone: what package syscall has
// for it would take them from all.
func becomeNobody() error {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, number := range []uintptr{unix.SYS_SETRESGID, unix.SYS_SETRESUID} {
		if _, _, errno := unix.RawSyscall(number, nobody, nobody, nobody); errno != 0 {
			return errno
		}
	}
	return nil
}

// give makes everything below a folder nobody's, if this is root.
func give(root string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobody, nobody)
	})
}

// modes changes the modes of the vault's folder, if it is not 0, and of its files.
func modes(k *struck, folder, files fs.FileMode) error {
	entries, err := os.ReadDir(k.dir())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if files != 0 && e.Type().IsRegular() {
			err = errors.Join(err, os.Chmod(filepath.Join(k.dir(), e.Name()), files))
		}
	}
	if folder != 0 {
		err = errors.Join(err, os.Chmod(k.dir(), folder))
	}
	return err
}

// A condition is what a vault is in while something is done to it.
type condition struct {
	name string
	open bool // it begins once the vault is open, where the operation needs it open
	set  func(*struck) error
	lift func(*struck) error
	room func(interpose.Call) interpose.Answer // asked about every call, if not nil
	// may are the errors that it may lead to; none, if it must not lead to any.
	may  []error
	must bool // it has to lead to one of them
}

var conditions = []condition{
	{name: "another process has it", set: hold, lift: letGo, may: []error{vault.ErrInUse}, must: true},
	{name: "another process has it by another name", set: func(k *struck) error {
		if err := hold(k); err != nil {
			return err
		}
		return linkedFolder(k)
	}, lift: func(k *struck) error { return errors.Join(letGo(k), unlinkFolder(k)) }, may: []error{vault.ErrInUse}, must: true},
	{name: "the folder is a link", set: linkedFolder, lift: unlinkFolder},
	{name: "every file has a second name", set: secondNames},
	{name: "a drawer is a link", set: linkedDrawer, lift: unlinkDrawer, may: []error{vault.ErrDamaged}},
	{name: "the folder is read-only", set: func(k *struck) error { return modes(k, 0o500, 0) }, lift: writable, may: []error{vault.ErrReadOnly}},
	{name: "the files are read-only", set: func(k *struck) error { return modes(k, 0, 0o400) }, lift: writable, may: []error{vault.ErrReadOnly}},
	{name: "everything becomes read-only", open: true, set: func(k *struck) error { return modes(k, 0o500, 0o400) }, lift: writable, may: []error{vault.ErrReadOnly}},
	{name: "the disk is full", open: true, room: noRoom, may: []error{vault.ErrFull, syscall.ENOSPC}},
	{name: "no file may be long", open: true, room: noLength, may: []error{vault.ErrFull, syscall.EFBIG}},
}

func writable(k *struck) error { return modes(k, 0o700, 0o600) }

// noRoom is a disk without a free block: nothing is made, and no file grows. What is
// there may be written over.
func noRoom(c interpose.Call) interpose.Answer {
	switch c.Op {
	case interpose.Create, interpose.Mkdir:
		return interpose.Answer{Errno: syscall.ENOSPC}
	case interpose.Write:
		info, err := os.Stat(c.Path)
		if err == nil && c.Offset+c.Size > info.Size() {
			return interpose.Answer{Errno: syscall.ENOSPC}
		}
	}
	return interpose.Answer{}
}

// longestFile is the limit of [noLength]: behind the first pages of a drawer.
const longestFile = 96 << 10

// noLength is a limit on how long files may be, as every user may have one
// (RLIMIT_FSIZE): no write goes behind it. The kernel's own would count for the whole
// process, and so for what the test runner writes down meanwhile.
func noLength(c interpose.Call) interpose.Answer {
	if c.Op == interpose.Write && c.Offset+c.Size > longestFile {
		return interpose.Answer{Errno: syscall.EFBIG}
	}
	return interpose.Answer{}
}

// secondNames gives every file another name elsewhere.
func secondNames(k *struck) error {
	entries, err := os.ReadDir(k.dir())
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(k.root, "names"), 0o700); err != nil {
		return err
	}
	for _, e := range entries {
		err = errors.Join(err, os.Link(filepath.Join(k.dir(), e.Name()), filepath.Join(k.root, "names", e.Name())))
	}
	return err
}

// linkedFolder moves the vault away and puts a link in its place.
func linkedFolder(k *struck) error {
	away := filepath.Join(k.root, "Away.ebb")
	return errors.Join(os.Rename(k.dir(), away), os.Symlink(away, k.dir()))
}

func unlinkFolder(k *struck) error {
	return errors.Join(os.Remove(k.dir()), os.Rename(filepath.Join(k.root, "Away.ebb"), k.dir()))
}

// drawerName is the name of one of the vault's drawers.
func drawerName(k *struck) (string, error) {
	found, err := filepath.Glob(filepath.Join(k.dir(), strings.Repeat("[0-9a-f]", 16)))
	if err == nil && len(found) == 0 {
		err = errors.New("there is no drawer")
	}
	if err != nil {
		return "", err
	}
	return filepath.Base(found[0]), nil
}

func linkedDrawer(k *struck) error {
	name, err := drawerName(k)
	if err != nil {
		return err
	}
	away := filepath.Join(k.root, name)
	return errors.Join(os.Rename(filepath.Join(k.dir(), name), away), os.Symlink(away, filepath.Join(k.dir(), name)))
}

func unlinkDrawer(k *struck) error {
	found, err := filepath.Glob(filepath.Join(k.root, strings.Repeat("[0-9a-f]", 16)))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("%d drawers were put away, %w", len(found), err)
	}
	return os.Rename(found[0], filepath.Join(k.dir(), filepath.Base(found[0])))
}

const holderVariable = "EBB_HOLD_VAULT"

// TestHolder is the other process, which has a vault open until it is killed; by
// itself it does nothing.
func TestHolder(t *testing.T) {
	dir := os.Getenv(holderVariable)
	if dir == "" {
		return
	}
	v, err := vault.Open(dir, options(newClock()))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	fmt.Println("HELD")
	select {}
}

var holders = map[*struck]*exec.Cmd{}

func hold(k *struck) error {
	c := exec.Command(os.Args[0], "-test.run=^TestHolder$", "-test.count=1")
	c.Env = append(os.Environ(), holderVariable+"="+k.dir())
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return err
	}
	holders[k] = c
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "HELD" {
			return nil
		}
	}
	return errors.New("the other process did not get the vault")
}

func letGo(k *struck) error {
	c := holders[k]
	delete(holders, k)
	err := c.Process.Kill()
	_ = c.Wait()
	return err
}

// denied are the operations that are tried in every condition: those of the faults,
// but one of two that are alike. Making a vault is tried elsewhere: see
// TestCreateDenied.
func denied() []vaultOperation {
	return slices.DeleteFunc(slices.Clone(vaultOperations), func(op vaultOperation) bool {
		return op.from == "nothing" || slices.Contains([]string{"open after a kill", "keep a draft", "export as JSON", "read of the leaving"}, op.name)
	})
}

// In every condition that a person's computer may bring a vault into, everything
// that they do works or says clearly what is in the way, and when it is gone
// everything is there. A person without rights does it.
func TestVaultDenied(t *testing.T) {
	stands := vaultStands(t)
	c := proof.Start(t, "vault denied")
	for _, condition := range conditions {
		for _, op := range denied() {
			root := proof.Folder(t)
			if err := os.CopyFS(root, os.DirFS(stands[op.from].root)); err != nil {
				t.Fatal(err)
			}
			k := stands[op.from].again(root)
			if err := give(root); err != nil {
				t.Fatal(err)
			}
			note, err := condition.try(k, op)
			if err != nil {
				c.Failure("%s: %s: %v", condition.name, op.name, err)
				note = "failed"
			}
			c.Ran(true, condition.name+": "+note)
			if err := os.RemoveAll(root); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// try does an operation in the condition, and looks at the vault when it is over.
func (x condition) try(k *struck, op vaultOperation) (note string, err error) {
	set := func() error {
		if x.set == nil {
			return nil
		}
		return x.set(k)
	}
	live := x.open && op.ready != nil
	if !live {
		if err := set(); err != nil {
			return "", fmt.Errorf("setting it: %w", err)
		}
	}
	var ran, on error
	act := func() error {
		if err := becomeNobody(); err != nil {
			return err
		}
		if op.ready != nil {
			ran = op.ready(k)
		}
		if live && ran == nil {
			if err := set(); err != nil {
				return fmt.Errorf("setting it: %w", err)
			}
		}
		if ran == nil {
			ran = op.run(k)
		}
		on = carryOn(k)
		return nil
	}
	if x.room != nil {
		err = x.watched(k, op, act)
	} else {
		err = asNobody(act)
	}
	if err != nil {
		return "", err
	}
	if x.lift != nil {
		if err := x.lift(k); err != nil {
			return "", fmt.Errorf("lifting it: %w", err)
		}
	}
	for _, err := range []error{ran, on} {
		if problem := x.improper(k, err); problem != "" {
			return "", fmt.Errorf("%s: %w", problem, err)
		}
	}
	if x.must && ran == nil {
		return "", errors.New("it was done")
	}
	note = "worked"
	if ran != nil {
		note = "said so"
	}
	err = asNobody(func() error {
		if op.holds != nil {
			if err := op.holds(k, ran); err != nil {
				return err
			}
		}
		return k.settled()
	})
	if err != nil {
		err = fmt.Errorf("afterwards: %w (it gave %v)", err, ran)
	}
	return note, err
}

// watched lets the condition be asked about the calls, from when the operation
// begins.
func (x condition) watched(k *struck, op vaultOperation, act func() error) error {
	begun := op.ready == nil
	return interpose.Watch(k.root, func(c interpose.Call) interpose.Answer {
		// What comes before is not the operation's.
		begun = begun || k.s != nil
		if !begun {
			return interpose.Answer{}
		}
		return x.room(c)
	}, act)
}

// improper says what is wrong with an error that the condition led to.
func (x condition) improper(k *struck, err error) string {
	if err == nil {
		return ""
	}
	for _, private := range append(k.private(), k.code) {
		if private != "" && strings.Contains(err.Error(), private) {
			return "the error tells " + private
		}
	}
	for _, may := range append(x.may, vault.ErrLocked) {
		if errors.Is(err, may) {
			return ""
		}
	}
	return "another error"
}

// A vault is not made where nothing may be made, or where there is no room; and
// nothing is left of the attempt.
func TestCreateDenied(t *testing.T) {
	for name, x := range map[string]condition{
		"the folder around it is read-only": {
			set:  func(k *struck) error { return os.Chmod(k.root, 0o500) },
			lift: func(k *struck) error { return os.Chmod(k.root, 0o700) }, may: []error{vault.ErrReadOnly},
		},
		"the disk is full":    {room: noRoom, may: []error{vault.ErrFull}},
		"no file may be long": {room: noLength, may: []error{vault.ErrFull, syscall.EFBIG}},
	} {
		k := newStruck(t, proof.Folder(t))
		if err := give(k.root); err != nil {
			t.Fatal(err)
		}
		note, err := x.try(k, vaultOperation{run: (*struck).create})
		if note != "said so" || err != nil {
			t.Errorf("%s: %s, %v", name, note, err)
		}
	}
}
