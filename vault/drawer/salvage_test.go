package drawer

import (
	"context"
	"errors"
	"testing"
)

// salvageCases are drawers that were damaged after a crash, and how many
// transactions OpenAtCheckpoint brings back of the 60 that were acknowledged. The
// main file holds 40, or 20 where an older one was put back.
func salvageCases(t *testing.T) map[string]struct {
	im     image
	posted int
	found  Salvage
} {
	t.Helper()
	older, clean, crashed := crashedWith(t)
	with := func(how func(im image) image) image { return how(crashed.clone()) }
	flip := func(file fileRole, offsets ...int64) image {
		return with(func(im image) image {
			for _, at := range offsets {
				im[file][at] ^= 1
			}
			return im
		})
	}
	ends := commitsOf(t, crashed)
	frame := func(number int) int64 { return frameAt(number) + 99 }
	return map[string]struct {
		im     image
		posted int
		found  Salvage
	}{
		"the header of the log":                    {flip(logFile, 20), 40, Salvage{}},
		"the first frame":                          {flip(logFile, frame(1)), 40, Salvage{0, 20}},
		"the last frame of the fifth transaction":  {flip(logFile, frame(ends[4])), 44, Salvage{4, 15}},
		"the first two frames behind the fifth":    {flip(logFile, frame(ends[4]+1), frame(ends[4]+2)), 45, Salvage{5, 15}},
		"two places":                               {flip(logFile, frame(ends[9]), frame(ends[14])), 49, Salvage{9, 9}},
		"a frame, and one of the states":           {with(func(im image) image { im[logFile][frame(ends[4])] ^= 1; im[mainFile][30] ^= 1; return im }), 44, Salvage{4, 15}},
		"the log is cut off":                       {with(func(im image) image { im[logFile] = im[logFile][:frameAt(ends[2]+1)]; return im }), 43, Salvage{3, 0}},
		"the log is cut off in a frame":            {with(func(im image) image { im[logFile] = im[logFile][:frame(ends[2])]; return im }), 42, Salvage{2, 0}},
		"the log is empty":                         {with(func(im image) image { im[logFile] = []byte{}; return im }), 40, Salvage{}},
		"an older main file":                       {image{older[mainFile], crashed[logFile]}, 20, Salvage{}},
		"the states of before, and a frame":        {image{clean[mainFile], flip(logFile, frame(ends[4]))[logFile]}, 44, Salvage{4, 15}},
		"the first frame, the log of another time": {image{crashed[mainFile], clean[logFile]}, 40, Salvage{}},
	}
}

// commitsOf lists the frames of a log that end a transaction.
func commitsOf(t *testing.T, im image) (ends []int) {
	t.Helper()
	path := campaignPath(t)
	im.put(t, path)
	id, key := ledgerID, ledgerKey
	s, release, err := openToRead(path, &id, &key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.load(false); err != nil {
		t.Fatal(err)
	}
	for i, f := range s.frames.list {
		if f.pagesAfter != 0 && (len(ends) == 0 || s.frames.list[i-1] != f) {
			ends = append(ends, i+1)
		}
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if len(ends) < 20 {
		t.Fatalf("the log ends %d transactions", len(ends))
	}
	return ends
}

// atCheckpoint opens a drawer so, counts what is in it and closes it.
func atCheckpoint(ctx context.Context, path string, o Options) (posted int, err error) {
	d, err := OpenAtCheckpoint(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), o)
	if err != nil {
		return 0, err
	}
	posted, err = audit(ctx, d)
	return posted, errors.Join(err, d.Close())
}

// What can be brought back is told beforehand, with nothing written, and is what
// there is then. Afterwards the drawer opens as any other.
func TestSalvage(t *testing.T) {
	for name, c := range salvageCases(t) {
		path := campaignPath(t)
		c.im.put(t, path)
		if _, err := Open(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: opened, %v", name, err)
		}
		before := takeImage(t, path)
		found, err := Salvageable(t.Context(), path, ledgerID, ledgerKey)
		if err != nil || found != c.found {
			t.Errorf("%s: found %+v, %v; want %+v", name, found, err, c.found)
		}
		if after := takeImage(t, path); string(after[mainFile]) != string(before[mainFile]) || string(after[logFile]) != string(before[logFile]) {
			t.Errorf("%s: looking at it changed it", name)
		}
		if posted, err := atCheckpoint(t.Context(), path, Options{}); posted != c.posted || err != nil {
			t.Errorf("%s: %d transactions at the checkpoint, %v; want %d", name, posted, err, c.posted)
		}
		if v := look(path, &watcher{}, true); v.err != nil || v.again != nil || v.posted != c.posted || len(v.repairs) != 0 {
			t.Errorf("%s: afterwards %d transactions, %v, %v, %v", name, v.posted, v.err, v.again, v.repairs)
		}
	}
}

// OpenAtCheckpoint does not help where the main file is damaged or was being written,
// where the damage is not in the log, or where there is none; and touches nothing.
func TestNothingToSalvage(t *testing.T) {
	_, clean, crashed := crashedWith(t)
	s := makeStands(t, ledgerID, ledgerKey)
	checkpointing := s.named("checkpointing").im.clone()
	checkpointing[logFile][frameAt(2)+99] ^= 1
	page := clean.clone()
	page[mainFile][pageAt(3)+99] ^= 1
	tagged := crashed.clone()
	tagged[mainFile][pageAt(3)+pageSize-recordOverhead] ^= 1
	slots := crashed.clone()
	slots[mainFile][20] ^= 1
	slots[mainFile][slotStride+20] ^= 1
	for name, im := range map[string]image{
		"sound": clean, "crashed and sound": crashed, "a page": page, "a page, and a log": tagged,
		"both states": slots, "in a checkpoint": checkpointing,
	} {
		path := campaignPath(t)
		im.put(t, path)
		if found, err := Salvageable(t.Context(), path, ledgerID, ledgerKey); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: found %+v, %v", name, found, err)
		}
		if now := takeImage(t, path); string(now[mainFile]) != string(im[mainFile]) || string(now[logFile]) != string(im[logFile]) {
			t.Errorf("%s: looking at it changed it", name)
		}
	}
}

// The power goes while a drawer is opened at its last checkpoint and closed again,
// before and behind every operation. It opens afterwards, at once or at the
// checkpoint once more, and with the same transactions.
func TestSalvageCutOff(t *testing.T) {
	t.Parallel()
	cases := salvageCases(t)
	for _, name := range []string{"the header of the log", "the first two frames behind the fifth", "the states of before, and a frame", "the log is cut off in a frame"} {
		from := cases[name]
		c := startCampaign(t, "salvage/"+name)
		for _, tears := range []bool{false, true} {
			path := campaignPath(t)
			from.im.put(t, path)
			r := &tape{}
			if _, err := atCheckpoint(t.Context(), path, Options{hooks: &hooks{access: r.record, tearsNeighbours: tears}}); err != nil {
				t.Fatal(err)
			}
			device := &platter{durable: from.im.clone()}
			for i, op := range r.ops {
				device.apply(op)
				// Filler comes in many pieces that are all alike, but for the first one,
				// which lies beside what counts.
				filler := op.length == diskChunk
				beside := filler && i > 0 && r.ops[i-1].length != diskChunk
				if filler && !beside && c.IntN(size(16, 8, 1)) > 0 {
					continue
				}
				for loss := range losses {
					if loss > 1 && !beside && c.IntN(size(24, 12, 1)) > 0 {
						continue
					}
					im, lost := device.cut(c.Rand, loss, tears)
					im.put(t, path)
					note := "opens"
					v := look(path, &watcher{}, false)
					posted, err := v.posted, v.err
					if errors.Is(err, ErrDamaged) {
						note = "opens at the checkpoint once more"
						posted, err = atCheckpoint(context.Background(), path, Options{})
					}
					if err != nil || posted != from.posted {
						c.failed("operation %d of %d (%d on file %d at %d), tears neighbours %v, %s: %d transactions, %v", i+1, len(r.ops), op.op, op.file, op.offset, tears, losses[loss].name, posted, err)
					}
					c.ran(lost > 0 || op.op != opSync, note)
				}
			}
		}
	}
}

// Commits that change one page each look like the copies of a commit's last frame with
// which SQLite fills a sector, but for what is in them. Those that lie behind damage are
// found missing all the same.
func TestCommitsOfOnePageBehindDamage(t *testing.T) {
	ctx := t.Context()
	path := campaignPath(t)
	schema := Schema{ApplicationID: 0x45420aa1, Migrations: []Migration{{Name: "0001_one", SQL: "CREATE TABLE one (n INTEGER) STRICT; INSERT INTO one VALUES (0)"}}}
	d, err := Create(ctx, path, ledgerID, ledgerKey, schema, Options{})
	if err == nil {
		err = d.Close()
	}
	w := &watcher{}
	if err == nil {
		d, err = Open(ctx, path, ledgerID, ledgerKey, schema, w.options())
	}
	for n := 1; n <= 5 && err == nil; n++ {
		err = d.Update(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, "UPDATE one SET n = ?", n)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	if frames := d.store.frames.committed; frames != 5 {
		t.Fatalf("five commits have %d frames", frames)
	}
	crashed := crash(t, path, d, w)
	for damaged, want := range map[int]Salvage{1: {0, 4}, 2: {1, 3}, 3: {2, 2}} {
		im := crashed.clone()
		im[logFile][frameAt(damaged)+99] ^= 1
		im.put(t, path)
		if _, err := Open(ctx, path, ledgerID, ledgerKey, schema, Options{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("frame %d: opened, %v", damaged, err)
		}
		if found, err := Salvageable(ctx, path, ledgerID, ledgerKey); err != nil || found != want {
			t.Errorf("frame %d: found %+v, %v; want %+v", damaged, found, err, want)
		}
	}
}
