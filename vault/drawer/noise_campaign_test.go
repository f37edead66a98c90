package drawer

import (
	"bytes"
	"context"
	"testing"

	"ebb/scripts/proof"
)

// patterns returns what in a file of a drawer does not look like noise.
func patterns(role fileRole, content []byte) []string {
	if role == logFile {
		return proof.Patterns(content, proof.Records{Start: blockSize, Length: frameRecordSize})
	}
	return proof.Patterns(content, proof.Records{Start: headerSize, Length: pageSize})
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
