// Package keys reads and writes the key file of a vault: who may open what.
//
// A passphrase opens one of sixteen slots, the slot holds a random seed, and
// the seed opens that person's ring: the keys of the drawers that are theirs to
// read. Nobody's ring can be opened with anything that another person has, so
// who can read a drawer is decided here, by keys, and by no later check.
// Somebody who is away receives a new shared key through their inbox, sealed to
// their public key.
//
// A seat lives through its own changes: its recovery words ([Seat.NewRecovery]), a
// change of passphrase ([Seat.Change]), new keys for what it shares ([Seat.Rekey])
// and its end ([Seat.Leave]). Each is one write of the file. The files of drawers
// are the caller's, who names a new one with [Ring.Prepare] and saves before
// building it, so that whatever a crash leaves is known for what it is.
//
// What the package promises:
//   - One Argon2id evaluation per attempt, whatever is right or wrong with the
//     passphrase, and parameters out of bounds are refused before memory is
//     allocated for them.
//   - The file has one size for ever, and two copies inside: a write that was
//     interrupted anywhere leaves the old state or the new one, and [Open] mends
//     the other copy.
//   - Nothing that another person wrote into the file is believed unless a key
//     that only the members share vouches for it. What cannot be vouched for is
//     left alone and told in neutral words as a [Notice].
//
// What it does not promise: everybody with the file can guess at passphrases
// offline, can count how many bytes changed between two copies of it, and can
// destroy it. A whole file replaced by an older one opens as the older one. The
// whitening hides the file from a statistic of its bytes, and from nobody else.
//
// The bytes are described in vault/FORMAT.md, "The key file" and "Joining"; the
// reasons in the design paper on the vault.
package keys
