package practice

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Longest texts: of names, codes and labels in characters, of a longer text in bytes.
const (
	MaxName = 80
	MaxCode = 24
	MaxLine = 1000
	MaxText = 1 << 20
)

// An ID names a case, a member, a note or anything else; it is random, so it tells
// neither order nor number. The zero ID is none.
type ID [16]byte

// NewID returns a fresh random id.
func NewID() ID {
	var id ID
	rand.Read(id[:])
	return id
}

// String is the id in hexadecimal.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// parseID undoes String.
func parseID(s string) (id ID, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) {
		return id, ErrUnknown
	}
	return ID(b), nil
}

// null is the id for a column that may be empty.
func (id ID) null() any {
	if id == (ID{}) {
		return nil
	}
	return id[:]
}

// idOf reads an id from a column; none if it is empty.
func idOf(b []byte) (id ID) {
	copy(id[:], b)
	return id
}

// line cleans a text of one line: valid UTF-8, no control characters and none that
// turn the direction of writing, single spaces, at most limit characters.
func line(s string, limit int) (string, error) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > limit {
		return "", ErrTooLong
	}
	return s, nil
}

// lines cleans several, in place.
func lines(limit int, all ...*string) error {
	for _, s := range all {
		clean, err := line(*s, limit)
		if err != nil {
			return err
		}
		*s = clean
	}
	return nil
}

// texts brings longer texts to valid UTF-8, in place, and refuses what is too long.
func texts(all ...*string) error {
	for _, s := range all {
		if len(*s) > MaxText {
			return ErrTooLong
		}
		*s = strings.ReplaceAll(strings.ToValidUTF8(*s, "\uFFFD"), "\x00", "")
	}
	return nil
}

// seen reports whether there is a visible character in a text.
func seen(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// cut returns at most n runes of s, ending at a space if there is one in the last
// third.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	head := string([]rune(s)[:n])
	if space := strings.LastIndexByte(head, ' '); space > len(head)*2/3 {
		return head[:space]
	}
	return head
}

// day checks a day as YYYY-MM-DD.
func day(s string) error {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return ErrDay
	}
	return nil
}

// dayOr is day for one that may be missing, which is then other.
func dayOr(s *string, other string) error {
	if *s == "" {
		*s = other
	}
	return day(*s)
}

// among is ErrUnknown if s is none of the words.
func among(s string, words ...string) error {
	if !slices.Contains(words, s) {
		return ErrUnknown
	}
	return nil
}

// terms turns what a person typed into prefix terms of an FTS5 query. All operators
// are quoted away: a search is words, not a language.
func terms(query string) []string {
	var all []string
	for _, word := range strings.Fields(strings.ToValidUTF8(query, "")) {
		if !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue
		}
		word = strings.ReplaceAll(word, "\x00", "")
		all = append(all, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
	}
	return all
}

// unspaced reports whether a query is in a script that puts no spaces between words,
// for which an index that splits at spaces is of no use.
func unspaced(query string) bool {
	return strings.ContainsFunc(query, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}

// zoneName is the IANA name of t's zone, or "" where nothing tells it; the date on
// the wall is kept beside it in any case.
func zoneName(t time.Time) string {
	if name := t.Location().String(); name != "Local" {
		return name
	}
	return localZone()
}

// localZone is what Go calls "Local": from TZ, or from where /etc/localtime points.
var localZone = sync.OnceValue(func() string {
	if tz := strings.TrimPrefix(os.Getenv("TZ"), ":"); tz != "" {
		if _, err := time.LoadLocation(tz); err == nil {
			return tz
		}
	}
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return ""
	}
	_, name, found := strings.Cut(filepath.ToSlash(target), "zoneinfo/")
	if _, err := time.LoadLocation(name); !found || err != nil {
		return ""
	}
	return name
})

// zones keeps loaded zones: a long list names the same two. A nil value stands for a
// zone that this machine does not know.
var zones sync.Map

// instant is the moment ms milliseconds after 1970, in the zone that it was written
// in; in UTC if this machine does not know the zone.
func instant(ms int64, zone string) time.Time {
	t := time.UnixMilli(ms).UTC()
	if zone == "" {
		return t
	}
	known, ok := zones.Load(zone)
	if !ok {
		place, err := time.LoadLocation(zone)
		if err != nil {
			place = nil
		}
		known, _ = zones.LoadOrStore(zone, place)
	}
	if place := known.(*time.Location); place != nil {
		return t.In(place)
	}
	return t
}

// inRange reports whether an instant can be kept, and shown as a date of four digits.
func inRange(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2200 }

// A Page is which part of a long list is wanted: Size rows behind the first From. A
// size of 0 is PageSize.
type Page struct{ From, Size int }

// PageSize is how many rows a page of a list has, and MostRows how many it can have.
const (
	PageSize = 50
	MostRows = 1000
)

// limits are the page as arguments of LIMIT and OFFSET.
func (p Page) limits() (size, from int) {
	size = p.Size
	if size <= 0 {
		size = PageSize
	}
	return min(size, MostRows), max(p.From, 0)
}

// pathless is an error of a file that somebody else opened, without its path: paths are
// private.
func pathless(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
