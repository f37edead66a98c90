package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
)

const (
	// clusterBytes cuts a cluster that never ends, such as one letter under a
	// thousand accents, so that a paste cannot stall the drawing.
	clusterBytes = 256
	// lookBack bounds how far back a sure boundary is looked for.
	lookBack = 4096
)

// NextCluster returns the end of the grapheme cluster (UAX #29) that starts at
// offset from in paragraph p, which must be the start of a cluster.
func NextCluster(p []byte, from int) int {
	if from >= len(p) {
		return len(p)
	}
	// Letters of English: no table needed.
	if p[from] < utf8.RuneSelf && (from+1 == len(p) || p[from+1] < utf8.RuneSelf) {
		return from + 1
	}
	rest := p[from:]
	it := graphemes.FromBytes(rest[:runeFloor(rest, clusterBytes)])
	if !it.Next() {
		return from + 1
	}
	return from + len(it.Value())
}

// PreviousCluster returns the start of the cluster that ends at offset from.
func PreviousCluster(p []byte, from int) int {
	from = min(from, len(p))
	if from <= 0 {
		return 0
	}
	return ClusterStart(p, from-1)
}

// ClusterStart returns the start of the cluster that holds the byte at offset
// at; an offset that lies between two clusters comes back as it is, and one
// outside the paragraph comes back as the nearer end.
func ClusterStart(p []byte, at int) int {
	if at <= 0 {
		return 0
	}
	if at >= len(p) {
		return len(p)
	}
	start := boundaryBefore(p, at)
	for {
		next := NextCluster(p, start)
		if next > at {
			return start
		}
		start = next
	}
}

// boundaryBefore finds an offset at or before at that is surely between two
// clusters: the second of two plain letters. A paragraph without such a place
// is entered lookBack bytes earlier, wherever that is.
func boundaryBefore(p []byte, at int) int {
	for at > 0 && !utf8.RuneStart(p[at]) {
		at--
	}
	for limit := at - lookBack; at > 0; {
		if at < limit {
			return at
		}
		r, _ := utf8.DecodeRune(p[at:])
		before, n := utf8.DecodeLastRune(p[:at])
		if plain(r) && plain(before) {
			return at
		}
		at -= n
	}
	return 0
}

// plain says that r never joins a neighbour that is plain too.
func plain(r rune) bool {
	return r < utf8.RuneSelf ||
		r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA || r >= 0x3400 && r <= 0x9FFF ||
		unicode.IsLower(r) || unicode.IsUpper(r)
}

// runeFloor returns the largest n up to limit at which b can be cut between
// two runes; at least one rune stays.
func runeFloor(b []byte, limit int) int {
	if len(b) <= limit {
		return len(b)
	}
	n := limit
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	if n == 0 {
		return limit
	}
	return n
}

// NextWord returns the end of the first word that ends behind offset from, or
// the end of the paragraph.
func NextWord(p []byte, from int) int {
	start := wordEntry(p, from)
	it := words.FromBytes(p[start:])
	for it.Next() {
		if start+it.End() > from && isWord(it.Value()) {
			return start + it.End()
		}
	}
	return len(p)
}

// PreviousWord returns the start of the last word that starts before offset
// from, or the start of the paragraph.
func PreviousWord(p []byte, from int) int {
	for entry := from; entry > 0; {
		entry = wordEntry(p, entry-1)
		found := -1
		it := words.FromBytes(p[entry:from])
		for it.Next() {
			if isWord(it.Value()) {
				found = entry + it.Start()
			}
		}
		if found >= 0 {
			return found
		}
	}
	return 0
}

// WordAt returns the word that offset at lies in or, between words, the run of
// space or the sign there. At the end of a word it is still that word.
func WordAt(p []byte, at int) (start, end int) {
	at = max(0, min(at, len(p)))
	entry := wordEntry(p, at)
	it := words.FromBytes(p[entry:])
	before := [2]int{at, at}
	for it.Next() {
		s, e := entry+it.Start(), entry+it.End()
		if e == at && isWord(it.Value()) {
			before = [2]int{s, e}
		}
		if s <= at && at < e {
			if before[0] < at && !isWord(it.Value()) {
				break
			}
			return s, e
		}
		if s > at {
			break
		}
	}
	if before[0] == at && at == len(p) && at > 0 {
		return WordAt(p, PreviousCluster(p, at))
	}
	return before[0], before[1]
}

// wordEntry returns a place at or before at from which words can be counted:
// behind a space with text before it, or the start.
func wordEntry(p []byte, at int) int {
	at = max(0, min(at, len(p)))
	limit := max(0, at-lookBack)
	for i := at - 1; i > limit; i-- {
		if p[i] != ' ' && p[i-1] == ' ' {
			return i - 1
		}
	}
	for limit > 0 && limit < len(p) && !utf8.RuneStart(p[limit]) {
		limit--
	}
	return limit
}

func isWord(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
		b = b[n:]
	}
	return false
}
