package print

import (
	"bytes"
	"strings"
	"testing"
)

// What a practitioner hands out is a page where it can be, whatever the notes hold; and
// a menu without notes is the same file as one that people print at home.
func TestHandOutsOfAnOffice(t *testing.T) {
	l := library(t)
	var offered []Offered
	for _, id := range []string{"J1", "C1", "C2", "C3", "A1"} {
		offered = append(offered, Offered{Exercise: l.Find(id)})
	}
	var home, plain bytes.Buffer
	if err := Week(&home, l.All()[:1], Options{}); err != nil {
		t.Fatal(err)
	}
	if err := Menu(&plain, []Offered{{Exercise: l.All()[0]}}, "", Options{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(home.Bytes(), plain.Bytes()) {
		t.Error("a menu without notes is not the one of a home")
	}
	offered[1].Note = "You spoke of the door, both mornings. Leaving it is fine."
	for _, o := range []Options{{}, {Letter: true}, {Large: true}} {
		var b bytes.Buffer
		if err := Menu(&b, offered, "K-12", o); err != nil {
			t.Fatal(err)
		}
		neutral(t, b.Bytes())
		if !o.Large && !bytes.Contains(b.Bytes(), []byte("/Count 1\n")) {
			t.Errorf("%+v: more than one page", o)
		}
	}
	for _, note := range []string{strings.Repeat("x", 1000), "emoji 🌊 and עברית", strings.Repeat("word ", 200)} {
		for _, write := range []func(*bytes.Buffer) error{
			func(b *bytes.Buffer) error {
				return Menu(b, []Offered{{l.Find("C2"), note}, {l.Find("J1"), note}}, note, Options{Large: true})
			},
			func(b *bytes.Buffer) error {
				return HandOut(b, Offered{l.Find("C2"), note}, l.Texts(), Options{Letter: true})
			},
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Errorf("%.20q: %v", note, err)
			}
			neutral(t, b.Bytes())
		}
	}
}
