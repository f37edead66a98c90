package home

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxText is the longest text of an entry, in bytes.
const MaxText = 4 << 20

// ErrTooLong: a text or name is longer than a drawer keeps. Nothing was stored.
var ErrTooLong = errors.New("too long to be kept")

// An ID names an entry or a line; it is random, so it tells neither order nor
// number.
type ID [16]byte

// NewID returns a fresh random id.
func NewID() ID {
	var id ID
	rand.Read(id[:])
	return id
}

// An Entry is one piece of a journal.
type Entry struct {
	ID     ID
	Source string // where it was imported from, stable across imports; empty if written here
	Text   string // Markdown, as typed
	Moods  []string
	Tags   []string

	Written time.Time // the moment it is about, in Zone
	Zone    string    // IANA name, or empty if unknown (then Written is in UTC)
	Date    string    // YYYY-MM-DD on the writer's calendar
	AllDay  bool
	Starred bool

	Created time.Time
	Edited  time.Time
}

// SetWritten sets the moment an entry is about, with its zone and date.
func (e *Entry) SetWritten(t time.Time) {
	e.Written, e.Zone, e.Date = t, zoneName(t), t.Format(time.DateOnly)
}

// zoneName is the IANA name of t's zone. Go calls the machine's own zone
// "Local", which says nothing once the file is read elsewhere.
func zoneName(t time.Time) string {
	name := t.Location().String()
	if name == "Local" {
		return localZone()
	}
	return name
}

// A Row is what a list shows of an entry.
type Row struct {
	ID      ID
	Title   string // first line, without its marks
	Preview string // what follows, at most previewRunes
	Written time.Time
	Date    string
	AllDay  bool
	Starred bool
}

const (
	titleRunes   = 38
	previewRunes = 220
)

// heading splits a text into the title and the preview that a list shows,
// without Markdown's marks.
func heading(text string) (title, preview string) {
	// A list shows two lines; the rest of a long text need not be looked at.
	const enough = 4096
	if len(text) > enough {
		text = text[:enough]
		for !utf8.ValidString(text) && len(text) > 0 {
			text = text[:len(text)-1]
		}
	}
	rest := text
	for rest != "" && title == "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		title = plainLine(line)
	}
	var words []string
	for line := range strings.Lines(rest) {
		if plain := plainLine(line); plain != "" {
			words = append(words, plain)
		}
	}
	title, overflow := cut(title, titleRunes)
	preview, _ = cut(strings.TrimSpace(overflow+" "+strings.Join(words, " ")), previewRunes)
	return title, preview
}

// plainLine strips a line of the marks Markdown puts around words.
func plainLine(line string) string {
	line = strings.TrimSpace(line)
	line = strings.TrimLeft(line, "#>")
	line = strings.TrimSpace(line)
	for _, mark := range []string{"- [ ] ", "- [x] ", "- ", "* ", "+ "} {
		line = strings.TrimPrefix(line, mark)
	}
	if strings.Trim(line, "-*_ ") == "" {
		return ""
	}
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "__", "", "`", "").Replace(line)), " ")
}

// cut splits s after at most n runes, at a space if there is one in the last
// third.
func cut(s string, n int) (head, tail string) {
	if utf8.RuneCountInString(s) <= n {
		return s, ""
	}
	end := 0
	for i := range s {
		if n == 0 {
			end = i
			break
		}
		n--
	}
	if space := strings.LastIndexByte(s[:end], ' '); space > end*2/3 {
		return s[:space], s[space+1:]
	}
	return s[:end], s[end:]
}

// words cleans mood words and tags: trimmed, none empty, none twice.
func words(in []string) []string {
	out := make([]string, 0, len(in))
	seen := map[string]bool{}
	for _, w := range in {
		w = strings.Join(strings.Fields(strings.ToValidUTF8(w, "\uFFFD")), " ")
		if w != "" && !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func encodeWords(in []string) (string, error) {
	b, err := json.Marshal(words(in))
	return string(b), err
}

func decodeWords(s string) ([]string, error) {
	var out []string
	err := json.Unmarshal([]byte(s), &out)
	return out, err
}
