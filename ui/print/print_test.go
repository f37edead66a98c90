package print

import (
	"bytes"
	"math"
	"regexp"
	"strings"
	"testing"

	"ebb/exercises"
)

func library(t *testing.T) *exercises.Library {
	t.Helper()
	l, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every exercise can be printed, on both papers and in large type; nothing in the file
// says when or by whom it was made, and the same page is the same file.
func TestEveryExercisePrints(t *testing.T) {
	l := library(t)
	for i, e := range l.All() {
		if testing.Short() && i%16 != 0 {
			continue
		}
		for _, o := range []Options{{}, {Large: true}, {Letter: true}} {
			var a, b bytes.Buffer
			if err := Exercise(&a, e, l.Texts(), o); err != nil {
				t.Fatalf("%s: %v", e.ID, err)
			}
			if err := Exercise(&b, e, l.Texts(), o); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s %+v: two files of one page differ", e.ID, o)
			}
			neutral(t, a.Bytes())
		}
	}
}

func neutral(t *testing.T, pdf []byte) {
	t.Helper()
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf[len(pdf)-16:], []byte("%%EOF")) {
		t.Error("not a whole PDF")
	}
	for _, word := range []string{"/Author", "/Title", "/Creator", "fpdf", "FPDF"} {
		if bytes.Contains(pdf, []byte(word)) {
			t.Errorf("the file holds %q", word)
		}
	}
	for _, date := range regexp.MustCompile(`D:\d{14}`).FindAllString(string(pdf), -1) {
		if !strings.HasPrefix(date, "D:20000101") {
			t.Errorf("the file says when it was made: %s", date)
		}
	}
}

func TestWeekAndPage(t *testing.T) {
	l := library(t)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"nothing": func(b *bytes.Buffer) error { return Week(b, nil, Options{}) },
		"a week":  func(b *bytes.Buffer) error { return Week(b, l.All()[:7], Options{}) },
		"all":     func(b *bytes.Buffer) error { return Week(b, l.All(), Options{Large: true, Letter: true}) },
		"page":    func(b *bytes.Buffer) error { return Page(b, l.Texts().Medical, Options{}) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		neutral(t, b.Bytes())
	}
}

// A paragraph that goes on on the next page leaves two lines at least on each.
func TestNoLineStandsAlone(t *testing.T) {
	for room := range 9 {
		s := newSheet(Options{})
		_, page := s.pdf.GetPageSize()
		height := 10.5 * point * lineRatio
		s.pdf.SetY(page - margin - (float64(room)+0.5)*height)
		s.text(sans, 10.5, ink, 0, 0, "one\ntwo\nthree\nfour\nfive\nsix")
		if room >= 6 {
			if s.pdf.PageNo() != 1 {
				t.Errorf("room for %d lines, and six went on on the next page", room)
			}
			continue
		}
		if there := int(math.Round((s.pdf.GetY() - top) / height)); s.pdf.PageNo() != 2 || there == 1 || there == 5 {
			t.Errorf("room for %d lines: %d of six stand on page %d", room, there, s.pdf.PageNo())
		}
	}
}

// A week is one page, on either paper.
func TestWeekIsOnePage(t *testing.T) {
	l := library(t)
	var chosen []*exercises.Exercise
	for _, e := range l.All() {
		if e.Category == exercises.Closer || e.Category == exercises.Appreciation {
			chosen = append(chosen, e)
		}
	}
	for _, o := range []Options{{}, {Letter: true}} {
		var b bytes.Buffer
		if err := Week(&b, chosen[:7], o); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b.Bytes(), []byte("/Count 1\n")) {
			t.Errorf("%+v: more than one page", o)
		}
	}
}

// Words of people's own can hold anything that the drawer takes.
func TestOddTextPrints(t *testing.T) {
	l := library(t)
	e := *l.All()[0]
	for _, text := range []string{"", strings.Repeat("x", 3000), "emoji 🌊 and עברית and 漢字", "line\nline\n\n\nline", "a\u00a0b\u2028c", strings.Repeat("word ", 1000)} {
		e.Title, e.Purpose, e.Steps = text, text, []exercises.Step{{Title: text, Text: text}}
		var b bytes.Buffer
		if err := Exercise(&b, &e, l.Texts(), Options{Large: true}); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
		neutral(t, b.Bytes())
	}
}
