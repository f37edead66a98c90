package assets

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

var accent = color.NRGBA{R: 0x1E, G: 0x5B, B: 0x5A, A: 255}

func TestFontsAreTrueType(t *testing.T) {
	for name, font := range map[string][]byte{
		"VollkornRegular": VollkornRegular, "VollkornMedium": VollkornMedium,
		"VollkornSemiBold": VollkornSemiBold, "VollkornItalic": VollkornItalic,
		"LatoRegular": LatoRegular, "LatoSemibold": LatoSemibold, "LatoItalic": LatoItalic,
	} {
		if !bytes.HasPrefix(font, []byte{0, 1, 0, 0}) {
			t.Errorf("%s does not begin as a TrueType file does", name)
		}
	}
}

func TestLicencesGoWithTheFonts(t *testing.T) {
	for name, text := range map[string]string{"Vollkorn": VollkornLicence, "Lato": LatoLicence} {
		if !strings.HasPrefix(text, "Copyright") || !strings.Contains(text, "SIL OPEN FONT LICENSE Version 1.1") {
			t.Errorf("%s: the licence lacks its copyright line or its title", name)
		}
	}
}

// Every icon must take its colour from the caller alone, hold nothing that
// points outside itself, and stay away from what Fyne's reader draws wrongly.
func TestIconsTakeOneColour(t *testing.T) {
	largeArc := regexp.MustCompile(`[aA][\d.]+ [\d.]+ [\d.]+ 1 `)
	colours := regexp.MustCompile(`#[0-9A-Fa-f]{3,6}`)
	for _, name := range IconNames() {
		svg, err := Icon(name, accent)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range colours.FindAll(svg, -1) {
			if string(c) != "#1E5B5A" {
				t.Errorf("%s: kept the colour %s", name, c)
			}
		}
		if len(colours.FindAll(svg, -1)) == 0 {
			t.Errorf("%s: has nothing to colour", name)
		}
		if largeArc.Match(svg) {
			t.Errorf("%s: draws a large arc", name)
		}
		if bytes.Contains(svg, []byte("href")) {
			t.Errorf("%s: refers to something outside", name)
		}
	}
	if n := len(IconNames()); n < 46 {
		t.Errorf("only %d icons are embedded", n)
	}
}

func TestNoSuchIcon(t *testing.T) {
	for _, name := range []string{"", "nothing", "../icons/lock", "lock.svg", "/etc/passwd"} {
		if _, err := Icon(name, accent); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Icon(%q): got %v, want fs.ErrNotExist", name, err)
		}
	}
}

func TestAppIcon(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(AppIcon))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 512 || b.Dy() != 512 {
		t.Errorf("the icon is %v, want 512 by 512", b)
	}
	if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
		t.Error("the corners of the icon are not round")
	}
}
