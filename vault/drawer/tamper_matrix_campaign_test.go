package drawer

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// Every mix of everything that the two state slots ever held, in every state.
func TestTamperSlots(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/slots")
	all := makeStands(t, ledgerID, ledgerKey)
	type mix [2][]byte
	var attacks []func()
	for _, s := range all.all {
		b := newBench(t, s.im)
		var own [2][]byte
		var choices [2][][]byte
		for slot := range own {
			own[slot] = s.im[mainFile][slot*slotStride:][:blockSize]
			choices[slot] = append(choices[slot], own[slot], make([]byte, blockSize), s.im[mainFile][3*blockSize:][:blockSize], all.older.im[mainFile][slot*slotStride:][:blockSize])
			choices[slot] = append(choices[slot], all.history.slots[slot]...)
			choices[slot] = append(choices[slot], s.im[mainFile][(1-slot)*slotStride:][:blockSize]) // of the other place
		}
		var one, both []mix // the changed slots
		for i, a := range choices[0] {
			for j, b := range choices[1] {
				if m := (mix{a, b}); i == 0 || j == 0 {
					one = append(one, m)
				} else {
					both = append(both, m)
				}
			}
		}
		for _, m := range append(sample(c, one, size(20, 60, len(one))), sample(c, both, size(10, 60, len(both)))...) {
			attacks = append(attacks, func() {
				changed := 0
				for slot, version := range m {
					if !bytes.Equal(version, own[slot]) {
						changed++
					}
				}
				v := b.try(c.IntN(8) == 0, func(p *patch) {
					for slot, version := range m {
						p.write(mainFile, int64(slot)*slotStride, version)
					}
				})
				// Neighbours are what a crash between the two leaves.
				first, second := slotSequence(m[0], 0), slotSequence(m[1], 1)
				neighbours := first > 0 && second > 0 && (first-second == 1 || second-first == 1)
				// One that is older than the other, or none at all, loses nothing.
				older := bytes.Equal(m[0], own[0]) && second < first || bytes.Equal(m[1], own[1]) && first < second
				c.judge(s, fmt.Sprintf("slots of sequence %d and %d", first, second), v, rule{
					open:     (changed == 0 || older) && !s.building,
					reported: changed == 1 && !neighbours && !s.building,
				})
			})
		}
	}
	c.each(attacks)
}

// slotSequence opens a slot of the ledger's drawer; 0 means that it is none.
func slotSequence(block []byte, slot int) uint64 {
	s := newSlots(&ledgerKey, &ledgerID, &disk{filler: newFiller()})
	s.aad[len(s.aad)-1] = byte(slot)
	plain, err := s.aead.Open(nil, block[:slotNonceSize], block[slotNonceSize:slotSize], s.aad[:])
	if err != nil {
		return 0
	}
	st, err := decodeState(plain)
	if err != nil {
		return 0
	}
	return st.sequence
}

// Pages in the wrong place or of another time, one or many.
func TestTamperPages(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/pages")
	all := makeStands(t, ledgerID, ledgerKey)
	var attacks []func()
	for _, s := range all.all {
		if s.building {
			continue
		}
		b := newBench(t, s.im)
		main := b.base[mainFile]
		page := func(n int) []byte { return main[pageAt(uint32(n)):][:pageSize] }

		var pairs [][2]int
		for i := range s.pages {
			for j := range i {
				pairs = append(pairs, [2]int{i, j})
			}
		}
		for _, pair := range sample(c, pairs, size(10, 60, len(pairs))) {
			attacks = append(attacks, func() {
				v := b.try(false, func(p *patch) {
					p.write(mainFile, pageAt(uint32(pair[0])), page(pair[1]))
					p.write(mainFile, pageAt(uint32(pair[1])), page(pair[0]))
				})
				c.judge(s, fmt.Sprintf("pages %d and %d swapped", pair[0], pair[1]), v, rule{refused: s.settled})
			})
		}

		type earlier struct {
			page    int
			content []byte
		}
		var earliers []earlier
		for n := range s.pages {
			for _, content := range append(all.history.blocks[mainFile][pageAt(uint32(n))], make([]byte, pageSize)) {
				if len(content) == pageSize && !bytes.Equal(content, page(n)) {
					earliers = append(earliers, earlier{n, content})
				}
			}
		}
		for _, e := range sample(c, earliers, size(10, 100, len(earliers))) {
			attacks = append(attacks, func() {
				v := b.try(false, func(p *patch) { p.write(mainFile, pageAt(uint32(e.page)), e.content) })
				c.judge(s, fmt.Sprintf("page %d of another time", e.page), v, rule{refused: s.settled})
			})
		}
		for range size(3, 10, 200) {
			from := c.IntN(s.pages)
			at, end := pageAt(uint32(from)), pageAt(uint32(from+1+c.IntN(s.pages-from)))
			old := all.older.im[mainFile][at:end]
			if bytes.Equal(old, main[at:end]) {
				continue
			}
			attacks = append(attacks, func() {
				v := b.try(false, func(p *patch) { p.write(mainFile, at, old) })
				c.judge(s, fmt.Sprintf("pages from %d on of another time", from), v, rule{refused: s.settled})
			})
		}
	}
	c.each(attacks)
}

// Files that end too early, anywhere.
func TestTamperTruncation(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/truncation")
	all := makeStands(t, ledgerID, ledgerKey)
	for _, s := range all.all {
		b := newBench(t, s.im)
		end := pageAt(uint32(s.pages))
		cuts := []int64{0, 1, slotSize, slotStride - 1, slotStride, slotStride + 1, slotStride + slotSize - 1, slotStride + blockSize, headerSize - 1}
		for page := range s.pages + 2 {
			at := pageAt(uint32(page))
			cuts = append(cuts, at-1, at, at+1)
		}
		for _, cut := range sample(c, cuts, size(10, 60, len(cuts))) {
			v := b.try(false, func(p *patch) { p.truncate(mainFile, cut) })
			c.judge(s, fmt.Sprintf("main file cut at %d", cut), v, rule{refused: s.settled && cut < end, open: cut >= end && !s.building})
		}
		logCuts := []int64{0, 1, blockSize - 1, blockSize, blockSize + 1}
		for _, last := range s.ends {
			for frame := max(1, last-2); frame <= last+1; frame++ {
				logCuts = append(logCuts, frameAt(frame)-1, frameAt(frame), frameAt(frame)+1)
			}
		}
		acknowledged := len(s.ends) > 0 && s.low == s.high
		for _, cut := range logCuts {
			v := b.try(false, func(p *patch) { p.truncate(logFile, cut) })
			r := rule{open: s.settled}
			if acknowledged && cut < frameAt(s.ends[len(s.ends)-1]+1) {
				r.refused = true
			}
			c.judge(s, fmt.Sprintf("log cut at %d", cut), v, r)
		}
	}
}

// Frames swapped, put back to what was there before, or wiped out.
func TestTamperFrames(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/frames")
	all := makeStands(t, ledgerID, ledgerKey)
	var attacks []func()
	for _, s := range all.all {
		if len(s.ends) == 0 {
			continue
		}
		b := newBench(t, s.im)
		last := s.ends[len(s.ends)-1]
		frame := func(n int) []byte { return b.base[logFile][frameAt(n):][:frameRecordSize] }
		for range size(10, 60, 1000) {
			i, j := 1+c.IntN(last), 1+c.IntN(last)
			if i == j {
				continue
			}
			attacks = append(attacks, func() {
				v := b.try(false, func(p *patch) {
					p.write(logFile, frameAt(i), frame(j))
					p.write(logFile, frameAt(j), frame(i))
				})
				c.judge(s, fmt.Sprintf("frames %d and %d swapped", i, j), v, rule{tail: min(i, j)})
			})
		}
		for n := 1; n <= last; n++ {
			for _, content := range append(all.history.blocks[logFile][frameAt(n)], make([]byte, frameRecordSize)) {
				if len(content) != frameRecordSize || bytes.Equal(content, frame(n)) || c.IntN(4) > 0 {
					continue
				}
				attacks = append(attacks, func() {
					v := b.try(false, func(p *patch) { p.write(logFile, frameAt(n), content) })
					c.judge(s, fmt.Sprintf("frame %d of another time", n), v, rule{tail: n, single: true})
				})
			}
			// From here on nothing of the log is left. That is how a power cut looks
			// that lost the end, and the limits say so; but what is left is whole.
			attacks = append(attacks, func() {
				v := b.try(false, func(p *patch) {
					p.write(logFile, frameAt(n), b.base[mainFile][pageAt(0):][:frameRecordSize*(last-n+1)])
				})
				c.judge(s, fmt.Sprintf("the log lost from frame %d on", n), v, rule{tail: n})
			})
		}
	}
	c.each(attacks)
}

// Things of other drawers, other times and other programs.
func TestTamperTransplant(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/transplant")
	all := makeStands(t, ledgerID, ledgerKey)
	otherKey := makeStands(t, ledgerID, Key{7})
	otherID := makeStands(t, ID{7}, ledgerKey)
	for i, s := range all.all {
		b := newBench(t, s.im)
		attack := func(what string, r rule, change func(*patch)) {
			t.Helper()
			c.judge(s, what, b.try(false, change), r)
		}
		attack("log deleted", rule{open: s.settled, refused: len(s.ends) > 0 && s.low == s.high}, func(p *patch) { p.remove(logFile) })
		attack("log emptied", rule{open: s.settled}, func(p *patch) { p.truncate(logFile, 0) })
		attack("main file deleted and emptied", rule{refused: true}, func(p *patch) { p.truncate(mainFile, 0) })
		attack("log in place of the main file", rule{refused: true}, func(p *patch) { p.replace(mainFile, s.im[logFile]) })
		attack("main file in place of the log", rule{open: s.settled}, func(p *patch) { p.replace(logFile, s.im[mainFile]) })
		for kind, other := range map[string]*stands{"another key": otherKey, "another id": otherID} {
			for j, o := range other.all {
				attack("main file of "+kind, rule{refused: true}, func(p *patch) { p.replace(mainFile, o.im[mainFile]) })
				attack("log of "+kind, rule{open: s.settled}, func(p *patch) { p.replace(logFile, o.im[logFile]) })
				attack("slots of "+kind, rule{refused: true}, func(p *patch) { p.write(mainFile, 0, o.im[mainFile][:headerSize]) })
				slot := c.IntN(2) * slotStride
				attack("a slot of "+kind, rule{reported: !s.building}, func(p *patch) { p.write(mainFile, int64(slot), o.im[mainFile][slot:slot+blockSize]) })
				if n := min(s.pages, o.pages); n > 0 {
					at := pageAt(uint32(c.IntN(n)))
					attack("a page of "+kind, rule{refused: s.settled}, func(p *patch) { p.write(mainFile, at, o.im[mainFile][at:at+pageSize]) })
				}
				if len(s.ends) > 0 {
					n := 1 + c.IntN(s.ends[len(s.ends)-1])
					attack("a frame of "+kind, rule{tail: n, single: true}, func(p *patch) {
						p.write(logFile, frameAt(n), o.im[logFile][frameAt(n):frameAt(n+1)])
					})
				}
				if i != j {
					attack("both files of "+kind, rule{refused: true}, func(p *patch) {
						p.replace(mainFile, o.im[mainFile])
						p.replace(logFile, o.im[logFile])
					})
				}
			}
		}
	}
}

// Files of one drawer at different times put together.
func TestTamperTimes(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/times")
	all := makeStands(t, ledgerID, ledgerKey)
	times := append(all.all, all.older)
	for _, main := range times {
		for _, log := range times {
			whole := main == log
			b := newBench(t, image{main.im[mainFile], log.im[logFile]})
			v := b.try(true, func(*patch) {})
			s := *main
			s.name = "main file of " + main.name
			r := rule{open: whole && !s.building}
			// A newer log on an older main file may bring it forward, if it was
			// begun on just that main file.
			if !whole && log.low > s.high {
				s.high = log.high
			}
			c.judge(&s, "log of "+log.name, v, r)
			if v.err == nil && v.posted != main.low && v.posted != main.high && v.posted != log.low && v.posted != log.high {
				c.failed("main file of %s, log of %s: %d transactions, which neither of them had", main.name, log.name, v.posted)
			}
		}
	}
}

// An older copy of the whole drawer opens as what it is, and its sequence tells.
func TestTamperOlderCopy(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/older copy")
	all := makeStands(t, ledgerID, ledgerKey)
	newest := newBench(t, all.named("clean").im).try(false, func(*patch) {})
	b := newBench(t, all.older.im)
	v := b.try(true, func(*patch) {})
	c.judge(all.older, "in place of a newer one", v, rule{open: true})
	if v.sequence >= newest.sequence {
		c.failed("the older copy has sequence %d, the newer one %d", v.sequence, newest.sequence)
	}
}

// A rollback journal beside the drawer is not ours, whatever it holds.
func TestTamperJournal(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/journal")
	all := makeStands(t, ledgerID, ledgerKey)
	for _, s := range all.all {
		b := newBench(t, s.im)
		for _, page := range []int{0, 1, s.pages - 1} {
			planted := hotJournal(s.pages, page, all.older.im[mainFile][pageAt(uint32(max(0, page%32))):][:pageSize])
			for _, suffix := range []string{"-journal", "-shm", "-wal-journal", "-mj00000001"} {
				name := b.path + suffix
				if err := os.WriteFile(name, planted, 0o600); err != nil {
					t.Fatal(err)
				}
				v := b.try(true, func(*patch) {})
				c.judge(s, "beside a planted "+suffix, v, rule{open: !s.building})
				if after, err := os.ReadFile(name); err != nil || !bytes.Equal(after, planted) {
					c.failed("%s: the planted %s was touched: %v", s.name, suffix, err)
				}
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// hotJournal makes a rollback journal that SQLite would replay: the header of its
// file format, and one page with its checksum.
func hotJournal(pages, page int, content []byte) []byte {
	const sectorSize = 512
	journal := append([]byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}, 0, 0, 0, 1, 0, 0, 0, 9)
	journal = append(journal, 0, 0, 0, byte(pages), 0, 0, sectorSize>>8, 0, 0, 0, pageSize>>8, 0)
	journal = append(journal, make([]byte, sectorSize-len(journal))...)
	journal = append(journal, 0, 0, 0, byte(page+1))
	journal = append(journal, content...)
	sum := uint32(9)
	for at := len(content) - 200; at > 0; at -= 200 {
		sum += uint32(content[at])
	}
	return append(journal, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}
