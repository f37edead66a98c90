// Package home holds what is kept in a home vault: the people who share it, each
// one's private journal, and the lines they chose to share.
//
// # Policy
//
// Everything is stored in the drawer of its audience. The journal, its drafts,
// its search index and a person's settings lie in that person's private drawer;
// profiles and shared lines lie in a shared drawer. Releasing a sentence copies
// it, by its author, into the shared drawer; the entry it came from stays where
// it is and cannot be found from there.
//
// "Saved" means on disk: every method that changes something returns after the
// commit is synced, and the page says "Kept." only then.
//
// What a person discards is gone when it can no longer be undone (in the window
// after ten seconds), from the index too, and at the latest when the vault is
// locked or next opened.
//
// Texts are stored as they were typed, in Unicode, whatever characters they
// hold. Showing them harmlessly is the renderer's duty.
package home
