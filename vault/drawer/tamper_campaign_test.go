package drawer

import (
	"fmt"
	"testing"
)

// Every stand, attacked in every way. The result is a refusal, or the right text
// with the repair reported.

// The untouched stands hold what they should: otherwise the campaign would prove
// nothing.
func TestTamperStands(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/untouched")
	all := makeStands(t, ledgerID, ledgerKey)
	for _, s := range append(all.all, all.older) {
		v := newBench(t, s.im).try(true, func(*patch) {})
		c.judge(s, "untouched", v, rule{open: !s.building})
		t.Logf("%-26s %2d pages, %3d transactions, frames %v, repairs %v", s.name, s.pages, s.high, s.ends, v.repairs)
	}
}

// Single bits.
func TestTamperBits(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/bits")
	all := makeStands(t, ledgerID, ledgerKey)
	budget := size(500, 5000, 0) / len(all.all)
	var attacks []func()
	for _, s := range all.all {
		b := newBench(t, s.im)
		targets := bitTargets(s, func(n int) int { return c.IntN(n) })
		if budget > 0 {
			targets = sample(c, targets, budget)
		}
		for i, f := range targets {
			bit := uint(c.IntN(8))
			attacks = append(attacks, func() {
				v := b.try(i%16 == 0, func(p *patch) { p.flip(f.role, f.off, bit) })
				c.judge(s, fmt.Sprintf("bit %d at %d of file %d (%s)", bit, f.off, f.role, f.where), v, f.rule)
			})
		}
	}
	c.each(attacks)
}

type bitTarget struct {
	role  fileRole
	off   int64
	where string
	rule
}

// bitTargets lists the bytes worth a flip: of the slots and the log's header all
// of them, of every page and frame both ends and some of the middle, and a few of
// everything that means nothing.
func bitTargets(s *stand, intn func(int) int) (targets []bitTarget) {
	add := func(role fileRole, off int64, where string, r rule) {
		targets = append(targets, bitTarget{role, off, where, r})
	}
	record := func(role fileRole, at, length int64, where string, r rule) {
		for i := range int64(64) {
			add(role, at+i, where, r)
			add(role, at+length-1-i, where, r)
			add(role, at+int64(intn(int(length))), where, r)
		}
	}
	for slot := range int64(2) {
		for i := range int64(slotSize) {
			for range 4 {
				add(mainFile, slot*slotStride+i, "a slot", rule{open: !s.building, reported: true})
			}
		}
		for range 40 {
			add(mainFile, slot*slotStride+slotSize+int64(intn(slotStride-slotSize)), "filler in the header", rule{open: !s.building})
		}
	}
	for page := range s.pages {
		record(mainFile, pageAt(uint32(page)), pageSize, fmt.Sprintf("page %d", page), rule{refused: s.settled})
	}
	for i := range int64(sealedLogHeader + recordOverhead) {
		add(logFile, i, "the log's header", rule{open: s.settled, refused: len(s.ends) > 1})
	}
	frames := 60
	if len(s.ends) > 0 {
		frames = s.ends[len(s.ends)-1]
	}
	for f := 1; f <= frames; f++ {
		r := rule{tail: f, single: true, refused: len(s.ends) > 0 && s.low == s.high}
		if r.refused && damageMayLookLikeACut(s, f) {
			r.refused = false
		}
		record(logFile, frameAt(f), frameRecordSize, fmt.Sprintf("frame %d", f), r)
	}
	for range 100 {
		add(mainFile, pageAt(uint32(s.pages))+int64(intn(len(s.im[mainFile])-int(pageAt(uint32(s.pages))))), "behind the last page", rule{open: !s.building})
		add(logFile, frameAt(frames+1)+int64(intn(len(s.im[logFile])-int(frameAt(frames+1)))), "behind the last frame", rule{open: !s.building})
	}
	return targets
}

// damageMayLookLikeACut: see judgeLoss.
func damageMayLookLikeACut(s *stand, f int) bool {
	last := len(s.ends) - 1
	return last == 0 || f > s.ends[last-1] || f == s.ends[last-1]
}

func sample[T any](c *campaign, all []T, n int) []T {
	c.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}
