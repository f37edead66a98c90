package portable

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Ebb's own formats. The JSON of an export is one object:
//
//	{"format": "ebb-journal", "version": 1, "entries": [ … ]}
//
// with the two marks in front of the entries, and an entry is a record. In the
// Markdown of an export the same fields but the text are front matter. schema.json
// describes the JSON field by field and is written beside every export of it.
const (
	ownFormat  = "ebb-journal"
	ownVersion = 1
)

//go:embed schema.json
var schema []byte

// A record is one entry as Ebb writes it. Times are RFC 3339; written, created
// and edited are in UTC.
type record struct {
	ID        string   `json:"id"`
	Written   string   `json:"written"`
	Zone      string   `json:"zone,omitempty"`
	LocalDate string   `json:"localDate"`
	AllDay    bool     `json:"allDay,omitempty"`
	Starred   bool     `json:"starred,omitempty"`
	Moods     []string `json:"moods,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Created   string   `json:"created,omitempty"`
	Edited    string   `json:"edited,omitempty"`
	Text      string   `json:"text"`
}

// newRecord makes a record of an entry. Words that are not UTF-8 lose the bytes
// that are not, and NUL: an export must not fail for one letter.
func newRecord(e Entry) (record, error) {
	if !plausible(e.Written.UTC()) {
		return record{}, fmt.Errorf("its date is out of range")
	}
	r := record{
		ID: e.SourceID, Text: cleanUTF8(e.Text),
		Written: stamp(e.Written), Created: stamp(e.Created), Edited: stamp(e.Edited),
		Zone: cleanUTF8(e.Zone), LocalDate: cleanUTF8(e.LocalDate),
		AllDay: e.AllDay, Starred: e.Starred, Moods: ownWords(e.Moods), Tags: ownWords(e.Tags),
	}
	if !zoneName.MatchString(r.Zone) {
		r.Zone = ""
	}
	if !isDay(r.LocalDate) {
		r.LocalDate = dayOf(e.Written.In(lookUp(r.Zone).loc))
	}
	return r, nil
}

// ownWords tidies tags or moods of our own as a journal does. It has none of the
// caps that words from elsewhere have: whatever a journal holds comes back.
func ownWords(words []string) (kept []string) {
	seen := map[string]bool{}
	for _, word := range words {
		word = strings.Join(strings.Fields(cleanUTF8(word)), " ")
		if word != "" && !seen[word] {
			seen[word] = true
			kept = append(kept, word)
		}
	}
	return kept
}

func cleanUTF8(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// stamp writes a time, or "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// entry reads a record back. Texts come back byte for byte.
func (r record) entry(zones places) (e Entry, notes []string, reason string) {
	if len(r.Text) > MaxOwnText {
		return e, nil, reasonTooLarge
	}
	var err error
	if e.Written, err = instant(r.Written); err != nil {
		return e, nil, reasonDate
	}
	e.Text = cleanUTF8(r.Text)
	e.AllDay, e.Starred = r.AllDay, r.Starred

	there := zones.find(r.Zone)
	if r.Zone != "" && !there.ok {
		notes = append(notes, noteZone)
	}
	e.Zone = there.zone
	if e.LocalDate = r.LocalDate; !isDay(r.LocalDate) {
		e.LocalDate = dayOf(e.Written.In(there.loc))
		notes = append(notes, noteField)
	}
	for _, t := range []struct {
		from string
		to   *time.Time
	}{{r.Created, &e.Created}, {r.Edited, &e.Edited}} {
		if t.from == "" {
			continue
		}
		if *t.to, err = instant(t.from); err != nil {
			notes = append(notes, noteField)
		}
	}
	e.Moods, e.Tags = ownWords(r.Moods), ownWords(r.Tags)
	if e.SourceID = r.ID; !printableID(r.ID) {
		e.SourceID = fmt.Sprintf("ebb:sha256-%x", sha256.Sum256([]byte(r.ID+"\x00"+r.Written+"\x00"+r.Text)))
	}
	return e, notes, ""
}

// printableID tells whether an id keeps to what Entry.SourceID promises.
func printableID(id string) bool {
	if id == "" || len(id) > 256 {
		return false
	}
	for i := range len(id) {
		if id[i] < '!' || id[i] > '~' {
			return false
		}
	}
	return true
}

// ownRecord decodes one element of the JSON.
func ownRecord(raw []byte, zones places) (e Entry, notes []string, reason string) {
	if len(raw) == 0 || raw[0] != '{' {
		return e, nil, reasonKind
	}
	var r record
	strict := json.NewDecoder(strings.NewReader(string(raw)))
	strict.DisallowUnknownFields()
	if strict.Decode(&r) != nil {
		// A field that this Ebb does not know costs the field; anything else
		// costs the entry.
		r = record{}
		if json.Unmarshal(raw, &r) != nil {
			return e, nil, reasonBroken
		}
		notes = append(notes, noteField)
	}
	if !utf8.Valid(raw) {
		notes = append(notes, noteLetter)
	}
	e, more, reason := r.entry(zones)
	return e, append(notes, more...), reason
}

// ownEntry reads a Markdown file that Ebb wrote. The body is the text between
// one blank line and the line break that ends the file.
func ownEntry(f front, body, version string) (e Entry, fields int, notes []string, reason string) {
	if version != fmt.Sprint(ownVersion) {
		return e, 0, nil, reasonNewer
	}
	if strings.HasPrefix(body, "\r\n") { // another program has been here
		body = strings.ReplaceAll(body, "\r\n", "\n")
	}
	body = strings.TrimSuffix(strings.TrimPrefix(body, "\n"), "\n")
	r := record{Text: body}
	sound := true
	word := func(name string) string {
		s, ok := f.word(name)
		sound = sound && ok
		return s
	}
	word("ebb")
	r.ID, r.Zone, r.LocalDate = word("id"), word("zone"), word("day")
	r.Created, r.Edited = word("created"), word("edited")
	r.Written = word("date")
	for _, list := range []struct {
		name string
		to   *[]string
	}{{"tags", &r.Tags}, {"moods", &r.Moods}} {
		v, present := f.take(list.name)
		*list.to = v.words
		sound = sound && (v.sound || !present)
	}
	var ok bool
	r.AllDay, ok = f.flag("all_day")
	sound = sound && ok
	r.Starred, ok = f.flag("starred")
	sound = sound && ok
	e, notes, reason = r.entry(places{})
	if !sound {
		notes = append(notes, noteField)
	}
	return e, len(f.fields), notes, reason
}
