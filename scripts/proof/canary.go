package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
)

// Disguises returns the forms in which a word could lie in a file or in memory:
// UTF-8, UTF-16 of both byte orders, hexadecimal, and base64 at its three offsets.
func Disguises(word string) (forms [][]byte) {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(word)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	digits := hex.EncodeToString([]byte(word))
	forms = append(forms, []byte(word), little, big, []byte(digits), []byte(strings.ToUpper(digits)))
	for shift := range 3 {
		// What comes before and behind the word touches the first and last
		// characters: leave those out.
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + word))
		encoded = encoded[(shift*8+5)/6:]
		forms = append(forms, []byte(encoded[:len(encoded)-1]))
	}
	return forms
}

// A Search finds words in any of their disguises.
type Search struct {
	forms []form
	begin [1 << 16 / 64]uint64 // which hashes the blocks of the forms have
}

// A form is one disguise of a word.
type form struct {
	word  string
	bytes []byte
}

// block is a part of a form that lies on a grid of its length, wherever the form
// begins. So only every fourth place need be looked at.
const block = 4

// NewSearch prepares a search for words of which every disguise has at least seven
// bytes; shorter ones are no words that noise could not have.
func NewSearch(words ...string) *Search {
	s := new(Search)
	for _, word := range words {
		for _, b := range Disguises(word) {
			if len(b) < 2*block-1 {
				panic("proof: a word is too short to be looked for")
			}
			s.forms = append(s.forms, form{word, b})
			for at := range block {
				h := hash(b[at:])
				s.begin[h/64] |= 1 << (h % 64)
			}
		}
	}
	return s
}

func hash(b []byte) uint32 { return binary.LittleEndian.Uint32(b) * 0x9e3779b1 >> 16 }

// In returns the words that content holds.
func (s *Search) In(content []byte) (found []string) {
	for at := 0; at+block <= len(content); at += block {
		if h := hash(content[at:]); s.begin[h/64]>>(h%64)&1 == 0 {
			continue
		}
		for _, f := range s.forms {
			from, to := max(0, at-block), min(len(content), at+len(f.bytes))
			if bytes.Contains(content[from:to], f.bytes) && !slices.Contains(found, f.word) {
				found = append(found, f.word)
			}
		}
	}
	return found
}

// Find searches every file of a folder, and of the folders in it, for words in any
// of their disguises, and their names too. It says where it found which, by the
// file's path below the folder.
func Find(folder string, words ...string) (found []string, err error) {
	s := NewSearch(words...)
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		in := s.In([]byte(name))
		if e.Type().IsRegular() {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			in = append(in, s.In(content)...)
		}
		for _, word := range in {
			found = append(found, name+": "+word)
		}
		return nil
	})
	return found, err
}
