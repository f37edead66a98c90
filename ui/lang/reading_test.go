package lang

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// hardest is the highest reading level that a file of couple-facing text may
// have on average, as a school grade.
const hardest = 8

func TestReadingLevel(t *testing.T) {
	files := make(map[string][]string)
	for _, p := range prose(t) {
		if p.couple {
			files[p.file] = append(files[p.file], p.text)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		grade := readingLevel(files[file])
		t.Logf("%-36s grade %4.1f", file, grade)
		if grade > hardest {
			t.Errorf("%s reads at grade %.1f, above %d: shorter sentences, shorter words", file, grade, hardest)
		}
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.?!…:;]+(\s|$)|\n\s*\n|\n\s*[-*]`)
	field       = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// readingLevel is the Flesch-Kincaid grade (Kincaid et al. 1975, Research Branch
// Report 8-75) of some texts together: 0.39 words a sentence + 11.8 syllables a
// word - 15.59. A label without a full stop is a sentence of its own, and a field
// is a word of one syllable.
func readingLevel(texts []string) float64 {
	var sentences, words, syllables float64
	for _, text := range texts {
		text = field.ReplaceAllString(text, "one")
		for _, sentence := range sentenceEnd.Split(text, -1) {
			inSentence := strings.FieldsFunc(sentence, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
			if len(inSentence) == 0 {
				continue
			}
			sentences++
			for _, word := range inSentence {
				words++
				syllables += float64(countSyllables(word))
			}
		}
	}
	if sentences == 0 {
		return 0
	}
	return 0.39*words/sentences + 11.8*syllables/words - 15.59
}

// silent is an e that is written and not said: shared, moves, close-ness, ev-ery.
var silent = regexp.MustCompile(`([^aeiouyl]|[aeiouy]l|rl)e(ness|less|ly|ful|ment)?$|[^aeiouytd]ed$|([^aeiouysxzcglh]|[aeiou]l|[^sc]h)es$|^every`)

// countSyllables counts the vowel sounds of an English word by its spelling:
// groups of vowels without the silent ones.
func countSyllables(word string) int {
	w := strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	vowel := func(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
	n := 0
	for i := range len(w) {
		if vowel(w[i]) && (i == 0 || !vowel(w[i-1])) {
			n++
		}
	}
	n -= len(silent.FindAllString(w, -1))
	for _, apart := range []string{"ia", "io", "uou", "eou"} { // di-ary, peri-od; not -tion, -cial
		if i := strings.Index(w, apart); i > 0 && strings.IndexByte("tscg", w[i-1]) < 0 {
			n++
		}
	}
	return max(n, 1)
}

func TestCountSyllables(t *testing.T) {
	for n, words := range map[int]string{
		1: "a I kept page stopped don't you're eyes these shared the moves goes whole world",
		2: "closeness table open desire careful lovely wishes others private little people wanted needed pages wishes ended water",
		3: "agreement together diary another privacy however remember tomorrow",
		4: "practitioner experiment invitation everybody",
	} {
		for _, word := range strings.Fields(words) {
			if got := countSyllables(word); got != n {
				t.Errorf("%s: %d, want %d", word, got, n)
			}
		}
	}
}

func TestReadingLevelTellsPlainFromHard(t *testing.T) {
	plain := []string{"Kept. Only you can see this.", "You can close this without finishing.", "Either of you may stop. Stopping is a good use of this page.", "Journal"}
	hard := []string{"The confidentiality of individually communicated information necessitates a systematic differentiation between jointly and separately documented therapeutic interventions."}
	if grade := readingLevel(plain); grade > 5 || grade < -2 {
		t.Errorf("plain text: grade %.1f", grade)
	}
	if grade := readingLevel(hard); grade < 18 {
		t.Errorf("hard text: grade %.1f", grade)
	}
	if grade := readingLevel([]string{"", "…", "{{.Name}}"}); math.IsNaN(grade) {
		t.Error("no words: not a number")
	}
}
