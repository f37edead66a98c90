package portable

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// objectReplacement, U+FFFC, stands in a text where something that is not text
// stood. Imports take it out.
const objectReplacement = "\uFFFC"

var (
	errNotText  = errors.New("not text")
	bom16LE     = []byte{0xFF, 0xFE}
	bom16BE     = []byte{0xFE, 0xFF}
	bomUTF8     = []byte{0xEF, 0xBB, 0xBF}
	unusedBytes = strings.NewReplacer("\x81", "", "\x8d", "", "\x8f", "", "\x90", "", "\x9d", "")
)

// utf8Reader turns UTF-16 with a byte order mark into UTF-8 and drops the mark
// of UTF-8. Anything else passes as it is.
func utf8Reader(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// decodeText gives the bytes of a text file as UTF-8. Byte order marks of UTF-8
// and UTF-16 are obeyed; without one, what is not UTF-8 is read as
// Windows-1252, which holds Latin-1, and guessed is true. Bytes with NUL and no
// mark are not text.
func decodeText(b []byte) (text string, guessed bool, err error) {
	switch {
	case bytes.HasPrefix(b, bom16LE), bytes.HasPrefix(b, bom16BE):
		if len(b)%2 != 0 {
			return "", false, errNotText
		}
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil {
			return "", false, errNotText
		}
		return string(out), false, nil
	case bytes.IndexByte(b, 0) >= 0:
		return "", false, errNotText
	case utf8.Valid(b):
		return string(bytes.TrimPrefix(b, bomUTF8)), false, nil
	}
	return western(b), true, nil
}

// western reads bytes as Windows-1252, in which every byte means something once
// the five unused ones are gone.
func western(b []byte) string {
	text, _ := charmap.Windows1252.NewDecoder().String(unusedBytes.Replace(string(b)))
	return text
}

// plainLines ends every line in \n and takes out NUL and the other control
// characters but the tab. U+2028 and U+2029, which some editors put for a line
// break inside a paragraph, become line breaks.
func plainLines(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F, r == '\uFEFF':
			return -1
		}
		return r
	}, s)
}

// trimText drops blank lines in front and white space behind.
func trimText(s string) string {
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, more := strings.Cut(s, "\n")
		if !more || strings.Trim(line, " \t") != "" {
			return s
		}
		s = rest
	}
}

// withoutPath takes the name of a file out of an error.
func withoutPath(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
