package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
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

// Find searches every file of a folder, and of the folders in it, for words in any
// of their disguises, and their names too. It says where it found which, by the
// file's path below the folder.
func Find(folder string, words ...string) (found []string, err error) {
	var forms [][]byte
	var of []string
	for _, word := range words {
		for _, form := range Disguises(word) {
			forms, of = append(forms, form), append(of, word)
		}
	}
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		content := []byte(name)
		if e.Type().IsRegular() {
			read, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			content = append(append(content, 0), read...)
		}
		for i, form := range forms {
			if bytes.Contains(content, form) {
				found = append(found, name+": "+of[i])
			}
		}
		return nil
	})
	return found, err
}
