package interpose

import (
	"io/fs"
	"os"
	"path/filepath"
)

// A Tape records the calls by which a folder is changed, and those that make the
// changes last.
type Tape struct {
	root  string
	start map[string][]byte // files that are there at first; folders are nil
	calls []Call
	marks []any
	mark  any
}

// NewTape begins a tape of the folder root as it is.
func NewTape(root string) (*Tape, error) {
	t := &Tape{root: root, start: map[string][]byte{}}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			t.start[path] = nil
			return nil
		}
		t.start[path], err = os.ReadFile(path)
		return err
	})
	return t, err
}

// Mark says what was promised from now on: whatever a cut leaves has to keep it.
func (t *Tape) Mark(promise any) { t.mark = promise }

// Record is a [Decide] that keeps what changes something and lets it take place.
func (t *Tape) Record(c Call) Answer {
	if c.Op.Changes() || c.Op == Sync {
		t.calls, t.marks = append(t.calls, c), append(t.marks, t.mark)
	}
	return Answer{}
}

// Len is the number of calls on the tape, Call the i-th of them.
func (t *Tape) Len() int { return len(t.calls) }

// Call returns the i-th call, and what was promised before it was made.
func (t *Tape) Call(i int) (Call, any) { return t.calls[i], t.marks[i] }

// Promise is what was marked last.
func (t *Tape) Promise() any { return t.mark }
