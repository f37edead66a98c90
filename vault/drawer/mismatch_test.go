package drawer

import (
	"errors"
	"testing"
)

// crashedWith returns the drawer as it was closed after 20 transactions, as it
// was closed after 40, and as a kill left it after 60.
func crashedWith(t *testing.T) (older, clean, crashed image) {
	t.Helper()
	ctx := t.Context()
	path := campaignPath(t)
	d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	for _, to := range []int{20, 40} {
		if err == nil {
			err = postUpTo(ctx, d, to-20, to)
		}
		if err == nil {
			err = d.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		older, clean = clean, takeImage(t, path)
		d, err = Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	w := &watcher{}
	d, err = Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), w.options())
	if err == nil {
		err = postUpTo(ctx, d, 40, 60)
	}
	if err != nil {
		t.Fatal(err)
	}
	return older, clean, crash(t, path, d, w)
}

// A backup of the main file alone was put back beside a log that is newer: the
// frames in it are for pages that the main file does not have yet.
func TestNewerLogIsNotForAnOlderMainFile(t *testing.T) {
	older, clean, crashed := crashedWith(t)
	path := campaignPath(t)
	image{older[mainFile], crashed[logFile]}.put(t, path)
	if _, err := Open(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("opened: %v", err)
	}
	d, err := OpenAtCheckpoint(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := audit(t.Context(), d); n != 20 || err != nil {
		t.Errorf("at the checkpoint: %d transactions, %v; want 20", n, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	// On the main file that it was begun on it counts, although nothing there
	// names it.
	image{clean[mainFile], crashed[logFile]}.put(t, path)
	if v := look(path, &watcher{}, true); v.err != nil || v.again != nil || v.posted != 60 {
		t.Errorf("on its own main file: %d transactions, %v, %v", v.posted, v.err, v.again)
	}
}

// A log that ends in the middle of what the device once confirmed was cut: its
// file is never shorter than the smallest class.
func TestLogCutShort(t *testing.T) {
	_, _, crashed := crashedWith(t)
	path := campaignPath(t)
	crashed[logFile] = crashed[logFile][:frameAt(9)]
	crashed.put(t, path)
	if _, err := Open(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("opened: %v", err)
	}
	d, err := OpenAtCheckpoint(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := audit(t.Context(), d); n <= 40 || n >= 60 || err != nil || len(d.Repairs()) == 0 {
		t.Errorf("%d transactions, %v, repairs %v; want some of the log, and a word about it", n, err, d.Repairs())
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// One of the two state slots was put back to what it held before: that loses
// nothing, and it is said.
func TestSlotOfAnotherTime(t *testing.T) {
	older, _, crashed := crashedWith(t)
	for slot := range 2 {
		im := crashed.clone()
		copy(im[mainFile][slot*slotStride:][:blockSize], older[mainFile][slot*slotStride:])
		path := campaignPath(t)
		im.put(t, path)
		v := look(path, &watcher{}, true)
		if v.err != nil || v.again != nil || v.posted != 60 || len(v.repairs) != 1 || v.repairs[0].Kind != SlotMended {
			t.Errorf("slot %d: %d transactions, %v, repairs %v, then %v", slot, v.posted, v.err, v.repairs, v.again)
		}
	}
}
