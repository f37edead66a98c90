package keys

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
)

// A keyLife is what two people do to a key file.
type keyLife struct {
	t    *testing.T
	path string
	a    string // A's passphrase
	code string
}

// visited unlocks, does something, and saves.
func (l *keyLife) visited(passphrase string, do func(s *Seat)) {
	s := unlock(l.t, l.path, passphrase)
	do(s)
	leaveOpened(l.t, s)
}

var keyLives = []struct {
	name string
	do   func(*keyLife)
}{
	{"making", func(l *keyLife) {
		s, err := Create(l.path, Home, []byte(l.a), InsecureParams, "Anna", foundHome, InsecureCheapKDF())
		if err != nil {
			l.t.Fatal(err)
		}
		s.Close()
	}},
	{"saving", func(l *keyLife) { l.visited(l.a, func(s *Seat) { s.Ring().Drawer(Private).Seen = 7 }) }},
	{"making recovery words", func(l *keyLife) { l.visited(l.a, func(s *Seat) { newRecovery(l.t, s, l.a) }) }},
	{"inviting", func(l *keyLife) {
		l.visited(l.a, func(s *Seat) {
			var err error
			if l.code, err = s.Invite(nil); err != nil {
				l.t.Fatal(err)
			}
		})
	}},
	{"joining", func(l *keyLife) {
		s, err := openCode(l.t, l.path, l.code).Join(context.Background(), []byte(passB), "Ben", built)
		if err != nil {
			l.t.Fatal(err)
		}
		s.Close()
	}},
	{"reading the inbox", func(l *keyLife) { l.visited(l.a, func(*Seat) {}) }},
	{"changing the passphrase", func(l *keyLife) {
		l.visited(l.a, func(s *Seat) {
			change(l.t, s, l.a, passNew)
			l.a = passNew
		})
	}},
	{"re-keying", func(l *keyLife) { l.visited(passB, func(s *Seat) { rekey(l.t, s) }) }},
	{"reading of it", func(l *keyLife) { l.visited(l.a, func(*Seat) {}) }},
	{"mending", func(l *keyLife) {
		damage(l.t, l.path, copySize+5000)
		l.visited(l.a, func(*Seat) {})
	}},
	{"leaving", func(l *keyLife) { leave(l.t, l.path, passB) }},
	{"reading of the leaving", func(l *keyLife) { l.visited(l.a, func(*Seat) {}) }},
}

func damage(t *testing.T, path string, at int64) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("damage"), at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// keyPromise is what holds before a call.
type keyPromise struct {
	step int
	// past are the states of the file that count: the last one that is on the
	// device in both copies, and those that came after it.
	past []string
	a    []string // passphrases of A; one opens
}

// recordKeyLife puts it all on a tape.
func recordKeyLife(t *testing.T) *interpose.Tape {
	t.Helper()
	root := proof.Folder(t)
	l := &keyLife{t: t, path: filepath.Join(root, "keys"), a: passA}
	tape, err := interpose.NewTape(root)
	if err != nil {
		t.Fatal(err)
	}
	var synced []string // states of copies since the last one that is certain, "" for a sync
	states := func() (past []string) {
		for _, s := range synced {
			if s != "" && !slices.Contains(past, s) {
				past = append(past, s)
			}
		}
		return past
	}
	for i, step := range keyLives {
		before := l.a
		record := func(c interpose.Call) interpose.Answer {
			tape.Mark(keyPromise{i, states(), []string{before, l.a, passNew}})
			switch {
			case c.Op == interpose.Write && len(c.Data) == copySize:
				b, err := decodeCopy(c.Data, true)
				if err != nil {
					t.Error(err)
				}
				synced = append(synced, string(b))
			case c.Op == interpose.Sync && !c.Folder:
				synced = append(synced, "")
				// Twice the same, each with a sync behind it: nothing earlier counts.
				if n := len(synced); n >= 4 && synced[n-2] == synced[n-4] {
					synced = synced[n-2:]
				}
			}
			return tape.Record(c)
		}
		if err := interpose.Watch(root, record, func() error { step.do(l); return nil }); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("%s failed", step.name)
		}
	}
	tape.Mark(keyPromise{len(keyLives) - 1, states(), []string{l.a}})
	return tape
}

// The power goes at any moment of a key file's life: what is not on the device
// may be lost, in any order, in pieces of 512 bytes. The file is afterwards one of
// its states, whole, and none before the last that was acknowledged.
func TestKeyFilePowerLoss(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "key file power")
	tape := recordKeyLife(t)
	device := tape.Device()
	cuts := proof.Size(60, 400, 10_000)
	// Behind a sync there is nothing to lose.
	weight := func(call interpose.Call) float64 {
		if call.Op == interpose.Sync {
			return 0.2
		}
		return 1
	}
	total, due := 0.0, c.Float64()
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		total += weight(call)
	}
	for i := range tape.Len() {
		call, marked := tape.Call(i)
		device.Play(call)
		promise := marked.(keyPromise)
		after := tape.Promise().(keyPromise)
		if i+1 < tape.Len() {
			_, next := tape.Call(i + 1)
			after = next.(keyPromise)
		}
		for due += weight(call) / total * float64(cuts); due >= 1 && c.TimeLeft(); due-- {
			root := proof.Folder(t)
			loss := interpose.Losses[c.IntN(len(interpose.Losses))]
			lost, err := device.Cut(c.Rand, loss, root)
			if err != nil {
				t.Fatal(err)
			}
			name := keyLives[promise.step].name
			note := name
			if err := after.inspect(filepath.Join(root, "keys"), promise.step == 0); err != nil {
				c.Failure("call %d of %d (%v), %s, %s: %v", i, tape.Len(), call.Op, name, loss.Name, err)
				note += " (failed)"
			}
			c.Ran(lost > 0 || call.Op != interpose.Sync, note)
			if err := os.RemoveAll(root); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// inspect opens what a cut left.
func (p keyPromise) inspect(path string, making bool) error {
	f, err := Open(path, InsecureCheapKDF())
	if making && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	// A state counts only if it is one that was written; of those, none that came
	// before what is certain.
	if !slices.Contains(p.past, string(f.now)) {
		return fmt.Errorf("a state that is none of the %d that count", len(p.past))
	}
	opened := false
	for _, passphrase := range p.a {
		s, _, err := f.Unlock(context.Background(), []byte(passphrase))
		if err != nil && !errors.Is(err, ErrWrongPassphrase) {
			return err
		}
		if err == nil {
			opened = true
			for kind := range kinds(s.Notices()) {
				if kind == FileAltered || kind == FileOlder || kind == CopyUnrepaired {
					err = fmt.Errorf("it is told: %v", kind)
				}
			}
			if err := errors.Join(err, s.Close()); err != nil {
				return err
			}
		}
	}
	if !opened {
		return errors.New("no passphrase opens it")
	}
	if again, err := Open(path, InsecureCheapKDF()); err != nil || again.Repaired() {
		return fmt.Errorf("opening it again: repaired, %w", err)
	}
	return nil
}
