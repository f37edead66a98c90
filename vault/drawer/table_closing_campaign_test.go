package drawer

import (
	"bytes"
	"context"
	"fmt"
	"testing"
)

// The power goes while a drawer is closed, before and behind every operation.
// Whatever of the table got to the device, the drawer is whole.
func TestClosingCutOff(t *testing.T) {
	t.Parallel()
	for _, tears := range []bool{false, true} {
		c := startCampaign(t, fmt.Sprintf("closing/tears neighbours %v", tears))
		ctx := context.Background()
		s := closings(t, ledgerID, ledgerKey)[2]
		path := campaignPath(t)
		s.im.put(t, path)
		r := &tape{promise: promise{created: true, acknowledged: s.high, tried: s.high}}
		d, err := Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{hooks: &hooks{access: r.record, tearsNeighbours: tears}})
		if err == nil {
			err = post(ctx, d, s.high+1)
		}
		if err != nil {
			t.Fatal(err)
		}
		r.promise.acknowledged, r.promise.tried, r.promise.doing = s.high+1, s.high+1, "closing"
		closing := len(r.ops)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		device := &platter{durable: s.im.clone()}
		tables := 0
		for i, op := range r.ops {
			device.apply(op)
			if i < closing {
				continue
			}
			if tableWrite(op.access) {
				tables++
			}
			for loss := range losses {
				for range size(1, 2, 10) {
					im, lost := device.cut(c.Rand, loss, tears)
					im.put(t, path)
					note, err := r.promise.inspect(path)
					if err != nil {
						c.failed("operation %d of %d (%d on file %d at %d), %s: %v", i-closing+1, len(r.ops)-closing, op.op, op.file, op.offset, losses[loss].name, err)
					}
					c.ran(lost > 0 || op.op != opSync, note)
				}
			}
		}
		if tables != 1 {
			t.Errorf("the table was written %d times", tables)
		}
		device.durable.put(t, path)
		if v := look(path, &watcher{}, true); !v.tabled || v.err != nil || v.again != nil {
			t.Errorf("closed in order: table believed %v, %v, %v", v.tabled, v.err, v.again)
		}
	}
}

// No tag of a page lies in the log file as it does in the main file: whoever has
// both files could count the pages.
func TestTableIsSealed(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "table/sealed")
	for _, s := range closings(t, ledgerID, ledgerKey) {
		for page := range s.pages {
			tag := recordTag(s.im[mainFile][pageAt(uint32(page)):pageAt(uint32(page+1))])
			if at := bytes.Index(s.im[logFile], tag[:]); at >= 0 {
				c.failed("%s: the tag of page %d is at %d of the log file", s.name, page, at)
			}
			c.ran(true, "looked for")
		}
	}
}

// Two copies of a log, from before and after one small change, tell of a drawer
// that holds much nothing else than of one that holds little.
func TestTableHidesHowManyPages(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "table/room")
	ctx := context.Background()
	for _, posts := range []int{1, 40, 400} {
		path := campaignPath(t)
		d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
		if err == nil {
			err = postTogether(ctx, d, 0, posts)
		}
		if err == nil {
			err = d.Close()
		}
		before := takeImage(t, path)
		if err == nil {
			d, err = Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
		}
		if err == nil {
			err = d.Update(ctx, func(tx *Tx) error {
				_, err := tx.Exec(ctx, `UPDATE account SET posted = posted + 1`)
				return err
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		pages := d.store.tags.pages()
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		after := takeImage(t, path)
		changed := len(after[logFile])
		for changed > 0 && before[logFile][changed-1] == after[logFile][changed-1] {
			changed--
		}
		// One byte in 256 is what it was by chance.
		if room := int(tableRoom(smallestClass)); len(after[mainFile]) != smallestClass || changed > room || changed < room-8 {
			c.failed("%d pages: %d bytes of the log changed, want %d", pages, changed, room)
		}
		c.ran(true, fmt.Sprint(pages, " pages"))
	}
}

// However large the main file, the table of as many pages as fit has room, and in
// the smallest log too.
func TestTableRoom(t *testing.T) {
	for class := int64(smallestClass); class <= 1<<30; class *= 2 {
		pages := (class - headerSize) / pageSize
		if table, room := pages*tagSize+recordOverhead, tableRoom(class); table > room || room > smallestClass {
			t.Errorf("main file of %d bytes: a table of %d in %d", class, table, room)
		}
		if tableRoom(class) != tableRoom(class/2+1) {
			t.Errorf("the room differs within the class of %d bytes", class)
		}
	}
	if pages := int64(maxPages); pages*tagSize+recordOverhead > smallestClass {
		t.Errorf("the table of %d pages does not fit", pages)
	}
}

// Making drawers alike keeps their tables.
func TestEvenKeepsTables(t *testing.T) {
	t.Parallel()
	s := closings(t, ledgerID, ledgerKey)[2]
	path, large := campaignPath(t), campaignPath(t)
	s.im.put(t, path)
	image{make([]byte, 3*smallestClass), make([]byte, 2*smallestClass)}.put(t, large)
	if err := Even([]string{path, large}, evenTime); err != nil {
		t.Fatal(err)
	}
	if v := look(path, &watcher{}, true); !v.tabled || v.err != nil || v.again != nil || v.posted != s.high {
		t.Errorf("table believed %v, %d transactions, %v, %v", v.tabled, v.posted, v.err, v.again)
	}
}
