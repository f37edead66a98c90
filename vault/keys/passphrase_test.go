package keys

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pairs are passphrases that look alike, and whether they are the same.
func pairs() []struct {
	a, b string
	same bool
} {
	type pair = struct {
		a, b string
		same bool
	}
	list := []pair{
		{"dotless ı", "dotless i", false},
		{"İstanbul", "istanbul", false},
		{"straße", "strasse", false},
		{"Password one", "password one", false},
		{"ﬁne words", "fine words", false}, // a ligature: NFKC would join them
		{"①②③ four", "123 four", false},
		{"x² + y²", "x2 + y2", false},
		{"\u2126 ohm", "\u03a9 ohm", true}, // singleton: NFC maps the ohm sign
		{"\u212b angstrom", "\u00c5 angstrom", true},
		{"한국어", norm.NFD.String("한국어"), true},
		{"q\u0307\u0323", "q\u0323\u0307", true}, // order of marks
		{"👩‍❤️‍👨 us", "👩❤️👨 us", false},          // joiners count
		{"❤️ heart", "❤ heart", false},           // so do variation selectors
		{"\u202eabc", "abc", false},              // bidi controls
		{"abc\u200b", "abc", false},              // zero width
		{"\ufeffabc", "abc", false},
		{"six words", "six  words", true},
		{"six words", " six words ", true},
		{"six words", "six\twords\r\n", true},
		{"six words", "six\u00a0words", true},
		{"six words", "six\u3000words", true},
		{"six words", "sixwords", false},
		{"six words", "Six words", false},
		{"six words", "six words.", false},
		{"six\u1680words", "six\u205fwords", true},
		{"six\x1cwords", "six words", false}, // a control, not White_Space
	}
	for r := rune(0xC0); r <= 0x17F; r++ { // Latin letters with marks
		composed := "my " + string(r) + " word"
		if decomposed := norm.NFD.String(composed); decomposed != composed {
			list = append(list, pair{composed, decomposed, true})
		}
		if plain := norm.NFKD.String(composed); plain != norm.NFD.String(composed) {
			list = append(list, pair{composed, plain, false})
		}
	}
	for r := rune(0xFF01); r <= 0xFF5E; r++ { // full-width forms
		list = append(list, pair{"full " + string(r), "full " + string(r-0xFEE0), false})
	}
	return list
}

func TestPassphrasePairs(t *testing.T) {
	list := pairs()
	if len(list) < 200 {
		t.Fatalf("only %d pairs", len(list))
	}
	for _, p := range list {
		a, err := NormalizePassphrase([]byte(p.a))
		if err != nil {
			t.Fatalf("%q: %v", p.a, err)
		}
		b, err := NormalizePassphrase([]byte(p.b))
		if err != nil {
			t.Fatalf("%q: %v", p.b, err)
		}
		if bytes.Equal(a, b) != p.same {
			t.Errorf("%q and %q: same is %v", p.a, p.b, !p.same)
		}
		again, err := NormalizePassphrase(a)
		if err != nil || !bytes.Equal(a, again) {
			t.Errorf("%q: normalising twice changes it", p.a)
		}
	}
	// The whole way, for every tenth: made with one, opened with the other.
	for n := 0; n < len(list); n += 10 {
		p := list[n]
		path, _ := newHome(t, p.a, "Anna")
		s, _, err := open(t, path).Unlock(context.Background(), []byte(p.b))
		if (err == nil) != p.same || err != nil && !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("made with %q, opened with %q: %v", p.a, p.b, err)
		}
		if s != nil {
			s.Close()
		}
	}
}

func TestPassphrasesThatCannotBe(t *testing.T) {
	for name, p := range map[string]string{
		"empty": "", "spaces": "  \t\r\n\u3000", "NUL": "a\x00b", "NUL at the end": "abc\x00",
		"invalid UTF-8": "caf\xe9", "half a rune": "abc\xe2\x82", "surrogate": "\xed\xa0\x80abc", "overlong": "\xc0\xaf",
		"1025 bytes": strings.Repeat("a", 1025), "1 MiB": strings.Repeat("a", 1<<20), "17 KiB of marks": "a" + strings.Repeat("\u0301", 8700),
	} {
		if _, err := NormalizePassphrase([]byte(p)); !errors.Is(err, ErrPassphraseForm) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "caf") || len(err.Error()) > 120 {
			t.Errorf("%s: the error repeats the passphrase: %v", name, err)
		}
		path, _ := newHome(t, passA, "Anna")
		if _, _, err := open(t, path).Unlock(context.Background(), []byte(p)); !errors.Is(err, ErrPassphraseForm) {
			t.Errorf("%s: unlock: %v", name, err)
		}
		if Measure([]byte(p)) != Weak {
			t.Errorf("%s is not weak", name)
		}
	}
	for name, p := range map[string]string{
		"1024 bytes": strings.Repeat("a", 1024), "one rune": "ü", "1024 after NFC": strings.Repeat("u\u0308", 512),
		"room to collapse": strings.Repeat("a ", 500) + strings.Repeat(" ", 5000),
	} {
		if n, err := NormalizePassphrase([]byte(p)); err != nil || !utf8.Valid(n) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGeneratePassphrase(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		p, err := GeneratePassphrase(6)
		if err != nil {
			t.Fatal(err)
		}
		if words := strings.Fields(p); len(words) != 6 || strings.Join(words, " ") != p || strings.ToLower(p) != p {
			t.Errorf("%d words, or not lower-case with single spaces", len(words))
		}
		if seen[p] {
			t.Fatal("the same passphrase twice")
		}
		seen[p] = true
		if Measure([]byte(p)) != Strong {
			t.Errorf("a generated passphrase is %v", Measure([]byte(p)))
		}
		n, err := NormalizePassphrase([]byte(p))
		if err != nil || string(n) != p {
			t.Errorf("not in normal form: %v", err)
		}
	}
	for _, words := range []int{-1, 0, 65} {
		if _, err := GeneratePassphrase(words); err == nil {
			t.Errorf("%d words were drawn", words)
		}
	}
}

func TestMeasure(t *testing.T) {
	for p, want := range map[string]Strength{
		"password": Weak, "ebb": Weak, "qwertyuiop": Weak, "anna1987": Weak, "aaaaaaaaaaaaaaaaaaaaaaaa": Weak,
		"two words": Weak, "correct horse": Weak, "Tr0ub4dor&3": Weak,
		"my dog likes bones": Fair, "unshaven grill defog": Fair,
		"correct horse staple":                      Fair,
		"vexing ladle unmasked corridor":            Strong,
		"unshaven grill defog plank wobble extinct": Strong,
		strings.Repeat("long ", 200):                Weak,
	} {
		if got := Measure([]byte(p)); got != want {
			t.Errorf("%q is %v, want %v", p, got, want)
		}
	}
	if fmt.Sprint(Weak, Fair, Strong) != "weak fair strong" {
		t.Error("the names of the strengths")
	}
}
