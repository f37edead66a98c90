package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault/practice"
)

// The commands that have something to do in a practice, under strace as those of a home
// are. The practice has two cases; in one of them is a note with tracedCanary in the
// record, and apartWord wherever something lies behind the second unlock.

const danaNew = "dana has words of another year"

// asDana types the passphrase, and once more for those who are asked for it again.
func asDana(w *straced) string { return w.own[0] + "\n" + w.own[0] + "\n" }

var officeCommands = []tracedCommand{
	{name: "create", from: "nothing", lines: asDana, args: []string{"create", "Practice.ebb", "--kind", "practice", "--name", "Dana"}, holds: func(w *straced, e ending) error {
		if _, err := os.Lstat(w.in("Practice.ebb")); e.code != 0 && errors.Is(err, os.ErrNotExist) {
			return w.must(0, asDana(w), "create", "Practice.ebb", "--kind", "practice", "--name", "Dana")
		}
		return nil
	}},
	{name: "check", from: "office", lines: asDana, args: []string{"check", "Practice.ebb"}, mayBeDamaged: true},
	{name: "check apart", from: "office", lines: asDana, args: []string{"check", "Practice.ebb", "--apart", "--json"}, mayBeDamaged: true},
	{name: "export", from: "office", lines: asDana, args: []string{"export", "Practice.ebb", "--format", "json", "out"}, holds: recordsOrNothing},
	{name: "passphrase", from: "office", lines: func(*straced) string { return officePass + "\n" + danaNew + "\n" }, args: []string{"passphrase", "Practice.ebb"}, holds: func(w *straced, e ending) error {
		if w.own = []string{danaNew}; e.code != 0 {
			w.own = []string{danaNew, officePass}
		}
		return nil
	}},
	{name: "backup", from: "office", lines: asDana, args: []string{"backup", "Practice.ebb", "backups"}, holds: func(w *straced, e ending) error {
		if err := os.MkdirAll(w.in("backups"), 0o700); err != nil {
			return err
		}
		return errors.Join(w.must(0, asDana(w), "backup", "Practice.ebb", "backups"), w.must(0, asDana(w), "backup", "--verify", "backups"))
	}},
	{name: "drill", from: "copied", lines: asDana, args: []string{"backup", "--drill", "backups"}, mayBeDamaged: true},
	{name: "restore", from: "copied", lines: asDana, args: []string{"restore", "backups", "Restored.ebb"}, holds: func(w *straced, e ending) error {
		if _, err := os.Lstat(w.in("Restored.ebb")); e.code != 0 && errors.Is(err, os.ErrNotExist) {
			return w.must(0, asDana(w), "restore", "backups", "Restored.ebb")
		}
		return w.must(0, asDana(w), "check", "Restored.ebb", "--apart")
	}},
	{name: "repair", from: "cut off", lines: asDana, args: []string{"repair", "Practice.ebb", "--at-checkpoint", "--yes", "--keep", "kept"}, mayBeDamaged: true, holds: func(w *straced, e ending) error {
		if e.code == 0 {
			return nil
		}
		// On a disk that works again it is done, or was done already.
		return w.must(0, asDana(w), "repair", "Practice.ebb", "--at-checkpoint", "--yes", "--keep", "kept again")
	}},
	{name: "demo", from: "office", lines: asDana, args: []string{"demo", "demo"}, holds: demoOrNothing},
}

// recordsOrNothing: an export of the records is there, of both cases, or not at all.
func recordsOrNothing(w *straced, e ending) error {
	entries, err := os.ReadDir(w.in("out"))
	switch {
	case errors.Is(err, os.ErrNotExist) && e.code == 0:
		return errors.New("nothing was exported")
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	return recordsIn(w.in("out"), len(entries))
}

// recordsIn: a folder has so many records, two, and what is in them is what was written.
func recordsIn(folder string, files int) error {
	data, err := os.ReadFile(filepath.Join(folder, "case-K-1.json"))
	if err != nil || files != 2 {
		return fmt.Errorf("%d records: %w", files, err)
	}
	var record struct{ Notes []struct{ Sections string } }
	if err := json.Unmarshal(data, &record); err != nil {
		return err
	}
	if len(record.Notes) != 1 || !strings.Contains(record.Notes[0].Sections, tracedCanary) || bytes.Contains(data, []byte(apartWord)) {
		return errors.New("the record is not what was written")
	}
	return nil
}

// demoOrNothing: a demonstration that said that it could not be made is not there. One
// that was killed is told to whoever makes it again, and can be removed.
func demoOrNothing(w *straced, e ending) error {
	made := 0
	for _, name := range []string{demoVault, demoPractice} {
		if _, err := os.Lstat(filepath.Join(w.in("demo"), name)); err == nil {
			made++
		}
	}
	switch {
	case e.code == 0 && made != 2:
		return fmt.Errorf("%d of two vaults were made", made)
	case e.code == 0:
		return w.must(0, strings.Repeat(practicePassphrase+"\n", 2), "check", filepath.Join("demo", demoPractice), "--apart")
	case !e.killed && made != 0 && !e.removing:
		return fmt.Errorf("%d of two vaults are left", made)
	}
	return nil
}

// officeStraced are folders to begin with.
func officeStraced(t *testing.T, ebb string) map[string]*straced {
	t.Helper()
	live := &straced{t: t, ebb: ebb, root: proof.Folder(t), own: []string{officePass}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	stands := map[string]*straced{}
	keep := func(name string) *straced {
		t.Helper()
		to := proof.Folder(t)
		must(os.CopyFS(to, os.DirFS(live.root)))
		stands[name] = live.again(to)
		return stands[name]
	}
	keep("nothing")
	must(live.must(0, asDana(live), "create", "Practice.ebb", "--kind", "practice", "--name", "Dana"))
	must(withPractice(live.in("Practice.ebb"), []byte(officePass), func(ctx context.Context, p *practice.Practice) error {
		if err := p.StepUp(ctx, []byte(officePass)); err != nil {
			return err
		}
		for _, code := range []string{"K-1", "K-2"} {
			id, err := p.NewCase(ctx, practice.NewCase{Code: code, Members: []practice.Member{{Name: "Ilse"}, {Name: "Marek"}}})
			if err != nil {
				return err
			}
			if code != "K-1" {
				continue
			}
			c, err := p.OpenCase(ctx, id)
			if err != nil {
				return err
			}
			note := c.Notes.New(practice.Joint, practice.ID{}, practice.Template{Name: practice.Free, Keys: []string{"text"}})
			note.Sections[0].Text = tracedCanary
			if _, err := c.Notes.Save(ctx, note); err != nil {
				return err
			}
			if err := writeApart(ctx, p, c); err != nil {
				return err
			}
		}
		return nil
	}))
	live.notes = 1
	keep("office")
	must(os.Mkdir(live.in("backups"), 0o700))
	must(live.must(0, asDana(live), "backup", "Practice.ebb", "backups"))
	keep("copied")
	cut := keep("cut off")
	must(errors.Join(os.RemoveAll(cut.in("Practice.ebb")), os.Mkdir(cut.in("kept"), 0o700), os.Mkdir(cut.in("kept again"), 0o700)))
	must(cutOff(live.in("Practice.ebb"), cut.in("Practice.ebb"), []byte(officePass)))
	return stands
}

// settledOffice looks at the practice without strace.
func (w *straced) settledOffice() error {
	entries, err := os.ReadDir(w.root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		words := []string{apartWord, tracedCanary}
		if e.Name() == "out" || strings.HasPrefix(e.Name(), ".ebb-export-") { // where the record is in the plain
			words = words[:1]
		}
		for _, word := range words {
			if found, err := proof.Find(w.in(e.Name()), word); err != nil || len(found) > 0 {
				return fmt.Errorf("in the plain: %v, %w", found, err)
			}
		}
	}
	opened := ""
	for _, passphrase := range w.own {
		switch e := w.run("", strings.Repeat(passphrase+"\n", 2), "check", "Practice.ebb", "--apart"); {
		case e.code == exitDone && opened == "":
			opened = passphrase
		case e.code != exitWrongPassphrase:
			return fmt.Errorf("check gives %d: %s%s", e.code, e.stdout, e.stderr)
		}
	}
	if opened == "" {
		return errors.New("no passphrase opens it")
	}
	if w.notes == 0 {
		return nil
	}
	if err := w.must(0, opened+"\n", "export", "Practice.ebb", "--format", "json", "afterwards"); err != nil {
		return err
	}
	all, err := os.ReadDir(w.in("afterwards"))
	if err != nil {
		return err
	}
	return recordsIn(w.in("afterwards"), len(all))
}

// Every command that has something to do in a practice, as TestUnderStrace has it.
func TestPracticeUnderStrace(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "strace, a practice")
	stands := officeStraced(t, "ebb")
	runs := proof.Size(4, 30, 2500)
	for run := 0; run < runs && c.TimeLeft(); run++ {
		command := officeCommands[run%len(officeCommands)]
		if command.name == "demo" && run > len(officeCommands) && !proof.Soak() {
			continue // it takes as long as all others
		}
		underStrace(c, stands, command, (*straced).settledOffice)
	}
}
