package portable

import (
	"context"
	"errors"
	"maps"
	"time"
)

// The formats that Open reads; Formats lists them.
const (
	DayOne      = "dayone"
	Jrnl        = "jrnl"
	Markdown    = "markdown"
	RedNotebook = "rednotebook"
	Ebb         = "ebb"
)

// JSON is what Ebb is called on the way out.
const JSON = "json"

// Caps, all checked before the memory is taken.
const (
	// MaxSource is the most bytes of text (JSON after unpacking, or all files
	// of a folder together) that one import reads.
	MaxSource = 512 << 20
	// MaxText is the longest text of one entry from elsewhere, in bytes of
	// UTF-8: some three hundred printed pages.
	MaxText = 1 << 20
	// MaxOwnText is the longest text of one entry in a file that Ebb exported.
	// It is as much as a journal keeps, so that every export comes back.
	MaxOwnText = 4 << 20
	// MaxTags is the most tags, and the most moods, that one entry from elsewhere
	// keeps.
	MaxTags = 64
	// MaxTag is the longest tag or mood word of an entry from elsewhere, in bytes
	// of UTF-8.
	MaxTag = 128
)

// An Entry is one journal entry on its way between two programs.
type Entry struct {
	// SourceID names the entry for ever: importing it a second time gives the
	// same id. At most 256 bytes of printable ASCII.
	SourceID string
	// Text is Markdown in UTF-8 without NUL, lines ending in \n.
	Text string
	// Moods and Tags are words in the author's order, without repetition.
	Moods, Tags []string
	// Written is the moment that the entry is about, in UTC.
	Written time.Time
	// Zone is the IANA name of the place's time zone, or "" where the source
	// does not say.
	Zone string
	// LocalDate is the calendar day at that place, YYYY-MM-DD.
	LocalDate string
	// AllDay says that the time of day means nothing.
	AllDay  bool
	Starred bool
	// Created and Edited are zero where the source does not say.
	Created, Edited time.Time
}

// A Problem says what became of one entry that could not be taken in as it is.
type Problem struct {
	// Position counts the source's entries (or text files) from 1.
	Position int
	// Reason is a clause in plain words, such as "has no text", that follows
	// "entry 13 …". It holds nothing private.
	Reason string
	// Key is the reason's stable name, such as "no-text", for a catalogue of
	// translations. ReasonKeys lists all.
	Key string
	// Kept is true if the entry was taken in all the same and only a part of
	// it was not understood.
	Kept bool
}

// Left counts what stays behind, by kind. The kinds are the Left… constants.
type Left map[string]int

// The kinds that Left counts.
const (
	LeftPhotos      = "photos"
	LeftVideos      = "videos"
	LeftAudio       = "audio"
	LeftPDFs        = "pdfs"
	LeftLocations   = "locations"
	LeftWeather     = "weather"
	LeftActivities  = "activities"  // steps, workouts, "walking"
	LeftMusic       = "music"       // what was playing
	LeftSuggestions = "suggestions" // cards that a phone proposed
	LeftFields      = "fields"      // front matter that Ebb has no place for
	LeftFiles       = "files"       // files that are not text
	LeftOthers      = "others"      // text files that do not belong to the journal
	LeftLinks       = "links"       // symbolic links, which are not followed
)

func (l Left) add(kind string, n int) {
	if n > 0 {
		l[kind] += n
	}
}

func (l Left) addAll(other Left) {
	for kind, n := range other {
		l.add(kind, n)
	}
}

// A Source gives the entries of one import in the source's own order.
type Source interface {
	// Next returns the next entry, io.EOF after the last, or an error after
	// which nothing more can be read. Entries that cannot be taken in are
	// passed over and stand in Problems.
	Next(ctx context.Context) (Entry, error)
	// Total is the number of entries that Next and Problems will account for,
	// or -1 if it is not known.
	Total() int
	// Left and Problems tell what has been met so far; they are complete after
	// io.EOF.
	Left() Left
	Problems() []Problem
	Close() error
}

// Errors that a caller may tell apart.
var (
	// ErrFormat: the file is not of the format that it was opened as.
	ErrFormat = errors.New("this file is not of that format")
	// ErrNewer: a newer Ebb made the file.
	ErrNewer = errors.New("this file was made by a newer Ebb")
	// ErrDamaged: the file breaks off or cannot be read to its end.
	ErrDamaged = errors.New("the file is damaged")
	// ErrTooLarge: there is more than MaxSource to read.
	ErrTooLarge = errors.New("this is larger than Ebb takes in at once (512 MiB of text)")
	// ErrLocked: the zip asks for a password.
	ErrLocked = errors.New("the zip is locked with a password; unpack it first")
	// ErrEncrypted: the journal is encrypted by the program that wrote it.
	ErrEncrypted = errors.New("the journal is encrypted; decrypt it first")
	// ErrNotEmpty: there is something at the place to export to.
	ErrNotEmpty = errors.New("there is already something in that place; choose a new folder")
)

// ledger is what every source keeps beside its reading.
type ledger struct {
	left     Left
	problems []Problem
}

func newLedger() ledger { return ledger{left: Left{}} }

// Left returns a copy, so that a caller cannot change the count.
func (l *ledger) Left() Left { return maps.Clone(l.left) }

// Problems returns a copy.
func (l *ledger) Problems() []Problem { return append([]Problem(nil), l.problems...) }

func (l *ledger) refuse(position int, reason string) {
	l.problems = append(l.problems, Problem{Position: position, Reason: reason, Key: reasonKeys[reason]})
}

func (l *ledger) note(position int, reason string) {
	l.problems = append(l.problems, Problem{Position: position, Reason: reason, Key: reasonKeys[reason], Kept: true})
}
