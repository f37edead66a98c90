package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

func TestClustersAreSteppedOverWhole(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"ab", []string{"a", "b"}},
		{"a\u0301b", []string{"a\u0301", "b"}},
		{"👨‍👩‍👧!", []string{"👨‍👩‍👧", "!"}},
		{"🇩🇪🇫🇷🇩", []string{"🇩🇪", "🇫🇷", "🇩"}},
		{"\U0001F44D\U0001F3FDx", []string{"\U0001F44D\U0001F3FD", "x"}},
		{"1️⃣2", []string{"1️⃣", "2"}},
		{"각", []string{"각"}},
		{"\u202ea\u202c", []string{"\u202e", "a", "\u202c"}},
		{"\x00\x1b", []string{"\x00", "\x1b"}},
		{"", nil},
	} {
		var forward, backward []string
		for p, at := []byte(c.text), 0; at < len(p); {
			next := NextCluster(p, at)
			forward = append(forward, string(p[at:next]))
			at = next
		}
		for p, at := []byte(c.text), len(c.text); at > 0; {
			before := PreviousCluster(p, at)
			backward = append(backward, string(p[before:at]))
			at = before
		}
		slices.Reverse(backward)
		if !slices.Equal(forward, c.want) || !slices.Equal(backward, c.want) {
			t.Errorf("%q: forward %q, backward %q, want %q", c.text, forward, backward, c.want)
		}
	}
}

// Going back finds the boundaries of the standard, wherever it starts.
func TestBackwardMeetsForward(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 400 {
		var b strings.Builder
		for range 30 {
			b.WriteString(strings.ReplaceAll(scrap(rng), "\n", ""))
		}
		p := []byte(b.String())
		bounds := map[int]bool{0: true}
		for it := graphemes.FromBytes(p); it.Next(); {
			bounds[it.End()] = true
		}
		for at := 0; at <= len(p); at++ {
			want := at
			for !bounds[want] {
				want--
			}
			if got := ClusterStart(p, at); got != want {
				t.Fatalf("ClusterStart(%q, %d) is %d, want %d", p, at, got, want)
			}
		}
	}
}

func TestAnEndlessClusterIsCut(t *testing.T) {
	p := []byte("a" + strings.Repeat("\u0301", 10_000))
	for at := 0; at < len(p); {
		next := NextCluster(p, at)
		if next <= at || next-at > clusterBytes {
			t.Fatalf("a cluster from %d to %d", at, next)
		}
		at = next
	}
	for at := len(p); at > 0; {
		before := PreviousCluster(p, at)
		if before >= at {
			t.Fatalf("no way back from %d", at)
		}
		at = before
	}
}

func TestWords(t *testing.T) {
	p := []byte("Don't go, half-open 3.5 日本 — é!")
	var ends, starts []string
	for at := 0; at < len(p); {
		at = NextWord(p, at)
		ends = append(ends, string(p[:at]))
	}
	wantEnds := []string{
		"Don't", "Don't go", "Don't go, half", "Don't go, half-open", "Don't go, half-open 3.5",
		"Don't go, half-open 3.5 日", "Don't go, half-open 3.5 日本", "Don't go, half-open 3.5 日本 — é", string(p),
	}
	if !slices.Equal(ends, wantEnds) {
		t.Errorf("word ends %q", ends)
	}
	for at := len(p); at > 0; {
		at = PreviousWord(p, at)
		starts = append(starts, string(p[at:]))
	}
	wantStarts := []string{
		"é!", "本 — é!", "日本 — é!", "3.5 日本 — é!", "open 3.5 日本 — é!", "half-open 3.5 日本 — é!",
		"go, half-open 3.5 日本 — é!", string(p),
	}
	if !slices.Equal(starts, wantStarts) {
		t.Errorf("word starts %q", starts)
	}
}

func TestWordAt(t *testing.T) {
	p := "don't  stop, now"
	for at, want := range map[int]string{0: "don't", 3: "don't", 5: "don't", 6: "  ", 7: "stop", 11: "stop", 12: " ", 13: "now", 16: "now", 99: "now"} {
		start, end := WordAt([]byte(p), at)
		if p[start:end] != want {
			t.Errorf("at %d: %q, want %q", at, p[start:end], want)
		}
	}
	if s, e := WordAt(nil, 0); s != 0 || e != 0 {
		t.Errorf("in nothing: %d to %d", s, e)
	}
	if s, e := WordAt([]byte("..."), 3); s != 2 || e != 3 {
		t.Errorf("behind signs: %d to %d", s, e)
	}
}

func TestWordsOfALongParagraph(t *testing.T) {
	for _, unit := range []string{"word ", "aaaa", "日本", "!?!?", "    "} {
		p := []byte(strings.Repeat(unit, 20_000/len(unit)))
		steps := 0
		for at := len(p); at > 0 && steps < 50; steps++ {
			before := PreviousWord(p, at)
			if before >= at {
				t.Fatalf("%q: no way back from %d", unit, at)
			}
			at = before
		}
		for at := 0; at < len(p) && steps < 100; steps++ {
			next := NextWord(p, at)
			if next <= at {
				t.Fatalf("%q: no way on from %d", unit, at)
			}
			at = next
		}
	}
}
