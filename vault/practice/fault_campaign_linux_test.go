package practice_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/practice"
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
}

func (f *faulty) decide(c interpose.Call) interpose.Answer {
	if !f.mode.meets(c) {
		return interpose.Answer{}
	}
	f.count++
	if f.again {
		f.again = false
		return interpose.Answer{Errno: f.mode.errno}
	}
	if f.at == 0 || f.count < f.at || f.count > f.at && !f.mode.forGood {
		return interpose.Answer{}
	}
	if f.struck++; f.struck == 1 {
		f.first = c
		if f.mode.short {
			f.again = true
			return interpose.Answer{Errno: f.mode.errno, Short: len(c.Data) / 2}
		}
	}
	return interpose.Answer{Errno: f.mode.errno}
}

// officeOperation is what the fault strikes, when so many steps of the day are done.
type officeOperation struct {
	name  string
	after int
	// struck is run on an opened practice with the second unlock in force; nil where
	// opening itself is struck.
	run func(o *office, d *aDay) error
	// step: it is the next step of the day, which is there afterwards if it was
	// acknowledged.
	step bool
}

const freshPass = "lantern orchard gravel mitten thunder"

// officeOperations are every step of the day, and what stands around it.
func officeOperations() []officeOperation {
	all := []officeOperation{
		{name: "open", after: len(daily) - 1},
		{name: "step up", after: len(daily) - 1, run: func(o *office, _ *aDay) error {
			if err := o.StepDown(ctx()); err != nil {
				return err
			}
			return o.StepUp(ctx(), []byte(pass))
		}},
		{name: "change the passphrase", after: len(daily) - 1, run: func(o *office, _ *aDay) error {
			_, err := o.session.ChangePassphrase(ctx(), []byte(pass), []byte(freshPass), nil)
			return err
		}},
		{name: "export", after: len(daily) - 1, run: func(o *office, d *aDay) error {
			c, err := openCase(o, d.first)
			if err != nil {
				return err
			}
			return c.Export(ctx(), new(strings.Builder))
		}},
		{name: "check", after: len(daily) - 1, run: func(o *office, _ *aDay) error {
			_, err := o.Check(ctx(), nil)
			return err
		}},
		{name: "lock", after: len(daily) - 1, run: func(o *office, _ *aDay) error { return o.Lock(ctx()) }},
	}
	for i, step := range daily {
		all = append(all, officeOperation{step.name, i, step.do, true})
	}
	return all
}

// A stand is a practice as it was after some steps of the day, and what was made by
// then. Every other one was left by a kill.
type stand struct {
	root string
	day  aDay
}

func officeStands(t *testing.T) (stands []stand) {
	t.Helper()
	root := proof.Folder(t)
	c := newClock()
	dir := filepath.Join(root, "Practice.ebb")
	if err := practice.Create(t.Context(), dir, "Dana", []byte(pass), options(c)); err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, c, dir)
	o.publish()
	o.stepUp()
	d := aDay{}
	for i, step := range daily {
		if i%2 == 0 {
			o = o.again()
			o.lock()
		}
		s := stand{proof.Folder(t), d}
		s.day.members = slices.Clone(d.members)
		o.must(os.CopyFS(s.root, os.DirFS(root)))
		stands = append(stands, s)
		if i%2 == 0 {
			o = openOffice(t, c, dir)
		}
		o.stepUp()
		if err := step.do(o, &d); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
	}
	o.lock()
	return stands
}

// Any call to the system may fail, once or for good, in whatever is done in an office.
// It works on or says what is wrong in words that tell nothing, and what it
// acknowledged is there when the disk works again, whole, and nothing belongs to
// nobody.
func TestPracticeFaults(t *testing.T) {
	stands := officeStands(t)
	for _, op := range officeOperations() {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			c := proof.Start(t, "practice faults/"+op.name)
			calls := map[[2]bool]int{} // of those modes that meet the same calls
			for _, mode := range faultModes {
				same := [2]bool{mode.errno == syscall.EIO, mode.short}
				if calls[same] == 0 {
					calls[same] = strikeOffice(c, stands[op.after], op, mode, 0)
				}
				n := calls[same]
				step := max(1, n/proof.Size(1, 2, 100_000))
				for at := 1 + c.IntN(step); at <= n && c.TimeLeft(); at += step {
					strikeOffice(c, stands[op.after], op, mode, at)
				}
			}
		})
	}
}

// strikeOffice lets an operation fail at one of its calls, and returns how many there
// were that could.
func strikeOffice(c *proof.Campaign, from stand, op officeOperation, mode faultMode, at int) (calls int) {
	root := proof.Folder(c)
	defer os.RemoveAll(root)
	if err := os.CopyFS(root, os.DirFS(from.root)); err != nil {
		c.Fatal(err)
	}
	dir, d := filepath.Join(root, "Practice.ebb"), from.day
	d.members = slices.Clone(from.day.members)
	disk := &faulty{mode: mode, at: at}
	bad := func(format string, args ...any) {
		c.Helper()
		c.Failure("%s, %s at %d (%v %s): %s", op.name, mode.name, at, disk.first.Op, filepath.Base(disk.first.Path), fmt.Sprintf(format, args...))
	}
	var o *office
	var err error
	if op.run != nil {
		if o, err = reopened(c, dir); err != nil {
			c.Fatalf("%s: getting ready: %v", op.name, err)
		}
	}
	var ran error
	struckIn := 0
	err = interpose.Watch(root, disk.decide, func() error {
		if op.run == nil {
			o, ran = reopened(c, dir)
		} else {
			ran = op.run(o, &d)
		}
		calls, struckIn = disk.count, disk.struck
		return carryOnIn(o)
	})
	if errors.Is(err, interpose.ErrNotWatched) {
		c.Fatal(err)
	}
	note := "worked on"
	switch {
	case ran != nil && struckIn == 0:
		bad("failed without a fault: %v", ran)
	case ran != nil:
		note = "said so"
		if problem := improper(root, ran, mode); problem != "" {
			bad("%s: %v", problem, ran)
		}
	}
	// A session may be over, if what it wrote last was to decide which drawers count.
	if err != nil && !errors.Is(err, vault.ErrLocked) {
		if problem := improper(root, err, mode); problem != "" {
			bad("going on: %s: %v", problem, err)
		}
	}
	if err := backToPass(c, dir); err != nil {
		bad("neither passphrase opens it: %v", err)
	}
	acknowledged := op.after
	if op.step && ran == nil {
		acknowledged++
	}
	if err := holds(c, dir, &d, acknowledged); err != nil {
		bad("afterwards: %v (the operation: %v)", err, ran)
	}
	c.Ran(struckIn > 0, note)
	return calls
}

// carryOnIn uses an open practice after the fault, and locks it.
func carryOnIn(o *office) error {
	if o == nil {
		return nil
	}
	_, err := o.Caseload(ctx(), practice.Query{})
	return errors.Join(err, o.Lock(ctx()))
}

// backToPass gives a practice whose passphrase was changed the one that it had.
func backToPass(c *proof.Campaign, dir string) error {
	o := options(newClock())
	v, err := vault.Open(dir, o)
	if err != nil {
		return err
	}
	s, _, err := v.Unlock(ctx(), []byte(freshPass))
	if errors.Is(err, vault.ErrWrongPassphrase) {
		return v.Close()
	} else if err != nil {
		return errors.Join(err, v.Close())
	}
	_, err = s.ChangePassphrase(ctx(), []byte(freshPass), []byte(pass), nil)
	return errors.Join(err, s.Lock(context.WithoutCancel(ctx())))
}

// improper says what is wrong with an error that a fault led to.
func improper(root string, err error, mode faultMode) string {
	for _, private := range []string{root, canary, pass, freshPass, "K-1", "K-2"} {
		if strings.Contains(err.Error(), private) {
			return "the error tells " + private
		}
	}
	for _, other := range []error{vault.ErrDamaged, vault.ErrWrongPassphrase, vault.ErrNotVault, vault.ErrNewer, practice.ErrNotFound, practice.ErrStepUp} {
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
