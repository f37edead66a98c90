// Package practice holds what a practitioner keeps in a practice vault: the
// caseload, and of every case the record, the process notes and the safety records.
//
// # Policy
//
// Everything is stored in the drawer of its audience, as at home; here all drawers
// are one person's, and what keeps them apart is what opens them. The practice
// drawer opens with the session. It holds an index of the cases (codes and dates, no
// text of any note) and the keys of their drawers. The key of a record lies in it as
// it is. Those of the apart drawers, which are the process drawer of a case, the
// safety drawer of each member and that of the case itself, are wrapped under the
// step-up secret of the practitioner's seat: without the passphrase, typed once more
// ([Practice.StepUp]), nothing that a session has opens them. So they cannot slip
// into a search, an export or a list of the record, whatever a page does.
//
// The apart drawers of a case are made with it, and a member's with the member, so
// that their being there says nothing about anybody.
//
// Safety goes before policy: what a person said about being afraid is never kept
// from being written down because a paper was not signed. All other individual input
// waits until that person has signed the very policy that says what may become of it.
//
// # What is one, and what is two
//
// The record is the truth about a case; the practice drawer holds an index of it for
// the pages that show all cases. An act that touches both marks the case in the
// practice drawer first, then writes the record, then the index and takes the mark
// away. Opening the practice finds the mark of an act that was cut off and makes the
// index anew. In the same first step the act is told to the audit, so that nothing is
// done untold; what a crash cut off is told and not done.
//
// A drawer that is being made or destroyed is named as doomed in the practice drawer
// before its file is touched, and opening the practice finishes what was cut off.
//
// No method answers with a value that was computed from two people's answers, and
// none compares them; [Progress.Released] gives what both chose to release, side by
// side, and nothing else of two people at once.
//
// "Saved" means on disk: every method that changes something returns after the commit
// is synced.
package practice
