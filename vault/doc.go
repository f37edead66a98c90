// Package vault opens and closes a vault: a folder of encrypted drawers and
// one key file.
//
// # Policy
//
// An audience is a drawer, and a drawer is a key. Who can read something is
// decided once, by the drawer it is stored in, and never by a check in a screen.
// A [Session] is what one passphrase opens: that person's ring of drawer keys,
// and nothing of anybody else's.
//
// A vault can be in three conditions in this program:
//
//   - a folder on disk, of which [Inspect] tells only what anybody may know;
//   - a [Vault], opened by [Open]: the folder's process lock is held, leftovers
//     of a crash are evened out, nothing is decrypted;
//   - a [Session], made by [Vault.Unlock]: one person's drawers, opened when
//     first asked for, until [Session.Lock].
//
// An invitation ([Session.Invite]) is a one-time code in a slot of its own. It
// is typed into the same passphrase field as everything else and yields an
// [Invitation], which admits one new person and opens nothing that was there.
// Nobody ever makes, resets or removes another's passphrase.
//
// # Changes of a seat
//
// A person may make recovery words ([Session.NewRecovery]), change their passphrase
// ([Session.ChangePassphrase]), give what is shared a new key ([Session.Rekey]) and
// leave ([Session.Leave]). None of it takes anything from anybody else. Drawers are
// copied under new keys while nothing can be written to them, and one write of the
// key file makes the copies count: a crash leaves the old or the new, and a file
// that is left over is known for one by its owner's ring, and destroyed by
// [Session.Settle]. After a change a session goes on; [Session.Private] and
// [Session.Circle] give the drawers that are in use then.
//
// # Drawers of a practice
//
// A practice has thousands of drawers, which no ring could name. Their keys lie in the
// practice drawer, and the room that keeps them there says which a session opens
// ([Entrusted], [Session.Entrust]). What is not to be opened by the session alone has
// its key wrapped under the second compartment of the seat ([Session.StepUp]).
//
// # What the folder shows
//
// All drawers of a home vault and their logs are kept at one size and, at every
// lock, one modification time, whether or not their owners wrote anything
// (see drawer.Even). Those of a practice's cases keep size classes of their own, and
// share the time: how many there are, and how much the larger ones hold, can be seen.
// File names are random. The on-disk format is specified
// in FORMAT.md beside this file.
//
// The package knows nothing of journals or people: package home brings the
// schemas of its drawers ([Schemas]) and is handed opened drawers.
package vault
