//go:build realwindow

package window

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ebb/ui/command/demodata"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/portable"
)

// figure reports what was measured. Figures are not judged here: they belong to
// the machine as much as to the program.
func figure(t testing.TB, name string, value any) {
	t.Helper()
	t.Logf("figure %s %v", name, value)
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// milliseconds with one digit after the point.
func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }

// journal is an import of entries that are made up as they are asked for: the
// demo's, again and again, a few hours apart and the newest last.
type journal struct {
	texts []string
	n, at int
	until time.Time
}

func newJournal(t testing.TB, n int, until time.Time) *journal {
	t.Helper()
	people, err := demodata.People(until)
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{n: n, until: until}
	for _, e := range people[0].Entries {
		j.texts = append(j.texts, e.Text)
	}
	return j
}

func (j *journal) Next(ctx context.Context) (portable.Entry, error) {
	if j.at == j.n {
		return portable.Entry{}, io.EOF
	}
	j.at++
	written := j.until.Add(-time.Duration(j.n-j.at) * 7 * time.Hour).UTC()
	return portable.Entry{
		SourceID: fmt.Sprint("made up ", j.at), Text: j.texts[j.at%len(j.texts)], Moods: []string{"calm"}, Tags: []string{"good things"},
		Written: written, LocalDate: written.Format(time.DateOnly), Created: written, Edited: written,
	}, ctx.Err()
}

func (j *journal) Total() int                   { return j.n }
func (j *journal) Left() portable.Left          { return nil }
func (j *journal) Problems() []portable.Problem { return nil }
func (j *journal) Close() error                 { return nil }

// fill makes a vault with entries, and a last one with the text if there is one.
func fill(t testing.TB, dir, name string, o vault.Options, entries int, last string) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Dir(dir), 0o700))
	must(home.Create(ctx, dir, name, []byte(ownWords), o))
	v, err := vault.Open(dir, o)
	must(err)
	s, _, err := v.Unlock(ctx, []byte(ownWords))
	must(err)
	h, err := home.Open(ctx, s, time.Now)
	must(err)
	_, err = h.Journal.Import(ctx, newJournal(t, entries, time.Now().Add(-time.Hour)), nil)
	must(err)
	if last != "" {
		e := h.Journal.New()
		e.Text = last
		_, err = h.Journal.Save(ctx, e)
		must(err)
	}
	must(s.Lock(ctx))
}

// long is a text of so many characters, in paragraphs.
func long(t testing.TB, characters int) string {
	t.Helper()
	var b strings.Builder
	for j := newJournal(t, 1<<20, time.Now()); b.Len() < characters+100; {
		e, err := j.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(e.Text + "\n\n")
	}
	return string([]rune(b.String())[:characters])
}

// swiftPause is the pause of testdata/swift, in place of a key derivation.
const swiftPause = 400 * time.Millisecond

// swift is the path of the built testdata/swift.
func swift(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "swift")
	build := exec.Command("go", "build", "-tags", "sqlite_fts5 sqlite_omit_load_extension no_animations migrated_fynedo windowprobe", "-o", path, "./testdata/swift")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return path
}

// The times that the design names, in a journal of 10,000 entries whose newest has
// 50,000 characters. The program is Ebb without the cost of its key derivation;
// times are from the key to the pixels, through the display.
func TestFigures(t *testing.T) {
	cheap := home.Options(time.Now)
	cheap.KDF, cheap.Insecure = keys.InsecureParams, true
	dir := filepath.Join(t.TempDir(), "Large.ebb")
	fill(t, dir, "Ada", cheap, 10_000, long(t, 50_000))

	p := StartWith(t, Options{Program: swift(t)}, dir)
	press := p.presser()
	p.Point(0, 0)                                   // its picture changes with what is under it, and is not of the page
	const quiet = swiftPause + 300*time.Millisecond // the page that says "Opening" comes first
	var unlocking, opening []time.Duration
	for range 9 {
		p.WaitFocus("Passphrase")
		p.Type(ownWords)
		p.Screen()
		_, last := p.changes(quiet, func() { press.press("Return") })
		unlocking = append(unlocking, last)
		p.WaitText(onToday)
		_, last = p.changes(quiet, func() { press.press("ctrl+2") })
		opening = append(opening, last)
		p.Key("ctrl+l")
	}
	figure(t, "unlock-beyond-argon2id-ms", ms(median(unlocking)-swiftPause))
	figure(t, "journal-of-10000-ms", ms(median(opening)))

	p.unlock(ownWords)
	p.Key("ctrl+2")
	p.WaitText("Edit")
	_, last := p.changes(quiet, func() { press.press("ctrl+e") })
	figure(t, "edit-50000-characters-ms", ms(last))
	p.WaitFocus("Write here.")
	for _, where := range []string{"ctrl+Home", "ctrl+End"} {
		p.Key(where)
		typing := p.typing(press)
		figure(t, "key-to-pixels-50000-"+where+"-median-ms", ms(median(typing)))
		figure(t, "key-to-pixels-50000-"+where+"-p90-ms", ms(typing[90]))
	}
	p.WaitText("Held as a draft.")

	const watched = 20 * time.Second
	before, began := p.cpu(), time.Now()
	<-time.After(watched) // nothing to wait for: this is how long is measured
	figure(t, "idle-percent-of-a-core", fmt.Sprintf("%.2f", 100*(p.cpu()-before).Seconds()/time.Since(began).Seconds()))

	first, last := p.changes(quiet, func() { press.press("ctrl+h") })
	figure(t, "hide-first-pixels-ms", ms(first))
	figure(t, "hide-last-pixels-ms", ms(last))
	p.WaitText("Press any key to open Ebb.")
	p.Kill()

	// The same keys in a short entry: what is the window's and not the text's.
	p.Again(dir)
	p.unlock(ownWords)
	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	figure(t, "key-to-pixels-short-median-ms", ms(median(p.typing(press))))

	// And in a window that has nothing but a few of the toolkit's own widgets.
	bare := StartWith(t, Options{Program: greeter})
	bare.WaitFocus("Your name")
	figure(t, "key-to-pixels-bare-toolkit-median-ms", ms(median(bare.typing(bare.presser()))))
}

// typing is how long each of a hundred keys takes to change the pixels.
func (p *Program) typing(press presser) (times []time.Duration) {
	p.t.Helper()
	for range 100 {
		p.Screen()
		first, _ := p.changes(30*time.Millisecond, func() { press.press("e") })
		times = append(times, first)
	}
	return times
}

// cpu is the time that the program has computed, from proc(5): fields 14 and 15 of
// stat, in hundredths of a second on every Linux.
func (p *Program) cpu() time.Duration {
	p.t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.process))
	if err != nil {
		p.t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(after)
	total := 0
	for _, field := range fields[11:13] {
		ticks, err := strconv.Atoi(field)
		if err != nil {
			p.t.Fatal(err)
		}
		total += ticks
	}
	return time.Duration(total) * 10 * time.Millisecond
}
