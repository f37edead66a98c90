package practice

import (
	"context"
	"time"

	"ebb/vault/drawer"
)

// MeetingState says what became of a meeting.
type MeetingState string

// The states. One that was planned and has passed counts as held until something else
// is said.
const (
	Planned   MeetingState = "planned"
	Held      MeetingState = "held"
	Cancelled MeetingState = "cancelled" // in advance
	NotHeld   MeetingState = "not held"
)

// A Meeting is one with everybody, or with one member alone.
type Meeting struct {
	ID      ID // none for a new one
	At      time.Time
	Date    string // YYYY-MM-DD on the wall; set by Put
	Minutes int    // 0 to 1440
	Member  ID     // whom it is with, alone; none if it is with everybody
	State   MeetingState
	// Interpreter says who interprets, if anybody: never a partner, never family.
	Interpreter string
	Attendance  []Attendance
}

// Attendance says whether a member was there, and of a video meeting from where.
type Attendance struct {
	Member  ID
	State   string // Present, Part or Absent
	Video   bool
	Place   string // where they are: asked at the beginning
	Earshot string // who could hear
}

// The states of attendance.
const (
	Present = "present"
	Part    = "part" // came late or left early
	Absent  = "absent"
)

// Meetings are those of a case.
type Meetings struct{ c *Case }

// Put keeps a meeting, new or changed, without its attendance ([Meetings.Attend]).
func (r *Meetings) Put(ctx context.Context, m Meeting) (Meeting, error) {
	if err := r.c.open(ctx); err != nil {
		return m, err
	}
	if m.State == "" {
		m.State = Planned
	}
	if err := among(string(m.State), string(Planned), string(Held), string(Cancelled), string(NotHeld)); err != nil {
		return m, err
	}
	if err := lines(MaxLine, &m.Interpreter); err != nil {
		return m, err
	}
	if m.Minutes < 0 || m.Minutes > 24*60 || !inRange(m.At) {
		return m, ErrDay
	}
	if m.ID == (ID{}) {
		m.ID = NewID()
	}
	m.Date = m.At.Format(time.DateOnly)
	return m, r.c.indexed(ctx, nil, func(tx *drawer.Tx) error {
		if m.Member != (ID{}) {
			if err := memberIn(ctx, tx, m.Member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO meeting (id, at, zone, local_date, minutes, member, state, interpreter) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (id) DO UPDATE SET at = ?2, zone = ?3, local_date = ?4, minutes = ?5, member = ?6, state = ?7, interpreter = ?8`,
			m.ID[:], m.At.UnixMilli(), zoneName(m.At), m.Date, m.Minutes, m.Member.null(), string(m.State), m.Interpreter)
		return err
	})
}

// Attend keeps whether a member was at a meeting.
func (r *Meetings) Attend(ctx context.Context, meeting ID, a Attendance) error {
	if err := among(a.State, Present, Part, Absent); err != nil {
		return err
	}
	if err := lines(MaxLine, &a.Place, &a.Earshot); err != nil {
		return err
	}
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, a.Member); err != nil {
			return err
		}
		if _, err := scanID(tx.QueryRow(ctx, `SELECT id FROM meeting WHERE id = ?`, meeting[:])); err != nil {
			return notFound(err)
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO attendance (meeting, member, state, video, place, earshot) VALUES (?, ?, ?, ?, ?, ?)`,
			meeting[:], a.Member[:], a.State, a.Video, a.Place, a.Earshot)
		return err
	})
}

func scanMeeting(row scanner) (m Meeting, err error) {
	var id, member []byte
	var at int64
	var zone string
	err = row.Scan(&id, &at, &zone, &m.Date, &m.Minutes, &member, &m.State, &m.Interpreter)
	m.ID, m.At, m.Member = idOf(id), instant(at, zone), idOf(member)
	return m, err
}

const meetingColumns = `SELECT id, at, zone, local_date, minutes, member, state, interpreter FROM meeting `

// All returns the meetings without their attendance, the latest first.
func (r *Meetings) All(ctx context.Context, page Page) ([]Meeting, error) {
	size, from := page.limits()
	return list(ctx, r.c.record, scanMeeting, meetingColumns+`ORDER BY at DESC LIMIT ? OFFSET ?`, size, from)
}

// Meeting returns one with its attendance.
func (r *Meetings) Meeting(ctx context.Context, id ID) (m Meeting, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		if m, err = scanMeeting(tx.QueryRow(ctx, meetingColumns+`WHERE id = ?`, id[:])); err != nil {
			return notFound(err)
		}
		m.Attendance, err = read(ctx, tx, func(row scanner) (a Attendance, err error) {
			var member []byte
			err = row.Scan(&member, &a.State, &a.Video, &a.Place, &a.Earshot)
			a.Member = idOf(member)
			return a, err
		}, `SELECT a.member, a.state, a.video, a.place, a.earshot FROM attendance AS a JOIN member AS m ON m.id = a.member WHERE a.meeting = ? ORDER BY m.place`, id[:])
		return err
	})
	return m, err
}

// A Contact is a call, a letter or a message beside the meetings.
type Contact struct {
	ID       ID // none for a new one
	Member   ID // none if it was with somebody else, such as a doctor
	At       time.Time
	Date     string // set by Put
	Way      string // call, letter, message, in person: a short word
	Incoming bool   // from them
	Words    string
}

// Contacts is the contact log of a case.
type Contacts struct{ c *Case }

// Put keeps a contact, new or changed, also in a closed case: people call after the
// end.
func (r *Contacts) Put(ctx context.Context, k Contact) (Contact, error) {
	if err := lines(MaxName, &k.Way); err != nil {
		return k, err
	}
	if err := texts(&k.Words); err != nil {
		return k, err
	}
	if !inRange(k.At) {
		return k, ErrDay
	}
	if k.ID == (ID{}) {
		k.ID = NewID()
	}
	k.Date = k.At.Format(time.DateOnly)
	return k, r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if k.Member != (ID{}) {
			if err := memberIn(ctx, tx, k.Member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO contact (id, member, at, zone, local_date, way, incoming, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			k.ID[:], k.Member.null(), k.At.UnixMilli(), zoneName(k.At), k.Date, k.Way, k.Incoming, k.Words)
		return err
	})
}

// All returns the contacts, the latest first.
func (r *Contacts) All(ctx context.Context, page Page) ([]Contact, error) {
	size, from := page.limits()
	return list(ctx, r.c.record, func(row scanner) (k Contact, err error) {
		var id, member []byte
		var at int64
		var zone string
		err = row.Scan(&id, &member, &at, &zone, &k.Date, &k.Way, &k.Incoming, &k.Words)
		k.ID, k.Member, k.At = idOf(id), idOf(member), instant(at, zone)
		return k, err
	}, `SELECT id, member, at, zone, local_date, way, incoming, words FROM contact ORDER BY at DESC LIMIT ? OFFSET ?`, size, from)
}

// ReviewKind says what is to be looked at again.
type ReviewKind string

// The kinds. Each comes round for everybody and every case, so that none of them says
// anything about one.
const (
	ReviewPlan       ReviewKind = "plan"
	ReviewLimits     ReviewKind = "limits"
	ReviewConsents   ReviewKind = "consents"
	ReviewIndividual ReviewKind = "individual time" // regular time alone, for everybody
	ReviewFeedback   ReviewKind = "feedback"
)

// A Review is something to look at again on a day.
type Review struct {
	ID   ID
	Kind ReviewKind
	Due  string // YYYY-MM-DD
	Done string // empty until it was looked at
}

// Reviews are those of a case.
type Reviews struct{ c *Case }

// Put sets a day on which something is to be looked at again.
func (r *Reviews) Put(ctx context.Context, kind ReviewKind, due string) (ID, error) {
	if err := among(string(kind), string(ReviewPlan), string(ReviewLimits), string(ReviewConsents), string(ReviewIndividual), string(ReviewFeedback)); err != nil {
		return ID{}, err
	}
	if err := day(due); err != nil {
		return ID{}, err
	}
	id := NewID()
	return id, r.c.indexed(ctx, nil, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO review (id, kind, due_on, done_on) VALUES (?, ?, ?, '')`, id[:], string(kind), due)
		return err
	})
}

// Done notes that it was looked at today.
func (r *Reviews) Done(ctx context.Context, id ID) error {
	return r.c.indexed(ctx, nil, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE review SET done_on = ? WHERE id = ?`, r.c.p.today(), id[:]))
	})
}

// All returns the reviews of the case, those that are due first.
func (r *Reviews) All(ctx context.Context) ([]Review, error) {
	return list(ctx, r.c.record, scanReview, reviewColumns+`ORDER BY done_on <> '', due_on LIMIT ?`, MostRows)
}

func scanReview(row scanner) (v Review, err error) {
	var id []byte
	err = row.Scan(&id, &v.Kind, &v.Due, &v.Done)
	v.ID = idOf(id)
	return v, err
}

const reviewColumns = `SELECT id, kind, due_on, done_on FROM review `
