package practice

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"ebb/vault/drawer"
)

// Names of the documents that the program knows. A practitioner may have others.
const (
	PolicyOpen         = "policy-open"         // no secrets (content.md, Text 1)
	PolicyLimited      = "policy-limited"      // Text 2
	PolicyConfidential = "policy-confidential" // individual-confidential, Text 3
	ExercisesConsent   = "exercises"           // Text 4
	IndividualInput    = "individual-input"    // to what one person gives to the practitioner alone; asked for where it was put before them
)

// firstExercises is the number of the first text about exercises that a practice puts in
// use. A home has a text of its own under that name, which is version 1: so a number
// never means two texts there, and what comes from an office takes the place of the
// home's. From then on the practice's numbers count in both.
const firstExercises = 2

// firstVersion is where the versions of a document begin.
func firstVersion(name string) int {
	if name == ExercisesConsent {
		return firstExercises
	}
	return 1
}

// Policies are the three policies on secrets. A case has one of them.
var Policies = []string{PolicyOpen, PolicyLimited, PolicyConfidential}

// A Document is a text that people sign, in one version, which is never changed.
type Document struct {
	Name     string
	Version  int    // from 1; from 2 for [ExercisesConsent]
	Language string // such as "en"
	Level    string // Plain or Full
	Text     string
	Hash     [32]byte // SHA-256 of the text
	Issued   string   // YYYY-MM-DD
}

// Documents are the texts of the practice, from which each case takes its own copies:
// what somebody signed stays readable in their case, whatever is issued later.
type Documents struct {
	caseload store
	audit    func(context.Context, event) error
	today    func() string
}

func scanDocument(row scanner) (d Document, err error) {
	var hash []byte
	err = row.Scan(&d.Name, &d.Version, &d.Language, &d.Level, &d.Text, &hash, &d.Issued)
	copy(d.Hash[:], hash)
	return d, err
}

const documentColumns = `SELECT name, version, language, level, text, hash, issued_on FROM document `

// Publish issues a text as the next version of a document and returns it. A text that
// is the current version already is not issued again.
func (r *Documents) Publish(ctx context.Context, name, language, level, text string) (Document, error) {
	if err := lines(MaxName, &name, &language); err != nil {
		return Document{}, err
	}
	if err := texts(&text); err != nil {
		return Document{}, err
	}
	if text = strings.TrimSpace(text); !seen(text) || !seen(name) {
		return Document{}, ErrEmpty
	}
	if err := among(level, Plain, Full); err != nil {
		return Document{}, err
	}
	d := Document{Name: name, Version: firstVersion(name), Language: language, Level: level, Text: text, Hash: sha256.Sum256([]byte(text)), Issued: r.today()}
	current, err := r.Current(ctx, name)
	switch {
	case err == nil && current.Hash == d.Hash && current.Language == d.Language && current.Level == d.Level:
		return current, nil
	case err == nil:
		d.Version = current.Version + 1
	case !errors.Is(err, ErrNotFound):
		return Document{}, err
	}
	if err := r.audit(ctx, event{verb: Made, class: ClassDocument}); err != nil {
		return Document{}, err
	}
	return d, r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM document_draft WHERE name = ?`, name); err != nil {
			return err
		}
		return d.put(ctx, tx)
	})
}

func (d *Document) put(ctx context.Context, tx *drawer.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO document (name, version, language, level, text, hash, issued_on) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		d.Name, d.Version, d.Language, d.Level, d.Text, d.Hash[:], d.Issued)
	return err
}

// Current returns the latest version of a document, or ErrNotFound.
func (r *Documents) Current(ctx context.Context, name string) (Document, error) {
	return one(ctx, r.caseload, scanDocument, documentColumns+`WHERE name = ? ORDER BY version DESC LIMIT 1`, name)
}

// All returns every version of every document, the latest of each first.
func (r *Documents) All(ctx context.Context) ([]Document, error) {
	return list(ctx, r.caseload, scanDocument, documentColumns+`ORDER BY name, version DESC LIMIT ?`, MostRows)
}

// SaveDraft keeps what is being written of the next version of a document, until that is
// published or [Documents.DropDraft] forgets it. It is in force nowhere.
func (r *Documents) SaveDraft(ctx context.Context, name, text string) error {
	if err := errors.Join(lines(MaxName, &name), texts(&text)); err != nil {
		return err
	}
	if !seen(name) {
		return ErrEmpty
	}
	return r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO document_draft (name, text) VALUES (?, ?)`, name, text)
		return err
	})
}

// Draft returns what is being written of the next version, or ErrNotFound.
func (r *Documents) Draft(ctx context.Context, name string) (string, error) {
	return one(ctx, r.caseload, scanOf[string], `SELECT text FROM document_draft WHERE name = ?`, name)
}

// DropDraft forgets what was being written; ErrNotFound if nothing was.
func (r *Documents) DropDraft(ctx context.Context, name string) error {
	return r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM document_draft WHERE name = ?`, name))
	})
}
