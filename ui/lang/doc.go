// Package lang holds every word that a person reads in Ebb's window or from one
// of its commands, so that a translator never opens a Go file and so that the
// wording is tested like code.
//
// # Catalogues
//
// A language is a folder named by its BCP 47 tag (en), an area of the program a
// TOML file in it, and a file's name is the first part of all its keys:
// en/journal.toml holds journal.empty.title and nothing of the check-in.
//
//	[journal.empty]
//	title = "Nothing here yet"
//
//	[journal.kept]
//	line = "Kept on {{.Date}}. Only you can see this."
//
//	[journal.found]
//	one   = "{{.Count}} entry"
//	other = "{{.Count}} entries"
//
// A table made of plural categories (zero, one, two, few, many, other; see
// https://cldr.unicode.org/index/cldr-spec/plural-rules) with at least "other"
// is one text with a number in it. A text has fields such as {{.Date}} and no
// other template actions: a translator meets names, not a language to program.
// Key parts are lower-case letters, digits and hyphens.
//
// # Use
//
// [T] gives a plain text, [F] one with fields, [N] one that bends with a count.
// Keys are string literals (or constants of the calling package): a test reads
// the whole tree, refuses a key that no catalogue has, a text that nobody shows,
// and fields that do not meet. Where a key's last part is known only at run time
// (the moods, say), [Dynamic] names the family that it belongs to.
//
// A mistake that slips through still shows: an unknown key comes back as
// [[journal.empty.title]].
//
// # Wording
//
// The wording test over these catalogues and the exercises applies the rules of
// Ebb's voice: words that count, chase, score or blame are refused, so are words
// that guess a partner's gender, and the reading level is measured.
package lang
