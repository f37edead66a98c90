package home_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/scripts/strike"
	"ebb/vault"
	"ebb/vault/home"
)

// filler is how long a piece of filler is, which is written in pieces that are all
// alike: in a long run each is struck, in the CI one.
const filler = 64 << 10

func alike() int64 {
	if proof.Soak() {
		return 0
	}
	return filler
}

// vaultOperation is what the fault strikes. More of them are added here: a stand to
// begin with, what is done before, and what is struck.
type vaultOperation struct {
	name  string
	from  string // a stand of vaultStands
	ready func(*struck) error
	run   func(*struck) error
	// holds says what else must be, on a disk that works again; it runs before the
	// vault is looked at, and may be nil.
	holds func(k *struck, ran error) error
}

func unlocked(k *struck) error { return k.unlockOwn() }

func unlockedAsB(k *struck) error { return k.unlock(passB) }

var vaultOperations = []vaultOperation{
	{name: "create", from: "nothing", run: (*struck).create},
	{name: "open", from: "closed", run: unlocked},
	{name: "open after a kill", from: "killed", run: unlocked},
	{name: "write", from: "closed", ready: unlocked, run: func(k *struck) error { return k.save(20) }},
	{name: "keep a draft", from: "killed", ready: unlocked, run: func(k *struck) error {
		return k.h.Journal.SaveDraft(k.ctx, entry(k.h, canary+" a draft"))
	}},
	{name: "share", from: "couple", ready: unlocked, run: func(k *struck) error {
		_, err := k.h.Lines.Share(k.ctx, home.NewID(), canary+" a line")
		if err == nil {
			k.lines++
		}
		return err
	}},
	{name: "change the profile", from: "couple", ready: unlocked, run: func(k *struck) error {
		return k.h.People.SetMe(k.ctx, home.Profile{Name: "Ada", About: canary})
	}},
	{name: "checkpoint", from: "killed", ready: unlocked, run: func(k *struck) error { return k.s.Checkpoint(k.ctx) }},
	{name: "close", from: "killed", ready: unlocked, run: (*struck).lock},
	{name: "migrate", from: "killed", run: func(k *struck) error { k.more = 2; return k.unlockOwn() }},
	{name: "check", from: "killed", ready: unlocked, run: func(k *struck) error {
		_, err := k.s.Check(k.ctx, nil)
		return err
	}},
	{name: "invite", from: "invited", ready: unlocked, run: (*struck).invite},
	{name: "join", from: "invited", run: (*struck).join, holds: joinAgain},
	{name: "read the inbox", from: "joined", run: unlocked},
	{name: "make recovery words", from: "couple", ready: unlocked, run: (*struck).recover},
	{name: "change the passphrase", from: "couple", ready: recoverable, run: (*struck).change},
	{name: "re-key", from: "couple", ready: unlocked, run: func(k *struck) error { return k.s.Rekey(k.ctx, nil) }},
	{name: "read of the re-keying", from: "re-keyed", run: unlockedAsB},
	{name: "leave", from: "couple", ready: unlockedAsB, run: (*struck).leave},
	{name: "read of the leaving", from: "left", run: unlocked},
	{name: "import", from: "closed", ready: unlocked, run: (*struck).importNotes},
	{name: "export as text", from: "closed", ready: unlocked, run: func(k *struck) error { return k.export("markdown") }, holds: exported("out-markdown")},
	{name: "export as JSON", from: "closed", ready: unlocked, run: func(k *struck) error { return k.export("json") }, holds: exported("out-json")},
}

// recoverable: A has made recovery words.
func recoverable(k *struck) error {
	if err := k.unlockOwn(); err != nil {
		return err
	}
	return k.recover()
}

// joinAgain: where the joining was not acknowledged, the person is there or the
// code still works.
func joinAgain(k *struck, ran error) error {
	if k.joined {
		return nil
	}
	if err := k.unlock(passB); err == nil {
		k.isThere()
		return k.lock()
	} else if !errors.Is(err, vault.ErrWrongPassphrase) {
		return fmt.Errorf("the new passphrase: %w", err)
	}
	if err := k.join(); err != nil {
		return fmt.Errorf("joining again: %w (at first: %v)", err, ran)
	}
	return k.lock()
}

// exported: the folder is there with everything in it, or not at all; what is left
// over is said.
func exported(name string) func(*struck, error) error {
	return func(k *struck, ran error) error {
		entries, err := os.ReadDir(k.root)
		if err != nil {
			return err
		}
		files := -1
		for _, e := range entries {
			switch {
			case strings.HasPrefix(e.Name(), ".ebb-export-") && (ran == nil || !strings.Contains(ran.Error(), "is left beside")):
				return errors.New("an unfinished folder is left, and nobody said so")
			case e.Name() == name:
				files = 0
				err := filepath.WalkDir(filepath.Join(k.root, name), func(_ string, e os.DirEntry, err error) error {
					if err == nil && !e.IsDir() {
						files++
					}
					return err
				})
				if err != nil {
					return err
				}
			}
		}
		want := k.taken
		if strings.HasSuffix(name, "json") {
			want = 2
		}
		if files != -1 && files != want || files == -1 && ran == nil {
			return fmt.Errorf("%d files of %d are there", files, want)
		}
		return nil
	}
}

// vaultStands are vaults to begin with, each in a folder of its own.
func vaultStands(t *testing.T) map[string]*struck {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	stands := map[string]*struck{}
	var live *struck
	keep := func(name string) {
		t.Helper()
		to := proof.Folder(t)
		must(os.CopyFS(to, os.DirFS(live.root)))
		stands[name] = live.again(to)
	}
	live = newStruck(t, proof.Folder(t))
	live.seats = 1
	must(writeNotes(live.root))
	keep("nothing")
	must(live.create())
	must(live.unlock(passA))
	for n := range 12 {
		must(live.save(n))
	}
	must(live.lock())
	keep("closed")
	must(live.unlock(passA))
	for n := 12; n < 16; n++ {
		must(live.save(n))
	}
	keep("killed")
	must(live.invite())
	must(live.lock())
	keep("invited")
	must(live.join())
	must(live.lock())
	keep("joined")
	must(live.unlock(passA))
	must(live.lock())
	keep("couple")
	must(live.unlock(passA))
	_, err := live.h.Lines.Share(live.ctx, home.NewID(), canary+" a line")
	must(err)
	live.lines++
	must(live.s.Rekey(live.ctx, nil))
	must(live.lock())
	keep("re-keyed")
	must(live.unlock(passB))
	must(live.leave())
	keep("left")
	return stands
}

// Any call to the system may fail, once or for good, in whatever a person does with
// a vault. It works on or says what is wrong in words that tell nothing, and what it
// acknowledged is there when the disk works again.
func TestVaultFaults(t *testing.T) {
	stands := vaultStands(t)
	for _, op := range vaultOperations {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			c := proof.Start(t, "vault faults/"+op.name)
			type fault struct {
				mode strike.Mode
				at   int
			}
			var faults []fault
			for _, mode := range strike.Modes {
				calls := strikeVault(c, stands[op.from], op, mode, 0)
				step := proof.Size(41, 7, 1)
				for at := 1 + c.IntN(step); at <= calls; at += step {
					faults = append(faults, fault{mode, at})
				}
				faults = append(faults, fault{mode, calls}) // the last one of all
			}
			c.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
			for _, f := range faults {
				if !c.TimeLeft() {
					break
				}
				strikeVault(c, stands[op.from], op, f.mode, f.at)
			}
		})
	}
}

// strikeVault lets an operation fail at one of its calls, and returns how many there
// were that could.
func strikeVault(c *proof.Campaign, from *struck, op vaultOperation, mode strike.Mode, at int) (calls int) {
	root := proof.Folder(c)
	defer os.RemoveAll(root)
	if err := os.CopyFS(root, os.DirFS(from.root)); err != nil {
		c.Fatal(err)
	}
	k := from.again(root)
	disk := &strike.Disk{Mode: mode, At: at, Alike: alike()}
	bad := func(format string, args ...any) {
		c.Helper()
		c.Failure("%s, %s: %s", op.name, disk.Where(), fmt.Sprintf(format, args...))
	}
	if op.ready != nil {
		if err := op.ready(k); err != nil {
			c.Fatalf("%s: getting ready: %v", op.name, err)
		}
	}
	o, err := disk.Under(root, func() error { return op.run(k) }, func() error { return carryOn(k) })
	if err != nil {
		c.Fatal(err)
	}
	for _, problem := range disk.Improper(o, append(k.private(), k.code), vault.ErrInvitation) {
		bad("%s", problem)
	}
	ran := o.Ran
	unsaid := ran == nil && o.Struck > 0 && mode.ForGood && mode.Errno == syscall.EIO && disk.First.Op == interpose.Sync && !disk.First.Folder
	if op.holds != nil {
		if err := op.holds(k, ran); err != nil {
			bad("%v", err)
		}
	}
	if err := k.settled(); err != nil {
		bad("afterwards: %v (the operation: %v)", err, ran)
	}
	// A file that was to be destroyed is nobody's any more, and went at the next opening.
	if _, err := os.Lstat(disk.First.Path); unsaid && err == nil {
		bad("a file could not be synced, and nobody said so")
	}
	c.Ran(o.Struck > 0, o.Note())
	return o.Calls
}

// carryOn uses an open vault after the fault, and locks it.
func carryOn(k *struck) error {
	if k.s == nil {
		return nil
	}
	var errs []error
	if _, err := k.h.Journal.Count(k.ctx); err != nil {
		errs = append(errs, err)
	}
	if k.s.Seat() == 0 {
		errs = append(errs, k.save(30))
	}
	return errors.Join(append(errs, k.lock())...)
}
