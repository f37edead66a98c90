package print

import (
	"bytes"
	"testing"

	"ebb/exercises/casework"
)

func checkIn(t *testing.T) *casework.CheckIn {
	t.Helper()
	texts, err := casework.English()
	if err != nil {
		t.Fatal(err)
	}
	return &texts.CheckIn
}

// The form prints on both papers and in both sizes; the same form is the same file, and
// nothing in it says when or by whom it was made.
func TestCheckInPrints(t *testing.T) {
	c := checkIn(t)
	for _, o := range []Options{{}, {Large: true}, {Letter: true}, {Large: true, Letter: true}} {
		for _, f := range []Form{{}, {Home: true}, {Mark: "Ada"}, {Mark: "emoji 🌊 and עברית and a\u202eb, and so long that it takes more than a line of the paper"}} {
			var a, b bytes.Buffer
			if err := CheckIn(&a, c, f, o); err != nil {
				t.Fatalf("%+v %+v: %v", f, o, err)
			}
			if err := CheckIn(&b, c, f, o); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%+v %+v: two files of one form differ", f, o)
			}
			neutral(t, a.Bytes())
		}
	}
}

// The sheet that goes home is without the one that does not, and the sheets never share
// a page.
func TestCheckInThatGoesHome(t *testing.T) {
	c := checkIn(t)
	pages := func(c casework.CheckIn, f Form) int {
		t.Helper()
		s := newSheet(Options{})
		s.checkIn(&c, f)
		return s.pdf.PageCount()
	}
	both, home := pages(*c, Form{}), pages(*c, Form{Home: true})
	here := *c
	here.Sheets = c.Sheets[1:]
	if one := pages(here, Form{}); both != home+one-1 { // what the person keeps is on each
		t.Errorf("%d pages, %d go home, %d stay", both, home, one)
	}
	var all, some bytes.Buffer
	for into, f := range map[*bytes.Buffer]Form{&all: {}, &some: {Home: true}} {
		s := newSheet(Options{})
		s.pdf.SetCompression(false)
		s.checkIn(c, f)
		if err := s.write(into); err != nil {
			t.Fatal(err)
		}
	}
	// Text is set in glyphs; what is printed is known by how much there is of it.
	if boxes := bytes.Count(some.Bytes(), []byte(" re S")); boxes != bytes.Count(all.Bytes(), []byte(" re S"))-10 {
		t.Errorf("%d boxes to tick go home of %d", boxes, bytes.Count(all.Bytes(), []byte(" re S")))
	}
}
