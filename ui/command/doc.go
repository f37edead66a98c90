// Package command holds Ebb's subcommands: for scripts, administrators and
// recovery, beside the window.
//
// Every command that needs a passphrase asks for it on the terminal without echo,
// or reads the first line of --passphrase-file (- is standard input). backup and
// restore need none, because they copy what they cannot read; with one, backup reads
// the copy, too. A new passphrase may be left empty on the terminal: then Ebb makes one of six words
// and shows it there, once. join reads two lines, the code and the passphrase, and
// passphrase two, the one that opens the vault now and the new one. Recovery words
// open what the passphrase opens, in every command; they and one-time codes are all
// that is on standard output where they are made.
// check and repair with --apart read two lines, the passphrase and the passphrase once
// more: that is the second unlock of a practice, and what lies behind it is then looked
// at, too. export of a practice writes records and nothing of that.
// repair changes nothing without --at-checkpoint, and with it asks for a word first,
// unless --yes says so.
// Flags may stand before or after the arguments, and -- ends them. Nothing private
// is printed unless it was asked for.
//
// # Exit codes
//
//   - 0: done, and sound.
//   - 1: damage was found; what is lost is said.
//   - 2: the command could not run, or not to its end.
//   - 3: wrong passphrase.
//
// # For scripts
//
// info --json prints one object:
//
//	format        version of the on-disk format
//	drawers       number of drawer files, placeholders included
//	bytes         size of the folder's files
//	foreignFiles  number of files that Ebb did not make
//	kdfMemoryKiB, kdfPasses, kdfLanes
//	              what one guess at a passphrase costs (Argon2id)
//
// check --json prints one object:
//
//	sound       whether everything that could be checked is in order
//	entries     of the person's own journal: all, and lost (cannot be read); null
//	            if the damage is such that nobody can tell, and for a practice
//	drawers     a list, one object for each drawer that the passphrase opens:
//	            role (shared, private; practice, record, with --apart process and
//	            safety), pages and frames read, opened,
//	            problems (a list of English phrases; nothing private),
//	            atCheckpoint (it does not open, and repair --at-checkpoint helps)
//	notChecked  number of drawer files that the passphrase does not open, or not
//	            without the second unlock
//	notices     a list of names: what a person is told when the vault opens
//
// backup --json prints one object:
//
//	name     of the backup's folder
//	bytes    size of its files
//	removed  names of older backups that were removed
//	cleared  number of unfinished folders of earlier runs that were removed
//	checked  null without a passphrase, else as backup --verify
//
// backup --verify --json prints one object, and so does backup --drill --json:
//
//	name        of the backup's folder
//	sound       whether everything that could be checked is in order
//	drawers, notChecked
//	            as of check
//	missing     number of drawers that the passphrase opens and the backup has no
//	            files of
//	entries     --drill only: number of entries in the person's own journal, all read
//
// backup --list --json prints one object with one list, backups, the newest first:
//
//	name   of the backup's folder
//	vault  random digits, the same for all backups of one vault; empty if the key
//	       file cannot be read
//	bytes  size of its files
//	whole  false if something is missing or cut short, as far as that shows without
//	       a passphrase
//
// In all of them fields may be added in later versions; none changes its meaning.
package command
