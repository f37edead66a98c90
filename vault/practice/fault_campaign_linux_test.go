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

	"ebb/scripts/proof"
	"ebb/scripts/strike"
	"ebb/vault"
	"ebb/vault/practice"
)

// officeOperation is what the fault strikes, when so many steps of the day are done.
type officeOperation struct {
	name  string
	after int // or nothing
	// run is struck on an opened practice with the second unlock in force.
	run func(o *office, d *aDay) error
	// closed is struck in its place where none is open; it may leave one so.
	closed func(t testing.TB, dir string) (*office, error)
	// step: it is the next step of the day, which is there afterwards if it was
	// acknowledged.
	step bool
}

// nothing: there is no practice yet.
const nothing = -1

func create(dir string) error {
	return practice.Create(ctx(), dir, "Dana", []byte(pass), options(newClock()))
}

const freshPass = "lantern orchard gravel mitten thunder"

// officeOperations are every step of the day, and what stands around it.
func officeOperations() []officeOperation {
	all := []officeOperation{
		{name: "create", after: nothing, closed: func(_ testing.TB, dir string) (*office, error) { return nil, create(dir) }},
		{name: "open", after: len(daily) - 1, closed: reopened},
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
		all = append(all, officeOperation{name: step.name, after: i, run: step.do, step: true})
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
	if err := create(dir); err != nil {
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
			from := stand{root: proof.Folder(t)}
			if op.after != nothing {
				from = stands[op.after]
			}
			calls := map[[2]bool]int{} // of those modes that meet the same calls
			for _, mode := range strike.Modes {
				same := [2]bool{mode.Errno == syscall.EIO, mode.Short}
				if calls[same] == 0 {
					calls[same] = strikeOffice(c, from, op, mode, 0)
				}
				n := calls[same]
				step := max(1, n/proof.Size(1, 2, 100_000))
				for at := 1 + c.IntN(step); at <= n && c.TimeLeft(); at += step {
					strikeOffice(c, from, op, mode, at)
				}
			}
		})
	}
}

// strikeOffice lets an operation fail at one of its calls, and returns how many there
// were that could.
func strikeOffice(c *proof.Campaign, from stand, op officeOperation, mode strike.Mode, at int) (calls int) {
	root := proof.Folder(c)
	defer os.RemoveAll(root)
	if err := os.CopyFS(root, os.DirFS(from.root)); err != nil {
		c.Fatal(err)
	}
	dir, d := filepath.Join(root, "Practice.ebb"), from.day
	d.members = slices.Clone(from.day.members)
	disk := &strike.Disk{Mode: mode, At: at}
	bad := func(format string, args ...any) {
		c.Helper()
		c.Failure("%s, %s: %s", op.name, disk.Where(), fmt.Sprintf(format, args...))
	}
	var o *office
	var err error
	if op.closed == nil {
		if o, err = reopened(c, dir); err != nil {
			c.Fatalf("%s: getting ready: %v", op.name, err)
		}
	}
	came, err := disk.Under(root, func() error {
		if op.closed != nil {
			o, err = op.closed(c, dir)
			return err
		}
		return op.run(o, &d)
	}, func() error { return carryOnIn(o) })
	if err != nil {
		c.Fatal(err)
	}
	private := []string{root, canary, pass, freshPass, "K-1", "K-2"}
	for _, problem := range disk.Improper(came, private, practice.ErrNotFound, practice.ErrStepUp) {
		bad("%s", problem)
	}
	if op.after == nothing {
		if err := madeOrNot(root, came.Ran); err != nil {
			bad("%v", err)
		}
	}
	if err := backToPass(c, dir); err != nil {
		bad("neither passphrase opens it: %v", err)
	}
	acknowledged := max(op.after, 0)
	if op.step && came.Ran == nil {
		acknowledged++
	}
	if err := holds(c, dir, &d, acknowledged); err != nil {
		bad("afterwards: %v (the operation: %v)", err, came.Ran)
	}
	c.Ran(came.Struck > 0, came.Note())
	return came.Calls
}

// madeOrNot: what was said to be made is there, and what is not is not in the way of
// making it, which is done. Nothing else lies beside it then.
func madeOrNot(root string, ran error) error {
	dir := filepath.Join(root, "Practice.ebb")
	if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
		if ran == nil {
			return errors.New("it was said to be made, and is not there")
		}
		if err := create(dir); err != nil {
			return fmt.Errorf("making it again: %w", err)
		}
	}
	entries, err := os.ReadDir(root)
	if err == nil && len(entries) != 1 {
		err = fmt.Errorf("%d things lie beside one another, of one practice", len(entries))
	}
	return err
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
