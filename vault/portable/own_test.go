package portable

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const ownEntryJSON = `{"id":"a","written":"2026-03-04T10:00:00Z","localDate":"2026-03-04","text":"words"}`

func ownJSON(entries ...string) []byte {
	return []byte(`{"format":"ebb-journal","version":1,"entries":[` + strings.Join(entries, ",") + `]}`)
}

func TestOwnJSONOddities(t *testing.T) {
	with := func(field string) string { return strings.TrimSuffix(ownEntryJSON, "}") + "," + field + "}" }
	tests := []struct {
		name, entry string
		kept        bool
		reasons     []string
	}{
		{"nothing odd", ownEntryJSON, true, nil},
		{"null", `null`, false, []string{reasonKind}},
		{"text of another kind", with(`"text":5`), false, []string{reasonBroken}},
		{"tags of another kind", with(`"tags":"x"`), false, []string{reasonBroken}},
		{"a mark of another kind", with(`"starred":"yes"`), false, []string{reasonBroken}},
		{"no date", `{"id":"a","localDate":"2026-03-04","text":"x"}`, false, []string{reasonDate}},
		{"a date that is none", with(`"written":"now"`), false, []string{reasonDate}},
		{"text too long", with(`"text":"` + strings.Repeat("a", MaxOwnText+1) + `"`), false, []string{reasonTooLarge}},
		{"longer than any entry", with(`"tags":["` + strings.Repeat("a", maxElement) + `"]`), false, []string{reasonTooLarge}},
		{"a field that is not known", with(`"weather":"grey"`), true, []string{noteField}},
		{"a day that is none", with(`"localDate":"2026-02-30"`), true, []string{noteField}},
		{"a zone that is none", with(`"zone":"Moon"`), true, []string{noteZone}},
		{"another date that is none", with(`"edited":"now"`), true, []string{noteField}},
		{"broken UTF-8", with("\"text\":\"a\xff\""), true, []string{noteLetter}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			last := strings.Replace(ownEntryJSON, `"a"`, `"b"`, 1)
			entries, s := read(t, Ebb, file(t, "journal.json", ownJSON(tt.entry, last)))
			if got := len(entries) == 2; got != tt.kept || entries[len(entries)-1].SourceID != "b" {
				t.Errorf("entries %+v", entries)
			}
			var reasons []string
			for _, p := range s.Problems() {
				reasons = append(reasons, p.Reason)
				if p.Position != 1 || p.Kept != tt.kept {
					t.Errorf("problem %+v", p)
				}
			}
			if !slices.Equal(reasons, tt.reasons) {
				t.Errorf("reasons %q, want %q", reasons, tt.reasons)
			}
		})
	}
}

func TestOwnIDs(t *testing.T) {
	same := strings.Replace(ownEntryJSON, "words", "other words", 1)
	odd := strings.Replace(ownEntryJSON, `"id":"a"`, `"id":"a b\u0000"`, 1)
	entries, s := read(t, Ebb, file(t, "journal.json", ownJSON(ownEntryJSON, ownEntryJSON, same, odd)))
	if len(entries) != 3 || entries[0].SourceID != "a" || !strings.HasPrefix(entries[1].SourceID, "a:") || !strings.HasPrefix(entries[2].SourceID, "ebb:sha256-") {
		t.Errorf("entries %+v", entries)
	}
	if want := []Problem{refused(2, reasonRepeated)}; !slices.Equal(s.Problems(), want) {
		t.Errorf("problems %+v", s.Problems())
	}
}

func TestOwnJSONOfAnotherKind(t *testing.T) {
	tests := []struct {
		name, content string
		want          error
	}{
		{"Day One's", string(journal(sound("A", ""))), ErrFormat},
		{"another format", `{"format":"diary","version":1,"entries":[]}`, ErrFormat},
		{"no version", `{"format":"ebb-journal","entries":[]}`, ErrFormat},
		{"version nought", `{"format":"ebb-journal","version":0,"entries":[]}`, ErrFormat},
		{"half a version", `{"format":"ebb-journal","version":1.5,"entries":[]}`, ErrFormat},
		{"a version of another kind", `{"format":"ebb-journal","version":[],"entries":[]}`, ErrFormat},
		{"a newer version", `{"format":"ebb-journal","version":2,"entries":[]}`, ErrNewer},
		{"a version beyond any number", `{"format":"ebb-journal","version":99999999999999999999,"entries":[]}`, ErrFormat},
		{"marks behind the entries", `{"entries":[],"format":"ebb-journal","version":1}`, ErrFormat},
		{"nothing", "", ErrFormat},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(Ebb, file(t, "journal.json", []byte(tt.content)))
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
	whole := ownJSON(ownEntryJSON)
	s, err := Open(Ebb, file(t, "journal.json", whole[:len(whole)-1]))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if entries, err := rest(s); !errors.Is(err, ErrDamaged) || len(entries) != 1 {
		t.Errorf("without its end: %d entries, %v", len(entries), err)
	}
}

func TestOwnMarkdownOddities(t *testing.T) {
	head := "---\nebb: 1\nid: \"a\"\ndate: 2026-03-04T10:00:00Z\nday: \"2026-03-04\"\n"
	tests := []struct {
		name, content, text string
		reasons             []string
	}{
		{"nothing odd", head + "---\n\nwords\n", "words", nil},
		{"an editor made Windows lines", strings.ReplaceAll(head+"---\n\na\nb\n", "\n", "\r\n"), "a\nb", nil},
		{"no line break at the end", head + "---\n\nwords", "words", nil},
		{"no blank line", head + "---\nwords\n", "words", nil},
		{"a newer Ebb", strings.Replace(head, "ebb: 1", "ebb: 2", 1) + "---\n\nwords\n", "", []string{reasonNewer}},
		{"no date", "---\nebb: 1\nid: a\n---\n\nwords\n", "", []string{reasonDate}},
		{"a mark that cannot be read", head + "starred: perhaps\n---\n\nwords\n", "words", []string{noteField}},
		{"too long", head + "---\n\n" + strings.Repeat("a", MaxOwnText+1) + "\n", "", []string{reasonTooLarge}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, s := read(t, Markdown, file(t, "x.md", []byte(tt.content)))
			if (tt.text != "") != (len(entries) == 1) || len(entries) == 1 && (entries[0].Text != tt.text || entries[0].SourceID != "a") {
				t.Errorf("entries %+v", entries)
			}
			var reasons []string
			for _, p := range s.Problems() {
				reasons = append(reasons, p.Reason)
			}
			if !slices.Equal(reasons, tt.reasons) {
				t.Errorf("reasons %q, want %q", reasons, tt.reasons)
			}
		})
	}
}

func FuzzOwnJSON(f *testing.F) {
	f.Add([]byte(ownEntryJSON))
	f.Add([]byte(`{"id":"\u0000","written":"2026-03-04T10:00:00+23:59","zone":"GMT+14","tags":[""," "]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, _, reason := ownRecord(raw, places{})
		if reason != "" {
			return
		}
		if strings.TrimSpace(e.Text) == "" {
			e.Text = "x" // Ebb's own may be empty
		}
		few := e // and its tags many
		few.Moods, few.Tags = nil, nil
		if fault := faultOf(few); fault != "" {
			t.Errorf("%q gives an entry with a fault: %s", raw, fault)
		}
		// What was read can be written, and read again as the same.
		r, err := newRecord(e)
		if err != nil {
			t.Fatal(err)
		}
		again, notes, reason := ownRecord([]byte(quoted(r)), places{})
		if reason != "" || len(notes) > 0 {
			t.Errorf("%q: %s %q", quoted(r), reason, notes)
		}
		compare(t, []Entry{again}, []Entry{e})
	})
}
