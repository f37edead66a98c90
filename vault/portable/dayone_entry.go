package portable

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// dayOneJSON lists the fields of an entry that Ebb looks at. Each is decoded on
// its own, so that one odd field does not cost the entry.
type dayOneJSON struct {
	UUID         json.RawMessage
	CreationDate json.RawMessage
	ModifiedDate json.RawMessage
	TimeZone     json.RawMessage
	Text         json.RawMessage
	RichText     json.RawMessage
	Starred      json.RawMessage
	IsAllDay     json.RawMessage
	Tags         json.RawMessage

	Photos         json.RawMessage
	Videos         json.RawMessage
	Audios         json.RawMessage
	PDFAttachments json.RawMessage
	Location       json.RawMessage
	Weather        json.RawMessage
	UserActivity   json.RawMessage
	Music          json.RawMessage
}

// dayOneEntry reads one entry. A reason says that it cannot be taken in; notes
// say what of it was not understood. left counts what stays behind either way.
func dayOneEntry(raw []byte, zones places) (e Entry, left Left, notes []string, reason string) {
	left = Left{}
	if len(raw) == 0 || raw[0] != '{' {
		return e, left, nil, reasonKind
	}
	var j dayOneJSON
	if json.Unmarshal(raw, &j) != nil {
		return e, left, nil, reasonBroken
	}
	left = j.left()
	if !utf8.Valid(raw) {
		notes = append(notes, noteLetter)
	}

	text, rich, textNotes, reason := j.words(left)
	notes = append(notes, textNotes...)
	if reason != "" {
		return e, left, nil, reason
	}
	e.Text = text

	var err error
	created, _ := jsonString(j.CreationDate)
	if e.Written, err = instant(created); err != nil {
		return e, left, nil, reasonDate
	}
	e.Created = e.Written
	if edited, ok := jsonString(j.ModifiedDate); ok && edited != "" {
		if t, err := instant(edited); err == nil {
			e.Edited = t
		} else {
			notes = append(notes, noteField)
		}
	}

	zone, ok := jsonString(j.TimeZone)
	there := zones.find(zone)
	if !ok || !there.ok {
		notes = append(notes, noteZone)
	}
	e.Zone = there.zone
	e.LocalDate = dayOf(e.Written.In(there.loc))

	var flagsOK, tagsOK, tagsFit bool
	e.Starred, e.AllDay, flagsOK = j.flags()
	e.Tags, tagsOK, tagsFit = j.tags()
	if !flagsOK || !tagsOK {
		notes = append(notes, noteField)
	}
	if !tagsFit {
		notes = append(notes, noteTags)
	}
	e.SourceID = j.id(e, rich)
	return e, left, notes, ""
}

// words gives the entry's text: the Markdown that Day One wrote or, where there
// is none, the rich text turned into Markdown. Markers in the text of a photo
// that no list names are counted too.
func (j *dayOneJSON) words(left Left) (text, rich string, notes []string, reason string) {
	text, textOK := jsonString(j.Text)
	rich, richOK := jsonString(j.RichText)
	if !textOK {
		return "", "", nil, reasonText
	}
	if len(text) > 2*MaxText { // escaping can at most double a text
		return "", "", nil, reasonTooLarge
	}
	text, markers := dayOneText(text)
	if strings.TrimSpace(text) == "" && rich != "" && richOK {
		var sound bool
		text, markers, sound = richText(rich)
		if !sound {
			notes = append(notes, noteRich)
		}
	}
	for kind, n := range markers {
		left.add(kind, n-left[kind])
	}
	switch {
	case len(text) > MaxText:
		return "", "", nil, reasonTooLarge
	case strings.TrimSpace(text) != "":
		return text, rich, notes, ""
	case !richOK || len(notes) > 0:
		return "", "", nil, reasonText
	case len(left) > 0:
		return "", "", nil, reasonOnlyMedia
	}
	return "", "", nil, reasonNoText
}

func (j *dayOneJSON) left() Left {
	l := Left{}
	l.add(LeftPhotos, jsonLen(j.Photos))
	l.add(LeftVideos, jsonLen(j.Videos))
	l.add(LeftAudio, jsonLen(j.Audios))
	l.add(LeftPDFs, jsonLen(j.PDFAttachments))
	l.add(LeftLocations, jsonHas(j.Location))
	l.add(LeftWeather, jsonHas(j.Weather))
	l.add(LeftActivities, jsonHas(j.UserActivity))
	l.add(LeftMusic, jsonHas(j.Music))
	return l
}

func (j *dayOneJSON) flags() (starred, allDay, ok bool) {
	starred, ok1 := jsonBool(j.Starred)
	allDay, ok2 := jsonBool(j.IsAllDay)
	return starred, allDay, ok1 && ok2
}

func (j *dayOneJSON) tags() (tags []string, ok, fit bool) {
	words, ok := jsonStrings(j.Tags)
	tags, fit = oneLineWords(words)
	return tags, ok, fit
}

// oneLineWords tidies tags or moods: single lines without outer space, each
// once, within the caps. fit is false if a cap left something out.
func oneLineWords(words []string) (kept []string, fit bool) {
	fit = true
	seen := map[string]bool{}
	for _, word := range words {
		word = strings.Join(strings.Fields(strings.ReplaceAll(plainLines(word), objectReplacement, "")), " ")
		if word == "" || seen[word] {
			continue
		}
		if len(word) > MaxTag || len(kept) == MaxTags {
			fit = false
			continue
		}
		seen[word] = true
		kept = append(kept, word)
	}
	return kept, fit
}

var plainID = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

// id is the uuid in one spelling or, where there is none, a hash of the words
// and the date.
func (j *dayOneJSON) id(e Entry, rich string) string {
	uuid, ok := jsonString(j.UUID)
	switch {
	case ok && plainID.MatchString(uuid):
		return "dayone:" + strings.ToUpper(strings.ReplaceAll(uuid, "-", ""))
	case ok && uuid != "":
		return fmt.Sprintf("dayone:sha256-%x", sha256.Sum256([]byte(uuid)))
	}
	content := contentHash(e)
	return fmt.Sprintf("dayone:content-%x", sha256.Sum256(append(content[:], rich...)))
}

// isNull tells whether a field is absent or null.
func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// jsonString reads a string; an absent one is "". ok is false for any other type.
func jsonString(raw json.RawMessage) (s string, ok bool) {
	if isNull(raw) {
		return "", true
	}
	if raw[0] != '"' {
		return "", false
	}
	return s, json.Unmarshal(raw, &s) == nil
}

// jsonStrings reads the strings of a list; ok is false if it holds something else
// too, or is none.
func jsonStrings(raw json.RawMessage) (words []string, ok bool) {
	if isNull(raw) {
		return nil, true
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	ok = true
	for _, r := range list {
		word, isString := jsonString(r)
		ok = ok && isString
		words = append(words, word)
	}
	return words, ok
}

// jsonBool also takes 0 and 1, which old exports have.
func jsonBool(raw json.RawMessage) (b, ok bool) {
	switch string(raw) {
	case "", "null", "false", "0":
		return false, true
	case "true", "1":
		return true, true
	}
	return false, false
}

// jsonLen is the number of elements of an array, or 0.
func jsonLen(raw json.RawMessage) int {
	var list []json.RawMessage
	if isNull(raw) || json.Unmarshal(raw, &list) != nil {
		return 0
	}
	return len(list)
}

// jsonHas is 1 for an object or array that holds something.
func jsonHas(raw json.RawMessage) int {
	raw = bytes.TrimSpace(raw)
	if len(raw) < 2 || raw[0] != '{' && raw[0] != '[' {
		return 0
	}
	if len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0 {
		return 0
	}
	return 1
}
