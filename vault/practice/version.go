package practice

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"time"

	"ebb/vault/drawer"
)

// Act is what made a version of a note.
type Act string

// The acts.
const (
	ActLocked   Act = "locked"
	ActReopened Act = "reopened"
	ActSigned   Act = "signed"
	ActAmended  Act = "amended"
)

// A Version is a note as it stood when it was locked, opened again, signed or amended.
type Version struct {
	Number   int // from 1
	Act      Act
	Meeting  ID // none if it was about no meeting
	Template string
	Date     string // YYYY-MM-DD, the day that it was about
	Sections []Section
	Reason   string // of opening again and of amending
	At       time.Time
	Hash     [32]byte // of this version and, with it, of all before it

	stored string // the sections as they were hashed
	zone   string
}

// versionLabel begins what is hashed, so that the hash stands for nothing else.
const versionLabel = "ebb/practice/1 note"

// bind is the hash of a version behind the one with the hash prev. Texts go in with
// their length in front.
func (v *Version) bind(note *Note, prev [32]byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(versionLabel))
	h.Write(prev[:])
	h.Write(note.ID[:])
	h.Write(note.Member[:])
	h.Write(v.Meeting[:])
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(v.Number)))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(v.At.UnixMilli())))
	for _, s := range []string{string(note.Audience), string(v.Act), v.Template, v.Date, v.zone, v.Reason, v.stored} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return [32]byte(h.Sum(nil))
}

func scanVersion(row scanner) (v Version, err error) {
	var at int64
	var meeting, hash []byte
	if err = row.Scan(&v.Number, &v.Act, &meeting, &v.Template, &v.Date, &v.stored, &v.Reason, &at, &v.zone, &hash); err != nil {
		return v, err
	}
	v.Meeting, v.At = idOf(meeting), instant(at, v.zone)
	copy(v.Hash[:], hash)
	v.Sections, err = decodeSections(v.stored)
	return v, err
}

const versionColumns = `SELECT number, act, meeting, template, local_date, sections, reason, at, zone, hash FROM note_version WHERE note = ? `

// addVersion adds a version of a note as it stands.
func (n *Notes) addVersion(ctx context.Context, tx *drawer.Tx, note *Note, act Act, reason string) error {
	last, err := scanVersion(tx.QueryRow(ctx, versionColumns+`ORDER BY number DESC LIMIT 1`, note.ID[:]))
	if err = notFound(err); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	at := n.c.p.now()
	v := Version{Number: last.Number + 1, Act: act, Meeting: note.Meeting, Template: note.Template, Date: note.Date, Reason: reason, At: at, zone: zoneName(at)}
	if v.stored, err = encodeSections(note.Sections); err != nil {
		return err
	}
	v.Hash = v.bind(note, last.Hash)
	_, err = tx.Exec(ctx, `INSERT INTO note_version (note, number, act, meeting, template, local_date, sections, reason, at, zone, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		note.ID[:], v.Number, string(act), v.Meeting.null(), v.Template, v.Date, v.stored, reason, at.UnixMilli(), v.zone, v.Hash[:])
	return err
}

// turn changes the state of a note and adds a version.
func (n *Notes) turn(ctx context.Context, id ID, act Act, reason string, to func(*Note) error) error {
	return n.told(ctx, id, act, func(tx *drawer.Tx) error {
		note, err := noteIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := to(&note); err != nil {
			return err
		}
		note.Edited = n.c.p.now()
		if err := note.put(ctx, tx); err != nil {
			return err
		}
		// The draft of anything else stays: it may hold more than what is signed.
		if act == ActAmended {
			if err := dropDraft(ctx, tx, id); err != nil {
				return err
			}
		}
		return n.addVersion(ctx, tx, &note, act, reason)
	})
}

// told tells an act and does it. What is in the record brings the index up to it: a
// meeting has its note when one is signed. What is apart is told without saying whose.
func (n *Notes) told(ctx context.Context, id ID, act Act, change func(*drawer.Tx) error) error {
	verb := map[Act]Verb{ActSigned: Signed, ActAmended: Amended, ActReopened: Reopened, ActLocked: Changed}[act]
	if n.audiences[0] != Joint {
		if err := n.in.View(ctx, func(*drawer.Tx) error { return nil }); err != nil {
			return err // nothing is told that could not be done
		}
		if err := n.c.p.tell(ctx, event{verb: verb, class: ClassApart}); err != nil {
			return err
		}
		return n.in.Update(ctx, change)
	}
	note, err := n.Note(ctx, id)
	if err != nil {
		return err
	}
	told := event{verb: verb, class: ClassJoint, what: id}
	if note.Audience == Individual {
		told.class = ClassIndividual
	}
	return n.c.indexed(ctx, &told, change)
}

// Lock makes a note final without signing it: to be read again, or by a supervisor.
func (n *Notes) Lock(ctx context.Context, id ID) error {
	if err := n.c.open(ctx); err != nil {
		return err
	}
	return n.turn(ctx, id, ActLocked, "", func(note *Note) error {
		switch note.State {
		case SignedNote:
			return ErrSigned
		case LockedNote:
			return ErrLockedNote
		}
		note.State = LockedNote
		return nil
	})
}

// Reopen opens a locked note again. The reason is kept with the version.
func (n *Notes) Reopen(ctx context.Context, id ID, reason string) error {
	reason, err := reasonOf(reason)
	if err == nil {
		err = n.c.open(ctx)
	}
	if err != nil {
		return err
	}
	return n.turn(ctx, id, ActReopened, reason, func(note *Note) error {
		switch note.State {
		case SignedNote:
			return ErrSigned
		case OpenNote:
			return ErrNotSigned
		}
		note.State = OpenNote
		return nil
	})
}

// Sign signs a note as it stands, open or locked. From then on it can only be amended.
func (n *Notes) Sign(ctx context.Context, id ID) error {
	if err := n.c.open(ctx); err != nil {
		return err
	}
	return n.turn(ctx, id, ActSigned, "", func(note *Note) error {
		if note.State == SignedNote {
			return ErrSigned
		}
		note.State = SignedNote
		return nil
	})
}

// Amend changes a signed note: it shows the new sections, and what was signed stays
// readable as a version. It can be done in a closed case, too.
func (n *Notes) Amend(ctx context.Context, id ID, sections []Section, reason string) error {
	reason, err := reasonOf(reason)
	if err != nil {
		return err
	}
	return n.turn(ctx, id, ActAmended, reason, func(note *Note) error {
		if note.State != SignedNote {
			return ErrNotSigned
		}
		note.Sections = sections
		return n.clean(note)
	})
}

func reasonOf(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if err := texts(&reason); err != nil {
		return "", err
	}
	if !seen(reason) {
		return "", ErrReason
	}
	return reason, nil
}

// Versions returns every version of a note, the first first.
func (n *Notes) Versions(ctx context.Context, id ID) ([]Version, error) {
	return list(ctx, n.in, scanVersion, versionColumns+`ORDER BY number`, id[:])
}

// Verify computes the chain of a note's versions: each has to be there as it was
// written, and a note that is locked or signed has to read as the last of them, and be
// about the same day and meeting. ErrHistory if not.
func (n *Notes) Verify(ctx context.Context, id ID) error {
	return n.in.View(ctx, func(tx *drawer.Tx) error {
		note, err := noteIn(ctx, tx, id)
		if err != nil {
			return err
		}
		versions, err := read(ctx, tx, scanVersion, versionColumns+`ORDER BY number`, id[:])
		if err != nil {
			return err
		}
		var last Version
		for _, v := range versions {
			if v.Number != last.Number+1 || v.Hash != v.bind(&note, last.Hash) {
				return ErrHistory
			}
			last = v
		}
		stored, err := encodeSections(note.Sections)
		if err != nil {
			return err
		}
		wants := map[NoteState][]Act{OpenNote: {"", ActReopened}, LockedNote: {ActLocked}, SignedNote: {ActSigned, ActAmended}}[note.State]
		same := last.stored == stored && last.Date == note.Date && last.Meeting == note.Meeting && last.Template == note.Template
		if !slices.Contains(wants, last.Act) || note.State != OpenNote && !same {
			return ErrHistory
		}
		return nil
	})
}
