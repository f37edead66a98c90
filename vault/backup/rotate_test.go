package backup_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/vault/backup"
)

const day = 24 * time.Hour

// keptOf runs the rule over moments, given as 2026-03-04 or 2026-03-04T20, the
// newest first, and names those it keeps.
func keptOf(t *testing.T, now string, moments ...string) (kept []string) {
	t.Helper()
	parse := func(s string) time.Time {
		if len(s) == len(time.DateOnly) {
			s += "T12"
		}
		at, err := time.Parse("2006-01-02T15", s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	var times []time.Time
	for _, m := range moments {
		times = append(times, parse(m))
	}
	for i, k := range backup.Keep(times, parse(now)) {
		if k {
			kept = append(kept, moments[i])
		}
	}
	return kept
}

func TestKeep(t *testing.T) {
	for name, c := range map[string]struct {
		now           string
		moments, want []string
	}{
		"none":       {"2026-03-04", nil, nil},
		"three days": {"2026-03-04", []string{"2026-03-04", "2026-03-03", "2026-03-02"}, []string{"2026-03-04", "2026-03-03", "2026-03-02"}},
		"often on one day": { // Wednesday
			"2026-03-04T20",
			[]string{"2026-03-04T20", "2026-03-04T19", "2026-03-04T18", "2026-03-04T17", "2026-03-04T16", "2026-03-03", "2026-03-01", "2026-02-28"},
			[]string{"2026-03-04T20", "2026-03-03", "2026-03-01", "2026-02-28"},
		},
		"often on every day": {
			"2026-03-04T20",
			[]string{
				"2026-03-04T20", "2026-03-04T08", "2026-03-03T20", "2026-03-03T08", "2026-03-02T20", "2026-03-02T08",
				"2026-03-01T20", "2026-03-01T08", "2026-02-28T20", "2026-02-22T20", "2026-02-22T08",
			},
			[]string{"2026-03-04T20", "2026-03-03T20", "2026-03-02T20", "2026-03-01T20", "2026-02-22T20"},
		},
		"the earlier ones of a day stand for no week": { // that day does already
			"2026-03-04T20",
			[]string{"2026-03-04T20", "2026-03-04T08", "2026-02-25T20", "2026-02-25T08", "2026-02-18T20", "2026-02-18T08"},
			[]string{"2026-03-04T20", "2026-02-25T20", "2026-02-18T20"},
		},
		"around midnight in UTC": {
			"2026-03-04T00",
			[]string{"2026-03-04T00", "2026-03-03T23", "2026-03-03T22"},
			[]string{"2026-03-04T00", "2026-03-03T23"},
		},
		"once a month": {
			"2026-12-01",
			[]string{"2026-12-01", "2026-11-01", "2026-10-01", "2026-09-01", "2026-08-01", "2026-07-01", "2026-06-01", "2026-05-01", "2026-04-01"},
			[]string{"2026-12-01", "2026-11-01", "2026-10-01", "2026-09-01", "2026-08-01", "2026-07-01", "2026-06-01"},
		},
		"one week across two years": { // 2026-12-28 to 2027-01-03 is week 53 of 2026
			"2027-01-20",
			[]string{"2027-01-20", "2027-01-19", "2027-01-18", "2027-01-03", "2027-01-01", "2026-12-31", "2026-12-28", "2026-12-27"},
			[]string{"2027-01-20", "2027-01-19", "2027-01-18", "2027-01-03", "2026-12-27"},
		},
		"from a clock that was wrong": {
			"2026-03-04",
			[]string{"2031-01-01", "2030-01-01", "2026-03-04", "2026-03-03", "2026-03-02", "2026-02-25", "2026-02-24", "2026-02-10"},
			[]string{"2031-01-01", "2030-01-01", "2026-03-04", "2026-03-03", "2026-03-02", "2026-02-25", "2026-02-10"},
		},
	} {
		if got := keptOf(t, c.now, c.moments...); !slices.Equal(got, c.want) {
			t.Errorf("%s: kept %v, want %v", name, got, c.want)
		}
	}
}

// Ten weeks with a backup every evening. Every one that the rotation keeps is
// restored, again and again, and holds what was written up to its evening.
func TestTenWeeks(t *testing.T) {
	w := newLonely(t)
	first := w.at
	for n := range 70 {
		w.at = first.Add(time.Duration(n) * day)
		w.write(fmt.Sprintf("evening %d", n))
		before := w.list()
		made := w.make()
		after := w.list()
		if len(before)+1 != len(after)+len(made.Removed) || len(after) > 7 || len(made.Removed) > 1 {
			t.Fatalf("day %d: %d backups, then %d, and %d removed", n, len(before), len(after), len(made.Removed))
		}
		for i := range min(n+1, 3) {
			if want := w.at.Add(-time.Duration(i) * day); !after[i].Time.Equal(want) {
				t.Fatalf("day %d: the latest number %d is of %v", n, i, after[i].Time)
			}
		}
		if n%14 != 13 && n != 69 {
			continue
		}
		for _, b := range after {
			evening := int(b.Time.Sub(first) / day)
			dir := filepath.Join(filepath.Dir(w.place), fmt.Sprintf("restored %d %d.ebb", n, evening))
			if _, err := backup.Restore(t.Context(), b.Path, dir, w.options()); err != nil {
				t.Fatal(err)
			}
			if got := w.entries(dir); got != evening+1 {
				t.Errorf("day %d: the backup of evening %d holds %d entries", n, evening, got)
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	var days []string
	for _, b := range w.list() {
		days = append(days, b.Time.Format(time.DateOnly))
	}
	// A Tuesday: the three latest, the last one before them of this week, and three
	// Sundays.
	want := []string{"2026-05-12", "2026-05-11", "2026-05-10", "2026-05-09", "2026-05-03", "2026-04-26", "2026-04-19"}
	if !slices.Equal(days, want) {
		t.Errorf("after ten weeks there are %v, want %v", days, want)
	}
}

// Ten locks in a morning leave yesterday's backup, and the newest of all. Each that is
// there is restored, and holds what was written until then.
func TestTenLocksInAMorning(t *testing.T) {
	w := newLonely(t)
	want := map[time.Time]int{}
	written := 0
	for day := range 3 {
		morning := w.at.Add(time.Duration(day) * 24 * time.Hour)
		for n := range 10 {
			w.at = morning.Add(time.Duration(n) * time.Minute)
			w.write(fmt.Sprintf("day %d, lock %d", day, n))
			written++
			w.make()
		}
		want[w.at] = written
		w.at = morning.Add(-time.Duration(day) * 24 * time.Hour)
	}
	all := w.list()
	if len(all) != len(want) {
		t.Errorf("%d backups, want %d", len(all), len(want))
	}
	for i, b := range all {
		dir := filepath.Join(filepath.Dir(w.place), fmt.Sprintf("restored %d.ebb", i))
		if _, err := backup.Restore(t.Context(), b.Path, dir, w.options()); err != nil {
			t.Fatal(err)
		}
		if n := w.entries(dir); n != want[b.Time] || n == 0 {
			t.Errorf("the backup of %v holds %d entries, want %d", b.Time, n, want[b.Time])
		}
	}
}

// The rotation touches nothing but whole backups of this vault: not another's, not a
// damaged one, not one in which something else lies, no link, no file, no folder of a
// similar name.
func TestRotationLeavesWhatIsNotItsOwn(t *testing.T) {
	w, other := newLonely(t), newLonely(t)
	other.place = w.place
	var stay []string
	old := func(of *world, spoil func(path string)) {
		made := of.make()
		if spoil != nil {
			spoil(made.Backup.Path)
		}
		stay = append(stay, made.Backup.Path)
		w.at = w.at.Add(day)
		other.at = w.at
	}
	write := func(path string) {
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old(other, nil)
	old(w, func(path string) { write(filepath.Join(path, "letter.txt")) })
	old(w, func(path string) {
		if err := os.Mkdir(filepath.Join(path, "letters"), 0o700); err != nil {
			t.Fatal(err)
		}
	})
	old(w, func(path string) { write(filepath.Join(path, "keys")) })
	old(w, func(path string) {
		drawers, _ := filepath.Glob(filepath.Join(path, "*-wal"))
		if err := os.Remove(drawers[0]); err != nil {
			t.Fatal(err)
		}
	})
	old(w, func(path string) {
		drawers, _ := filepath.Glob(filepath.Join(path, "*-wal"))
		if err := os.Truncate(drawers[1], 4<<20-1); err != nil {
			t.Fatal(err)
		}
	})
	whole := len(stay)
	for i, name := range []string{"2026-03-04T000000Z", "2026-03-04T000001", "2026-03-04 000002Z", "Old home.ebb"} {
		path := filepath.Join(w.place, name)
		switch i {
		case 0:
			if err := os.Symlink(stay[0], path); err != nil {
				t.Fatal(err)
			}
		case 1:
			write(path)
		default:
			if err := os.CopyFS(path, os.DirFS(w.dir)); err != nil {
				t.Fatal(err)
			}
		}
		stay = append(stay, path)
	}
	var prints []string
	for _, path := range stay {
		prints = append(prints, print(t, path))
	}
	var left error
	removed := 0
	for range 16 {
		w.at = w.at.Add(day)
		made, err := w.try(w.options())
		if err != nil {
			t.Fatal(err)
		}
		left, removed = made.Left, removed+len(made.Removed)
	}
	if removed < 8 {
		t.Fatalf("only %d were removed", removed)
	}
	if !errors.Is(left, backup.ErrForeign) || strings.Contains(left.Error(), w.place) {
		t.Errorf("what was left is told as %v", left)
	}
	for i, path := range stay {
		if print(t, path) != prints[i] {
			t.Errorf("number %d was touched", i)
		}
	}
	problems := 0
	for _, b := range w.list() {
		if b.Problem != nil {
			problems++
		}
	}
	if problems != 3 { // no key file, no log, and a log that was cut
		t.Errorf("%d of %d are told as damaged", problems, whole)
	}
	// What systems leave in a folder does not keep a backup for ever.
	litter := w.list()[0]
	write(filepath.Join(litter.Path, ".DS_Store"))
	write(filepath.Join(litter.Path, "Thumbs.db"))
	w.at = w.at.Add(40 * day)
	for range 9 {
		w.at = w.at.Add(7 * day)
		if _, err := w.try(w.options()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Lstat(litter.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a backup with litter in it: %v", err)
	}
}

// A clock that was turned back takes nothing away: what is dated later stays, is not
// counted, and is told.
func TestClockTurnedBack(t *testing.T) {
	w := newLonely(t)
	for range 9 {
		w.at = w.at.Add(day)
		w.make()
	}
	later := w.list()
	w.at = w.at.Add(-3 * 365 * day)
	for i := range 9 {
		w.at = w.at.Add(day)
		w.write("at a wrong time")
		made, err := w.try(w.options())
		if err != nil || !errors.Is(made.Left, backup.ErrClock) {
			t.Fatalf("%v, %v", made.Left, err)
		}
		if n := len(w.list()); n > len(later)+7 {
			t.Fatalf("%d backups after %d", n, i)
		}
	}
	all := w.list()
	for i, b := range later {
		if all[i] != b {
			t.Errorf("number %d is %v, was %v", i, all[i].Time, b.Time)
		}
	}
	if n := len(all) - len(later); n < 4 {
		t.Errorf("%d backups by the wrong clock", n)
	}
	w.at = later[0].Time.Add(day) // somebody set it right
	w.make()
	if newest := w.list()[0]; !newest.Time.Equal(w.at) {
		t.Errorf("the newest is of %v", newest.Time)
	}
	dir := filepath.Join(filepath.Dir(w.place), "restored.ebb")
	b, err := backup.Newest(w.place, w.options().Vault)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), b.Path, dir, w.options()); err != nil {
		t.Fatal(err)
	}
	if n := w.entries(dir); n != 9 {
		t.Errorf("%d entries", n)
	}
}
