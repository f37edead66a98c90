package portable

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// momentExpression is what a moment is, as an expression: too slow to read texts
// with, and an independent judge.
var momentExpression = regexp.MustCompile(`!\[[^\]\n]{0,200}\]\((?:dayone-moment:/{0,2}([A-Za-z]*)/?[^)\s]{0,200}|(photos|videos|audios|pdfs)/[^)\s]{1,200})\)`)

// moments puts what stood there, and its kind, between signs that mark it.
func moments(s string) (found, expected string) {
	mark := func(found, kind string) string { return "⟨" + kind + " " + found + "⟩" }
	expected = momentExpression.ReplaceAllStringFunc(s, func(found string) string {
		m := momentExpression.FindStringSubmatch(found)
		return mark(found, momentKind(m[1]+m[2]))
	})
	return replaceMoments(s, mark), expected
}

func TestMomentsAreThoseOfTheExpression(t *testing.T) {
	words := []string{
		"", "", "", "!", "[", "![", "]", "(", "](", ")", "/", "//", "///", "video", "pdfAttachment", "0AF", "é", "`", "photos",
		"\n", "\t", " ", "\f", "\u00a0", "\xff", strings.Repeat("a", 198), strings.Repeat("日", 199), strings.Repeat("x", 200), strings.Repeat("/", 203),
	}
	places := []string{"dayone-moment:", "dayone-moment:/", "photos/", "videos/", "audios/", "pdfs/", "files/", "dayone-moment"}
	r := rand.New(rand.NewPCG(1, 2))
	one := func(of []string) string { return of[r.IntN(len(of))] }
	met := 0
	for range 10_000 {
		var b strings.Builder
		for range 1 + r.IntN(3) {
			for _, part := range []string{one(words), "![", one(words), one(words), "](", one(places), one(words), one(words), ")"} {
				if r.IntN(20) > 0 {
					b.WriteString(part)
				}
			}
		}
		found, expected := moments(b.String())
		if found != expected {
			t.Fatalf("of %q becomes %q, and by the expression %q", b.String(), found, expected)
		}
		met += strings.Count(expected, "⟨")
	}
	if met < 2000 {
		t.Errorf("only %d moments were met", met)
	}
}
