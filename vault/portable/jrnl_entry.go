package portable

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// jrnlEntry reads one entry of a text journal.
func jrnlEntry(block []byte, headed bool, style jrnlStyle, day string, at place) (e Entry, notes []string, reason string) {
	f, length, _ := style.head(block[:min(len(block), lineHead)])
	switch {
	case headed:
		block = block[length:]
	case day == "":
		return e, nil, reasonNoDate
	default: // jrnl takes a day's file without a head for one entry of that day
		f = figures{}
	}
	f = f.in(style.order)
	loose := f.loose && style.order == orderUnknown
	if day != "" {
		named, _ := readFigures(day)
		f.year, f.month, f.day, f.dated, loose = named.year, named.month, named.day, true, false
	}
	w, ok := f.when(at)
	if !ok {
		return e, nil, reasonDate
	}
	if loose {
		notes = append(notes, noteOrder)
	}
	text := string(block)
	if !utf8.Valid(block) {
		text = western(block)
		notes = append(notes, noteWestern)
	}
	title, body, _ := strings.Cut(strings.TrimSpace(dropReplacements(plainLines(text))), "\n")
	title, e.Starred = jrnlStar(strings.TrimSpace(title))
	if reason = e.jrnlWords(title, body); reason != "" {
		return e, nil, reason
	}
	var fit bool
	if e.Tags, fit = oneLineWords(jrnlTags(e.Text)); !fit {
		notes = append(notes, noteTags)
	}
	e.jrnlAt(w, f.stamp())
	return e, notes, ""
}

// jrnlWords puts a title and a body together: the title is the first line, and a
// blank line keeps it apart.
func (e *Entry) jrnlWords(title, body string) (reason string) {
	e.Text = trimText(title + "\n\n" + trimText(body))
	switch {
	case strings.TrimSpace(e.Text) == "":
		return reasonNoText
	case len(e.Text) > MaxText:
		return reasonTooLarge
	}
	return ""
}

// jrnlAt sets the moment, and the id: a hash of the minute and the words, however
// white space parts them. So the text journal and the JSON of the same journal
// give the same ids.
func (e *Entry) jrnlAt(w when, minute string) {
	e.Written, e.Zone, e.LocalDate, e.AllDay = w.at, w.zone, w.day, w.allDay
	words := strings.Join(strings.Fields(e.Text), " ")
	e.SourceID = fmt.Sprintf("jrnl:%x", sha256.Sum256([]byte(minute+"\x00"+words)))
}

// jrnlStar takes the star from the end of a title. Where stars come in pairs and
// stand at words they are emphasis, and stay.
func jrnlStar(title string) (rest string, starred bool) {
	rest, starred = strings.CutSuffix(title, "*")
	if !starred || rest == "" {
		return rest, starred
	}
	if last := rest[len(rest)-1]; last != ' ' && last != '\t' && strings.Count(title, "*")%2 == 0 {
		return title, false
	}
	return strings.TrimRight(rest, " \t"), true
}

// jrnlTag is a tag with jrnl's usual sign. The sign can be configured, and a text
// does not tell to what.
var jrnlTag = regexp.MustCompile(`(?:^|\s)@([-+*#/_\p{L}\p{M}\p{N}]+)`)

// jrnlTags finds the tags in a text, in small letters as jrnl lists them.
func jrnlTags(text string) (tags []string) {
	for _, m := range jrnlTag.FindAllStringSubmatch(text, -1) {
		tags = append(tags, strings.ToLower(m[1]))
	}
	return tags
}

// jrnlRecord reads one entry of jrnl's JSON.
func jrnlRecord(raw []byte, at place) (e Entry, notes []string, reason string) {
	if len(raw) == 0 || raw[0] != '{' {
		return e, nil, reasonKind
	}
	var j struct{ Title, Body, Date, Time, Tags, Starred json.RawMessage }
	if json.Unmarshal(raw, &j) != nil {
		return e, nil, reasonBroken
	}
	if !utf8.Valid(raw) {
		notes = append(notes, noteLetter)
	}
	title, titleOK := jsonString(j.Title)
	body, bodyOK := jsonString(j.Body)
	if !titleOK || !bodyOK {
		return e, nil, reasonText
	}
	clean := func(s string) string { return trimText(dropReplacements(plainLines(s))) }
	if reason = e.jrnlWords(strings.TrimSpace(clean(title)), clean(body)); reason != "" {
		return e, nil, reason
	}
	date, dateOK := jsonString(j.Date)
	clock, clockOK := jsonString(j.Time)
	f, ok := readFigures(date + " " + clock)
	w, sound := f.when(at)
	if !dateOK || !clockOK || !ok || !sound {
		return e, nil, reasonDate
	}
	e.jrnlAt(w, f.stamp())

	starred, starOK := jsonBool(j.Starred)
	tags, tagsOK := jsonStrings(j.Tags)
	e.Starred = starred
	for i, tag := range tags { // with the sign of the journal's configuration
		if first, size := utf8.DecodeRuneInString(tag); !unicode.IsLetter(first) && !unicode.IsNumber(first) {
			tags[i] = tag[size:]
		}
	}
	var fit bool
	if e.Tags, fit = oneLineWords(tags); !fit {
		notes = append(notes, noteTags)
	}
	if !starOK || !tagsOK {
		notes = append(notes, noteField)
	}
	return e, notes, ""
}
