package print

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode"

	"ebb/scripts/paper"
	"ebb/ui/lang"
)

// odd are texts that somebody may write or paste.
var odd = map[string]string{
	"nothing":     "",
	"blank":       " \n\n \t \n\n\n",
	"a line":      "one line",
	"long words":  strings.Repeat("Donaudampfschifffahrt", 60),
	"very long":   strings.Repeat("word and word ", 3000),
	"bidi":        "Ada \u202eneB\u202c and \u2066Marek\u2069 \u200fשלום\u200e مرحبا",
	"controls":    "a\x00b\x07c\x1b[31md\x7fe\u0085f\rg\th",
	"separators":  "a\u2028b\u2029c\u00a0d\u200be",
	"pictures":    "waves 🌊 and 漢字 and \U0010FFFF",
	"not UTF-8":   "a\xff\xfeb\xc3",
	"marks":       `\ ( ) \( \) % << >> endstream stream`,
	"many blocks": strings.Repeat("A heading\nand its words\n\n", 200),
	"dashes":      "- \n\n- item\n\n-- no item",
}

// ways write a text on paper, by the functions that take words as they are.
var ways = map[string]func(w io.Writer, words string, o Options) error{
	"document": func(w io.Writer, words string, o Options) error {
		return Document(w, Text{Title: "A text", Mark: "a mark", Words: words, Foot: "Version 3", Sign: true}, o)
	},
	"title": func(w io.Writer, words string, o Options) error {
		return Document(w, Text{Title: words, Mark: words, Words: words, Foot: words}, o)
	},
	"paragraphs": func(w io.Writer, words string, o Options) error {
		return Paragraphs(w, "A certificate", strings.Split(words, "\n\n"), o)
	},
	"paragraph": func(w io.Writer, words string, o Options) error {
		return Paragraphs(w, words, []string{words, "- " + words}, o)
	},
}

// Whatever the words are, they print on both papers and in large type; the file says
// nothing of when or by whom, and holds every letter of them and nothing that turns or
// controls.
func TestTextsPrint(t *testing.T) {
	for name, words := range odd {
		for way, write := range ways {
			for _, o := range []Options{{}, {Large: true, Letter: true}} {
				var b bytes.Buffer
				if err := write(&b, words, o); err != nil {
					t.Fatalf("%s, %s: %v", name, way, err)
				}
				neutral(t, b.Bytes())
				got, err := paper.Words(b.Bytes())
				if err != nil {
					t.Fatalf("%s, %s: %v", name, way, err)
				}
				if at := strings.IndexFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); at >= 0 {
					t.Errorf("%s, %s: %q is on the paper", name, way, got[at:min(len(got), at+8)])
				}
				if want := letters(words); !strings.Contains(letters(got), want) && name != "many blocks" && name != "very long" {
					t.Errorf("%s, %s %+v: of %.60q stands %.200q", name, way, o, want, letters(got))
				}
			}
		}
	}
}

// The same text is the same file.
func TestTextsAreOneFile(t *testing.T) {
	for way, write := range ways {
		var files [2]bytes.Buffer
		for i := range files {
			if err := write(&files[i], odd["bidi"]+odd["pictures"], Options{}); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
			t.Errorf("%s: two files of one text differ", way)
		}
	}
}

// letters are those of a text, without what stands between them.
func letters(words string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) || r > 0xFFFF {
			return -1
		}
		return r
	}, words)
}

// A block of several lines has its first as a heading; a block that only says the title
// again is left out, and one that says more is not.
func TestDocumentReads(t *testing.T) {
	pages := pagesOf(t, func(w io.Writer) error {
		return Document(w, Text{Title: "Secrets", Words: "Secrets\n\nSecrets\nare kept apart\n\nA plain block", Foot: "Version 2"}, Options{})
	})
	if got, want := strings.Join(strings.Fields(strings.Join(pages, "")), " "), "Secrets Secrets are kept apart A plain block Version 2 "+pageMark(1); got != want {
		t.Errorf("it reads %q, want %q", got, want)
	}
}

// The lines to sign on stay together, wherever the text ends on its page, and are there
// only if somebody is to sign.
func TestSigningStaysTogether(t *testing.T) {
	signs := []string{lang.T("print.sign-decided"), lang.T("print.sign-name"), lang.T("print.sign-day")}
	moved := false
	for n := 24; n < 40; n++ { // a page has some thirty
		words := strings.TrimSpace(strings.Repeat("a line\n\n", n+1))
		for _, sign := range []bool{true, false} {
			pages := pagesOf(t, func(w io.Writer) error { return Document(w, Text{Title: "T", Words: words, Sign: sign}, Options{}) })
			for number, page := range pages {
				there := 0
				for _, line := range signs {
					if strings.Contains(page, line) {
						there++
					}
				}
				if last := number == len(pages)-1; there != 0 && there != len(signs) || sign && last != (there != 0) || !sign && there != 0 {
					t.Fatalf("%d lines, to sign %v: %d of %d are on page %d of %d", n+1, sign, there, len(signs), number+1, len(pages))
				}
				moved = moved || number > 0 && there != 0 && !strings.Contains(page, "a line")
			}
		}
	}
	if !moved {
		t.Error("they never went to the next page")
	}
}

// Long texts go on on as many pages as they need, each with its number, and no word of
// them is lost or stands twice.
func TestLongTextsGoOn(t *testing.T) {
	var words []string
	for i := range 4000 {
		words = append(words, "w"+string(rune('a'+i/676%26))+string(rune('a'+i/26%26))+string(rune('a'+i%26)))
	}
	text := strings.Join(words, " ")
	for way, write := range map[string]func(io.Writer) error{
		"document":   func(w io.Writer) error { return Document(w, Text{Title: "T", Words: text}, Options{}) },
		"paragraphs": func(w io.Writer) error { return Paragraphs(w, "T", []string{"L", text}, Options{}) },
		"an item":    func(w io.Writer) error { return Paragraphs(w, "T", []string{"L", "- " + text}, Options{}) },
	} {
		pages := pagesOf(t, write)
		if len(pages) < 4 {
			t.Fatalf("%s: %d pages", way, len(pages))
		}
		var got []string
		for i, page := range pages {
			rest, found := strings.CutSuffix(strings.TrimSpace(page), pageMark(i+1))
			if !found {
				t.Errorf("%s: page %d does not end with its number", way, i+1)
			}
			for _, word := range strings.Fields(rest) {
				if word != "T" && word != "L" {
					got = append(got, word)
				}
			}
		}
		if strings.Join(got, " ") != text {
			t.Errorf("%s: %d words became %d", way, len(words), len(got))
		}
	}
}

func pageMark(n int) string { return lang.F("print.page", map[string]any{"Page": n}) }

func pagesOf(t *testing.T, write func(io.Writer) error) []string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	pages, err := paper.Pages(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// What cannot be written is told.
func TestTextOnAFullDisk(t *testing.T) {
	for way, write := range ways {
		if err := write(full{}, "words", Options{}); err == nil {
			t.Errorf("%s: a full disk was not told", way)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
