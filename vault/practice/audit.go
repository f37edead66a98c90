package practice

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"time"

	"ebb/vault/drawer"
)

// Audit is what was done in this vault, in order. Each event is bound to the one
// before it by a hash, so that one that was taken out or changed shows, unless
// somebody who has the passphrase computed all that follow anew; who wants to know
// that, too, keeps the head of another day elsewhere ([Audit.Head]).
//
// An event names what kind of thing was touched and its random id, and never holds a
// text, a name or a code. What happens behind the second unlock is told without saying
// whose it was or which: that a risk was written down about somebody is not for a list
// that opens without it. An event is written before the act that it tells of.
type Audit struct{ caseload store }

// Verb says what was done.
type Verb string

// The verbs.
const (
	Opened    Verb = "opened"
	Closed    Verb = "closed"
	Reopened  Verb = "reopened"
	Made      Verb = "made"
	Changed   Verb = "changed"
	Signed    Verb = "signed"
	Amended   Verb = "amended"
	Attached  Verb = "attached"
	Removed   Verb = "removed"
	Exported  Verb = "exported"
	Decided   Verb = "decided"
	Destroyed Verb = "destroyed"
	SteppedUp Verb = "second unlock"
)

// Class says what kind of thing an event is about.
type Class string

// The classes. ClassApart stands for everything behind the second unlock.
const (
	ClassCase       Class = "case"
	ClassRecord     Class = "record"
	ClassMember     Class = "member"
	ClassJoint      Class = "joint note"
	ClassIndividual Class = "individual note"
	ClassApart      Class = "apart"
	ClassFile       Class = "file"
	ClassConsent    Class = "consent"
	ClassPolicy     Class = "policy"
	ClassLimit      Class = "limit"
	ClassMenu       Class = "menu"
	ClassOverride   Class = "override"
	ClassScreening  Class = "seen alone"
	ClassDocument   Class = "document"
	ClassHold       Class = "hold"
	ClassCheckIn    Class = "check-in"
)

// An Event is one thing that was done.
type Event struct {
	Seq    int64
	At     time.Time // in UTC
	Verb   Verb
	Class  Class
	Case   ID // none for what is no case's, and behind the second unlock
	Object ID // none where the case is all there is to say
	Hash   [32]byte
}

// event is an Event that is to be told.
type event struct {
	verb  Verb
	class Class
	of    ID
	what  ID
}

// auditLabel begins what is hashed, so that the hash stands for nothing else.
const auditLabel = "ebb/practice/1 audit"

// bind is the hash of an event behind the one with the hash prev.
func (e Event) bind(prev [32]byte) (sum [32]byte) {
	h := sha256.New()
	h.Write([]byte(auditLabel))
	h.Write(prev[:])
	h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(e.Seq)), uint64(e.At.UnixMilli())))
	for _, s := range []string{string(e.Verb), string(e.Class)} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		h.Write([]byte(s))
	}
	h.Write(e.Case[:])
	h.Write(e.Object[:])
	return [32]byte(h.Sum(nil))
}

func scanEvent(row scanner) (e Event, err error) {
	var at int64
	var of, what, hash []byte
	if err = row.Scan(&e.Seq, &at, &e.Verb, &e.Class, &of, &what, &hash); err != nil {
		return e, err
	}
	e.At, e.Case, e.Object = time.UnixMilli(at).UTC(), idOf(of), idOf(what)
	copy(e.Hash[:], hash)
	return e, nil
}

const eventColumns = `SELECT seq, at, verb, class, case_id, object, hash FROM audit `

// tellIn writes an event in a transaction on the practice drawer.
func (p *Practice) tellIn(ctx context.Context, tx *drawer.Tx, told event) error {
	last, err := scanEvent(tx.QueryRow(ctx, eventColumns+`ORDER BY seq DESC LIMIT 1`))
	if err = notFound(err); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	e := Event{Seq: last.Seq + 1, At: p.now().UTC().Truncate(time.Millisecond), Verb: told.verb, Class: told.class, Case: told.of, Object: told.what}
	e.Hash = e.bind(last.Hash)
	_, err = tx.Exec(ctx, `INSERT INTO audit (seq, at, verb, class, case_id, object, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, e.At.UnixMilli(), string(e.Verb), string(e.Class), e.Case[:], e.Object[:], e.Hash[:])
	return err
}

// tell writes an event.
func (p *Practice) tell(ctx context.Context, e event) error {
	return p.caseload.Update(ctx, func(tx *drawer.Tx) error { return p.tellIn(ctx, tx, e) })
}

// Events returns what was done, the latest first.
func (a *Audit) Events(ctx context.Context, page Page) ([]Event, error) {
	size, from := page.limits()
	return list(ctx, a.caseload, scanEvent, eventColumns+`ORDER BY seq DESC LIMIT ? OFFSET ?`, size, from)
}

// Head returns the last event: its number and hash stand for all before it.
func (a *Audit) Head(ctx context.Context) (Event, error) {
	return one(ctx, a.caseload, scanEvent, eventColumns+`ORDER BY seq DESC LIMIT 1`)
}

// Event returns the event of a number, or ErrNotFound.
func (a *Audit) Event(ctx context.Context, seq int64) (Event, error) {
	return one(ctx, a.caseload, scanEvent, eventColumns+`WHERE seq = ?`, seq)
}

// ErrAudit: the audit is not what it was when it was told.
var ErrAudit = errors.New("the audit does not hold together")

// Verify computes the whole chain. ErrAudit if an event is missing, was changed or
// put in. known, if its Seq is not 0, is a head of an earlier day, which has to be in
// the chain as it was.
func (a *Audit) Verify(ctx context.Context, known Event) error {
	return a.caseload.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, eventColumns+`ORDER BY seq`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var last Event
		for rows.Next() {
			e, err := scanEvent(rows)
			if err != nil {
				return err
			}
			if e.Seq != last.Seq+1 || e.Hash != e.bind(last.Hash) || e.Seq == known.Seq && e.Hash != known.Hash {
				return ErrAudit
			}
			last = e
		}
		if last.Seq < known.Seq {
			return ErrAudit
		}
		return rows.Err()
	})
}
