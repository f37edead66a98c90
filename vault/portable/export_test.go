package portable

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var exports = []struct {
	format string
	write  func(context.Context, string, iter.Seq2[Entry, error]) (Summary, error)
}{{Markdown, ExportMarkdown}, {Ebb, ExportJSON}}

// Texts that a format of files could easily change.
var hardTexts = []string{
	"words", "", "\n\n  words  \n\n", "---\n---", "+++\nx = 1\n+++\n", "---\nebb: 1\n---\n\nx", "\ufeffwords", "a\r\nb\rc",
	"\r\nwords", "a\u2028b\u2029c\uFFFCd", "tab\tend\t", "\x01\x02\x7f", `back\slash "quotes" 'and' <b>&amp;</b>`,
	"👩🏽‍❤️‍💋‍👨 日本語 עברית e\u0301", "`code` \\. **x**", "![](dayone-moment://A)", strings.Repeat("a", MaxOwnText), strings.Repeat("\x01", MaxOwnText),
}

func hardEntries() []Entry {
	var all []Entry
	for i, text := range hardTexts {
		all = append(all, Entry{
			SourceID: "test:" + string(rune('a'+i)), Text: text,
			Moods: []string{"calm", "a bit \"sad\"", "x: [y], 'z' #"}, Tags: []string{"us", "---", "日本", "a,b"},
			Written: time.Date(2026, 3, 4, 23, 30, 1, 234567891, time.UTC), Zone: "Asia/Kolkata", LocalDate: "2026-03-05",
			Created: utc("2026-03-04T23:31:00Z"), Edited: utc("2026-03-05T00:00:00Z"),
		})
	}
	return append(all,
		Entry{SourceID: "no-zone", Text: "x", Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-03-04", AllDay: true, Starred: true},
		Entry{SourceID: "a-day-of-its-own", Text: "x", Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-04-01", Zone: "UTC"},
		// Berlin kept local mean time then, 53 minutes and 28 seconds ahead.
		Entry{SourceID: "grandmother", Text: "x", Written: utc("1880-03-04T10:00:00Z"), LocalDate: "1880-03-04", Zone: "Europe/Berlin"},
	)
}

func TestRoundTrip(t *testing.T) {
	for _, x := range exports {
		t.Run(x.format, func(t *testing.T) {
			want := hardEntries()
			dir := filepath.Join(t.TempDir(), "out")
			summary, err := x.write(context.Background(), dir, sequence(want))
			if err != nil {
				t.Fatal(err)
			}
			if summary.Entries != len(want) || summary.Bytes < MaxText || summary.Files == 0 {
				t.Errorf("summary %+v", summary)
			}
			got, s := read(t, x.format, dir)
			if len(s.Problems()) > 0 || len(s.Left()) > 0 || s.Total() != len(want) {
				t.Errorf("problems %+v, left %v, total %d", s.Problems(), s.Left(), s.Total())
			}
			byID := func(a, b Entry) int { return strings.Compare(a.SourceID, b.SourceID) }
			compare(t, slices.SortedFunc(slices.Values(got), byID), slices.SortedFunc(slices.Values(want), byID))
		})
	}
}

// What is not UTF-8, and NUL, must not keep a person from the rest.
func TestExportOfBrokenText(t *testing.T) {
	for _, x := range exports {
		dir := filepath.Join(t.TempDir(), "out")
		broken := Entry{SourceID: "a", Text: "a\xffb\x00c", Tags: []string{"x\xff"}, Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-03-04"}
		if _, err := x.write(context.Background(), dir, sequence([]Entry{broken})); err != nil {
			t.Fatal(err)
		}
		got, _ := read(t, x.format, dir)
		if len(got) != 1 || got[0].Text != "a\uFFFDbc" || got[0].Tags[0] != "x\uFFFD" {
			t.Errorf("%s: %+v", x.format, got)
		}
	}
}

func TestNamesSayNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	entries := []Entry{
		{SourceID: "a", Text: "# Secret", Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-03-04"},
		{SourceID: "b", Text: "x", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04"},
		{SourceID: "c", Text: "x", Written: utc("2025-12-31T23:30:00Z"), LocalDate: "../../../etc"},
	}
	if _, err := ExportMarkdown(context.Background(), dir, sequence(entries)); err != nil {
		t.Fatal(err)
	}
	want := []string{"2025/12/2025-12-31-1.md", "2026/03/2026-03-04-1.md", "2026/03/2026-03-04-2.md"}
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

// files lists what is below a folder and checks the modes.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o600)
		if entry.IsDir() {
			mode = 0o700
		} else {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != mode {
			t.Errorf("%s has the mode %o, want %o", entry.Name(), info.Mode().Perm(), mode)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestExportNeverOverwrites(t *testing.T) {
	one := sequence(hardEntries()[:1])
	ctx := context.Background()
	for _, x := range exports {
		parent := t.TempDir()
		full, plain, empty := filepath.Join(parent, "full"), filepath.Join(parent, "plain"), filepath.Join(parent, "empty")
		link, dangling := filepath.Join(parent, "link"), filepath.Join(parent, "dangling")
		for _, err := range []error{
			os.Mkdir(full, 0o755), os.WriteFile(filepath.Join(full, ".keep"), nil, 0o600),
			os.WriteFile(plain, []byte("mine"), 0o600), os.Mkdir(empty, 0o755),
			os.Symlink(empty, link), os.Symlink("nowhere", dangling),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, target := range []string{full, plain, link, dangling} {
			if _, err := x.write(ctx, target, one); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("%s to %s: %v, want ErrNotEmpty", x.format, filepath.Base(target), err)
			}
		}
		if _, err := x.write(ctx, empty, one); err != nil {
			t.Errorf("%s to an empty folder: %v", x.format, err)
		}
		if _, err := x.write(ctx, empty, one); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("%s a second time: %v, want ErrNotEmpty", x.format, err)
		}
		if _, err := x.write(ctx, filepath.Join(parent, "gone", "Dear Sam"), one); err == nil || strings.Contains(err.Error(), "Sam") {
			t.Errorf("%s where no folder is: %v", x.format, err)
		}
		if content, err := os.ReadFile(plain); err != nil || string(content) != "mine" {
			t.Errorf("the file that was there: %q, %v", content, err)
		}
		nothingElse(t, parent, "dangling", "empty", "full", "link", "plain")
	}
}

func nothingElse(t *testing.T, dir string, want ...string) {
	t.Helper()
	listed, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range listed {
		names = append(names, entry.Name())
	}
	if !slices.Equal(names, want) {
		t.Errorf("there are %q, want %q", names, want)
	}
}

func TestExportIsWholeOrNothing(t *testing.T) {
	broken := errors.New("the drawer went away")
	for _, x := range exports {
		for name, tt := range map[string]struct {
			entries func(cancel func(), target string) iter.Seq2[Entry, error]
			want    error
		}{
			"the sequence fails": {func(func(), string) iter.Seq2[Entry, error] {
				return func(yield func(Entry, error) bool) {
					_ = yield(hardEntries()[0], nil) && yield(Entry{}, broken)
				}
			}, broken},
			"it is cancelled": {func(cancel func(), _ string) iter.Seq2[Entry, error] {
				return func(yield func(Entry, error) bool) {
					if yield(hardEntries()[0], nil) {
						cancel()
						yield(hardEntries()[1], nil)
					}
				}
			}, context.Canceled},
			"it is cancelled at the last entry": {func(cancel func(), _ string) iter.Seq2[Entry, error] {
				return func(yield func(Entry, error) bool) {
					yield(hardEntries()[0], nil)
					cancel()
				}
			}, context.Canceled},
			"somebody is quicker": {func(_ func(), target string) iter.Seq2[Entry, error] {
				return func(yield func(Entry, error) bool) {
					yield(hardEntries()[0], nil)
					os.Mkdir(target, 0o700)
					os.WriteFile(filepath.Join(target, "theirs"), nil, 0o600)
				}
			}, ErrNotEmpty},
		} {
			t.Run(x.format+", "+name, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				parent := t.TempDir()
				target := filepath.Join(parent, "out")
				summary, err := x.write(ctx, target, tt.entries(cancel, target))
				if !errors.Is(err, tt.want) || summary != (Summary{}) {
					t.Errorf("%+v, %v, want %v", summary, err, tt.want)
				}
				if tt.want == ErrNotEmpty {
					nothingElse(t, target, "theirs")
				} else {
					nothingElse(t, parent)
				}
			})
		}
	}
	// A date that no format can write names the entry by its number.
	_, err := ExportJSON(context.Background(), filepath.Join(t.TempDir(), "out"), sequence([]Entry{hardEntries()[0], {Text: "secret"}}))
	if err == nil || !strings.Contains(err.Error(), "entry 2") || strings.Contains(err.Error(), "secret") {
		t.Errorf("an entry without a date: %v", err)
	}
}

func TestExportOfNothing(t *testing.T) {
	for _, x := range exports {
		dir := filepath.Join(t.TempDir(), "out")
		if summary, err := x.write(context.Background(), dir, sequence(nil)); err != nil || summary.Entries != 0 {
			t.Errorf("%s: %+v, %v", x.format, summary, err)
		}
		if got, _ := read(t, x.format, dir); len(got) != 0 {
			t.Errorf("%s: %d entries out of none", x.format, len(got))
		}
	}
}
