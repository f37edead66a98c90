package practice_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault/practice"
)

// The record has a meeting, and then the disk refuses what the index is to have of it.
// The next opening makes the index anew.
func TestIndexBehindItsRecord(t *testing.T) {
	root := proof.Folder(t)
	c := newClock()
	dir := filepath.Join(root, "Practice.ebb")
	if err := practice.Create(t.Context(), dir, "Dana", []byte(pass), options(c)); err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, c, dir)
	k, _ := o.newCase("K-1", "Ilse", "Marek")
	o = o.again()
	k = o.open(k.ID)
	const caseload, entrusted = 16, 24 // digits of their names
	written, refused := false, 0
	err := interpose.Watch(root, func(call interpose.Call) interpose.Answer {
		name := filepath.Base(call.Path)
		switch digits := len(name) - len("-wal"); {
		case call.Op != interpose.Write && call.Op != interpose.Sync:
		case digits == entrusted:
			written = true
		case digits == caseload && written:
			refused++
			return interpose.Answer{Errno: syscall.EIO}
		}
		return interpose.Answer{}
	}, func() error {
		_, err := k.Meetings.Put(ctx(), practice.Meeting{At: c.now().Add(-time.Hour)})
		return err
	})
	if err == nil || refused == 0 {
		t.Fatalf("%v, with %d calls refused", err, refused)
	}
	_ = o.Lock(ctx()) // what it answers to the disk is not the matter here
	again, err := reopened(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	need, err := again.NeedsNote(ctx(), practice.Page{})
	if err != nil || len(need) != 1 {
		t.Errorf("the caseload knows of %d meetings, %v", len(need), err)
	}
	if err := inOrder(again); err != nil {
		t.Error(err)
	}
	again.lock()
}
