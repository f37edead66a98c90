package home

import (
	"context"
	"crypto/sha256"
	"errors"

	"ebb/vault/drawer"
)

// ExercisesConsent is the document without which no exercise starts that needs
// openings.
const ExercisesConsent = "exercises"

// A Document is a text that a person can consent to, in one version.
type Document struct {
	Name    string // such as ExercisesConsent
	Version int    // from 1
	Summary string // in plain words, read first
	Text    string
}

// Hash names the very text.
func (d Document) Hash() [32]byte { return sha256.Sum256([]byte(d.Text)) }

// Decision is what a person decided about a document.
type Decision string

// The decisions. Not having decided is as good as having withdrawn.
const (
	Given     Decision = "given"
	Withdrawn Decision = "withdrawn"
)

// A ConsentRecord is one decision of this person's, as they can read it again.
type ConsentRecord struct {
	Document string
	Version  int
	Hash     [32]byte
	Decision Decision
	Day      string // YYYY-MM-DD
}

// Consents are one person's own decisions. Nobody else's can be read here, and
// nobody else can read these.
type Consents struct {
	private kept
	today   func() string
}

// Decide records a decision about a document. Withdrawing counts at once.
func (c *Consents) Decide(ctx context.Context, d Document, decision Decision) error {
	hash := d.Hash()
	return c.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent (document, version, hash, decision, day) VALUES (?, ?, ?, ?, ?)`,
			d.Name, d.Version, hash[:], decision, c.today())
		return err
	})
}

// InForce reports whether this person's consent to this very text is in force: to a
// newer version, or an older one, it says nothing.
func (c *Consents) InForce(ctx context.Context, d Document) (in bool, err error) {
	hash := d.Hash()
	err = c.private.View(ctx, func(tx *drawer.Tx) error {
		var last Decision
		var of []byte
		err := notFound(tx.QueryRow(ctx, `SELECT decision, hash FROM consent WHERE document = ? ORDER BY seq DESC LIMIT 1`, d.Name).Scan(&last, &of))
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		in = last == Given && string(of) == string(hash[:])
		return err
	})
	return in, err
}

// History returns all of this person's decisions, the latest first.
func (c *Consents) History(ctx context.Context) (all []ConsentRecord, err error) {
	err = c.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT document, version, hash, decision, day FROM consent ORDER BY seq DESC`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r ConsentRecord
			var hash []byte
			if err := rows.Scan(&r.Document, &r.Version, &hash, &r.Decision, &r.Day); err != nil {
				return err
			}
			copy(r.Hash[:], hash)
			all = append(all, r)
		}
		return rows.Err()
	})
	return all, err
}

// consentedIn reports from somebody's private drawer whether their last decision about
// a document was to give consent.
func consentedIn(ctx context.Context, tx *drawer.Tx, document string) (bool, error) {
	var last Decision
	err := notFound(tx.QueryRow(ctx, `SELECT decision FROM consent WHERE document = ? ORDER BY seq DESC LIMIT 1`, document).Scan(&last))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return last == Given, err
}
