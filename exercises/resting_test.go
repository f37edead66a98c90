package exercises

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// histories is how many couples' histories are drawn, and daysOfHistory how long each
// is.
const (
	histories     = 10_000
	daysOfHistory = 60
	sitDown       = 2.0 / 7 // the share of days on which they do
)

// couples are the ways in which two people may open an exercise, each for themselves.
var couples = []struct {
	name string
	open float64 // how often each opens it on a day on which they sit down
}{
	{"each opens it nineteen times out of twenty", 0.95},
	{"each opens it nine times out of ten", 0.9},
	{"each opens it three times out of four", 0.75},
	{"each opens it every second time", 0.5},
}

// restingPages draws histories: two people sit down about twice a week. It returns,
// of all resting pages that they see, the share on days on which the exercise rested
// by itself, and that share among the pages that somebody sees who had opened it: then
// either it rested, or the other had not opened it.
func restingPages(open float64) (itself, opened float64) {
	random := rand.New(rand.NewPCG(1, uint64(open*1000)))
	var pages, byItself, mineOpen, mineOpenItself int
	for range histories {
		resting := 0
		for range daysOfHistory {
			if resting == 0 {
				resting = drawRest(random.Uint64(), random.Uint64())
			}
			rests := resting > 0
			if rests {
				resting--
			}
			if random.Float64() > sitDown {
				continue
			}
			mine, theirs := random.Float64() < open, random.Float64() < open
			if !rests && mine && theirs {
				continue
			}
			pages++
			if rests {
				byItself++
			}
			if mine {
				mineOpen++
				if rests {
					mineOpenItself++
				}
			}
		}
	}
	return float64(byItself) / float64(pages), float64(mineOpenItself) / float64(mineOpen)
}

// shares are the words in which the help tells a share.
var shares = map[string]float64{
	"three in four": 3.0 / 4, "six in ten": 6.0 / 10, "four in ten": 4.0 / 10, "one in three": 1.0 / 3,
	"one in four": 1.0 / 4, "one in five": 1.0 / 5, "one in six": 1.0 / 6,
}

var shareWords = regexp.MustCompile(`(?:one|three|four|six) in (?:three|four|five|six|ten)`)

// The help says how likely it is that a resting page came by itself. What it says is
// held to the histories, the words as well as the figures beside them.
func TestRestingPageFigures(t *testing.T) {
	why := strings.Join(english(t).texts.Resting.Why, "\n")
	for said, so := range map[string]bool{
		"about one day in eight": RestShare == 1.0/8, "for one to three days": ShortestRest == 1 && LongestRest == 3,
		"ten thousand invented histories": histories == 10_000, "sit down about twice a week": sitDown == 2.0/7,
	} {
		if !so || !strings.Contains(why, said) {
			t.Errorf("that it is %q is so: %v, and the help says:\n%s", said, so, why)
		}
	}
	figures := english(t).texts.Resting.Figures
	if len(figures) != len(couples) {
		t.Fatalf("the help speaks of %d kinds of couples, the histories of %d", len(figures), len(couples))
	}
	for i, c := range couples {
		figure := figures[i]
		itself, opened := restingPages(c.open)
		fmt.Printf("resting open=%.2f itself=%.3f opened=%.3f\n", c.open, itself, opened)
		if !strings.Contains(figure.Text, c.name) {
			t.Errorf("%q is not about couples where %s", figure.Text, c.name)
		}
		said := shareWords.FindAllString(figure.Text, -1)
		if len(said) != 2 {
			t.Fatalf("%q tells %d shares, not one for everybody and one for whoever had opened it", figure.Text, len(said))
		}
		for k, share := range []struct{ beside, drawn float64 }{{figure.Itself, itself}, {figure.Opened, opened}} {
			if math.Abs(share.beside-share.drawn) > 0.01 {
				t.Errorf("%q: beside it stands %.2f, the histories have %.3f", figure.Text, share.beside, share.drawn)
			}
			told, known := shares[said[k]]
			if !known || math.Abs(told-share.drawn) > 0.04 {
				t.Errorf("%q says %s, the histories have %.3f", figure.Text, said[k], share.drawn)
			}
		}
	}
}
