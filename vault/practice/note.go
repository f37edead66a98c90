package practice

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"ebb/vault/drawer"
)

// Audience says whose a note is. It decides the drawer that it lies in.
type Audience string

// The audiences: the joint record, one member's individual record, and behind the
// second unlock the practitioner's process notes and the safety records.
const (
	Joint       Audience = "joint"
	Individual  Audience = "individual"
	ProcessNote Audience = "process"
	SafetyNote  Audience = "safety"
)

// NoteState says what can be done with a note.
type NoteState string

// The states: an open note can be changed and discarded, a locked one can be opened
// again with a reason, a signed one can only be amended.
const (
	OpenNote   NoteState = "open"
	LockedNote NoteState = "locked"
	SignedNote NoteState = "signed"
)

// What can be refused about notes.
var (
	// ErrSigned: the note was signed, so it can only be amended.
	ErrSigned = errors.New("the note is signed")
	// ErrNotSigned: only a signed note can be amended.
	ErrNotSigned = errors.New("the note is not signed")
	// ErrLockedNote: the note was locked; open it again first.
	ErrLockedNote = errors.New("the note is locked")
	// ErrReason: this needs a reason in words.
	ErrReason = errors.New("a reason is needed")
	// ErrProcessField: process notes leave this section to the record.
	ErrProcessField = errors.New("this section belongs in the record")
	// ErrAudience: this drawer is not for notes of that audience.
	ErrAudience = errors.New("another drawer is for that")
	// ErrHistory: the versions of a note are not what they were when they were written.
	ErrHistory = errors.New("the history of the note does not hold together")
)

// A Section is a part of a note. Member is whom it is about, if it is one person's
// side; none otherwise.
type Section struct {
	Key    string
	Member ID
	Text   string
}

// A Note is one note as it stands now.
type Note struct {
	ID       ID
	Audience Audience
	Member   ID // of an individual note or of a member's safety record
	Meeting  ID // none if it is about no meeting
	Template string
	Date     string // YYYY-MM-DD, the day that it is about
	Sections []Section

	State   NoteState
	Created time.Time
	Edited  time.Time
}

// A NoteRow is what a list shows of a note.
type NoteRow struct {
	ID       ID
	Audience Audience
	Member   ID
	Meeting  ID
	Template string
	Date     string
	State    NoteState
	Title    string // the first words of it
}

// Notes are the notes of one drawer.
type Notes struct {
	c         *Case
	in        store
	last      store      // the same drawer, for SealDraft
	audiences []Audience // that this drawer is for
	member    ID         // whose safety drawer it is
}

// New returns an empty note about today with the sections of a template, not stored
// yet. Whom an individual note is with has to be said.
func (n *Notes) New(audience Audience, member ID, t Template) Note {
	now := n.c.p.now()
	if audience == SafetyNote {
		member = n.member
	}
	note := Note{ID: NewID(), Audience: audience, Member: member, Template: t.Name, Date: now.Format(time.DateOnly), State: OpenNote, Created: now, Edited: now}
	for _, key := range t.Keys {
		if audience != ProcessNote || ProcessKey(key) {
			note.Sections = append(note.Sections, Section{Key: key})
		}
	}
	return note
}

// clean checks whether a note belongs here and brings it within bounds.
func (n *Notes) clean(note *Note) error {
	if !slices.Contains(n.audiences, note.Audience) {
		return ErrAudience
	}
	switch {
	case note.Audience == SafetyNote && note.Member != n.member,
		(note.Audience == Individual) != (note.Member != ID{}) && note.Audience != SafetyNote:
		return ErrAudience
	}
	if err := lines(MaxName, &note.Template); err != nil {
		return err
	}
	if note.ID == (ID{}) {
		note.ID = NewID()
	}
	if len(note.Sections) > MaxSections {
		return ErrTooLong
	}
	note.Sections = slices.Clone(note.Sections)
	size := 0
	for i := range note.Sections {
		s := &note.Sections[i]
		if err := errors.Join(lines(MaxName, &s.Key), texts(&s.Text)); err != nil {
			return err
		}
		if note.Audience == ProcessNote && !ProcessKey(s.Key) {
			return ErrProcessField
		}
		size += len(s.Text)
	}
	if size > MaxText {
		return ErrTooLong
	}
	return dayOr(&note.Date, n.c.p.today())
}

// mayWrite is an error if the case is closed or, for an individual note, if that
// member has not signed the policy. Safety goes before policy.
func (n *Notes) mayWrite(ctx context.Context, audience Audience, member ID) error {
	if err := n.c.open(ctx); err != nil {
		return err
	}
	if audience != Individual {
		return nil
	}
	return n.c.Consents.input(ctx, member)
}

// storedSection is a section as JSON.
type storedSection struct {
	Key    string `json:"key"`
	Member string `json:"member,omitempty"` // hexadecimal
	Text   string `json:"text"`
}

func encodeSections(sections []Section) (string, error) {
	stored := make([]storedSection, len(sections))
	for i, s := range sections {
		stored[i] = storedSection{Key: s.Key, Text: s.Text}
		if s.Member != (ID{}) {
			stored[i].Member = s.Member.String()
		}
	}
	b, err := json.Marshal(stored)
	return string(b), err
}

func decodeSections(text string) ([]Section, error) {
	var stored []storedSection
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return nil, err
	}
	sections := make([]Section, len(stored))
	for i, s := range stored {
		sections[i] = Section{Key: s.Key, Text: s.Text}
		if s.Member != "" {
			id, err := parseID(s.Member)
			if err != nil {
				return nil, err
			}
			sections[i].Member = id
		}
	}
	return sections, nil
}

// plain is all text of a note, for the index, and the first words of it, for lists.
func (note *Note) plain() (text, title string) {
	var all []string
	for _, s := range note.Sections {
		if s.Text != "" {
			all = append(all, s.Text)
		}
	}
	text = strings.Join(all, "\n")
	head := text
	if len(head) > 1000 {
		head = strings.ToValidUTF8(head[:1000], "")
	}
	return text, cut(strings.Join(strings.Fields(head), " "), 80)
}

const noteColumns = `id, audience, member, meeting, template, local_date, state, sections, created_at, edited_at`

func scanNote(row scanner) (note Note, err error) {
	var id, member, meeting []byte
	var sections string
	var created, edited int64
	if err = row.Scan(&id, &note.Audience, &member, &meeting, &note.Template, &note.Date, &note.State, &sections, &created, &edited); err != nil {
		return note, err
	}
	note.ID, note.Member, note.Meeting = idOf(id), idOf(member), idOf(meeting)
	note.Created, note.Edited = time.UnixMilli(created), time.UnixMilli(edited)
	note.Sections, err = decodeSections(sections)
	return note, err
}

// put stores a note as it stands.
func (note *Note) put(ctx context.Context, tx *drawer.Tx) error {
	sections, err := encodeSections(note.Sections)
	if err != nil {
		return err
	}
	text, title := note.plain()
	_, err = tx.Exec(ctx, `INSERT INTO note (id, audience, member, meeting, template, local_date, state, sections, text, title, created_at, edited_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
		ON CONFLICT (id) DO UPDATE SET meeting = ?4, template = ?5, local_date = ?6, state = ?7, sections = ?8, text = ?9, title = ?10, edited_at = ?12`,
		note.ID[:], string(note.Audience), note.Member.null(), note.Meeting.null(), note.Template, note.Date, string(note.State), sections, text, title,
		note.Created.UnixMilli(), note.Edited.UnixMilli())
	return err
}

// dropDraft forgets the draft of a note that now says what the draft said.
func dropDraft(ctx context.Context, tx *drawer.Tx, id ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM note_draft WHERE id = ?`, id[:])
	return err
}

// noteIn reads a note in a transaction.
func noteIn(ctx context.Context, tx *drawer.Tx, id ID) (Note, error) {
	note, err := scanNote(tx.QueryRow(ctx, `SELECT `+noteColumns+` FROM note WHERE id = ?`, id[:]))
	return note, notFound(err)
}

// Save keeps a note that is open, new or changed, and removes its draft.
func (n *Notes) Save(ctx context.Context, note Note) (Note, error) {
	if err := n.clean(&note); err != nil {
		return note, err
	}
	if err := n.mayWrite(ctx, note.Audience, note.Member); err != nil {
		return note, err
	}
	err := n.in.Update(ctx, func(tx *drawer.Tx) error {
		was, err := noteIn(ctx, tx, note.ID)
		switch {
		case errors.Is(err, ErrNotFound):
			note.Created = n.c.p.now()
		case err != nil:
			return err
		case was.State == SignedNote:
			return ErrSigned
		case was.State == LockedNote:
			return ErrLockedNote
		case was.Audience != note.Audience || was.Member != note.Member:
			return ErrAudience // a note does not change its audience: it is written anew
		default:
			note.Created = was.Created
		}
		note.State, note.Edited = OpenNote, n.c.p.now()
		if err := note.put(ctx, tx); err != nil {
			return err
		}
		return dropDraft(ctx, tx, note.ID)
	})
	return note, err
}

// Note reads one note.
func (n *Notes) Note(ctx context.Context, id ID) (note Note, err error) {
	err = n.in.View(ctx, func(tx *drawer.Tx) error {
		note, err = noteIn(ctx, tx, id)
		return err
	})
	return note, err
}

// Latest returns the note of a template about the latest day, such as a member's
// safety plan.
func (n *Notes) Latest(ctx context.Context, template string) (Note, error) {
	return one(ctx, n.in, scanNote, `SELECT `+noteColumns+` FROM note WHERE template = ? ORDER BY local_date DESC, seq DESC LIMIT 1`, template)
}
