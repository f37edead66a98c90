package drawer

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"math"
	"testing"
)

// deviation is how far a chi-square statistic of counts of equally likely values
// lies from what chance gives, in standard deviations.
func deviation(counts []int) float64 {
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

// patterns returns what in content does not look like noise.
func patterns(role fileRole, content []byte) (found []string) {
	see := func(what string, d, limit float64) {
		if math.Abs(d) > limit {
			found = append(found, fmt.Sprintf("%s: %.1f standard deviations", what, d))
		}
	}
	// Every byte value, over the whole file and over each 64 KiB of it.
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
		see(fmt.Sprintf("bytes from %d on", at), deviation(part[:]), unlikely)
	}
	see("bytes", deviation(whole[:]), unlikely)
	// Every pair of neighbours.
	pairs := make([]int, 1<<16)
	for i := 1; i < len(content); i++ {
		pairs[int(content[i-1])<<8|int(content[i])]++
	}
	see("pairs of bytes", deviation(pairs), unlikely)
	// Every place of a page or frame, over all pages or frames: nonces and tags
	// are at fixed ones.
	start, stride := headerSize, pageSize
	if role == logFile {
		start, stride = blockSize, frameRecordSize
	}
	for place := range stride {
		var bits [16]int
		for at := start + place; at < len(content); at += stride {
			bits[content[at]&15]++
		}
		see(fmt.Sprintf("low bits of byte %d of each record", place), deviation(bits[:]), unlikelyFewFold)
	}
	// No block of 16 bytes is there twice, wherever it begins.
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
			found = append(found, fmt.Sprintf("the block at %d is at %d too", at, earlier))
			break
		}
	}
	return found
}

// Whatever a drawer holds and whatever was just done with it: its files are of
// one of the classes of sizes, and look like noise from end to end.
func TestNoise(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "noise")
	ctx := context.Background()
	look := func(what string, im image) {
		t.Helper()
		for role, content := range im {
			found := patterns(fileRole(role), content)
			if len(found) > 0 {
				c.failed("%s, file %d: %v", what, role, found)
			}
			if len(content) != int(sizeClass(int64(len(content)))) {
				c.failed("%s, file %d: %d bytes are no size class", what, role, len(content))
			}
			c.ran(true, "looked at")
		}
	}
	for _, kind := range []struct {
		name  string
		posts int
	}{{"empty", 0}, {"small", 12}, {"full", 3000}} {
		path := campaignPath(t)
		w := &watcher{}
		d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), w.options())
		for n := 0; n < kind.posts && err == nil; n += 100 {
			err = postTogether(ctx, d, n, min(n+100, kind.posts))
		}
		if err != nil {
			t.Fatal(err)
		}
		look(kind.name+", in use", takeImage(t, path))
		if err := takeBack(ctx, d); err != nil {
			t.Fatal(err)
		}
		look(kind.name+", after a transaction was taken back", takeImage(t, path))
		if err := d.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
		look(kind.name+", after a checkpoint", takeImage(t, path))
		if err := vacuum(ctx, d); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		look(kind.name+", closed", takeImage(t, path))
		if err := Even([]string{path}, evenTime); err != nil {
			t.Fatal(err)
		}
		look(kind.name+", evened", takeImage(t, path))
	}
	path := campaignPath(t)
	if err := Placeholder(path); err != nil {
		t.Fatal(err)
	}
	look("a placeholder", takeImage(t, path))
	for _, s := range makeStands(t, ledgerID, ledgerKey).all {
		if !s.building { // which is still growing
			look(s.name, s.im)
		}
	}
}

// Nothing of a closed drawer's log stays, and nothing of what its main file gave
// up: no block of them is still where it was.
func TestNothingStays(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "nothing stays")
	ctx := context.Background()
	path := campaignPath(t)
	d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err == nil {
		err = postTogether(ctx, d, 0, 200)
	}
	if err == nil {
		err = d.Checkpoint(ctx)
	}
	if err == nil {
		err = postTogether(ctx, d, 200, 210)
	}
	if err != nil {
		t.Fatal(err)
	}
	before, pages, frames := takeImage(t, path), d.store.tags.pages(), len(d.store.frames.list)
	err = d.Update(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM line`)
		return err
	})
	if err == nil {
		err = vacuum(ctx, d)
	}
	if err == nil {
		err = d.Checkpoint(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	left := d.store.tags.pages()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	after := takeImage(t, path)
	for page := left; page < pages; page++ {
		if at := pageAt(page); bytes.Equal(before[mainFile][at:at+64], after[mainFile][at:at+64]) {
			c.failed("page %d is still there", page)
		}
		c.ran(true, "pages given up")
	}
	for frame := 1; frame <= frames; frame++ {
		if at := frameAt(frame); bytes.Equal(before[logFile][at:at+64], after[logFile][at:at+64]) {
			c.failed("frame %d is still there", frame)
		}
		c.ran(true, "frames")
	}
	if bytes.Equal(before[logFile][:64], after[logFile][:64]) {
		c.failed("the log's header is still there")
	}
}

// The search finds small patterns in large files, and none in noise.
func TestNoiseSearchFinds(t *testing.T) {
	t.Parallel()
	noise := make([]byte, smallestClass)
	rand.Read(noise)
	if found := patterns(mainFile, noise); len(found) > 0 {
		t.Errorf("in noise: %v", found)
	}
	for name, spoil := range map[string]func([]byte){
		"one page of zeros":           func(b []byte) { clear(b[headerSize:][:pageSize]) },
		"text":                        func(b []byte) { copy(b[100_000:], bytes.Repeat([]byte("the quick brown fox "), 100)) },
		"a block twice":               func(b []byte) { copy(b[1_000_000:][:16], b[64:]) },
		"a block twice, off the grid": func(b []byte) { copy(b[1_000_008:][:16], b[64:]) },
		"counters in nonces": func(b []byte) {
			for page := range len(b)/pageSize - 4 {
				copy(b[headerSize+page*pageSize+pageSize-8:], []byte{0, 0, 0, 0, 0, 0, byte(page >> 8), byte(page)})
			}
		},
		"a mark on each page": func(b []byte) {
			for at := headerSize; at < len(b); at += pageSize {
				b[at] = 0x0d
			}
		},
	} {
		b := bytes.Clone(noise)
		spoil(b)
		if len(patterns(mainFile, b)) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}
