package keys

import (
	"slices"
	"testing"
)

func TestTwoPersonsThenThree(t *testing.T) {
	path, a := newHome(t, "first passphrase of a", "Anna")
	spare := a.Ring().Spare[0]
	founded := a.Ring().Drawer(Shared).Name

	b := join(t, path, a, "second passphrase of b", "Ben")
	if got := b.Ring().Drawer(Private).Name; got != spare {
		t.Errorf("the private drawer is %s and not the placeholder %s", got, spare)
	}
	if b.Ring().opens(founded) {
		t.Error("the earlier shared drawer was given to somebody who was not there")
	}
	a = unlock(t, path, "first passphrase of a")
	if kinds(a.Notices())[Joined] != 1 {
		t.Fatalf("notices: %v", a.Notices())
	}
	ra, rb := a.Ring(), b.Ring()
	if *ra.Drawer(Shared).Key != *rb.Drawer(Shared).Key || ra.Drawer(Shared).ID != rb.Drawer(Shared).ID {
		t.Fatal("the two do not share a key")
	}
	if ra.isSpare(spare) || !ra.opens(founded) || ra.Member(1).Private != spare {
		t.Error("the ring does not know what became of the files")
	}

	c := join(t, path, b, "third passphrase of c", "Chris")
	if got := c.Ring().Drawer(Shared).Seats; !slices.Equal(got, []uint8{0, 1, 2}) {
		t.Fatalf("shared by %v", got)
	}
	for seat, passphrase := range []string{"first passphrase of a", "second passphrase of b"} {
		s := unlock(t, path, passphrase)
		if *s.Ring().Drawer(Shared).Key != *c.Ring().Drawer(Shared).Key {
			t.Errorf("seat %d does not share the new key", seat)
		}
		if len(s.Ring().Members) != 3 || s.Ring().Member(2).Name != "Chris" {
			t.Errorf("seat %d knows %d members", seat, len(s.Ring().Members))
		}
		if s := unlock(t, path, passphrase); len(s.Notices()) != 0 {
			t.Errorf("a second unlock of seat %d has notices: %v", seat, s.Notices())
		}
	}
}
