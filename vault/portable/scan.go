package portable

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxElement is the most bytes of JSON that one entry may take. A text of
// MaxOwnText fits even if every byte of it is written as \u0001; Day One's
// entries hold rich text, which repeats the words with attributes, and lists of
// photos.
const maxElement = 32 << 20

// maxHead is the longest value in front of the entries that is remembered.
const maxHead = 4 << 10

// errElementTooLarge: this element was longer than maxElement and was passed
// over; the next one can be read.
var errElementTooLarge = errors.New("element too large")

// elements reads the array under the key "entries" of one JSON object, an
// element at a time. A json.Decoder would do, if it could be told how much
// memory one element may take and could go on behind one that is not valid; it
// can neither. So elements only finds where a value begins and ends, and leaves
// the judgement of what is between to encoding/json.
type elements struct {
	r       *bufio.Reader
	head    map[string]json.RawMessage // members in front of the entries
	inArray bool
	first   bool // no element of the present array was read yet
	found   bool // an array of entries was met
	done    bool
	buf     bytes.Buffer
}

func newElements(r io.Reader) *elements {
	return &elements{r: bufio.NewReaderSize(r, 64<<10), head: map[string]json.RawMessage{}}
}

// begin reads up to the first element. It returns ErrFormat if what it reads is
// not an object with an array called entries.
func (e *elements) begin() error {
	c, err := e.token()
	if err == io.EOF || err == nil && c != '{' {
		return ErrFormat
	}
	if err != nil {
		return err
	}
	err = e.members(true)
	if err == io.EOF || err == nil && !e.found {
		return ErrFormat
	}
	return err
}

// next returns the next element, which is valid until the next call. It
// returns io.EOF when the object is complete, errElementTooLarge for an element
// that was passed over, and anything else when no further element can be read.
func (e *elements) next() ([]byte, error) {
	for {
		if e.done {
			return nil, e.drain()
		}
		if !e.inArray {
			if err := e.members(false); err != nil {
				return nil, brokenOff(err)
			}
			continue
		}
		c, err := e.token()
		if err != nil {
			return nil, brokenOff(err)
		}
		switch {
		case c == ']':
			e.inArray = false
			continue
		case e.first:
			e.first = false
			e.unread()
		case c != ',':
			return nil, fmt.Errorf("%w: entries are not told apart", ErrDamaged)
		}
		e.buf.Reset()
		over, err := e.value(&e.buf, maxElement)
		if err != nil {
			return nil, brokenOff(err)
		}
		if over {
			return nil, errElementTooLarge
		}
		return e.buf.Bytes(), nil
	}
}

// members reads the members of the object until an array of entries opens or
// the object ends.
func (e *elements) members(atStart bool) error {
	for {
		c, err := e.token()
		if err != nil {
			return err
		}
		if c == '}' {
			e.done = true
			return nil
		}
		if !atStart {
			if c != ',' {
				return fmt.Errorf("%w: a comma is missing", ErrDamaged)
			}
			if c, err = e.token(); err != nil {
				return err
			}
		}
		atStart = false
		if c != '"' {
			return fmt.Errorf("%w: a name is missing", ErrDamaged)
		}
		e.unread()
		e.buf.Reset()
		over, err := e.value(&e.buf, maxHead)
		if err != nil {
			return err
		}
		var name string
		if !over && json.Unmarshal(e.buf.Bytes(), &name) != nil {
			return fmt.Errorf("%w: a name cannot be read", ErrDamaged)
		}
		if c, err = e.token(); err != nil {
			return err
		}
		if c != ':' {
			return fmt.Errorf("%w: a colon is missing", ErrDamaged)
		}
		if c, err = e.token(); err != nil {
			return err
		}
		if name == "entries" && c == '[' {
			e.inArray, e.first, e.found = true, true, true
			return nil
		}
		e.unread()
		var value bytes.Buffer
		over, err = e.value(&value, maxHead)
		if err != nil {
			return err
		}
		if !over && !e.found && len(e.head) < 64 {
			e.head[name] = value.Bytes()
		}
	}
}

// value copies one JSON value to w, up to limit bytes; over tells that there
// was more, which is read and dropped.
func (e *elements) value(w *bytes.Buffer, limit int) (over bool, err error) {
	var depth int
	var inString, escaped bool
	for begun := false; ; begun = true {
		c, err := e.r.ReadByte()
		if !begun {
			for err == nil && isSpace(c) {
				c, err = e.r.ReadByte()
			}
		}
		if err != nil {
			return over, err
		}
		end := false
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped = c == '\\'
			inString = c != '"'
			end = c == '"' && depth == 0
		case c == '"':
			inString = true
			// A string right behind a bare word is no value; json will say so.
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 { // the closing of what surrounds a number or a word
				if !begun {
					return over, fmt.Errorf("%w: a value is missing", ErrDamaged)
				}
				e.unread()
				return over, nil
			}
			depth--
			end = depth == 0
		case depth == 0 && (c == ',' || c == ':' || isSpace(c)):
			if !begun {
				return over, fmt.Errorf("%w: a value is missing", ErrDamaged)
			}
			e.unread()
			return over, nil
		}
		if w.Len() < limit {
			w.WriteByte(c)
		} else {
			over = true
		}
		if end {
			return over, nil
		}
	}
}

// token returns the next byte that is not white space.
func (e *elements) token() (byte, error) {
	for {
		c, err := e.r.ReadByte()
		if err != nil || !isSpace(c) {
			return c, err
		}
	}
}

// unread cannot fail: it always follows a ReadByte.
func (e *elements) unread() { _ = e.r.UnreadByte() }

// drain reads what follows the object, so that a zip's checksum is compared.
func (e *elements) drain() error {
	c, err := e.token()
	if err == nil {
		return fmt.Errorf("%w: something follows the end, beginning with byte %#02x", ErrDamaged, c)
	}
	if err != io.EOF {
		return brokenOff(err)
	}
	return io.EOF
}

// brokenOff says what an end in the middle means. Errors of the disk and of the
// zip keep their kind and lose their path.
func brokenOff(err error) error {
	switch {
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it ends in the middle", ErrDamaged)
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrTooLarge):
		return err
	default:
		return fmt.Errorf("%w: %w", ErrDamaged, withoutPath(err))
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
