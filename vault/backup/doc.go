// Package backup makes backups of a vault, checks them and restores them.
//
// A backup is a folder with the same files as the vault: key file, drawers, logs.
// It opens with the passphrases of the day it was made, and is of as little use to
// anybody else as the vault itself. Its name is the moment at which it was made,
// in UTC, and says nothing more:
//
//	2026-03-04T203005Z/
//	  keys  lock  3f9c0a77d2b14e68  3f9c0a77d2b14e68-wal …
//
// # What the package promises
//
//   - A folder of such a name is whole. It was written under another name
//     (….part), every file was put on the device, read back and compared with the
//     vault's byte for byte, and then it was renamed. What a kill or a full disk
//     leaves is never listed as a backup, and is removed by the next run.
//   - [Make] keeps the last one of each of the three latest days with a backup, and
//     of each of the four latest weeks before them. It removes nothing before the
//     new one is whole, nothing at all if a check of the new one finds damage, and
//     never anything that is not a backup of this very vault: the vault's id in the
//     key file tells.
//   - [Restore] makes a folder that was not there, whole or not at all.
//   - [Drill] proves a backup: it restores it into a private folder beside, opens
//     that with the passphrase, reads everything, and removes it again.
//
// # What it does not promise
//
// Nobody's keys are needed to make a backup, so what other people keep is compared
// and copied and cannot be read; [Verify] says how much it could and could not
// check. A disk that lies about what is on it is noticed only where the system
// lets us read past its cache. And a backup is made under the passphrases of its
// day: who changes theirs has to think of the older ones, too.
//
// The vault must be at rest while [Make] runs: closed, evened and under its process
// lock, as it is in vault.Session.LockThen, in vault.Session.AtRest, or between
// vault.Open and vault.Vault.Close.
package backup
