package portable

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"unicode/utf8"
)

// jrnl (jrnl.sh) keeps a journal as one text file or as a folder with a file for
// every day, and exports JSON. The formats are those of its documentation
// ("Journal types", "Formats", "Encryption") and of its test data, versions 1 to 4.

func openJrnl(name string) (Source, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	case info.IsDir():
		return openJrnlFolder(name)
	case !info.Mode().IsRegular():
		return nil, ErrFormat
	case info.Size() > MaxSource:
		return nil, ErrTooLarge
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	source, err := jrnlFile(stream{size: info.Size(), open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(f, 0, info.Size())), nil
	}}, f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return source, nil
}

// jrnlFile reads a journal that is one file: text or JSON.
func jrnlFile(whole stream, closer io.Closer) (Source, error) {
	r, err := whole.open()
	if err != nil {
		return nil, err
	}
	begin, err := io.ReadAll(io.LimitReader(r, 1<<10))
	if err := errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	if jrnlSealed(begin) {
		return nil, ErrEncrypted
	}
	if text, _ := io.ReadAll(utf8Reader(bytes.NewReader(begin))); bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return jrnlJSON(whole, closer)
	}
	style, entries, err := readJrnlStyle(whole, "")
	if err != nil {
		return nil, err
	}
	if entries == 0 {
		if jrnlSealedByOne(begin, whole.size) {
			return nil, ErrEncrypted
		}
		return nil, ErrFormat
	}
	return newTextJournal(closer, []part{jrnlPart(whole, style, "", here())}, nil)
}

// jrnlDay fits the files of a journal that is a folder.
var jrnlDay = regexp.MustCompile(`^(\d{4})/(\d{2})/(\d{2})\.txt$`)

func jrnlDate(name string) (day string, ok bool) {
	m := jrnlDay.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	day = m[1] + "-" + m[2] + "-" + m[3]
	return day, isDay(day)
}

func openJrnlFolder(dir string) (Source, error) {
	left := Left{}
	isDayFile := func(name string) bool { _, ok := jrnlDate(name); return ok }
	streams, root, err := folderStreams(dir, isDayFile, left)
	if err != nil {
		return nil, err
	}
	source, err := jrnlDays(streams, root, left)
	if err != nil {
		root.Close()
		return nil, err
	}
	return source, nil
}

func jrnlDays(streams []stream, root io.Closer, left Left) (Source, error) {
	var parts []part
	found, at := false, here()
	for _, s := range streams {
		day, _ := jrnlDate(s.name)
		style, _, err := readJrnlStyle(s, day)
		if err != nil {
			return nil, err
		}
		found = found || day != ""
		parts = append(parts, jrnlPart(s, style, day, at))
	}
	if !found {
		return nil, fmt.Errorf("%w: the folder holds no journal", ErrFormat)
	}
	return newTextJournal(root, parts, left)
}

// jrnlSealed recognises the encryption of jrnl 2 (a Fernet token) and of jrnl 3
// by their beginnings.
func jrnlSealed(begin []byte) bool {
	return bytes.HasPrefix(begin, []byte("JRNLv3")) || fernet.Match(begin)
}

var fernet = regexp.MustCompile(`^gAAAAA[A-Za-z0-9_=-]{40,}\s*$`)

// jrnlSealedByOne tells whether a file without entries may be one that jrnl 1
// encrypted: blocks of 16 bytes that have no mark of their own and look random.
// Formats that are no text nearly all have a run of equal bytes near their
// beginning; random bytes have one of three in a kibibyte once in sixty times.
func jrnlSealedByOne(begin []byte, size int64) bool {
	if size < 32 || size%16 != 0 || utf8.Valid(begin) {
		return false
	}
	for i := 2; i < len(begin); i++ {
		if begin[i] == begin[i-1] && begin[i] == begin[i-2] {
			return false
		}
	}
	return true
}

// A jrnlStyle is what all heads of a file have in common.
type jrnlStyle struct {
	shape  string // that of heads without brackets; "" if they have brackets
	order  order
	clocks bool // heads are times of day: the date is that of the file's name
}

// readJrnlStyle reads a file once and counts its entries. day is the date that
// the file's name tells, or "". A file that cannot be read has no style.
func readJrnlStyle(s stream, day string) (style jrnlStyle, entries int, err error) {
	file, err := s.open()
	if err != nil {
		return style, 0, nil // met again, and reported, when it is read
	}
	defer file.Close()
	allowed := int64(MaxSource)
	r := bufio.NewReaderSize(utf8Reader(budget{file, &allowed}), 64<<10)
	var seen jrnlHeads
	for inLine := false; ; {
		piece, err := r.ReadSlice('\n')
		if !inLine {
			seen.line(piece[:min(len(piece), lineHead)], day != "")
		}
		inLine = err == bufio.ErrBufferFull
		switch {
		case err == nil, inLine:
		case errors.Is(err, ErrTooLarge):
			return style, 0, err
		default: // the end, or a failure that is met again
			style, entries = seen.style()
			return style, entries, nil
		}
	}
}

// jrnlHeads gathers what the heads of a file tell about each other.
type jrnlHeads struct {
	first     string // which kind stands first: "[" or a shape
	begun     bool   // a line that is not blank was met
	clocks    bool
	brackets  int
	shape     string
	bare      int
	days      int // dates in which the day must stand first …
	months    int // … and in which the month must
	last      map[order]string
	unordered map[order]bool
}

func (h *jrnlHeads) line(line []byte, inFolder bool) {
	first := !h.begun && !isBlank(line)
	h.begun = h.begun || first
	if f, _, ok := bracketed(line); ok {
		if first && inFolder && !f.dated {
			h.clocks = true
		}
		if f.dated || h.clocks {
			h.brackets++
			h.weigh(f)
		}
		if first {
			h.first = "["
		}
		return
	}
	if f, _, shape, ok := bare(line); ok && (h.shape == "" || h.shape == shape) {
		h.shape = shape
		h.bare++
		h.weigh(f)
		if first {
			h.first = shape
		}
	}
}

// weigh looks for the order of day and month. A journal stands in the order of
// its dates, so the reading in which they do not ascend is the wrong one.
func (h *jrnlHeads) weigh(f figures) {
	if !f.dated || f.broken {
		return
	}
	if h.last == nil {
		h.last, h.unordered = map[order]string{}, map[order]bool{}
	}
	for _, o := range []order{dayFirst, monthFirst} {
		at := f.in(o).stamp()
		h.unordered[o] = h.unordered[o] || at < h.last[o]
		h.last[o] = at
	}
	switch {
	case f.loose:
	case f.swapped:
		h.months++
	case f.day > 12 && (f.sign == '/' || f.sign == '-'):
		h.days++
	}
}

func (h *jrnlHeads) style() (style jrnlStyle, entries int) {
	switch {
	case h.days > 0 && h.months == 0:
		style.order = dayFirst
	case h.months > 0 && h.days == 0:
		style.order = monthFirst
	case h.unordered[monthFirst] && !h.unordered[dayFirst]:
		style.order = dayFirst
	case h.unordered[dayFirst] && !h.unordered[monthFirst]:
		style.order = monthFirst
	}
	style.clocks = h.clocks
	if h.bare > 0 && (h.first == h.shape || h.brackets == 0) {
		style.shape = h.shape
		return style, h.bare
	}
	return style, h.brackets
}

// head finds the head of an entry at the beginning of a line.
func (s jrnlStyle) head(line []byte) (f figures, length int, ok bool) {
	if s.shape == "" {
		f, length, ok = bracketed(line)
		return f, length, ok && (f.dated || s.clocks)
	}
	f, length, shape, ok := bare(line)
	return f, length, ok && shape == s.shape
}

// jrnlPart is a file of a journal. day is the date that its name tells, which
// stands over those of its heads as it does for jrnl, or "".
func jrnlPart(s stream, style jrnlStyle, day string, at place) part {
	return part{
		stream: s,
		limit:  2 * MaxText,
		idle:   isBlank,
		begins: func(line []byte) bool { _, _, ok := style.head(line); return ok },
		entry: func(block []byte, headed bool) (Entry, Left, []string, string) {
			e, notes, reason := jrnlEntry(block, headed, style, day, at)
			return e, nil, notes, reason
		},
	}
}

// jrnlJSON reads what jrnl --format json writes.
func jrnlJSON(whole stream, closer io.Closer) (Source, error) {
	at := here()
	decode := func(raw []byte) (Entry, Left, []string, string) {
		e, notes, reason := jrnlRecord(raw, at)
		return e, nil, notes, reason
	}
	return newJSONJournal([]stream{whole}, closer, decode, func(head map[string]json.RawMessage) bool {
		// Day One's and our own journals have entries as well.
		return head["metadata"] == nil && head["format"] == nil
	})
}
