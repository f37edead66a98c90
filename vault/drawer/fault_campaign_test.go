package drawer

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// faultyDisk fails at one operation once it is armed, or from there on.
type faultyDisk struct {
	mode   faultMode
	at     int // the failing operation, counted from arming; 0: none
	armed  bool
	count  int
	struck int
}

// faultMode is a way to fail.
type faultMode struct {
	name    string
	err     syscall.Errno
	short   bool // half of a write is done
	reads   bool // reads fail too
	forGood bool
}

var faultModes = []faultMode{
	{name: "EIO once", err: syscall.EIO, reads: true},
	{name: "EIO for good", err: syscall.EIO, reads: true, forGood: true},
	{name: "ENOSPC once", err: syscall.ENOSPC},
	{name: "ENOSPC for good", err: syscall.ENOSPC, forGood: true},
	{name: "short write once", err: syscall.ENOSPC, short: true},
	{name: "short write for good", err: syscall.ENOSPC, short: true, forGood: true},
}

func (f *faultyDisk) access(a access) (int, error) {
	if !f.armed || a.op == opRead && !f.mode.reads {
		return 0, nil
	}
	f.count++
	if f.at == 0 || f.count < f.at || f.count > f.at && !f.mode.forGood {
		return 0, nil
	}
	f.struck++
	if f.mode.short {
		return a.length / 2, f.mode.err
	}
	return 0, f.mode.err
}

func (f *faultyDisk) options() Options { return Options{hooks: &hooks{access: f.access}} }

// faultRun is one drawer that has to live through one fault.
type faultRun struct {
	ctx          context.Context
	path         string
	disk         *faultyDisk
	d            *Drawer
	acknowledged int
	tried        []int // what may be there instead: one of them, or none
	schema       Schema
	created      bool
}

func (r *faultRun) open() (err error) {
	r.created = true
	r.d, err = Open(r.ctx, r.path, ledgerID, ledgerKey, r.schema, r.disk.options())
	return err
}

func (r *faultRun) post(n int) error {
	err := postTogether(r.ctx, r.d, r.acknowledged, n)
	if err == nil {
		r.acknowledged, r.tried = n, nil
	} else {
		r.tried = append(r.tried, n)
	}
	return err
}

// faultOperation is what the fault strikes.
type faultOperation struct {
	name  string
	from  string // the stand that the files are put from; none: there is no file
	ready func(*faultRun) error
	run   func(*faultRun) error
}

var faultOperations = []faultOperation{
	{name: "create", run: func(r *faultRun) (err error) {
		r.d, err = Create(r.ctx, r.path, ledgerID, ledgerKey, r.schema, r.disk.options())
		r.created = err == nil
		return err
	}},
	{name: "open", from: "clean", run: (*faultRun).open},
	{name: "open after a crash", from: "bound", run: (*faultRun).open},
	{name: "open in a checkpoint", from: "checkpointing", run: (*faultRun).open},
	{name: "open with unlike slots", from: "half clean", run: (*faultRun).open},
	{name: "first write", from: "clean", ready: (*faultRun).open, run: func(r *faultRun) error { return r.post(r.acknowledged + 1) }},
	{name: "write", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error { return r.post(r.acknowledged + 1) }},
	{name: "big write", from: "bound", ready: func(r *faultRun) error {
		if err := r.open(); err != nil {
			return err
		}
		return r.d.ownSQL(r.ctx, "PRAGMA cache_size = 10")
	}, run: func(r *faultRun) error { return r.post(r.acknowledged + 60) }},
	{name: "take back", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error { return takeBack(r.ctx, r.d) }},
	{name: "checkpoint", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error { return r.d.Checkpoint(r.ctx) }},
	{name: "vacuum", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error { return vacuum(r.ctx, r.d) }},
	{name: "check", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error {
		_, err := r.d.Check(r.ctx, nil)
		return err
	}},
	{name: "close", from: "bound", ready: (*faultRun).open, run: func(r *faultRun) error { return r.d.Close() }},
	{name: "migrate", from: "bound", run: func(r *faultRun) error {
		r.schema = ledgerSchema(2)
		return r.open()
	}},
}

// Any physical operation may fail, once or for good. The drawer works on or says
// what is wrong in words that tell nothing; what it acknowledged is there when the
// disk works again.
func TestDiskFaults(t *testing.T) {
	t.Parallel()
	all := makeStands(t, ledgerID, ledgerKey)
	for _, op := range faultOperations {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			c := startCampaign(t, "faults/"+op.name)
			var strikes []func()
			for _, mode := range faultModes {
				calls := c.strike(all, op, mode, 0)
				step := size(41, 7, 1)
				for at := 1 + c.IntN(step); at <= calls; at += step {
					strikes = append(strikes, func() { c.strike(all, op, mode, at) })
				}
				strikes = append(strikes, func() { c.strike(all, op, mode, calls) }) // the last one of all
			}
			c.each(strikes)
		})
	}
}

// strike lets one operation fail at the given physical one, and returns how many
// of these there were.
func (c *campaign) strike(all *stands, op faultOperation, mode faultMode, at int) (calls int) {
	r := &faultRun{ctx: context.Background(), path: filepath.Join(campaignFolder(c), "drawer"), disk: &faultyDisk{mode: mode, at: at}, schema: ledgerSchema(0)}
	defer os.RemoveAll(filepath.Dir(r.path))
	if op.from != "" {
		s := all.named(op.from)
		s.im.put(c, r.path)
		r.acknowledged, r.created = s.high, true
	}
	if op.ready != nil {
		if err := op.ready(r); err != nil {
			c.Fatalf("%s: getting ready: %v", op.name, err)
		}
	}
	bad := func(format string, args ...any) {
		c.failed("%s, %s at %d: %s", op.name, mode.name, at, fmt.Sprintf(format, args...))
	}
	r.disk.armed = true
	err := op.run(r)
	calls, struck := r.disk.count, r.disk.struck
	note := "worked on"
	if err != nil {
		note = "said so"
		if struck == 0 {
			bad("failed without a fault: %v", err)
		}
		if problem := r.improper(err, mode); problem != "" {
			bad("%s: %v", problem, err)
		}
	}
	r.carryOn(mode, bad)
	r.disk.at = 0
	if later := r.aftermath(); later != nil {
		bad("afterwards: %v (the operation: %v)", later, err)
	}
	c.ran(struck > 0, note)
	return calls
}

// improper says what is wrong with an error that a fault led to.
func (r *faultRun) improper(err error, mode faultMode) string {
	text := err.Error()
	for _, private := range []string{r.path, filepath.Dir(r.path), canary, hex.EncodeToString(ledgerKey[:4]), "kanarien", "INSERT", "UPDATE"} {
		if strings.Contains(text, private) {
			return "the error tells " + private
		}
	}
	switch {
	case errors.Is(err, errWrong):
		return "wrong data"
	case errors.Is(err, ErrDamaged):
		return "a fault of the disk is called damage"
	case mode.err == syscall.ENOSPC && !errors.Is(err, ErrFull):
		return "not ErrFull"
	case mode.err == syscall.EIO && !errors.Is(err, syscall.EIO):
		return "the reason is lost"
	}
	return ""
}

// carryOn uses the drawer after the fault: it works, or says that it does not.
func (r *faultRun) carryOn(mode faultMode, bad func(string, ...any)) {
	if r.d == nil {
		return
	}
	// To find the drawer closed, or to have lost the connection, is a clear word.
	clear := func(err error) bool {
		return errors.Is(err, ErrClosed) || errors.Is(err, errReconnect) || r.improper(err, mode) == ""
	}
	posted, err := 0, error(nil)
	err = r.d.View(r.ctx, func(tx *Tx) (err error) { posted, err = readLedger(r.ctx, tx); return err })
	switch {
	case err != nil && !clear(err):
		bad("reading on: %v", err)
	case err == nil && posted != r.acknowledged:
		bad("reading on: %d transactions, acknowledged %d", posted, r.acknowledged)
	case err == nil:
		if err := r.post(r.acknowledged + 1); err != nil && !clear(err) {
			bad("writing on: %v", err)
		}
	}
	if err := r.d.Close(); err != nil && !clear(err) {
		bad("closing: %v", err)
	}
}

// aftermath opens the drawer on a disk that works again, twice.
func (r *faultRun) aftermath() error {
	d, err := Open(r.ctx, r.path, ledgerID, ledgerKey, r.schema, Options{})
	if err != nil {
		if !r.created && (errors.Is(err, ErrUnfinished) || errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotExist)) {
			return nil
		}
		return fmt.Errorf("opening: %w", err)
	}
	n, err := audit(r.ctx, d)
	if n != r.acknowledged && !slices.Contains(r.tried, n) {
		err = errors.Join(err, fmt.Errorf("%d transactions, acknowledged %d, tried %v", n, r.acknowledged, r.tried))
	}
	err = errors.Join(err, d.Close())
	if err == nil {
		err = lookAgain(r.path, r.schema, n, &watcher{})
	}
	return err
}

var evenTime = time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)

// Even works on closed drawers of any size, and a second time changes nothing;
// what it cannot do it says.
func TestEvenKeepsWhatThereIs(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "faults/even")
	all := makeStands(t, ledgerID, ledgerKey)
	folder := campaignFolder(t)
	var paths []string
	for i, s := range all.all {
		path := filepath.Join(folder, fmt.Sprint("drawer", i))
		im := s.im.clone()
		if i == 0 { // one of a larger class
			im[mainFile] = append(im[mainFile], bytes.Repeat([]byte{0x5a}, 2*smallestClass)...)
		}
		if s.settled {
			im[logFile] = nil
		}
		im.put(t, path)
		paths = append(paths, path)
	}
	for range 2 {
		if err := Even(paths, evenTime); err != nil {
			t.Fatal(err)
		}
		for i, s := range all.all {
			im := takeImage(t, paths[i])
			if len(im[mainFile]) != 4*smallestClass || len(im[logFile]) != smallestClass {
				c.failed("%s: sizes %d and %d", s.name, len(im[mainFile]), len(im[logFile]))
			}
			if !bytes.HasPrefix(im[mainFile], s.im[mainFile]) || !s.settled && !bytes.HasPrefix(im[logFile], s.im[logFile]) {
				c.failed("%s: what was there was touched", s.name)
			}
			for role := range im {
				if info, err := os.Stat(fileOf(paths[i], fileRole(role))); err != nil || !info.ModTime().Equal(evenTime) {
					c.failed("%s: modification time %v, %v", s.name, info.ModTime(), err)
				}
			}
		}
	}
	for i, s := range all.all {
		c.judge(s, "evened", look(paths[i], &watcher{}, true), rule{open: !s.building})
	}
}
