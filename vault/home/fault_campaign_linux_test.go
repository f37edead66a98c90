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
	"ebb/vault"
	"ebb/vault/home"
)

// faultMode is a way for a disk to fail.
type faultMode struct {
	name    string
	errno   syscall.Errno
	short   bool // half of a write is done first
	forGood bool
}

var faultModes = []faultMode{
	{name: "EIO once", errno: syscall.EIO},
	{name: "EIO for good", errno: syscall.EIO, forGood: true},
	{name: "ENOSPC once", errno: syscall.ENOSPC},
	{name: "ENOSPC for good", errno: syscall.ENOSPC, forGood: true},
	{name: "short write once", errno: syscall.ENOSPC, short: true},
	{name: "short write for good", errno: syscall.ENOSPC, short: true, forGood: true},
}

// meets reports whether a call can fail in this way: EIO any, a full disk those that
// need room. A sync is among them, because room may be found only then.
func (m faultMode) meets(c interpose.Call) bool {
	switch {
	case m.short:
		return c.Op == interpose.Write && len(c.Data) > 1
	case m.errno == syscall.ENOSPC:
		return c.Op.Changes() && c.Op != interpose.Remove && c.Op != interpose.Touch || c.Op == interpose.Sync
	}
	return true
}

// faulty is a disk that fails at one of the calls that it can fail at.
type faulty struct {
	mode   faultMode
	at     int // from 1; 0: none
	count  int
	struck int
	first  interpose.Call // that was struck
	again  bool           // a short write is followed by the error
	before uint64         // the file that the last call wrote filler to
}

// filler is how long a piece of filler is.
const filler = 64 << 10

func (f *faulty) decide(c interpose.Call) interpose.Answer {
	if !f.mode.meets(c) {
		return interpose.Answer{}
	}
	// Filler is written in pieces that are all alike: in a long run each is struck, in
	// the CI one.
	same := c.Op == interpose.Write && c.Size == filler && f.before == c.File && !proof.Soak()
	f.before = 0
	if c.Op == interpose.Write && c.Size == filler {
		f.before = c.File
	}
	if !same || f.struck > 0 {
		f.count++
	}
	if same && f.struck == 0 {
		return interpose.Answer{}
	}
	if f.again {
		f.again = false
		return interpose.Answer{Errno: f.mode.errno}
	}
	if f.at == 0 || f.count < f.at || f.count > f.at && !f.mode.forGood {
		return interpose.Answer{}
	}
	if f.struck++; f.struck > 1 || !f.mode.short {
		if f.struck == 1 {
			f.first = c
		}
		return interpose.Answer{Errno: f.mode.errno}
	}
	f.first, f.again = c, true
	return interpose.Answer{Errno: f.mode.errno, Short: len(c.Data) / 2}
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
			type strike struct {
				mode faultMode
				at   int
			}
			var strikes []strike
			for _, mode := range faultModes {
				calls := strikeVault(c, stands[op.from], op, mode, 0)
				step := proof.Size(41, 7, 1)
				for at := 1 + c.IntN(step); at <= calls; at += step {
					strikes = append(strikes, strike{mode, at})
				}
				strikes = append(strikes, strike{mode, calls}) // the last one of all
			}
			c.Shuffle(len(strikes), func(i, j int) { strikes[i], strikes[j] = strikes[j], strikes[i] })
			for _, s := range strikes {
				if !c.TimeLeft() {
					break
				}
				strikeVault(c, stands[op.from], op, s.mode, s.at)
			}
		})
	}
}

// strikeVault lets an operation fail at one of its calls, and returns how many there
// were that could.
func strikeVault(c *proof.Campaign, from *struck, op vaultOperation, mode faultMode, at int) (calls int) {
	root := proof.Folder(c)
	defer os.RemoveAll(root)
	if err := os.CopyFS(root, os.DirFS(from.root)); err != nil {
		c.Fatal(err)
	}
	k := from.again(root)
	disk := &faulty{mode: mode, at: at}
	bad := func(format string, args ...any) {
		c.Helper()
		c.Failure("%s, %s at %d (%v %s): %s", op.name, mode.name, at, disk.first.Op, filepath.Base(disk.first.Path), fmt.Sprintf(format, args...))
	}
	if op.ready != nil {
		if err := op.ready(k); err != nil {
			c.Fatalf("%s: getting ready: %v", op.name, err)
		}
	}
	var ran error
	struckIn := 0
	err := interpose.Watch(root, disk.decide, func() error {
		ran = op.run(k)
		calls, struckIn = disk.count, disk.struck
		return carryOn(k)
	})
	if errors.Is(err, interpose.ErrNotWatched) {
		c.Fatal(err)
	}
	// A session may be over, if what it wrote last was to decide which drawers count.
	if err != nil && !errors.Is(err, vault.ErrLocked) {
		if problem := improper(k, err, mode); problem != "" {
			bad("going on: %s: %v", problem, err)
		}
	}
	note := "worked on"
	switch {
	case ran != nil && struckIn == 0:
		bad("failed without a fault: %v", ran)
	case ran != nil:
		note = "said so"
		if problem := improper(k, ran, mode); problem != "" {
			bad("%s: %v", problem, ran)
		}
	}
	unsaid := ran == nil && struckIn > 0 && mode.forGood && mode.errno == syscall.EIO && disk.first.Op == interpose.Sync && !disk.first.Folder
	if op.holds != nil {
		if err := op.holds(k, ran); err != nil {
			bad("%v", err)
		}
	}
	if err := k.settled(); err != nil {
		bad("afterwards: %v (the operation: %v)", err, ran)
	}
	// A file that was to be destroyed is nobody's any more, and went at the next opening.
	if _, err := os.Lstat(disk.first.Path); unsaid && err == nil {
		bad("a file could not be synced, and nobody said so")
	}
	c.Ran(struckIn > 0, note)
	return calls
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

// improper says what is wrong with an error that a fault led to.
func improper(k *struck, err error, mode faultMode) string {
	for _, private := range append(k.private(), k.code) {
		if private != "" && strings.Contains(err.Error(), private) {
			return "the error tells " + private
		}
	}
	for _, other := range []error{vault.ErrDamaged, vault.ErrWrongPassphrase, vault.ErrNotVault, vault.ErrNewer, vault.ErrInvitation} {
		if errors.Is(err, other) {
			return "a fault of the disk is called " + other.Error()
		}
	}
	switch {
	case mode.errno == syscall.ENOSPC && !errors.Is(err, vault.ErrFull) && !errors.Is(err, syscall.ENOSPC):
		return "not ErrFull"
	case mode.errno == syscall.EIO && !errors.Is(err, syscall.EIO) && !errors.Is(err, vault.ErrGone) && !errors.Is(err, syscall.EBADF):
		// A folder that nothing can be learned of is as good as gone. EBADF is what
		// SQLite makes of a lock file that it could not open for writing.
		return "the reason is lost"
	}
	return ""
}
