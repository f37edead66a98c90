package exercises

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// histories is how many couples' histories are drawn, and daysOfHistory how long each
// is.
const (
	histories     = 10_000
	daysOfHistory = 60
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
// by itself, and the share on days on which the one who looks had opened it and only
// the other had not.
func restingPages(open float64) (itself, other float64) {
	random := rand.New(rand.NewPCG(1, uint64(open*1000)))
	var pages, byItself, byOther int
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
			if random.Float64() > 2.0/7 {
				continue
			}
			mine, theirs := random.Float64() < open, random.Float64() < open
			if !rests && mine && theirs {
				continue
			}
			pages++
			switch {
			case rests:
				byItself++
			case mine:
				byOther++
			}
		}
	}
	return float64(byItself) / float64(pages), float64(byOther) / float64(pages)
}

// The help text says how likely the causes of a resting page are. The figures come
// from here.
func TestRestingPageFigures(t *testing.T) {
	library, err := English()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range couples {
		itself, other := restingPages(c.open)
		fmt.Printf("resting open=%.2f itself=%.3f other=%.3f\n", c.open, itself, other)
		told := false
		for _, figure := range library.texts.Resting.Figures {
			if !strings.Contains(figure.Text, c.name) {
				continue
			}
			told = true
			if math.Abs(figure.Itself-itself) > 0.02 {
				t.Errorf("%q: the help says %.2f, the histories %.3f", c.name, figure.Itself, itself)
			}
		}
		if !told {
			t.Errorf("the help does not speak of couples where %s", c.name)
		}
	}
}
