package practice_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"ebb/vault/practice"
)

// FuzzTyped types one text wherever the office takes words: as a name, a code, a
// search, a day, an answer and a note. Nothing but the named refusals comes of it; what
// was kept is read back as it was kept and found, and is one line where there is room
// for one.
func FuzzTyped(f *testing.F) {
	for _, seed := range []string{
		"", "Dana", "K-12", "2026-03-04", "2026-02-30", "0000", "a \"quoted\" AND NOT (b*) OR c:d ^e NEAR(f, 2)", "it's -- /* a */ comment; --",
		"\u202Eevil\u2066", "\x00", "\xff\xfe", "e\u0301 é", "日本語 の 歌", "ไทย", "a\tb\nc", strings.Repeat("ü ", 600), "%_%", "ﬁ Ⅷ ١٢", "\u200b", "𝔘",
	} {
		f.Add(seed)
	}
	o := newOffice(f)
	c, m := o.settled("F-1", "Ilse", "Marek")
	note := o.write(c.Notes, practice.Joint, practice.ID{}, "first")
	f.Cleanup(o.lock)
	ctx := ctx()
	f.Fuzz(func(t *testing.T, typed string) {
		allow := func(what string, err error, kinds ...error) {
			t.Helper()
			for _, kind := range kinds {
				if errors.Is(err, kind) {
					return
				}
			}
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if err != nil && len(typed) > 3 && strings.Contains(err.Error(), typed) {
				t.Errorf("%s: the error has what was typed", what)
			}
		}
		clean, err := practice.CleanName(typed)
		allow("a name", err, practice.ErrEmpty, practice.ErrTooLong)
		if err == nil {
			again, err := practice.CleanName(clean)
			if again != clean || err != nil {
				t.Errorf("%q becomes %q when it is cleaned once more, %v", clean, again, err)
			}
			if !utf8.ValidString(clean) || utf8.RuneCountInString(clean) > practice.MaxName || strings.ContainsFunc(clean, func(r rune) bool {
				return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
			}) {
				t.Errorf("the name is %q", clean)
			}
		}
		allow("a code", o.Recode(ctx, c.ID, typed), practice.ErrEmpty, practice.ErrTooLong)
		rows, err := o.Caseload(ctx, practice.Query{Text: typed})
		allow("a search of the caseload", err)
		if len(rows) > 1 {
			t.Errorf("%d cases", len(rows))
		}
		_, err = o.ReviewsDue(ctx, typed)
		allow("a day", err, practice.ErrDay)
		if _, bad := time.Parse(time.DateOnly, typed); bad != nil && err == nil {
			t.Errorf("%q counts as a day", typed)
		}
		allow("an answer", c.CheckIns.Enter(ctx, practice.CheckIn{ID: note.ID, Member: m[0], Answers: map[int][]string{1: {typed}, 12: {typed}}}), practice.ErrUnknown, practice.ErrTooLong, practice.ErrEmpty)
		note.Sections[0].Text = typed + "\nzebra"
		kept, err := c.Notes.Save(ctx, note)
		allow("a note", err, practice.ErrTooLong, practice.ErrEmpty)
		if err != nil {
			return
		}
		read, err := c.Notes.Note(ctx, note.ID)
		if err != nil || read.Sections[0].Text != kept.Sections[0].Text || !utf8.ValidString(read.Sections[0].Text) {
			t.Errorf("kept as %q, read as %q, %v", kept.Sections[0].Text, read.Sections[0].Text, err)
		}
		_, err = c.Notes.Search(ctx, typed, practice.Page{})
		allow("a search", err)
		if found, err := c.Notes.Search(ctx, "ZEB", practice.Page{}); err != nil || len(found) != 1 {
			t.Errorf("a word of the note is found %d times, %v", len(found), err)
		}
	})
}
