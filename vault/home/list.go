package home

import (
	"context"
	"strings"
	"unicode"

	"ebb/vault/drawer"
)

// A Place is an entry's position in a list: small enough to hold those of a whole
// journal, from which Rows reads what is on screen.
type Place int64

// Contents returns the places of all entries, the newest first.
func (j *Journal) Contents(ctx context.Context) ([]Place, error) {
	return j.places(ctx, `SELECT seq FROM entry ORDER BY written_at DESC, seq DESC`)
}

// Search returns the places of the entries that hold every word of query, in
// text, mood words or tags, the newest first. Each word also finds longer words
// that begin with it; case and diacritics make no difference. An empty query
// finds everything.
func (j *Journal) Search(ctx context.Context, query string) ([]Place, error) {
	terms := searchTerms(query)
	switch {
	case strings.TrimSpace(query) == "":
		return j.Contents(ctx)
	case unspaced(query):
		// The index splits at spaces, and these scripts have none.
		return j.places(ctx, `SELECT seq FROM entry WHERE instr(text, ?1) OR instr(moods, ?1) OR instr(tags, ?1) ORDER BY written_at DESC, seq DESC`, strings.TrimSpace(query))
	case len(terms) == 0:
		return nil, nil // nothing but punctuation
	}
	return j.places(ctx, `
		SELECT seq FROM entry WHERE seq IN (SELECT rowid FROM entry_text WHERE entry_text MATCH ?)
		ORDER BY written_at DESC, seq DESC`, strings.Join(terms, " "))
}

// searchTerms turns what a person typed into prefix terms of an FTS5 query. All
// operators are quoted away: a search is words, not a language.
func searchTerms(query string) []string {
	var terms []string
	for _, word := range strings.Fields(query) {
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
			continue
		}
		word = strings.ReplaceAll(word, "\x00", "")
		terms = append(terms, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
	}
	return terms
}

// unspaced reports whether the query is in a script that puts no spaces between
// words.
func unspaced(query string) bool {
	return strings.IndexFunc(query, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}) >= 0
}

func (j *Journal) places(ctx context.Context, query string, args ...any) (places []Place, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p Place
			if err := rows.Scan(&p); err != nil {
				return err
			}
			places = append(places, p)
		}
		return rows.Err()
	})
	return places, err
}

// Rows reads what a list shows of the entries at the given places, in their
// order. A place whose entry has gone meanwhile yields an empty row.
func (j *Journal) Rows(ctx context.Context, places []Place) ([]Row, error) {
	rows := make([]Row, len(places))
	err := j.private.View(ctx, func(tx *drawer.Tx) error {
		for i, p := range places {
			var (
				id      []byte
				written int64
				zone    string
				r       = &rows[i]
			)
			err := tx.QueryRow(ctx, `SELECT id, title, preview, written_at, zone, local_date, all_day, starred FROM entry WHERE seq = ?`, int64(p)).
				Scan(&id, &r.Title, &r.Preview, &written, &zone, &r.Date, &r.AllDay, &r.Starred)
			if err = notFound(err); err == ErrNotFound {
				continue
			} else if err != nil {
				return err
			}
			copy(r.ID[:], id)
			r.Written = inZone(written, zone)
		}
		return nil
	})
	return rows, err
}
