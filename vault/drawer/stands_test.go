package drawer

import (
	"context"
	"testing"
)

// stands are the moments at which the tamper campaign attacks, and what it needs
// to do so: older and other drawers.
type stands struct {
	all     []*stand
	older   *stand // the first of them, when it was half as large
	history *history
}

func (s *stands) named(name string) *stand {
	for _, one := range s.all {
		if one.name == name {
			return one
		}
	}
	panic("no stand " + name)
}

func slotWrite(a access) bool {
	return a.op == opWrite && a.file == mainFile && a.offset < headerSize && a.length == blockSize
}

// tableWrite: what lies at the head of a log is its header or the table.
func tableWrite(a access) bool {
	return a.op == opWrite && a.file == logFile && a.offset == 0 && a.length != sealedLogHeader+recordOverhead && a.length < diskChunk
}

func pageWrite(a access) bool {
	return a.op == opWrite && a.file == mainFile && a.offset >= headerSize && a.length == pageSize
}

// closing reports whether the log was given up for the table of the tags.
func (h *history) closing() bool {
	last := len(h.written) - 1
	return last >= 0 && tableWrite(h.written[last])
}

// nth is true for the nth operation of a kind, counted from 1.
func nth(n int, kind func(access) bool) func(int, access) bool {
	seen := 0
	return func(_ int, a access) bool {
		if kind(a) {
			seen++
		}
		return seen == n
	}
}

// framesIn returns the number of the last frame that was written.
func framesIn(written []access) int {
	for i := len(written) - 1; i >= 0; i-- {
		if a := written[i]; a.file == logFile && a.length == frameRecordSize {
			return int((a.offset-blockSize)/frameRecordSize) + 1
		}
	}
	return 0
}

// makeStands leads one drawer of 64 pages through its states.
func makeStands(t testing.TB, id ID, key Key) *stands {
	t.Helper()
	ctx := context.Background()
	path := campaignPath(t)
	all := &stands{history: newHistory()}
	h := all.history
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var d *Drawer
	open := func(from *stand) {
		t.Helper()
		var err error
		if from != nil {
			from.im.put(t, path)
		}
		h.revive()
		d, err = Open(ctx, path, id, key, ledgerSchema(0), h.options())
		must(err)
	}
	kept := func(name string, low, high int, im image) *stand {
		s := &stand{name: name, im: im, low: low, high: high, pages: int(d.store.tags.pages())}
		all.all = append(all.all, s)
		return s
	}

	// A Create that was cut off: first the building state is there, then pages.
	h.at = nth(5, pageWrite)
	_, err := Create(ctx, path, id, key, ledgerSchema(0), h.options())
	if err == nil {
		t.Fatal("Create was not cut off")
	}
	building := takeImage(t, path)

	h.revive()
	d, err = Create(ctx, path, id, key, ledgerSchema(0), h.options())
	must(err)
	kept("building", 0, 0, building).building = true
	n := 0
	grow := func(pages uint32) {
		t.Helper()
		for d.store.tags.pages() < pages {
			must(postUpTo(ctx, d, n, n+2))
			n += 2
			must(d.Checkpoint(ctx))
		}
	}
	grow(32)
	must(d.Close())
	all.older = &stand{name: "older", im: takeImage(t, path), low: n, high: n, pages: int(d.store.tags.pages()), settled: true}

	open(nil)
	grow(64)
	must(d.Close())
	clean := kept("clean", n, n, takeImage(t, path))
	clean.settled = true

	// The two slots of binding differ; the log has a header and no frames.
	open(clean)
	h.at = nth(2, slotWrite)
	if post(ctx, d, n+1) == nil {
		t.Fatal("the binding was not cut off")
	}
	kept("half bound", n, n, crash(t, path, d, &h.watcher))

	// All frames of a commit are there, but it was not acknowledged.
	open(clean)
	must(post(ctx, d, n+1))
	first := d.store.frames.committed
	h.at = nth(1, func(a access) bool { return a.op == opSync && a.file == logFile })
	if post(ctx, d, n+2) == nil {
		t.Fatal("the commit was not cut off")
	}
	kept("commit under way", n+1, n+2, crash(t, path, d, &h.watcher)).ends = []int{first, framesIn(h.written)}

	open(clean)
	var ends []int
	for range 9 {
		n++
		must(post(ctx, d, n))
		ends = append(ends, d.store.frames.committed)
	}
	bound := kept("bound", n, n, crash(t, path, d, &h.watcher))
	bound.ends = ends

	for _, cut := range []struct {
		name string
		at   func(int, access) bool
	}{
		{"half declared", nth(2, slotWrite)},
		{"checkpointing", nth(9, pageWrite)},
		{"half clean", nth(4, slotWrite)},
	} {
		open(bound)
		h.at = cut.at
		if d.Checkpoint(ctx) == nil {
			t.Fatalf("%s: the checkpoint was not cut off", cut.name)
		}
		kept(cut.name, n, n, crash(t, path, d, &h.watcher))
	}

	open(bound)
	must(d.Checkpoint(ctx))
	kept("clean beside its old log", n, n, crash(t, path, d, &h.watcher)).settled = true

	// The table of the tags is there, and behind it still the frames.
	open(bound)
	h.at = func(int, access) bool { return h.closing() }
	if d.Close() == nil {
		t.Fatal("the closing was not cut off")
	}
	kept("half closed", n, n, takeImage(t, path)).settled = true

	// A shorter log over a longer, older one.
	open(bound)
	must(d.Checkpoint(ctx))
	again := []int(nil)
	for range 3 {
		n++
		must(post(ctx, d, n))
		again = append(again, d.store.frames.committed)
	}
	kept("bound over an old log", n, n, crash(t, path, d, &h.watcher)).ends = again
	return all
}
