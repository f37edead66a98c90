package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestPieces(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"one two":                 "one |two",
		"  two  three  ":          "  |two  |three  ",
		"half-open":               "half-|open",
		"-5 to --all x-1":         "-5 |to |--all |x-1",
		"asked—and then–now":      "asked—|and |then–|now",
		"and/or 1/2":              "and/|or |1/2",
		"no\u00a0break 5\u202fkm": "no\u00a0break |5\u202fkm",
		"中文。中（文）":                 "中|文。|中|（文）",
		"か\u3099き ゃ":              "か\u3099|き |ゃ",
		"a\tb":                    "a\t|b",
		"soft\u00adhyphen":        "soft\u00ad|hyphen",
		"👨‍👩‍👧👨‍👩‍👧":              "👨‍👩‍👧👨‍👩‍👧",
		"word中word":               "word|中|word",
		"한국어":                     "한|국|어",
		"e\u0301-\u0301a":         "e\u0301-\u0301a",
		"bare \u0301 accent":      "bare \u0301 |accent",
		"zero\u200bwidth":         "zero\u200b|width",
	} {
		var got []string
		for p, at := []byte(text), 0; at < len(p); {
			word, next := NextPiece(p, at)
			if word < at || next < word || next <= at {
				t.Fatalf("%q: piece from %d is %d, %d", text, at, word, next)
			}
			got = append(got, text[at:next])
			at = next
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q breaks as %q, want %q", text, s, want)
		}
	}
}

func TestAPieceNeverEndsInsideACluster(t *testing.T) {
	p := []byte(strings.Repeat("👨‍👩‍👧", 500))
	var bounds []int
	for at := 0; at < len(p); {
		at = NextCluster(p, at)
		bounds = append(bounds, at)
	}
	n := 0
	for at := 0; at < len(p); n++ {
		_, at = NextPiece(p, at)
		if !slices.Contains(bounds, at) {
			t.Fatalf("a piece ends at %d", at)
		}
	}
	if n < 10 {
		t.Errorf("%d pieces: a word without end is read whole", n)
	}
}

func TestMarksStandForWhatActs(t *testing.T) {
	for r, want := range map[rune]string{
		'a': "", ' ': "", '\t': "", '\n': "", 0xA0: "", 0xAD: "", 0x200B: "", 0x200C: "", 0x200D: "", 0xFE0F: "", 0xE0067: "", 0x600: "",
		0: "NUL", 1: "01", 0x1B: "ESC", 0x7F: "DEL", 0x9B: "9B", 0x202E: "RLO", 0x2066: "LRI", 0x200F: "RLM", 0x2028: "2028", 0xFEFF: "BOM",
		0xFFF9: "FFF9", 0xE0001: "E0001", 0x2061: "2061",
	} {
		if got := Mark(r); got != want {
			t.Errorf("mark of %U is %q, want %q", r, got, want)
		}
	}
	// Nothing of the direction controls is missing.
	for r := rune(0); r < 0x3000; r++ {
		if unicode.Is(unicode.Bidi_Control, r) && Mark(r) == "" {
			t.Errorf("%U acts unseen", r)
		}
	}
}
