package exercises

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// Every reason why not gives the same answer, alone and together with any other.
func TestStartNeedsEverything(t *testing.T) {
	e := &Exercise{ID: "D3", Closeness: 2}
	whole := func() *Sitting {
		part := Part{Opened: true, Consented: true}
		return &Sitting{Exercise: e, Offered: true, Within: true, Parts: []Part{part, part}}
	}
	if !whole().Start() {
		t.Fatal("with everything in place it does not start")
	}
	breaks := []func(*Sitting){
		func(s *Sitting) { s.Offered = false },
		func(s *Sitting) { s.Within = false },
		func(s *Sitting) { s.Rests = true },
		func(s *Sitting) { s.Parts[0].Opened = false },
		func(s *Sitting) { s.Parts[1].Opened = false },
		func(s *Sitting) { s.Parts[0].Resting = true },
		func(s *Sitting) { s.Parts[1].Resting = true },
		func(s *Sitting) { s.Parts[0].Consented = false },
		func(s *Sitting) { s.Parts[1].Consented = false },
		func(s *Sitting) { s.Parts = s.Parts[:1] },
		func(s *Sitting) { s.Parts = nil },
	}
	for set := 1; set < 1<<(len(breaks)-2); set++ {
		s := whole()
		for i, b := range breaks[:len(breaks)-2] {
			if set&(1<<i) != 0 {
				b(s)
			}
		}
		if s.Start() {
			t.Errorf("it starts in spite of %b", set)
		}
	}
	for i, b := range breaks[len(breaks)-2:] {
		s := whole()
		b(s)
		if s.Start() {
			t.Errorf("it starts with %d people", i)
		}
	}
}

// The share of days on which an exercise rests by itself is what the help says.
func TestRestsAtTheStatedRate(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 13))
	const days = 400_000
	resting, lengths := 0, map[int]int{}
	for day := 0; day < days; day++ {
		n := drawRest(random.Uint64(), random.Uint64())
		if n == 0 {
			continue
		}
		lengths[n]++
		resting += n
		day += n - 1
	}
	if got := float64(resting) / days; math.Abs(got-RestShare) > 0.004 {
		t.Errorf("rests on %.4f of all days, want %.4f", got, RestShare)
	}
	total := lengths[1] + lengths[2] + lengths[3]
	for n, count := range lengths {
		if n < ShortestRest || n > LongestRest || math.Abs(float64(count)/float64(total)-1.0/3) > 0.01 {
			t.Errorf("%d of %d rests last %d days", count, total, n)
		}
	}
}

func TestDrawRestIsFresh(t *testing.T) {
	seen := map[int]int{}
	for range 2000 {
		seen[DrawRest()]++
	}
	if seen[0] < 1700 || seen[0] > 1990 {
		t.Errorf("no rest in %d of 2000 draws", seen[0])
	}
}

func TestDay(t *testing.T) {
	zone := time.FixedZone("", 13*3600)
	evening := time.Date(2026, 12, 31, 23, 59, 0, 0, zone)
	d := DayOf(evening)
	if d.String() != "2026-12-31" || d.Plus(1).String() != "2027-01-01" || d.Plus(-365).String() != "2025-12-31" {
		t.Error(d, d.Plus(1), d.Plus(-365))
	}
	leap := Day{2028, time.February, 28}
	if leap.Plus(1).String() != "2028-02-29" || leap.Days(Day{2028, time.March, 1}) != 2 || leap.Plus(3).Days(leap) != -3 {
		t.Error("a leap year")
	}
	if !leap.Before(leap.Plus(1)) || leap.Before(leap) || leap.Plus(1).Before(leap) {
		t.Error("order")
	}
}
