package practice

import (
	"context"
	"strings"
)

// A NoteFilter chooses from the notes of a drawer. The zero value chooses all.
type NoteFilter struct {
	Audience Audience // empty: every audience that the drawer is for
	Member   ID       // none: of anybody
	State    NoteState
}

// About returns the notes about a meeting, the latest day first.
func (n *Notes) About(ctx context.Context, meeting ID, page Page) ([]NoteRow, error) {
	size, from := page.limits()
	return list(ctx, n.in, scanNoteRow, noteRows+`AND meeting = ?4 ORDER BY local_date DESC, seq DESC LIMIT ?5 OFFSET ?6`, "", nil, "", meeting[:], size, from)
}

func scanNoteRow(row scanner) (r NoteRow, err error) {
	var id, member, meeting []byte
	err = row.Scan(&id, &r.Audience, &member, &meeting, &r.Template, &r.Date, &r.State, &r.Title)
	r.ID, r.Member, r.Meeting = idOf(id), idOf(member), idOf(meeting)
	return r, err
}

const noteRows = `SELECT id, audience, member, meeting, template, local_date, state, title FROM note WHERE (?1 = '' OR audience = ?1) AND (?2 IS NULL OR member = ?2) AND (?3 = '' OR state = ?3) `

// List returns notes, the latest day first.
func (n *Notes) List(ctx context.Context, f NoteFilter, page Page) ([]NoteRow, error) {
	size, from := page.limits()
	return list(ctx, n.in, scanNoteRow, noteRows+`ORDER BY local_date DESC, seq DESC LIMIT ?4 OFFSET ?5`,
		string(f.Audience), f.Member.null(), string(f.State), size, from)
}

// Search returns the notes of this drawer that hold every word of the query, the
// latest day first. Each word also finds longer words that begin with it; case and
// diacritics make no difference. Words are looked for in the notes of one drawer of
// one case, and nowhere else.
func (n *Notes) Search(ctx context.Context, query string, page Page) ([]NoteRow, error) {
	size, from := page.limits()
	words := terms(query)
	switch query = strings.TrimSpace(query); {
	case query == "":
		return n.List(ctx, NoteFilter{}, page)
	case unspaced(query):
		return list(ctx, n.in, scanNoteRow, noteRows+`AND instr(text, ?4) ORDER BY local_date DESC, seq DESC LIMIT ?5 OFFSET ?6`, "", nil, "", query, size, from)
	case len(words) == 0:
		return nil, nil // nothing but punctuation
	}
	return list(ctx, n.in, scanNoteRow, noteRows+`AND seq IN (SELECT rowid FROM note_text WHERE note_text MATCH ?4) ORDER BY local_date DESC, seq DESC LIMIT ?5 OFFSET ?6`,
		"", nil, "", strings.Join(words, " "), size, from)
}
