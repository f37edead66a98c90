package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

// shown is a text that a page shows: characters of two bytes each, some of them behind
// a backslash.
var shown = regexp.MustCompile(`(?s)\(((?:[^\\)]|\\.)*)\)\s*Tj`)

var escaped = regexp.MustCompile(`(?s)\\(.)`)

// ErrNoPages: nothing in it is a page.
var ErrNoPages = errors.New("no page of this file can be read")

// Pages returns the words of every page, in order, the lines of a page with a space
// behind each. Pictures, typefaces and what a file says of itself are not among them.
//
// Errors: ErrNoPages.
func Pages(pdf []byte) (pages []string, err error) {
	for _, part := range bytes.Split(pdf, []byte("stream\n"))[1:] {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // the end of one
		}
		page, err := io.ReadAll(z)
		if err != nil || !bytes.HasPrefix(page, []byte("0 J\n")) { // how a page begins: with what its lines end in
			continue
		}
		var words strings.Builder
		for _, m := range shown.FindAllSubmatch(page, -1) {
			raw := escaped.ReplaceAllFunc(m[1], func(b []byte) []byte {
				if b[1] == 'r' {
					return []byte{'\r'}
				}
				return b[1:]
			})
			codes := make([]uint16, len(raw)/2)
			if _, err := binary.Decode(raw[:2*len(codes)], binary.BigEndian, codes); err != nil {
				return nil, err
			}
			words.WriteString(string(utf16.Decode(codes)) + " ")
		}
		pages = append(pages, words.String())
	}
	if len(pages) == 0 {
		return nil, ErrNoPages
	}
	return pages, nil
}

// Words returns the words of all pages.
func Words(pdf []byte) (string, error) {
	pages, err := Pages(pdf)
	return strings.Join(pages, ""), err
}
