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
)

// Policies are the three policies on secrets. A case has one of them.
var Policies = []string{PolicyOpen, PolicyLimited, PolicyConfidential}

// A Document is a text that people sign, in one version, which is never changed.
type Document struct {
	Name     string
	Version  int    // from 1
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
	d := Document{Name: name, Version: 1, Language: language, Level: level, Text: text, Hash: sha256.Sum256([]byte(text)), Issued: r.today()}
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
	return d, r.caseload.Update(ctx, func(tx *drawer.Tx) error { return d.put(ctx, tx) })
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
