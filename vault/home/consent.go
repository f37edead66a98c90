package home

import (
	"context"
	"errors"

	"ebb/vault/drawer"
)

// Decision is what a person decided about a document.
type Decision string

// The decisions. Not having decided is as good as having withdrawn.
const (
	Given     Decision = "given"
	Withdrawn Decision = "withdrawn"
)

// A ConsentRecord is one decision of this person's, as they can read it again.
type ConsentRecord struct {
	Document Document // without texts if they were not kept
	Hash     [32]byte // of the text
	Decision Decision
	Day      string // YYYY-MM-DD
}

// Consents are one person's own decisions. Nobody else's can be read here, and
// nobody else can read these.
type Consents struct {
	private kept
	menu    *Menu
	today   func() string
}

// Exercises returns the document about doing exercises that is in force now.
func (c *Consents) Exercises(ctx context.Context) (Document, error) {
	return c.menu.consentDocument(ctx)
}

// Decide records a decision about a document, and keeps its text for this person.
// Withdrawing counts at once.
func (c *Consents) Decide(ctx context.Context, d Document, decision Decision) error {
	hash := d.Hash()
	return c.private.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO consent_text (hash, title, summary, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			hash[:], d.Title, d.Summary, d.Text); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO consent (document, version, hash, decision, day) VALUES (?, ?, ?, ?, ?)`,
			d.Name, d.Version, hash[:], decision, c.today())
		return err
	})
}

// Withdraw takes back what this person last agreed to of a document, whichever version
// it was, and counts at once. Where nothing is agreed to, it does nothing.
func (c *Consents) Withdraw(ctx context.Context, name string) error {
	return c.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO consent (document, version, hash, decision, day)
			SELECT document, version, hash, ?2, ?3 FROM (SELECT * FROM consent WHERE document = ?1 ORDER BY seq DESC LIMIT 1) WHERE decision = ?4`,
			name, Withdrawn, c.today(), Given)
		return err
	})
}

// InForce reports whether this person's consent to this very text is in force: to a
// newer version, or an older one, it says nothing.
func (c *Consents) InForce(ctx context.Context, d Document) (in bool, err error) {
	err = c.private.View(ctx, func(tx *drawer.Tx) error {
		in, err = consentedIn(ctx, tx, d)
		return err
	})
	return in, err
}

// History returns all of this person's decisions, the latest first.
func (c *Consents) History(ctx context.Context) (all []ConsentRecord, err error) {
	err = c.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT c.document, c.version, c.hash, c.decision, c.day,
			coalesce(t.title, ''), coalesce(t.summary, ''), coalesce(t.text, '')
			FROM consent c LEFT JOIN consent_text t ON t.hash = c.hash ORDER BY c.seq DESC`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r ConsentRecord
			var hash []byte
			d := &r.Document
			if err := rows.Scan(&d.Name, &d.Version, &hash, &r.Decision, &r.Day, &d.Title, &d.Summary, &d.Text); err != nil {
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
// a document was to consent, and to this very text.
func consentedIn(ctx context.Context, tx *drawer.Tx, d Document) (bool, error) {
	var last Decision
	var version int
	var of []byte
	err := notFound(tx.QueryRow(ctx, `SELECT decision, version, hash FROM consent WHERE document = ? ORDER BY seq DESC LIMIT 1`, d.Name).Scan(&last, &version, &of))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	hash := d.Hash()
	return last == Given && version == d.Version && string(of) == string(hash[:]), err
}
