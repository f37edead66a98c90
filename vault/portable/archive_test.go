package portable

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// packed makes a zip; names and contents alternate.
func packed(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, members[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestZip(t *testing.T) {
	a, b := string(journal(sound("A", ""))), string(journal(sound("B", ""), `{}`))
	tests := []struct {
		name    string
		members []string
		ids     string
		want    error
	}{
		{"one journal", []string{"Journal.json", a, "photos/0.jpeg", "not read"}, "A", nil},
		{"two journals, in the order of their names", []string{"Work.json", a, "Life.JSON", b}, "B A", nil},
		{"other JSON beside it", []string{"Journal.json", a, "settings.json", `{"x":1}`}, "A", nil},
		{"packed again with its folder", []string{"Export/Journal.json", a, "Export/photos/p.json", "x", "__MACOSX/._Journal.json", "x"}, "A", nil},
		{"the root wins over folders", []string{"Journal.json", a, "old/Journal.json", b}, "A", nil},
		{"names that lead out", []string{"../Journal.json", b, `..\..\x.json`, b, "/abs.json", b, "Journal.json", a}, "A", nil},
		{"nothing", nil, "", ErrFormat},
		{"no journal", []string{"photos/0.jpeg", "x", "notes.txt", "y"}, "", ErrFormat},
		{"only JSON of another kind", []string{"a.json", `{}`, "b.json", `[]`}, "", ErrFormat},
		{"a folder with a journal's name", []string{"Journal.json/", ""}, "", ErrFormat},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(DayOne, file(t, "export.zip", packed(t, tt.members...)))
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if err != nil {
				return
			}
			defer s.Close()
			entries, err := rest(s)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, e := range entries {
				ids = append(ids, strings.TrimPrefix(e.SourceID, "dayone:"))
			}
			if got := strings.Join(ids, " "); got != tt.ids {
				t.Errorf("entries %q, want %q", got, tt.ids)
			}
		})
	}
}

// Positions run on from one journal of a zip to the next.
func TestPositionsRunThroughAllJournals(t *testing.T) {
	zipped := packed(t, "a.json", string(journal(sound("A", ""), "1")), "b.json", string(journal("2", sound("A", ""))))
	_, s := read(t, DayOne, file(t, "e.zip", zipped))
	want := []Problem{refused(2, reasonKind), refused(3, reasonKind), refused(4, reasonRepeated)}
	if !slices.Equal(s.Problems(), want) || s.Total() != 4 {
		t.Errorf("problems %+v of %d", s.Problems(), s.Total())
	}
}

func TestHostileZips(t *testing.T) {
	sound := packed(t, "Journal.json", string(journal(sound("A", ""))))
	central := bytes.Index(sound, []byte("PK\x01\x02"))
	patch := func(offset int, b ...byte) []byte {
		p := bytes.Clone(sound)
		copy(p[offset:], b)
		return p
	}
	bomb := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, _ := w.Create("Journal.json")
		io.WriteString(f, `{"entries":[`)
		zeros := bytes.Repeat([]byte(" "), 1<<20)
		for range MaxSource/len(zeros) + 1 {
			f.Write(zeros)
		}
		w.Close()
		return b.Bytes()
	}()
	liar := bytes.Clone(bomb) // the same, and it says that it is small
	at := bytes.Index(liar, []byte("PK\x01\x02"))
	copy(liar[at+24:], []byte{100, 0, 0, 0})
	tests := []struct {
		name    string
		content []byte
		want    error
	}{
		{"locked with a password", patch(central+8, 1), ErrLocked},
		{"packed in an unknown way", patch(central+10, 99), ErrFormat},
		{"a checksum that does not fit", patch(central+16, 1, 2, 3, 4), ErrDamaged},
		{"a bomb", bomb, ErrTooLarge},
		{"a bomb that lies about its size", liar, nil},
		{"cut in the middle", sound[:len(sound)/2], ErrDamaged},
		{"cut at the end", sound[:len(sound)-1], ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			path := file(t, "Dear Sam.zip", tt.content)
			grown := allocated(func() {
				var s Source
				if s, err = Open(DayOne, path); err == nil {
					defer s.Close()
					_, err = rest(s)
				}
			})
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if grown > 8<<20 {
				t.Errorf("%d bytes allocated for a file of %d", grown, len(tt.content))
			}
			if err != nil && strings.Contains(err.Error(), "Sam") {
				t.Errorf("the error tells the file's name: %v", err)
			}
		})
	}
}

// allocated is how many bytes of memory a function takes, counted each time.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestUnpackedExport(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string][]byte{
		"Journal.json": journal(sound("A", "")), "Second.json": journal(sound("B", "")),
		".hidden.json": journal(sound("C", "")), "notes.txt": []byte("x"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "notes.txt"), filepath.Join(dir, "link.json")); err != nil {
		t.Fatal(err)
	}
	entries, _ := read(t, DayOne, dir)
	if len(entries) != 2 {
		t.Errorf("%d entries, want 2", len(entries))
	}
}

// The files are sparse: they are refused by their size, before a byte is read.
func TestTooMuchAtOnce(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.json", "b.json"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, journal(sound("A", "")), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, MaxSource/2+1); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(DayOne, dir); !errors.Is(err, ErrTooLarge) {
		t.Errorf("two files of a folder that are too much together: %v", err)
	}
	large := filepath.Join(dir, "a.json")
	if err := os.Truncate(large, MaxSource+1); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{DayOne, Ebb} {
		if _, err := Open(format, large); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v, want ErrTooLarge", format, err)
		}
	}
}

func TestPlacesThatCannotBeOpened(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "Dear Sam.json")
	for _, format := range []string{DayOne, Markdown, Ebb, "rot13"} {
		_, err := Open(format, missing)
		if err == nil || strings.Contains(err.Error(), "Sam") {
			t.Errorf("%s: %v", format, err)
		}
		if format != "rot13" && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v, want that it does not exist", format, err)
		}
	}
	for _, format := range []string{DayOne, Ebb} {
		if _, err := Open(format, t.TempDir()); !errors.Is(err, ErrFormat) {
			t.Errorf("%s, an empty folder: %v, want ErrFormat", format, err)
		}
	}
	for _, format := range []string{DayOne, Markdown, Ebb} {
		if _, err := Open(format, os.DevNull); !errors.Is(err, ErrFormat) {
			t.Errorf("%s, a device: %v, want ErrFormat", format, err)
		}
	}
}

func TestBudget(t *testing.T) {
	for _, tt := range []struct {
		size int
		want error
	}{{9, nil}, {10, nil}, {11, ErrTooLarge}} {
		left := int64(10)
		b, err := io.ReadAll(budget{strings.NewReader(strings.Repeat("x", tt.size)), &left})
		if err != tt.want || tt.want == nil && len(b) != tt.size {
			t.Errorf("%d bytes through a budget of 10: %d, %v", tt.size, len(b), err)
		}
	}
}
