// Package drawer keeps one encrypted SQLite database: a drawer of a vault.
//
// A drawer is two files, the main file and its log beside it. Every byte of both
// looks random, whatever they hold and however much; whoever has the drawer's
// [Key] and [ID] opens it, and nobody else can read it or change it unnoticed.
// [Create] makes one, [Open] opens it, [Drawer.View] and [Drawer.Update] run
// transactions, and [Drawer.Close] leaves it in order.
//
// What the package promises:
//   - When Update returns nil, the transaction is on the device. A crash, a kill
//     or a power cut at any instant loses no such transaction and shows at most
//     the one that was under way, whole or not at all.
//   - Whatever is read is what was written here: a page that was changed, moved,
//     put back to an earlier version or cut off is an error, [ErrDamaged]: from
//     Open, or, after a clean Close, from what reads the page and from Check. What
//     one copy of the state lost, the other mends; [Drawer.Repairs] tells.
//   - Nothing is written to a disk unsealed, and no other file is made: no
//     journal, no temporary file, no shared memory.
//   - Deleted text does not stay: SQLite zeroes it, a clean Close overwrites the
//     log, and what the main file gives up is overwritten with random bytes.
//
// What it does not promise: both files replaced together by an older copy open as
// that older copy ([Drawer.Sequence] lets a caller notice). After a crash, damage
// to the last records of the log looks like a transaction that was cut off.
//
// How it works: SQLite, as it comes with mattn/go-sqlite3, does its reading and
// writing through a small VFS of ours (vfs.c). store.go seals and opens pages,
// log.go the frames of the write-ahead log; order.go holds the rules about what
// is on the device before what, state.go the two slots that say where things
// stand, load.go what is checked before SQLite sees anything, and table.go what
// makes that quick after a clean Close. The bytes are
// described in vault/FORMAT.md, "A drawer"; the reasons in the design paper on
// the vault.
package drawer
