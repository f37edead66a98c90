package keys

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
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

func joinWith(t *testing.T, i *Invitation, passphrase string) (*Seat, error) {
	t.Helper()
	s, err := i.Join(context.Background(), []byte(passphrase), "Ben", built)
	if s != nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func TestCodeIsUsedOnce(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	first, late := openCode(t, path, code), openCode(t, path, code)
	if first.Seat() != 1 || first.From() != 0 || len(first.Members()) != 1 || first.Members()[0].Name != "Anna" {
		t.Errorf("seat %d from %d, members %v", first.Seat(), first.From(), first.Members())
	}
	if _, err := joinWith(t, first, passB); err != nil {
		t.Fatal(err)
	}
	before := content(t, path)
	over := func(*Ring) error {
		t.Error("a join without force builds drawers, over those of the person who joined")
		return nil
	}
	if _, err := late.Join(context.Background(), []byte("yet another passphrase"), "Eve", over); !errors.Is(err, ErrInvitation) {
		t.Errorf("a second join with an open code: %v", err)
	}
	if _, err := joinWith(t, first, passB); !errors.Is(err, ErrClosed) {
		t.Errorf("a second join with the same invitation: %v", err)
	}
	if _, _, err := open(t, path).Unlock(context.Background(), []byte(code)); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("the code, typed again: %v", err)
	}
	if !bytes.Equal(before, content(t, path)) {
		t.Error("a code without force wrote something")
	}
	for _, passphrase := range []string{passA, passB} {
		unlock(t, path, passphrase)
	}
}

func TestNewerCodeReplacesOlder(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	older, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	held := openCode(t, path, older)
	newer, err := a.Invite(map[uint8]string{0: "Anna-Maria\n", 3: "nobody"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := open(t, path).Unlock(context.Background(), []byte(older)); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("the older code: %v", err)
	}
	if _, err := joinWith(t, held, passB); !errors.Is(err, ErrInvitation) {
		t.Errorf("a join with the older code: %v", err)
	}
	if i := openCode(t, path, newer); i.Members()[0].Name != "Anna-Maria" {
		t.Errorf("members: %v", i.Members())
	}
	// Typed the way it comes off paper.
	openCode(t, path, "  "+strings.ReplaceAll(newer, " ", " \t ")+"\n")
}

// TestJoinEndsEveryCode: a code vouches with the shared drawer of its day.
func TestJoinEndsEveryCode(t *testing.T) {
	path, a, b := couple(t) // with a code of a's for seat 2
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	third, err := b.Invite(nil) // by b, for the same seat
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := open(t, path).Unlock(context.Background(), []byte(code)); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("the code before: %v", err)
	}
	c, err := openCode(t, path, third).Join(context.Background(), []byte("the third one"), "Chris", built)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, passphrase := range []string{passA, passB} {
		if s := unlock(t, path, passphrase); len(s.Ring().Members) != 3 {
			t.Errorf("%d members", len(s.Ring().Members))
		}
	}
}

// TestAwayForTwoJoins: the first admission vouches for the second.
func TestAwayForTwoJoins(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben")
	c := join(t, path, b, "the third one", "Chris")
	d := join(t, path, c, "the fourth one", "Dana")
	if _, err := d.Invite(nil); !errors.Is(err, ErrNoSeat) {
		t.Errorf("a fifth person: %v", err)
	}
	s := unlock(t, path, passA)
	if kinds(s.Notices())[Joined] != 3 || *s.Ring().Drawer(Shared).Key != *d.Ring().Drawer(Shared).Key {
		t.Errorf("after three joins: %v", s.Notices())
	}
	order := []uint8{}
	for _, m := range s.Ring().Members {
		order = append(order, m.Seat)
	}
	if !slices.Equal(order, []uint8{0, 1, 2, 3}) {
		t.Errorf("in the order %v", order)
	}
}

// TestMissingLink: without the first admission the second is not believed, and
// is believed as soon as the first is there.
func TestMissingLink(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben")
	join(t, path, b, "the third one", "Chris")
	whole := content(t, path)
	kept, err := decodeCopies(whole, true)
	if err != nil {
		t.Fatal(err)
	}
	put := func(disk []byte) *Seat {
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		return unlock(t, path, passA)
	}
	s := put(edit(t, whole, b.ring.keys.file, func(x body) { emptyCell(x.cell(0, 1)) }))
	if k := kinds(s.Notices()); k[MessageIgnored] != 1 || k[Joined] != 0 || len(s.Ring().Members) != 1 {
		t.Errorf("without the link: %v", s.Notices())
	}
	s = put(edit(t, content(t, path), b.ring.keys.file, func(x body) { copy(x.cell(0, 1), kept.body.cell(0, 1)) }))
	if len(s.Ring().Members) != 3 {
		t.Errorf("with the link: %v", s.Notices())
	}
}

func TestPassphrasesThatAPersonCannotTake(t *testing.T) {
	path, a, _ := couple(t)
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	i := openCode(t, path, code)
	before := content(t, path)
	for name, passphrase := range map[string]string{"a's": passA, "b's": passB, "the code": code, "a's with spaces": "  " + passA + " "} {
		if _, err := joinWith(t, i, passphrase); !errors.Is(err, ErrWeakPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := joinWith(t, i, "a\x00b"); !errors.Is(err, ErrPassphraseForm) {
		t.Errorf("NUL: %v", err)
	}
	if !bytes.Equal(before, content(t, path)) {
		t.Error("a refused passphrase wrote something")
	}
	if _, err := joinWith(t, i, "a passphrase of their own"); err != nil {
		t.Errorf("after refusals: %v", err)
	}
}

func TestWhoCannotInvite(t *testing.T) {
	practice, err := Create(t.TempDir()+"/keys", Practice, []byte(passA), InsecureParams, "Dr. K", foundHome, InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	defer practice.Close()
	if _, err := practice.Invite(nil); !errors.Is(err, ErrNoSeat) {
		t.Errorf("a practice: %v", err)
	}
	alone, err := Create(t.TempDir()+"/keys", Home, []byte(passA), InsecureParams, "Anna", noDrawers, InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	if _, err := alone.Invite(nil); !errors.Is(err, ErrNoShared) {
		t.Errorf("without a shared drawer: %v", err)
	}
}

// TestEmptyAndFullCellsLookAlike: both begin with a point of the curve, so that
// the file does not tell who has mail.
func TestEmptyAndFullCellsLookAlike(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	join(t, path, a, passB, "Ben")
	c, err := decodeCopies(content(t, path), true)
	if err != nil {
		t.Fatal(err)
	}
	for to := range uint8(Seats) {
		for from := range uint8(Seats) {
			if cell := c.body.cell(to, from); cell[31]&0x80 != 0 {
				t.Errorf("cell %d,%d does not begin with a public key", to, from)
			}
		}
	}
}

// TestInviteAfterSomebodyJoined: a seat that was unlocked before a join does not
// give the same seat away again.
func TestInviteAfterSomebodyJoined(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben") // a stays unlocked
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	i := openCode(t, path, code)
	if i.Seat() != 2 || len(i.Members()) != 2 {
		t.Fatalf("a code for seat %d, with %d members", i.Seat(), len(i.Members()))
	}
	if kinds(a.Notices())[Joined] != 1 || *a.Ring().Drawer(Shared).Key != *b.Ring().Drawer(Shared).Key {
		t.Errorf("notices: %v", a.Notices())
	}
	unlock(t, path, passB)
}

// TestWhatAWriteOverwrites: no earlier code, and nothing of a seat's last owner,
// is left behind.
func TestWhatAWriteOverwrites(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	state := func() body {
		c, err := decodeCopies(content(t, path), true)
		if err != nil {
			t.Fatal(err)
		}
		return c.body
	}
	changed := func(what string, before, after body, slots, rings []int) {
		t.Helper()
		for i := range slotCount {
			if same := bytes.Equal(before.slot(i), after.slot(i)); same == slices.Contains(slots, i) {
				t.Errorf("%s: slot %d is the same: %v", what, i, same)
			}
		}
		for i := range ringCount {
			if same := bytes.Equal(before.ring(i), after.ring(i)); same == slices.Contains(rings, i) {
				t.Errorf("%s: ring %d is the same: %v", what, i, same)
			}
		}
	}
	fresh := state()
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	invited := state()
	changed("invite", fresh, invited, []int{4, 5, 6, 7}, []int{0, 4, 5, 6, 7})
	if _, err := joinWith(t, openCode(t, path, code), passB); err != nil {
		t.Fatal(err)
	}
	changed("join", invited, state(), []int{1, 4, 5, 6, 7, 9}, []int{1, 4, 5, 6, 7})
}
