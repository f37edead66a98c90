package drawer

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
)

// The table of the tags is a cache. Whatever becomes of it, the same drawer opens
// and the same is said about it; and whatever becomes of the pages beside it, they
// are checked against it.

// closings returns one drawer of about 20 pages as it was closed three times: with
// as many pages each time, and other tags.
func closings(t testing.TB, id ID, key Key) (all []*stand) {
	t.Helper()
	ctx := context.Background()
	path := campaignPath(t)
	d, err := Create(ctx, path, id, key, ledgerSchema(0), Options{})
	if err == nil {
		err = postUpTo(ctx, d, 0, 20)
	}
	if err == nil { // room for what the next ones write
		err = d.Update(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, `CREATE TABLE room (b BLOB) STRICT; INSERT INTO room VALUES (zeroblob(80000)); DROP TABLE room`)
			return err
		})
	}
	for n := 20; n < 23 && err == nil; n++ {
		if n > 20 {
			d, err = Open(ctx, path, id, key, ledgerSchema(0), Options{})
			if err == nil {
				err = post(ctx, d, n)
			}
		}
		if err == nil {
			err = d.Checkpoint(ctx)
		}
		if err == nil {
			pages := int(d.store.tags.pages())
			err = d.Close()
			all = append(all, &stand{name: fmt.Sprint("closed at ", n), im: takeImage(t, path), low: n, high: n, pages: pages, settled: true})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if all[0].pages != all[2].pages {
		t.Fatalf("%d pages, then %d", all[0].pages, all[2].pages)
	}
	return all
}

// table returns the bytes of the table of the tags.
func (s *stand) table() []byte { return s.im[logFile][:s.pages*tagSize+recordOverhead] }

// sameVerdict: what a caller sees of both is the same.
func sameVerdict(a, b verdict) bool {
	return a.err == nil && b.err == nil && a.again == nil && b.again == nil &&
		a.posted == b.posted && a.sequence == b.sequence && slices.Equal(a.repairs, b.repairs)
}

// Flipped, torn, cut, missing, of another time, another drawer, another key, or
// made by somebody who has the key: never more than time is lost.
func TestTamperTable(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/table")
	all := closings(t, ledgerID, ledgerKey)
	s := all[2]
	b := newBench(t, s.im)
	table, end := s.table(), int64(len(s.table()))
	without := b.try(true, func(p *patch) { p.write(logFile, 0, make([]byte, end)) })
	if without.err != nil || without.tabled {
		t.Fatalf("without a table: %v, table %v", without.err, without.tabled)
	}
	attack := func(what string, tabled bool, change func(*patch)) {
		t.Helper()
		v := b.try(true, change)
		if !sameVerdict(v, without) || v.tabled != tabled {
			c.failed("%s: error %v, %v, posted %d, repairs %v, table believed %v", what, v.err, v.again, v.posted, v.repairs, v.tabled)
		}
		c.ran(true, map[bool]string{true: "believed", false: "not believed"}[v.tabled])
	}
	over := func(what string, content []byte) {
		t.Helper()
		attack(what, bytes.Equal(content, table), func(p *patch) { p.write(logFile, 0, content) })
	}

	over("untouched", table)
	for off := range end {
		if c.IntN(size(16, 2, 1)) == 0 {
			attack(fmt.Sprintf("bit at %d", off), false, func(p *patch) { p.flip(logFile, off, uint(c.IntN(8))) })
		}
	}
	for range size(2, 20, 200) {
		attack("behind the table", true, func(p *patch) { p.flip(logFile, end+int64(c.IntN(smallestClass-int(end))), 0) })
	}
	for _, other := range all[:2] {
		over(other.name, other.im[logFile])
		for at := 0; at < int(end); at += tornUnit / 4 {
			over(fmt.Sprintf("torn at %d, before it %s", at, other.name), append(bytes.Clone(other.table()[:at]), table[at:]...))
			over(fmt.Sprintf("torn at %d, behind it %s", at, other.name), append(bytes.Clone(table[:at]), other.table()[at:]...))
		}
	}
	for _, stranger := range []*stand{closings(t, ID{7}, ledgerKey)[2], closings(t, ledgerID, Key{7})[2]} {
		over("of another drawer", stranger.im[logFile])
	}
	over("zeros", make([]byte, smallestClass))
	over("the main file", s.im[mainFile][:smallestClass])
	over("moved", s.im[logFile][16:])
	for _, cut := range []int64{0, 1, sealedLogHeader + recordOverhead, end - 1} {
		attack(fmt.Sprintf("log cut at %d", cut), false, func(p *patch) { p.truncate(logFile, cut) })
	}
	for _, cut := range []int64{end, end + 1, tableRoom(smallestClass), smallestClass - 1} {
		attack(fmt.Sprintf("log cut at %d", cut), true, func(p *patch) { p.truncate(logFile, cut) })
	}
	attack("log deleted", false, func(p *patch) { p.remove(logFile) })

	// Sealed with the key: a table of other tags, of fewer pages and of more.
	r := newRecords(&ledgerKey, &ledgerID)
	tags := bytes.Clone(table)
	if !r.open(tags, tableAddress(uint32(s.pages))) {
		t.Fatal("the table does not open")
	}
	tags = tags[:s.pages*tagSize]
	forge := func(what string, forged []byte, pages int) {
		t.Helper()
		record := make([]byte, len(forged)+recordOverhead)
		r.seal(record, forged, tableAddress(uint32(pages)))
		attack(what, pages == s.pages && bytes.Equal(forged, tags), func(p *patch) { p.write(logFile, 0, record) })
	}
	forge("sealed anew", tags, s.pages)
	for page := range s.pages {
		other := bytes.Clone(tags)
		other[page*tagSize+c.IntN(tagSize)] ^= 1 << c.IntN(8)
		forge(fmt.Sprintf("with another tag of page %d", page), other, s.pages)
	}
	swapped := slices.Concat(tags[tagSize:2*tagSize], tags[:tagSize], tags[2*tagSize:])
	forge("with two tags swapped", swapped, s.pages)
	forge("of fewer pages", tags[tagSize:], s.pages-1)
	forge("of more pages", append(bytes.Clone(tags), tags[:tagSize]...), s.pages+1)
	forge("of another number of pages", tags, s.pages+1)
}

// With the table no page is read at opening. One that is not the right one is
// found when it is read, and by Check; a file that is too short, at once.
func TestTamperPagesBesideTable(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/pages beside the table")
	all := closings(t, ledgerID, ledgerKey)
	s := all[2]
	b := newBench(t, s.im)
	ctx := context.Background()
	at := func(page int) int64 { return pageAt(uint32(page)) }
	attack := func(what string, page int, change func(*patch)) {
		t.Helper()
		v := b.try(false, func(p *patch) {
			change(p)
			if problems := b.check(ctx); page > 0 && !slices.Contains(problems, fmt.Sprintf("page %d is damaged", page+1)) {
				c.failed("%s: Check says %v", what, problems)
			}
		})
		if page > 0 && !(v.opened && v.tabled) {
			c.failed("%s: opened %v, table believed %v, %v", what, v.opened, v.tabled, v.err)
		}
		c.judge(s, what, v, rule{refused: true})
	}
	for page := range s.pages {
		for other := range s.pages {
			if other != page && c.IntN(size(20, 2, 1)) == 0 {
				attack(fmt.Sprintf("page %d in place of %d", other, page), page, func(p *patch) {
					p.write(mainFile, at(page), s.im[mainFile][at(other):at(other+1)])
				})
			}
		}
		for _, older := range all[:2] {
			old, own := older.im[mainFile][at(page):at(page+1)], s.im[mainFile][at(page):at(page+1)]
			if bytes.Equal(old, own) {
				continue
			}
			attack(fmt.Sprintf("page %d %s", page, older.name), page, func(p *patch) { p.write(mainFile, at(page), old) })
			// With the table and the state of then, all other pages are too new.
			attack(fmt.Sprintf("all but page %d too new", page), 0, func(p *patch) {
				p.write(mainFile, 0, older.im[mainFile][:headerSize])
				p.write(mainFile, at(page), old)
				p.write(logFile, 0, older.im[logFile])
			})
			attack(fmt.Sprintf("page %d and the table %s", page, older.name), 0, func(p *patch) {
				p.write(mainFile, at(page), old)
				p.write(logFile, 0, older.im[logFile])
			})
		}
		attack(fmt.Sprintf("page %d of zeros", page), page, func(p *patch) { p.write(mainFile, at(page), make([]byte, pageSize)) })
		for _, cut := range []int64{at(page) - 1, at(page), at(page) + 1, at(page+1) - 1} {
			what := fmt.Sprintf("main file cut at %d", cut)
			v := b.try(false, func(p *patch) { p.truncate(mainFile, cut) })
			if v.opened {
				c.failed("%s: not refused at once", what)
			}
			c.judge(s, what, v, rule{refused: true})
		}
	}
	v := b.try(true, func(p *patch) { p.truncate(mainFile, at(s.pages)) })
	c.judge(s, "main file cut behind the last page", v, rule{open: true})
}

// check opens the drawer, has it checked, and leaves it as it is.
func (b *bench) check(ctx context.Context) (problems []string) {
	w := &watcher{}
	d, err := Open(ctx, b.path, ledgerID, ledgerKey, ledgerSchema(0), w.options())
	if err != nil {
		return []string{err.Error()}
	}
	report, err := d.Check(ctx, nil)
	if err != nil {
		report.Problems = append(report.Problems, err.Error())
	}
	w.kill()
	_ = d.Close()
	return report.Problems
}
