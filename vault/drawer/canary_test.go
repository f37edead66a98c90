package drawer

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// plainWords would be in the files of a drawer that did not seal them: what was
// written, what SQLite writes, and what the schema says.
var plainWords = []string{canary, "CREATE TABLE", "SQLite format 3", "line_text"}

// disguises returns the forms in which a word could lie in a file.
func disguises(word string) (forms [][]byte) {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(word)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	forms = append(forms, []byte(word), little, big, []byte(hex.EncodeToString([]byte(word))), []byte(strings.ToUpper(hex.EncodeToString([]byte(word)))))
	for shift := range 3 {
		// What comes before and behind the word touches the first and last
		// characters: leave those out.
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + word))
		encoded = encoded[(shift*8+5)/6:]
		forms = append(forms, []byte(encoded[:len(encoded)-1]))
	}
	return forms
}

// findPlain searches every file of a folder for words in the plain.
func findPlain(t testing.TB, folder string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range plainWords {
			for _, form := range disguises(word) {
				if bytes.Contains(content, form) {
					found = append(found, e.Name()+": "+string(form))
				}
			}
		}
	}
	return found
}

// The search finds what it looks for: otherwise finding nothing proves nothing.
func TestCanarySearchFinds(t *testing.T) {
	text := []byte("the " + canary + " sings")
	var wide []byte
	for _, b := range text {
		wide = append(wide, b, 0)
	}
	for name, content := range map[string][]byte{
		"plain": text, "UTF-16": wide,
		"hex":      []byte(hex.EncodeToString(text)),
		"base64":   []byte(base64.StdEncoding.EncodeToString(text)),
		"base64+1": []byte(base64.StdEncoding.EncodeToString(text[1:])),
		"base64+2": []byte(base64.URLEncoding.EncodeToString(text[2:])),
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "file"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(findPlain(t, folder)) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}
