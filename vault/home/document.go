package home

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// ExercisesConsent is the document without which no exercise starts that needs
// openings.
const ExercisesConsent = "exercises"

// A Document is a text that a person can consent to, in one version.
type Document struct {
	Name    string // such as ExercisesConsent
	Version int    // from 1
	Title   string
	Summary string // in plain words, read first
	Text    string
}

// MaxDocument is how long any text of a document can be, in bytes.
const MaxDocument = 64 << 10

// ErrNotDocument: what was to be issued lacks a text, has one that is too long, or is a
// document that nobody is asked about.
var ErrNotDocument = errors.New("this is not a document that can be agreed to")

// Hash names the very text.
func (d Document) Hash() [32]byte { return sha256.Sum256([]byte(d.Text)) }

func (d Document) check() error {
	if d.Name != ExercisesConsent || d.Version < 1 {
		return ErrNotDocument
	}
	for _, text := range []string{d.Title, d.Summary, d.Text} {
		if strings.TrimSpace(text) == "" || len(text) > MaxDocument {
			return ErrNotDocument
		}
	}
	return nil
}

// consentDocument returns the document about doing exercises that is in force: the
// program's own, or the latest that was issued.
func (m *Menu) consentDocument(ctx context.Context) (Document, error) {
	own := m.library.Texts().Consent
	latest := Document{ExercisesConsent, own.Version, own.Title, own.Summary, own.Text}
	err := m.everyCircle(ctx, func(tx *drawer.Tx) error {
		found := Document{Name: ExercisesConsent}
		err := notFound(tx.QueryRow(ctx, `SELECT version, title, summary, text FROM document WHERE name = ? ORDER BY version DESC LIMIT 1`, found.Name).
			Scan(&found.Version, &found.Title, &found.Summary, &found.Text))
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err == nil && found.Version > latest.Version && found.check() == nil {
			latest = found
		}
		return err
	})
	return latest, err
}

// Issue puts a version of a document before everybody here, as a practitioner worded
// it. From then on, consent to an earlier version counts no more. A version that is
// there already stays as it is, and one that is not later than the one in force changes
// nothing: versions may come in any order and more than once.
func (m *Menu) Issue(ctx context.Context, d Document) error {
	if m.shared.err != nil {
		return m.shared.err
	}
	if err := d.check(); err != nil {
		return err
	}
	return m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error { return issueIn(ctx, tx, d, m.today()) })
}

func issueIn(ctx context.Context, tx *drawer.Tx, d Document, today exercises.Day) error {
	_, err := tx.Exec(ctx, `INSERT INTO document (name, version, title, summary, text, since) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		d.Name, d.Version, d.Title, d.Summary, d.Text, today.String())
	return err
}
