package casework

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Ids of the documents, which are their names in a vault.
const (
	PolicyOpen         = "policy-open"         // what is told alone may come into joint work
	PolicyLimited      = "policy-limited"      // it stays private, unless it makes joint work dishonest
	PolicyConfidential = "policy-confidential" // it stays alone
	ExercisesConsent   = "exercises"           // to taking part in exercises; at home it has the same name
	IndividualInput    = "individual-input"    // to what is given to the practitioner alone
)

// Kinds of documents.
const (
	Policy  = "policy"  // one of three is chosen for a case, and each person signs it
	Consent = "consent" // to one thing
)

// A Document is a text that one person signs alone, and can take back alone.
type Document struct {
	ID   string `toml:"id"`
	Kind string `toml:"kind"` // Policy or Consent
	// Version counts up with every change of Text.
	Version int    `toml:"version"`
	Title   string `toml:"title"`
	Summary string `toml:"summary"` // in plain words, read first
	Parts   []Part `toml:"part"`    // the full text; in a policy with the limits
	// Stops are what ends when somebody takes it back, each in a few words.
	Stops []string `toml:"stops"`
}

// A Part of a text, under a heading.
type Part struct {
	ID      string `toml:"id"`
	Heading string `toml:"heading"`
	Text    string `toml:"text"`
}

// Limits are the ids of the parts that every policy has, whatever else it promises
// (care.md, 15).
var Limits = []string{"danger", "protection", "court", "supervision", "outside", "safety", "ending"}

// Text is the whole of what is signed, as it is printed, kept and hashed: the title,
// the summary, every part under its heading, and what stops when it is taken back. It
// is the same for both language levels, since all of it is plain. It has no space at
// its ends, so a vault that trims what it keeps has the same hash.
func (d *Document) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nIn short: %s\n", d.Title, d.Summary)
	for _, p := range d.Parts {
		fmt.Fprintf(&b, "\n%s\n%s\n", p.Heading, p.Text)
	}
	b.WriteString("\nWhat stops when you take it back\n")
	for _, s := range d.Stops {
		fmt.Fprintf(&b, "- %s\n", s)
	}
	return strings.TrimSpace(b.String())
}

// Hash names the very text, by SHA-256 of [Document.Text] in UTF-8.
func (d *Document) Hash() [32]byte { return sha256.Sum256([]byte(d.Text())) }

// check reports what a document lacks beyond empty texts.
func (d *Document) check() error {
	var problems []error
	ids := make([]string, len(d.Parts))
	for i, p := range d.Parts {
		ids[i] = p.ID
	}
	problems = append(problems, unique(d.ID+".part", ids))
	needed := []string{"back"}
	switch d.Kind {
	case Policy:
		needed = append(append(needed, "client", "alone", "record"), Limits...)
	case Consent:
	default:
		problems = append(problems, fmt.Errorf("%s: kind has a value that is not known", d.ID))
	}
	for _, id := range needed {
		if !slices.Contains(ids, id) {
			problems = append(problems, fmt.Errorf("%s has no part %q", d.ID, id))
		}
	}
	return errors.Join(problems...)
}

// Document returns the document with the id, or nil.
func (c *Casework) Document(id string) *Document {
	for i := range c.Documents {
		if c.Documents[i].ID == id {
			return &c.Documents[i]
		}
	}
	return nil
}
