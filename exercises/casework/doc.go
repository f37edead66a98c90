// Package casework holds the texts of a practitioner's office: what people there are
// asked to agree to, what a practitioner asks alone, the headings of notes, the papers
// that are handed out, and what is said when a case is destroyed. It stores nothing and
// shows nothing.
//
// # Where it lies, and why
//
// These are texts with rules, versions, sources and a review that is awaited, as the
// exercises are, and not words of the window: so they lie in the exercises' room and
// not in ui/lang, and the office's storage may read them without knowing a screen. It
// is a package of its own because a home has no use for any of it. It bears another
// name than vault/practice and ui/practice because one file often needs two of them.
//
// # Policy
//
// What a person signs has a version and a hash of its very text ([Document.Hash]).
// Whoever changes such a text counts its version up, and everybody is asked again.
//
// Nothing here is scored: no type that holds questions has a field for a number, and
// nothing leads from answers to a recommendation. What to do is judged by a person.
//
// Texts about the law are templates to be edited, marked as such in each
// ([Jurisdiction.Mark]), and no advice.
//
// A file whose name begins with "practice-" is read by practitioners; all others are
// read by the people who come to them, and have to be as plain as everything that
// couples read.
//
// The words are our own. The authors and years beside them say whose findings were
// used; nobody named has endorsed anything, and every text waits for a clinical, and
// where it touches the law for a legal, review (REVIEW.md).
package casework
