package keys

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
)

const (
	passA = "first passphrase of a"
	passB = "second passphrase of b"
)

// cuts are the numbers of bytes after which the power fails: around every copy
// and every block, and some between.
func cuts(total int) []int {
	list := []int{0, 1, 31, 32, 33, 500, 512}
	for at := 4096; at < total; at += 4096 * 5 {
		list = append(list, at-1, at, at+1)
	}
	for _, at := range []int{copySize, fileSize} {
		list = append(list, at-1, at, at+1)
	}
	return list
}

// orders are the ways in which unsynced sectors arrive.
func orders(cut int) []*rand.Rand {
	return []*rand.Rand{nil, rand.New(rand.NewPCG(1, uint64(cut))), rand.New(rand.NewPCG(2, uint64(cut)))}
}

// steady checks that a disk, opened again, needs no more repair and holds two
// copies of one state.
func steady(t *testing.T, d *disk) {
	t.Helper()
	if f := d.open(); f.Repaired() {
		t.Error("a second opening still repairs")
	}
	a, errA := decodeCopy(d.volatil[:copySize], true)
	b, errB := decodeCopy(d.volatil[copySize:], true)
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Error("the two copies are not one state")
	}
}

func unlockOn(t *testing.T, d *disk, passphrase string) *Seat {
	t.Helper()
	s, i, err := d.open().Unlock(context.Background(), []byte(passphrase))
	if err != nil || i != nil {
		t.Fatalf("unlock: %v, invitation %v", err, i != nil)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestPowerFailsInSave(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	before := content(t, path)
	old, fresh, failed := 0, 0, 0
	for _, cut := range cuts(fileSize) {
		for n, order := range orders(cut) {
			d := newDisk(t, before)
			s := unlockOn(t, d, passA)
			s.Ring().Drawer(Private).Seen = 77
			d.fail(cut)
			if err := s.Save(); err == nil {
				if cut <= fileSize {
					t.Fatalf("cut %d: saved without power", cut)
				}
			} else if !errors.Is(err, errPower) {
				t.Fatalf("cut %d: %v", cut, err)
			} else {
				failed++
			}
			d.restart(order)
			again := unlockOn(t, d, passA)
			switch seen, sequence := again.Ring().Drawer(Private).Seen, again.Ring().Sequence; {
			case seen == 0 && sequence == 1:
				old++
			case seen == 77 && sequence == 2:
				fresh++
			default:
				t.Fatalf("cut %d, order %d: seen %d in save %d is neither state", cut, n, seen, sequence)
			}
			if k := kinds(again.Notices()); k[FileAltered] != 0 || k[FileOlder] != 0 {
				t.Errorf("cut %d, order %d: %v", cut, n, again.Notices())
			}
			steady(t, d)
		}
	}
	if old == 0 || fresh == 0 || failed == 0 {
		t.Fatalf("the campaign tried nothing: %d old, %d new, %d failed", old, fresh, failed)
	}
}

func TestSaveAgainAfterFailure(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	before := content(t, path)
	for _, cut := range cuts(fileSize) {
		d := newDisk(t, before)
		s := unlockOn(t, d, passA)
		s.Ring().Drawer(Private).Seen = 5
		d.fail(cut)
		if err := s.Save(); err == nil && cut <= fileSize {
			t.Fatal("saved without power")
		}
		d.restart(nil) // the same process goes on, as after a full disk
		s.Ring().Drawer(Private).Seen = 6
		if err := s.Save(); err != nil {
			t.Fatalf("cut %d: the second save: %v", cut, err)
		}
		if got := unlockOn(t, d, passA).Ring().Drawer(Private).Seen; got != 6 {
			t.Fatalf("cut %d: seen %d", cut, got)
		}
	}
}

func TestPowerFailsInInvite(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	before := content(t, path)
	for _, cut := range cuts(fileSize) {
		d := newDisk(t, before)
		s := unlockOn(t, d, passA)
		d.fail(cut)
		_, err := s.Invite(nil)
		if err == nil && cut <= fileSize {
			t.Fatal("invited without power")
		}
		d.restart(orders(cut)[1])
		again := unlockOn(t, d, passA)
		if len(again.Ring().Members) != 1 {
			t.Fatalf("cut %d: %d members", cut, len(again.Ring().Members))
		}
		code, err := again.Invite(nil)
		if err != nil {
			t.Fatalf("cut %d: %v", cut, err)
		}
		if _, i, err := d.open().Unlock(context.Background(), []byte(code)); err != nil || i == nil {
			t.Fatalf("cut %d: the code: %v", cut, err)
		}
		steady(t, d)
	}
}

func TestPowerFailsInJoin(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, path)
	open, taken := 0, 0
	for _, cut := range cuts(fileSize) {
		for n, order := range orders(cut) {
			d := newDisk(t, before)
			_, i, err := d.open().Unlock(context.Background(), []byte(code))
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			note := func(r *Ring) error {
				names = append(names, r.Drawer(Private).Name, r.Drawer(Shared).Name)
				return built(r)
			}
			d.fail(cut)
			if _, err := i.Join(context.Background(), []byte(passB), "Ben", note); err == nil && cut <= fileSize {
				t.Fatalf("cut %d: joined without power", cut)
			}
			d.restart(order)
			s, again, err := d.open().Unlock(context.Background(), []byte(code))
			switch {
			case err == nil && s == nil: // the old state: the same join, run again
				open++
				b, err := again.Join(context.Background(), []byte(passB), "Ben", note)
				if err != nil {
					t.Fatalf("cut %d, order %d: the second join: %v", cut, n, err)
				}
				b.Close()
				if names[0] != names[2] || names[1] != names[3] {
					t.Errorf("cut %d: the second join builds other files: %v", cut, names)
				}
			case errors.Is(err, ErrWrongPassphrase):
				taken++
			default:
				t.Fatalf("cut %d, order %d: the code: %v", cut, n, err)
			}
			ra, rb := unlockOn(t, d, passA).Ring(), unlockOn(t, d, passB).Ring()
			if *ra.Drawer(Shared).Key != *rb.Drawer(Shared).Key || ra.Drawer(Shared).Name != rb.Drawer(Shared).Name {
				t.Fatalf("cut %d, order %d: the two share no drawer", cut, n)
			}
			steady(t, d)
		}
	}
	if open == 0 || taken == 0 {
		t.Fatalf("the campaign tried nothing: code open %d times, used %d times", open, taken)
	}
}

func TestPowerFailsWhileReadingTheInbox(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben")
	key := *b.Ring().Drawer(Shared).Key
	before := content(t, path)
	for _, cut := range cuts(fileSize) {
		d := newDisk(t, before)
		f := d.open()
		d.fail(cut)
		s, _, err := f.Unlock(context.Background(), []byte(passA))
		if err != nil {
			t.Fatalf("cut %d: %v", cut, err)
		}
		if *s.Ring().Drawer(Shared).Key != key {
			t.Fatalf("cut %d: the key did not arrive", cut)
		}
		if unsaved := kinds(s.Notices())[InboxUnsaved] == 1; unsaved != (cut <= fileSize) {
			t.Fatalf("cut %d: notices %v", cut, s.Notices())
		}
		s.Close()
		d.restart(orders(cut)[2])
		again := unlockOn(t, d, passA)
		if *again.Ring().Drawer(Shared).Key != key || len(again.Ring().Members) != 2 {
			t.Fatalf("cut %d: the key was lost", cut)
		}
		steady(t, d)
	}
}

// TestPowerFailsInRepair: a repair must not make things worse.
func TestPowerFailsInRepair(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	sound := content(t, path)
	for damaged := range 2 {
		for _, cut := range cuts(copySize) {
			d := newDisk(t, sound)
			d.volatil[damaged*copySize+9999] ^= 1
			d.restart(nil)
			d.fail(cut)
			f := d.open()
			if k := kinds(f.Notices()); cut <= copySize && k[CopyUnrepaired] != 1 {
				t.Fatalf("cut %d: notices %v", cut, f.Notices())
			}
			d.restart(orders(cut)[1])
			unlockOn(t, d, passA)
			steady(t, d)
		}
	}
}

// TestSaveWhenTheOtherCopyIsTorn: the write begins with the copy that is not
// relied on, even if the repair before it failed.
func TestSaveWhenTheOtherCopyIsTorn(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	sound := content(t, path)
	for torn := range 2 {
		for _, cut := range cuts(fileSize) {
			d := newDisk(t, sound)
			s := unlockOn(t, d, passA)
			d.volatil[torn*copySize+70000] ^= 1 // while it is open
			s.Ring().Drawer(Private).Seen = 9
			d.fail(cut)
			if err := s.Save(); err == nil && cut <= fileSize {
				t.Fatal("saved without power")
			}
			d.restart(nil)
			if got := unlockOn(t, d, passA).Ring().Drawer(Private).Seen; got != 0 && got != 9 {
				t.Fatalf("copy %d torn, cut %d: seen %d", torn, cut, got)
			}
		}
	}
}

func TestWritesAreSynced(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	d := newDisk(t, content(t, path))
	s := unlockOn(t, d, passA)
	d.writes, d.syncs = 0, 0
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if d.writes != 2 || d.syncs != 2 {
		t.Errorf("%d writes, %d syncs", d.writes, d.syncs)
	}
	if len(d.volatil) != fileSize {
		t.Errorf("the size changed to %d", len(d.volatil))
	}
}
