package strike

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"

	"ebb/scripts/interpose"
	"ebb/vault"
)

// A Mode is a way for a disk to fail.
type Mode struct {
	Name    string
	Errno   syscall.Errno
	Short   bool // half of a write is done first
	ForGood bool // every later call that can fail so fails, too
}

// Modes are all the ways.
var Modes = []Mode{
	{Name: "EIO once", Errno: syscall.EIO},
	{Name: "EIO for good", Errno: syscall.EIO, ForGood: true},
	{Name: "ENOSPC once", Errno: syscall.ENOSPC},
	{Name: "ENOSPC for good", Errno: syscall.ENOSPC, ForGood: true},
	{Name: "short write once", Errno: syscall.ENOSPC, Short: true},
	{Name: "short write for good", Errno: syscall.ENOSPC, Short: true, ForGood: true},
}

// Meets reports whether a call can fail in this way: EIO any, a full disk those that
// need room. A sync is among them, because room may be found only then.
func (m Mode) Meets(c interpose.Call) bool {
	switch {
	case m.Short:
		return c.Op == interpose.Write && len(c.Data) > 1
	case m.Errno == syscall.ENOSPC:
		return c.Op.Changes() && c.Op != interpose.Remove && c.Op != interpose.Touch || c.Op == interpose.Sync
	}
	return true
}

// A Disk fails at one of the calls that it can fail at.
type Disk struct {
	Mode Mode
	At   int // which, from 1; 0: none
	// Alike is the length of writes that follow one another in a file and say nothing,
	// so that a row of them counts as one call; 0: every write counts.
	Alike int64

	Calls  int            // that could fail, so far
	Struck int            // that did
	First  interpose.Call // of those

	again bool   // a short write is followed by the error
	row   uint64 // the file that the last call wrote such a piece to
}

// Decide is the [interpose.Decide] of the disk.
func (d *Disk) Decide(c interpose.Call) interpose.Answer {
	if !d.Mode.Meets(c) {
		return interpose.Answer{}
	}
	piece := d.Alike != 0 && c.Op == interpose.Write && c.Size == d.Alike
	same := piece && d.row == c.File
	d.row = 0
	if piece {
		d.row = c.File
	}
	if same && d.Struck == 0 {
		return interpose.Answer{}
	}
	d.Calls++
	if d.again {
		d.again = false
		return interpose.Answer{Errno: d.Mode.Errno}
	}
	if d.At == 0 || d.Calls < d.At || d.Calls > d.At && !d.Mode.ForGood {
		return interpose.Answer{}
	}
	if d.Struck++; d.Struck > 1 {
		return interpose.Answer{Errno: d.Mode.Errno}
	}
	d.First = c
	if d.Mode.Short {
		d.again = true
		return interpose.Answer{Errno: d.Mode.Errno, Short: len(c.Data) / 2}
	}
	return interpose.Answer{Errno: d.Mode.Errno}
}

// An Outcome is what came of an operation on such a disk.
type Outcome struct {
	Ran    error // the operation's
	After  error // that of what was done when it was over, on the same disk
	Calls  int   // that could fail in the operation itself
	Struck int   // that did
}

// Under runs an operation on the disk that the folder root lies on, and what follows
// it: whoever met a fault goes on working. The error is [interpose.ErrNotWatched],
// and then nothing means anything.
func (d *Disk) Under(root string, operation, goOn func() error) (o Outcome, err error) {
	watched := interpose.Watch(root, d.Decide, func() error {
		o.Ran = operation()
		o.Calls, o.Struck = d.Calls, d.Struck
		o.After = goOn()
		return nil
	})
	return o, watched
}

// Note is what a campaign counts the outcome as.
func (o Outcome) Note() string {
	if o.Ran != nil {
		return "said so"
	}
	return "worked on"
}

// Where says what was struck first, for the words of a failure.
func (d *Disk) Where() string {
	return fmt.Sprintf("%s at %d (%v %s)", d.Mode.Name, d.At, d.First.Op, filepath.Base(d.First.Path))
}

// damage is what a fault of the disk is never called.
var damage = []error{vault.ErrDamaged, vault.ErrWrongPassphrase, vault.ErrNotVault, vault.ErrNewer}

// Improper says what is wrong with the errors of an outcome: words that nobody should
// read in them, a fault of the disk that is called damage (or one of others), a reason
// that was lost, or a failure where nothing failed. It is empty where all is well.
// Nobody knows any more what a session did that is over, so that one is over is proper
// when the work goes on.
func (d *Disk) Improper(o Outcome, private []string, others ...error) (problems []string) {
	say := func(what string, err error) {
		problems = append(problems, fmt.Sprintf("%s: %v", what, err))
	}
	switch {
	case o.Ran != nil && o.Struck == 0:
		say("it failed without a fault", o.Ran)
	case o.Ran != nil:
		if problem := d.improper(o.Ran, private, others); problem != "" {
			say(problem, o.Ran)
		}
	}
	if o.After != nil && !errors.Is(o.After, vault.ErrLocked) {
		if problem := d.improper(o.After, private, others); problem != "" {
			say("going on: "+problem, o.After)
		}
	}
	return problems
}

func (d *Disk) improper(err error, private []string, others []error) string {
	for _, word := range private {
		if word != "" && strings.Contains(err.Error(), word) {
			return "the error tells " + word
		}
	}
	for _, list := range [][]error{damage, others} {
		for _, other := range list {
			if errors.Is(err, other) {
				return "a fault of the disk is called " + other.Error()
			}
		}
	}
	switch {
	case d.Mode.Errno == syscall.ENOSPC && !errors.Is(err, vault.ErrFull) && !errors.Is(err, syscall.ENOSPC):
		return "not ErrFull"
	case d.Mode.Errno == syscall.EIO && !errors.Is(err, syscall.EIO) && !errors.Is(err, vault.ErrGone) && !errors.Is(err, syscall.EBADF):
		// A folder that nothing can be learned of is as good as gone. EBADF is what
		// SQLite makes of a lock file that it could not open for writing.
		return "the reason is lost"
	}
	return ""
}
