package print

import (
	"bytes"
	"strings"
	"testing"
)

// A preparation prints whatever people wrote, on both papers and in large type, and says
// nothing of when or by whom.
func TestTablePrints(t *testing.T) {
	for name, p := range map[string]Preparation{
		"nothing": {},
		"empty":   {Title: "On the table", About: "For all.", Parts: []Part{{Heading: "Released", None: "Nothing."}}},
		"odd": {Title: strings.Repeat("x", 3000), Parts: []Part{{Heading: "emoji 🌊 and עברית", Lines: []Line{
			{Head: "Ada", Text: strings.Repeat("word ", 2000), Small: "a\u2028b"}, {Text: "\n\n\n"}, {Head: strings.Repeat("Donaudampfschiff", 30)}, {},
		}}}},
	} {
		for _, o := range []Options{{}, {Large: true}, {Letter: true}} {
			var b, again bytes.Buffer
			if err := Table(&b, p, o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			neutral(t, b.Bytes())
			if err := Table(&again, p, o); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("%s %+v: two files of one page differ, %v", name, o, err)
			}
		}
	}
}
