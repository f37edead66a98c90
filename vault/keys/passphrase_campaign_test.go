package keys

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"ebb/scripts/proof"
)

// opensWith reports whether what was typed opens a key file.
func opensWith(t *testing.T, path, typed string) (bool, error) {
	t.Helper()
	s, i, err := open(t, path).Unlock(context.Background(), []byte(typed))
	switch {
	case err == nil && s != nil && i == nil:
		return true, s.Close()
	case errors.Is(err, ErrWrongPassphrase), errors.Is(err, ErrPassphraseForm):
		return false, nil
	}
	return false, err
}

// More than two hundred pairs of passphrases that look alike, the whole way: a key
// file is made with one, opened with the other, and changed to the other. They are the
// same exactly where Unicode says that the letters are; and what opens something
// already is refused as a new one.
func TestPassphrasesThatLookAlike(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "passphrases/pairs")
	for _, p := range pairs() {
		path, s := newHome(t, p.a, "Anna")
		opens := func(when string, a, b bool) {
			t.Helper()
			for typed, want := range map[string]bool{p.a: a, p.b: b} {
				if got, err := opensWith(t, path, typed); err != nil || got != want {
					c.Failure("%s %+q, %+q opens it: %v, %v", when, p.a, typed, got, err)
				}
			}
		}
		opens("made with", true, p.same)
		_, err := tryChange(s, p.a, p.b)
		if errors.Is(err, ErrWeakPassphrase) != p.same || err != nil && !p.same {
			c.Failure("changing from %+q to %+q: %v", p.a, p.b, err)
		}
		opens("changed from", p.same, true)
		c.Ran(true, map[bool]string{true: "the same", false: "not the same"}[p.same])
	}
}

// What can be no passphrase is refused in words that do not repeat it, wherever one is
// typed; what only looks odd is taken.
func TestPassphrasesOfEverySort(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "passphrases/odd")
	const family = "👩🏽\u200d❤️\u200d💋\u200d👨🏿"
	for name, row := range map[string]struct {
		text  string
		taken bool
	}{
		"empty":                    {"", false},
		"spaces":                   {" \t\u3000\u2029", false},
		"a NUL":                    {"a passphrase with a \x00 in it", false},
		"a NUL at the end":         {"a passphrase\x00", false},
		"invalid UTF-8":            {"caf\xe9 au lait", false},
		"half a letter":            {"a passphrase \xe2\x82", false},
		"a surrogate":              {"\xed\xa0\x80 passphrase", false},
		"1 MiB":                    {strings.Repeat("long ", 1<<20/5), false},
		"1 MiB of marks":           {"a" + strings.Repeat("\u0301", 1<<19), false},
		"1025 bytes":               {strings.Repeat("a", 1025), false},
		"1024 bytes":               {strings.Repeat("a", 1024), true},
		"one letter":               {"ü", true},
		"an emoji of many":         {family, true},
		"from right to left":       {"\u202eשלום עולם\u202c", true},
		"in Arabic":                {"مرحبا بالعالم", true},
		"in Korean":                {"안녕하세요 세계", true},
		"marks upon marks":         {"z\u0351\u036b\u0343\u036a\u0302\u036b\u033d a\u0334\u0319\u0324\u031e\u0349 lgo", true},
		"full-width":               {"ｆｕｌｌ　ｗｉｄｔｈ", true},
		"a private use character":  {"\ue000 and \U000fffff", true},
		"controls":                 {"a\x01b\x7fc\u0085d", true},
		"a byte order mark":        {"\ufeffmarked", true},
		"the greatest code point":  {"\U0010ffff at the end", true},
		"unassigned code points":   {"\u0378\U000e0fff", true},
		"the letter that is a sum": {"ﷺ alone", true},
	} {
		path := filepath.Join(t.TempDir(), "keys")
		s, err := Create(path, Home, []byte(row.text), InsecureParams, "Anna", foundHome, InsecureCheapKDF())
		if row.taken != (err == nil) || err != nil && !errors.Is(err, ErrPassphraseForm) {
			c.Failure("%s: made: %v", name, err)
		}
		if err == nil {
			s.Close()
			if got, err := opensWith(t, path, row.text); !got || err != nil {
				c.Failure("%s: it does not open: %v", name, err)
			}
			if got, err := opensWith(t, path, row.text+"x"); got || err != nil {
				c.Failure("%s: a letter more opens it: %v", name, err)
			}
			c.Ran(true, "taken")
			continue
		}
		if len(err.Error()) > 200 {
			c.Failure("%s: the error has %d bytes", name, len(err.Error()))
		}
		other, s := newHome(t, passA, "Anna")
		if _, _, err := open(t, other).Unlock(context.Background(), []byte(row.text)); !errors.Is(err, ErrPassphraseForm) {
			c.Failure("%s: unlocking: %v", name, err)
		}
		if _, err := tryChange(s, passA, row.text); !errors.Is(err, ErrPassphraseForm) {
			c.Failure("%s: changing: %v", name, err)
		}
		c.Ran(true, "refused")
	}
}
