package practice

import (
	"context"
	"strings"
	"time"

	"ebb/vault/drawer"
)

// A CaseRow is what the caseload shows of a case: a code, dates, and no sign of what
// the work is about.
type CaseRow struct {
	ID         ID
	Code       string
	Label      string // the practitioner's own, may be empty
	OpenedOn   string // YYYY-MM-DD
	ClosedOn   string // empty while the case is open
	Next       time.Time
	NoteDue    string     // the day of the first meeting that has passed and has no signed note, or empty
	ReviewDue  string     // the first day on which something is to be looked at again, if that has come
	ReviewKind ReviewKind // what that is
}

// A Query chooses from the caseload.
type Query struct {
	// Text finds cases by code, or by a day, month or year of a meeting or of opening
	// and closing: "k-12", "2026", "2026-03", "2026-03-04". It looks at nothing else.
	Text string
	// Closed: the closed cases, and not the open ones.
	Closed bool
	// Page is which of them; a Size of 0 means all.
	Page Page
}

// next is an instant of the index with its zone, or the zero time.
func next(ms *int64, zone *string) time.Time {
	if ms == nil || zone == nil {
		return time.Time{}
	}
	return instant(*ms, *zone)
}

// Caseload returns the cases by code. Letters of codes are found in the case in which
// they were typed, those of ASCII in either.
func (p *Practice) Caseload(ctx context.Context, q Query) ([]CaseRow, error) {
	now := p.now()
	typed := strings.TrimSpace(q.Text)
	text := strings.ToLower(typed)
	size, from := -1, max(q.Page.From, 0) // LIMIT -1 is none
	if q.Page.Size > 0 {
		size, from = q.Page.limits()
	}
	scan := func(row scanner) (r CaseRow, err error) {
		var id []byte
		var at *int64
		var zone *string
		err = row.Scan(&id, &r.Code, &r.Label, &r.OpenedOn, &r.ClosedOn, &at, &zone, &r.NoteDue, &r.ReviewDue, &r.ReviewKind)
		r.ID, r.Next = idOf(id), next(at, zone)
		return r, err
	}
	return list(ctx, p.caseload, scan, `
		SELECT f.id, f.code, f.label, f.opened_on, f.closed_on, m.at, m.zone,
			coalesce((SELECT u.local_date FROM case_meeting AS u WHERE u.case_id = f.id AND u.noted = 0 AND (u.state = 'held' OR u.state = 'planned') AND u.at < ?1 ORDER BY u.at LIMIT 1), ''),
			coalesce(v.due_on, ''), coalesce(v.kind, '')
		FROM case_file AS f LEFT JOIN case_meeting AS m ON m.meeting =
			(SELECT meeting FROM case_meeting AS n WHERE n.case_id = f.id AND n.at >= ?1 AND n.state = 'planned' ORDER BY n.at LIMIT 1)
		LEFT JOIN case_review AS v ON v.review =
			(SELECT review FROM case_review AS r WHERE r.case_id = f.id AND r.due_on <= ?2 ORDER BY r.due_on LIMIT 1)
		WHERE (f.closed_on <> '') = ?3 AND (?4 = '' OR instr(lower(f.code), ?4) OR instr(f.code, ?5)
			OR length(?4) >= 4 AND (substr(f.opened_on, 1, length(?4)) = ?4 OR substr(f.closed_on, 1, length(?4)) = ?4
				OR EXISTS (SELECT 1 FROM case_meeting AS d WHERE d.case_id = f.id AND d.local_date >= ?4 AND d.local_date < ?4 || 'z')))
		ORDER BY f.code LIMIT ?6 OFFSET ?7`, now.UnixMilli(), now.Format(time.DateOnly), q.Closed, text, typed, size, from)
}

// A MeetingRow is a meeting as the practice drawer knows it.
type MeetingRow struct {
	Case    ID
	Code    string
	Label   string
	Meeting ID
	At      time.Time
	Date    string // YYYY-MM-DD, on the wall
	State   MeetingState
}

func scanMeetingRow(row scanner) (r MeetingRow, err error) {
	var of, meeting []byte
	var at int64
	var zone string
	err = row.Scan(&of, &r.Code, &r.Label, &meeting, &at, &zone, &r.Date, &r.State)
	r.Case, r.Meeting, r.At = idOf(of), idOf(meeting), instant(at, zone)
	return r, err
}

const meetingRows = `SELECT f.id, f.code, f.label, m.meeting, m.at, m.zone, m.local_date, m.state FROM case_meeting AS m JOIN case_file AS f ON f.id = m.case_id `

// NeedsNote returns the meetings that have passed and have no signed note, the longest
// ago first.
func (p *Practice) NeedsNote(ctx context.Context, page Page) ([]MeetingRow, error) {
	size, from := page.limits()
	return list(ctx, p.caseload, scanMeetingRow, meetingRows+`
		WHERE m.noted = 0 AND m.state IN ('planned', 'held') AND m.at < ? ORDER BY m.at LIMIT ? OFFSET ?`, p.now().UnixMilli(), size, from)
}

// NeedNote returns the meetings of this case that have passed and have no signed note,
// the longest ago first.
func (r *Meetings) NeedNote(ctx context.Context, page Page) ([]MeetingRow, error) {
	size, from := page.limits()
	return list(ctx, r.c.p.caseload, scanMeetingRow, meetingRows+`
		WHERE m.case_id = ? AND m.noted = 0 AND (m.state = 'planned' OR m.state = 'held') AND m.at < ? ORDER BY m.at LIMIT ? OFFSET ?`, r.c.ID[:], r.c.p.now().UnixMilli(), size, from)
}

// Upcoming returns the meetings that are planned from now until a moment, in order.
func (p *Practice) Upcoming(ctx context.Context, until time.Time) ([]MeetingRow, error) {
	return list(ctx, p.caseload, scanMeetingRow, meetingRows+`
		WHERE m.noted = 0 AND m.state IN ('planned', 'held') AND m.state = 'planned' AND m.at >= ? AND m.at < ? ORDER BY m.at LIMIT ?`, p.now().UnixMilli(), until.UnixMilli(), MostRows)
}

// A ReviewRow is something to look at again, as the practice drawer knows it.
type ReviewRow struct {
	Case   ID
	Code   string
	Label  string
	Review ID
	Kind   ReviewKind
	Due    string // YYYY-MM-DD
}

// ReviewsDue returns what is to be looked at again up to a day, in order.
func (p *Practice) ReviewsDue(ctx context.Context, until string) ([]ReviewRow, error) {
	if err := day(until); err != nil {
		return nil, err
	}
	scan := func(row scanner) (r ReviewRow, err error) {
		var of, review []byte
		err = row.Scan(&of, &r.Code, &r.Label, &review, &r.Kind, &r.Due)
		r.Case, r.Review = idOf(of), idOf(review)
		return r, err
	}
	return list(ctx, p.caseload, scan, `SELECT f.id, f.code, f.label, r.review, r.kind, r.due_on FROM case_review AS r JOIN case_file AS f ON f.id = r.case_id
		WHERE r.due_on <= ? ORDER BY r.due_on, f.code LIMIT ?`, until, MostRows)
}

// Recode gives a case another code. ErrCode if another case has it.
func (p *Practice) Recode(ctx context.Context, id ID, code string) error {
	code, err := cleanCode(code)
	if err != nil {
		return err
	}
	return p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := freeCode(ctx, tx, code, id); err != nil {
			return err
		}
		if err := p.tellIn(ctx, tx, event{verb: Changed, class: ClassCase, of: id}); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, `UPDATE case_file SET code = ? WHERE id = ?`, code, id[:]))
	})
}

// Relabel gives a case another private label, which may be empty.
func (p *Practice) Relabel(ctx context.Context, id ID, label string) error {
	label, err := line(label, MaxName)
	if err != nil {
		return err
	}
	return p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE case_file SET label = ? WHERE id = ?`, label, id[:]))
	})
}
