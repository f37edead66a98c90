package proof

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The search finds what it looks for: otherwise finding nothing proves nothing.
func TestFind(t *testing.T) {
	const word = "kanarienvogel"
	text := []byte("the " + word + " sings")
	var wide, big []byte
	for _, b := range text {
		wide, big = append(wide, b, 0), append(big, 0, b)
	}
	for name, content := range map[string][]byte{
		"plain": text, "UTF-16": wide, "UTF-16 with the high byte first": big,
		"hex": []byte(hex.EncodeToString(text)), "HEX": []byte(strings.ToUpper(hex.EncodeToString(text))),
		"base64":           []byte(base64.StdEncoding.EncodeToString(text)),
		"base64, shifted":  []byte(base64.StdEncoding.EncodeToString(text[1:])),
		"base64, of a URL": []byte(base64.URLEncoding.EncodeToString(text[2:])),
		"nothing":          []byte("the kanarienvoge sings"),
	} {
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, "inner"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "inner", "file"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := Find(folder, "something else", word)
		if err != nil || (len(found) == 0) != (name == "nothing") {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, word), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := Find(folder, word); err != nil || len(found) == 0 {
		t.Errorf("in a name: %v, %v", found, err)
	}
}

// Wherever a word begins, and at both ends, it is found; and nothing where nothing
// is.
func TestSearchAtEveryPlace(t *testing.T) {
	const word = "sevenup"
	s := NewSearch(word, "another")
	noise := make([]byte, 1<<20)
	rand.Read(noise)
	if found := s.In(noise); len(found) > 0 {
		t.Errorf("in noise: %v", found)
	}
	for _, form := range Disguises(word) {
		for at := range 64 {
			b := bytes.Clone(noise[:200])
			copy(b[at:], form)
			if found := s.In(b); len(found) != 1 || found[0] != word {
				t.Errorf("%q at %d: %v", form, at, found)
			}
			b = append(bytes.Clone(noise[:at]), form...)
			if found := s.In(b); len(found) != 1 {
				t.Errorf("%q at the end, behind %d bytes: %v", form, at, found)
			}
		}
	}
}

// The statistics find small patterns in large files, and none in noise.
func TestPatterns(t *testing.T) {
	const header, record = 16 << 10, 4096
	records := Records{Start: header, Length: record}
	noise := make([]byte, 4<<20)
	rand.Read(noise)
	if found := Patterns(noise, records); len(found) > 0 {
		t.Errorf("in noise: %v", found)
	}
	for name, spoil := range map[string]func([]byte){
		"one page of zeros":           func(b []byte) { clear(b[header:][:record]) },
		"text":                        func(b []byte) { copy(b[100_000:], bytes.Repeat([]byte("the quick brown fox "), 100)) },
		"a block twice":               func(b []byte) { copy(b[1_000_000:][:16], b[64:]) },
		"a block twice, off the grid": func(b []byte) { copy(b[1_000_008:][:16], b[64:]) },
		"counters in nonces": func(b []byte) {
			for page := range len(b)/record - 4 {
				copy(b[header+page*record+record-8:], []byte{0, 0, 0, 0, 0, 0, byte(page >> 8), byte(page)})
			}
		},
		"a mark on each page": func(b []byte) {
			for at := header; at < len(b); at += record {
				b[at] = 0x0d
			}
		},
	} {
		b := bytes.Clone(noise)
		spoil(b)
		if len(Patterns(b, records)) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// recorder stands in for a test of which the result is looked at.
type recorder struct {
	testing.TB
	logged, failed []string
	end            func()
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.end = f }
func (r *recorder) Fail()            { r.failed = append(r.failed, "") }
func (r *recorder) Log(args ...any)  { r.logged = append(r.logged, args[0].(string)) }

func (r *recorder) Errorf(format string, _ ...any) { r.failed = append(r.failed, format) }

// A campaign that injected nothing fails, and every one says its line.
func TestCampaignLine(t *testing.T) {
	t.Setenv("EBB_SEED", "7")
	for _, row := range []struct {
		run  func(*Campaign)
		line string
		fail int
	}{
		{func(c *Campaign) {}, "campaign x runs=0 injected=0 failures=0 seed=7 []", 1},
		{func(c *Campaign) { c.Ran(false, "untouched") }, "campaign x runs=1 injected=0 failures=0 seed=7 [untouched: 1]", 1},
		{func(c *Campaign) { c.Ran(true, "b"); c.Ran(true, "a"); c.Ran(false, "b") }, "campaign x runs=3 injected=2 failures=0 seed=7 [a: 1, b: 2]", 0},
		{func(c *Campaign) { c.Ran(true, "a"); c.Failure("no") }, "campaign x runs=1 injected=1 failures=1 seed=7 [a: 1]", 1},
	} {
		r := &recorder{TB: t}
		row.run(Start(r, "x"))
		r.end()
		if len(r.logged) != 1 || r.logged[0] != row.line || len(r.failed) != row.fail {
			t.Errorf("%q and %d failures, want %q and %d", r.logged, len(r.failed), row.line, row.fail)
		}
	}
}

func TestSize(t *testing.T) {
	t.Setenv("EBB_SOAK", "1")
	if Size(1, 2, 3) != 3 {
		t.Error("EBB_SOAK=1 makes no campaign long")
	}
	t.Setenv("EBB_SOAK_TIME", "-1s")
	r := &recorder{TB: t}
	c := Start(r, "x")
	c.Ran(true, "a")
	if c.TimeLeft() {
		t.Error("its time is not over")
	}
	r.end()
	if !strings.Contains(r.logged[0], "its time was over") {
		t.Errorf("the line does not say so: %q", r.logged[0])
	}
	t.Setenv("EBB_SOAK", "")
	if want := 2; !testing.Short() && Size(1, want, 3) != want || !Start(&recorder{TB: t}, "y").TimeLeft() {
		t.Error("without EBB_SOAK there is a limit, or a long campaign")
	}
}
