package practice

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"ebb/vault/drawer"
)

// exported are the tables of a record that an export holds, with their columns, in
// order. Everything is in the open: drafts and indexes are not part of the record, and
// the bytes of attached files are saved one by one.
var exported = []struct{ name, query string }{
	{"members", `SELECT id, name, pronouns, description, ask, legal_name, level, access, joined_on, left_on FROM member ORDER BY place`},
	{"pairs", `SELECT first, second, words FROM pair ORDER BY first, second`},
	{"beforeYouCall", `SELECT member, number, voicemail, times, post, code_word, emergency_name, emergency_number, emergency_bounds FROM contact_sheet ORDER BY member`},
	{"contacts", `SELECT id, member, at, zone, local_date, way, incoming, words FROM contact ORDER BY at`},
	{"meetings", `SELECT id, at, zone, local_date, minutes, member, state, interpreter FROM meeting ORDER BY at`},
	{"attendance", `SELECT meeting, member, state, video, place, earshot FROM attendance ORDER BY meeting, member`},
	{"notes", `SELECT id, audience, member, meeting, template, local_date, state, sections, created_at, edited_at FROM note ORDER BY local_date, seq`},
	{"versions", `SELECT note, number, act, meeting, template, local_date, sections, reason, at, zone, hash FROM note_version ORDER BY note, number`},
	{"plans", `SELECT version, day, text FROM plan ORDER BY version`},
	{"intake", `SELECT member, section, text, day FROM intake ORDER BY member, section`},
	{"checkIns", `SELECT c.id, c.member, c.day, a.item, a.answer FROM check_in AS c LEFT JOIN check_in_answer AS a ON a.check_in = c.id ORDER BY c.day, c.id, a.item`},
	{"checkInsBefore", `SELECT check_in, number, day, answers, at FROM check_in_earlier ORDER BY check_in, number`},
	{"files", `SELECT id, title, member, day, size, hash FROM attachment WHERE discarded = 0 ORDER BY day, id`},
	{"documents", `SELECT name, version, language, level, text, hash, issued_on FROM document ORDER BY name, version`},
	{"policies", `SELECT document, version, day FROM policy ORDER BY seq`},
	{"decisions", `SELECT member, document, version, hash, decision, method, remark, day FROM decision ORDER BY seq`},
	{"seenAlone", `SELECT member, day FROM seen_alone ORDER BY seq`},
	{"limits", `SELECT member, closeness, categories, exercises, at_once, day FROM menu_limit ORDER BY seq`},
	{"menu", `SELECT exercise, state, note, since, reviewed_on FROM menu_item ORDER BY exercise`},
	{"menuChanges", `SELECT exercise, state, day FROM menu_change ORDER BY seq`},
	{"ownExercises", `SELECT id, text FROM own_exercise ORDER BY id`},
	{"overrides", `SELECT exercise, reason, day FROM override ORDER BY seq`},
	{"observations", `SELECT id, member, day, domain, words, band, context, lasting, source, released FROM observation ORDER BY day, seq`},
	{"feedback", `SELECT id, member, day, about, keep, change, drop_it, changed, changed_on FROM feedback ORDER BY day, seq`},
	{"prep", `SELECT id, page, member, text FROM prep_line ORDER BY seq`},
	{"reviews", `SELECT id, kind, due_on, done_on FROM review ORDER BY due_on, id`},
}

// Export writes the whole record of the case as one JSON object: a field for each kind
// of thing, ids and hashes in hexadecimal, instants in milliseconds since 1970. It is
// the practitioner's own copy, of everybody's parts, and not what one person is given
// who asks for their record. What lies behind the second unlock is not in it, and
// nothing says that there is any.
func (c *Case) Export(ctx context.Context, w io.Writer) error {
	if err := c.p.tell(ctx, event{verb: Exported, class: ClassRecord, of: c.ID}); err != nil {
		return err
	}
	return pathless(c.record.View(ctx, func(tx *drawer.Tx) error {
		if _, err := fmt.Fprintf(w, "{\n%q: 1", "ebbRecord"); err != nil {
			return err
		}
		for _, table := range exported {
			if _, err := fmt.Fprintf(w, ",\n%q: [", table.name); err != nil {
				return err
			}
			if err := exportRows(ctx, tx, w, table.query); err != nil {
				return err
			}
			if _, err := io.WriteString(w, "]"); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "\n}\n")
		return err
	}))
}

// exportRows writes the rows of a query as JSON objects.
func exportRows(ctx context.Context, tx *drawer.Tx, w io.Writer, query string) error {
	rows, err := tx.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	separator := "\n"
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := map[string]any{}
		for i, name := range names {
			if b, ok := values[i].([]byte); ok {
				row[name] = hex.EncodeToString(b)
			} else if values[i] != nil {
				row[name] = values[i]
			}
		}
		encoded, err := json.Marshal(row)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", separator, encoded); err != nil {
			return err
		}
		separator = ",\n"
	}
	return rows.Err()
}
