package keys

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sethvargo/go-diceware/diceware"
	"github.com/trustelem/zxcvbn"
	"golang.org/x/text/unicode/norm"
)

// maxPassphrase is the longest passphrase, in bytes after normalisation.
const maxPassphrase = 1024

// NormalizePassphrase returns the bytes that go into the key derivation, as a
// new slice that the caller wipes.
//
// The text is brought to Unicode NFC, so that the same letters typed on
// different systems are the same; white space at both ends is dropped, and each
// run of it within becomes one space, so that words read from paper may be typed
// with whatever stands between them, and a line end after a passphrase in a file
// does no harm. Nothing else is touched: case counts, and so does the difference
// between a full-width and an ordinary letter (no NFKC).
//
// Text that is not valid UTF-8, holds a NUL, is empty or longer than 1024 bytes
// is refused with a sentence that wraps [ErrPassphraseForm].
func NormalizePassphrase(passphrase []byte) ([]byte, error) {
	// NFC makes no text shorter than a third. What is this long is a careless
	// paste of a whole book, and is not worth the work of normalising.
	if len(passphrase) > 16*maxPassphrase {
		return nil, fmt.Errorf("%w: it is longer than %d bytes", ErrPassphraseForm, maxPassphrase)
	}
	if !utf8.Valid(passphrase) {
		return nil, fmt.Errorf("%w: it is not valid UTF-8 text", ErrPassphraseForm)
	}
	if bytes.IndexByte(passphrase, 0) >= 0 {
		return nil, fmt.Errorf("%w: it holds a NUL character", ErrPassphraseForm)
	}
	composed := norm.NFC.Append(nil, passphrase...) // NFC.Bytes may return its argument, which is not ours to clear
	defer clear(composed)
	normal := make([]byte, 0, len(composed))
	for rest := composed; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if !whiteSpace(r) {
			normal = append(normal, rest[:size]...)
		} else if len(normal) > 0 && normal[len(normal)-1] != ' ' {
			normal = append(normal, ' ')
		}
		rest = rest[size:]
	}
	normal = bytes.TrimSuffix(normal, []byte{' '})
	switch {
	case len(normal) == 0:
		clear(normal)
		return nil, fmt.Errorf("%w: it is empty", ErrPassphraseForm)
	case len(normal) > maxPassphrase:
		clear(normal)
		return nil, fmt.Errorf("%w: it is longer than %d bytes", ErrPassphraseForm, maxPassphrase)
	}
	return normal, nil
}

// whiteSpace is the property White_Space of Unicode 15, written out: the format
// must not move when a later Unicode version moves.
func whiteSpace(r rune) bool {
	switch {
	case r >= '\t' && r <= '\r', r == ' ', r == 0x85, r == 0xA0, r == 0x1680,
		r >= 0x2000 && r <= 0x200A, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// GeneratePassphrase draws words, all different, from the long list of the
// Electronic Frontier Foundation (7776 words, 12.9 bits each) with the system's
// random numbers, and joins them with single spaces. words is 1 to 64; six make
// 77 bits.
func GeneratePassphrase(words int) (string, error) {
	if words < 1 || words > 64 {
		return "", fmt.Errorf("a generated passphrase has 1 to 64 words, not %d", words)
	}
	list, err := diceware.Generate(words)
	if err != nil {
		return "", fmt.Errorf("draw words: %w", err)
	}
	return strings.Join(list, " "), nil
}

// Strength is how long a passphrase would stand against somebody who has the
// key file and guesses as fast as hardware lets them.
type Strength uint8

const (
	Weak   Strength = iota // falls within weeks
	Fair                   // holds against one attacker with ordinary means
	Strong                 // as good as a generated one
)

// String names the strength in English, for logs and tests.
func (s Strength) String() string {
	switch s {
	case Weak:
		return "weak"
	case Fair:
		return "fair"
	}
	return "strong"
}

// Guesses that divide the strengths. A rack of graphics cards makes some ten
// thousand guesses a second at [Default], which is three years for 1e12. The bar
// for Strong is as high as it is because zxcvbn takes a word that is not in its
// list for random letters: it credits three words of the long list, 4.7e11
// possibilities, with up to 1e18 guesses, and four with 1e19 and more.
const (
	fairGuesses   = 1e12
	strongGuesses = 1e19
)

// measured is how many runes are looked at: the estimate takes time that grows
// with the square of the length, and what is longer is strong by then or is
// repetition.
const measured = 96

// Measure estimates a passphrase with zxcvbn (Wheeler, USENIX Security 2016),
// for the warning beside the field. It is a guess about people's habits, so it
// warns and never refuses. A passphrase that [NormalizePassphrase] refuses is
// Weak.
func Measure(passphrase []byte) Strength {
	normal, err := NormalizePassphrase(passphrase)
	if err != nil {
		return Weak
	}
	defer clear(normal)
	text := []rune(string(normal))
	defer clear(text)
	if len(text) > measured {
		text = text[:measured]
	}
	guesses := zxcvbn.PasswordStrength(string(text), []string{"ebb"}).Guesses
	switch {
	case guesses < fairGuesses:
		return Weak
	case guesses < strongGuesses:
		return Fair
	}
	return Strong
}
