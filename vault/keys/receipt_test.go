package keys

import (
	"os"
	"slices"
	"testing"
)

// TestForgedReceipts: while somebody has not opened the drawer that took another's
// place, nobody can make it look as if they had.
func TestForgedReceipts(t *testing.T) {
	path := three(t)
	before := bodyOf(t, path)
	visit(t, path, passA, func(s *Seat) { rekey(t, s) })
	visit(t, path, passB, nil)
	b := unlock(t, path, passB)
	sound := content(t, path)
	for name, change := range map[string]func(x body){
		"nothing":              func(body) {},
		"one of Ben's":         func(x body) { copy(x.cell(2, 2), x.cell(1, 1)) },
		"from before":          func(x body) { copy(x.cell(2, 2), before.cell(2, 2)) },
		"noise":                func(x body) { random(x.cell(2, 2)) },
		"signed by Ben":        func(x body) { forgeReceipt(t, b, x, 2, 2) },
		"of Ben for Chris":     func(x body) { forgeReceipt(t, b, x, 1, 2) },
		"of nobody's, for all": func(x body) { forgeReceipt(t, b, x, 3, 2) },
	} {
		if err := os.WriteFile(path, edit(t, sound, b.ring.keys.file, change), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, passphrase := range []string{passA, passB} {
			if unlock(t, path, passphrase).Settle() {
				t.Errorf("%s: taken for a receipt of Chris", name)
			}
		}
	}
	if err := os.WriteFile(path, sound, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unlock(t, path, passC) // opens the ring, and no drawer
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if unlock(t, path, passA).Settle() {
		t.Error("it settles though Chris has opened no drawer")
	}
	visit(t, path, passC, nil)
	if !unlock(t, path, passA).Settle() {
		t.Error("it does not settle when everybody was there")
	}
}

// forgeReceipt makes one that says seat, in the cell of another, with what Ben has.
func forgeReceipt(t testing.TB, b *Seat, x body, seat, cell uint8) {
	t.Helper()
	mine := slices.Clone(x.cell(1, 1))
	ring := *b.ring
	ring.Seat = seat
	forger := &Seat{ring: &ring}
	if err := forger.putReceipt(x); err != nil {
		t.Fatal(err)
	}
	copy(x.cell(cell, cell), x.cell(seat, seat))
	if seat == 1 {
		copy(x.cell(1, 1), mine)
	}
}

// TestReceiptsLookLikeCells: a receipt begins as every cell does.
func TestReceiptsLookLikeCells(t *testing.T) {
	path := three(t)
	b := bodyOf(t, path)
	s := unlock(t, path, passA)
	for seat := range uint8(3) {
		if b.cell(seat, seat)[31]&0x80 != 0 {
			t.Error("a receipt does not begin with a public key")
		}
		if !hasReceipt(b, s.Ring().Member(seat), s.Ring().Drawer(Shared)) {
			t.Errorf("seat %d has no receipt", seat)
		}
	}
}

// TestAdmissionIsRepeated: it is told again beside other things until everybody
// has read it, and forgotten then.
func TestAdmissionIsRepeated(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	join(t, path, a, passB, "Ben")
	visit(t, path, passB, func(s *Seat) {
		if s.ring.admission == nil {
			t.Fatal("the admission is forgotten at once")
		}
		rekey(t, s) // over the cell in which it stands
	})
	s := unlock(t, path, passA)
	if kinds(s.Notices())[Joined] != 1 || len(s.Notices()) != 1 {
		t.Fatalf("notices: %v", s.Notices())
	}
	leaveOpened(t, s)
	for range 2 {
		visit(t, path, passB, nil)
	}
	if s := unlock(t, path, passB); s.ring.admission != nil || !allZero(s.ring.keys.admission) {
		t.Error("the admission is kept for ever")
	}
}
