package proof

import (
	"fmt"
	"math"
)

// Deviation is how far a chi-square statistic of counts of equally likely values
// lies from what chance gives, in standard deviations.
func Deviation(counts []int) float64 {
	total := 0
	for _, n := range counts {
		total += n
	}
	expected := float64(total) / float64(len(counts))
	var sum float64
	for _, n := range counts {
		difference := float64(n) - expected
		sum += difference * difference / expected
	}
	free := float64(len(counts) - 1)
	return (sum - free) / math.Sqrt(2*free)
}

// unlikely is reached by chance less often than once in ten million, for
// statistics of many values. Those of few have longer tails, and one campaign looks
// at two hundred thousand of them: at 9 one run in a hundred was red for nothing.
// A pattern stands at hundreds.
const (
	unlikely        = 6
	unlikelyFewFold = 14
)

// Records says where records of one length lie in a file: nonces and tags are at
// fixed places of each.
type Records struct{ Start, Length int }

// Patterns returns what in content does not look like noise: the frequency of
// bytes in the whole and in each 64 KiB, of pairs of them, of the low bits at each
// place of the records (none if their length is 0), and blocks of 16 bytes that
// are there twice.
func Patterns(content []byte, records Records) (found []string) {
	see := func(what string, d, limit float64) {
		if math.Abs(d) > limit {
			found = append(found, fmt.Sprintf("%s: %.1f standard deviations", what, d))
		}
	}
	const window = 64 << 10
	var whole [256]int
	for at := 0; at < len(content); at += window {
		var part [256]int
		for _, b := range content[at:min(at+window, len(content))] {
			part[b]++
		}
		for b, n := range part {
			whole[b] += n
		}
		see(fmt.Sprintf("bytes from %d on", at), Deviation(part[:]), unlikely)
	}
	see("bytes", Deviation(whole[:]), unlikely)
	pairs := make([]int, 1<<16)
	for i := 1; i < len(content); i++ {
		pairs[int(content[i-1])<<8|int(content[i])]++
	}
	see("pairs of bytes", Deviation(pairs), unlikely)
	for place := range records.Length {
		var bits [16]int
		for at := records.Start + place; at < len(content); at += records.Length {
			bits[content[at]&15]++
		}
		see(fmt.Sprintf("low bits of byte %d of each record", place), Deviation(bits[:]), unlikelyFewFold)
	}
	return append(found, repeated(content)...)
}

// repeated finds a block of 16 bytes that lies on a grid of 16 and stands
// elsewhere too, on the grid or between.
func repeated(content []byte) (found []string) {
	seen := make(map[[16]byte]int, len(content)/4)
	for at := 0; at+16 <= len(content); at += 16 {
		block := [16]byte(content[at:])
		if earlier, ok := seen[block]; ok {
			found = append(found, fmt.Sprintf("the block at %d is at %d too", at, earlier))
			break
		}
		seen[block] = at
	}
	for at := 8; at+16 <= len(content); at += 16 {
		if earlier, ok := seen[[16]byte(content[at:])]; ok {
			return append(found, fmt.Sprintf("the block at %d is at %d too", at, earlier))
		}
	}
	return found
}
