package portable

import (
	"maps"
	"slices"
)

// Reasons, as clauses that follow "entry 13 …". They are fixed texts: nothing
// of an entry can slip into one.
const (
	reasonTooLarge   = "is longer than Ebb takes in"
	reasonBroken     = "cannot be read: its JSON is broken"
	reasonYAML       = "cannot be read: its YAML is broken"
	reasonKind       = "holds something else where an entry belongs"
	reasonText       = "holds something else where its text belongs"
	reasonNoText     = "has no text"
	reasonOnlyMedia  = "has no text, only what Ebb does not take in"
	reasonDate       = "has a date that cannot be read"
	reasonNoDate     = "stands in front of the first date"
	reasonRepeated   = "stands there a second time"
	reasonUnreadable = "cannot be opened"
	reasonFolder     = "is a folder that cannot be opened"
	reasonNotText    = "is not a text file"
	reasonNewer      = "was made by a newer Ebb"
)

// Notes are the reasons of problems that did not cost the entry.
const (
	noteZone    = "names a time zone that is not known; its day is counted in UTC"
	noteField   = "has a mark or tag that cannot be read"
	noteTags    = "has more or longer tags than Ebb keeps"
	noteRich    = "has formatting that cannot be read; its words are kept"
	noteLetter  = "has letters that cannot be read"
	noteWestern = "is not in UTF-8; it was read as Western European"
	noteFront   = "has front matter that cannot be read; it stands in the text"
	noteWhen    = "has a date that cannot be read; the file's date is used"
	noteOrder   = "has a date that can be read in two ways"
)

var reasonKeys = map[string]string{
	reasonTooLarge:   "too-large",
	reasonBroken:     "broken",
	reasonYAML:       "broken-yaml",
	reasonKind:       "not-an-entry",
	reasonText:       "not-a-text",
	reasonNoText:     "no-text",
	reasonOnlyMedia:  "only-media",
	reasonDate:       "date",
	reasonNoDate:     "no-date",
	reasonRepeated:   "repeated",
	reasonUnreadable: "unreadable",
	reasonFolder:     "unreadable-folder",
	reasonNotText:    "not-a-text-file",
	reasonNewer:      "newer",
	noteZone:         "zone",
	noteField:        "field",
	noteTags:         "tags",
	noteRich:         "rich-text",
	noteLetter:       "letters",
	noteWestern:      "western",
	noteFront:        "front-matter",
	noteWhen:         "file-date",
	noteOrder:        "date-order",
}

// ReasonKeys lists the keys of every reason there is, in order, so that a test
// can see whether a catalogue has them all.
func ReasonKeys() []string { return slices.Sorted(maps.Values(reasonKeys)) }
