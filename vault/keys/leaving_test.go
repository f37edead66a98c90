package keys

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"testing"
)

func leave(t testing.TB, path, passphrase string) {
	t.Helper()
	s := unlock(t, path, passphrase)
	if err := s.Verify(context.Background(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if err := s.Leave(); err != nil {
		t.Fatal(err)
	}
	if s.Ring() != nil || !errors.Is(s.Save(), ErrClosed) || !errors.Is(s.Leave(), ErrClosed) {
		t.Error("the seat is still open")
	}
}

func seatsOf(members []Member) (seats []uint8) {
	for _, m := range members {
		seats = append(seats, m.Seat)
	}
	return seats
}

func TestLeave(t *testing.T) {
	path := three(t)
	before := bodyOf(t, path)
	s := unlock(t, path, passB)
	words := newRecovery(t, s, passB)
	code, err := s.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	private, bens := s.Ring().Drawer(Private).Name, secretsOf(s)
	leave(t, path, passB)
	for _, typed := range []string{passB, words, code} {
		opensNothing(t, path, typed)
	}
	after := bodyOf(t, path)
	changed := map[string]bool{
		"slot": bytes.Equal(before.slot(1), after.slot(1)), "recovery": bytes.Equal(before.slot(9), after.slot(9)),
		"ring": bytes.Equal(before.ring(1), after.ring(1)), "own cell": bytes.Equal(before.cell(1, 1), after.cell(1, 1)),
	}
	for name, same := range changed {
		if same {
			t.Errorf("the %s is what it was", name)
		}
	}
	for _, seat := range []int{0, 2} {
		if !bytes.Equal(before.slot(seat), after.slot(seat)) || !bytes.Equal(before.ring(seat), after.ring(seat)) {
			t.Errorf("the slot or the ring of seat %d changed", seat)
		}
	}
	// Nothing that Ben had opens anything in the file.
	var plain [ringPlain]byte
	for _, key := range bens {
		for i := range ringCount {
			for _, what := range []purpose{forRing, forInvitation} {
				if _, err := openRing(after, i, what, &key, plain[:]); err == nil {
					t.Errorf("a key of the person who left opens ring %d", i)
				}
			}
		}
	}
	for i, passphrase := range []string{passA, passC} {
		s := unlock(t, path, passphrase)
		r := s.Ring()
		if k := kinds(s.Notices()); k[Left] != 1 || len(s.Notices()) != 1 {
			t.Errorf("notices: %v", s.Notices())
		}
		if !slices.Equal(seatsOf(r.Present()), []uint8{0, 2}) || !r.Member(1).Left || r.Member(1).Name != "Ben" || r.RekeyDue() != (i == 0) {
			t.Errorf("present: %v, a re-key is due: %v", r.Present(), r.RekeyDue())
		}
		// Whom Ben invited does not know the name of Ben's drawer.
		if slices.Contains(r.Doomed, Doomed{Name: private, Keep: true}) != (i == 0) {
			t.Errorf("doomed: %v", r.Doomed)
		}
		if again := unlock(t, path, passphrase); len(again.Notices()) != 0 {
			t.Errorf("told again: %v", again.Notices())
		}
		if i == 0 {
			d := rekey(t, unlock(t, path, passphrase))
			if !slices.Equal(d.Seats, []uint8{0, 2}) {
				t.Errorf("shared by %v", d.Seats)
			}
		}
	}
	a, c := unlock(t, path, passA), unlock(t, path, passC)
	if *a.Ring().Drawer(Shared).Key != *c.Ring().Drawer(Shared).Key || a.Ring().RekeyDue() || c.Ring().RekeyDue() {
		t.Error("the two who stayed do not share a drawer")
	}
	for _, key := range bens {
		if key == *a.Ring().Drawer(Shared).Key {
			t.Error("the person who left has the key")
		}
	}
}

// TestSeatStaysTheirs: nobody takes the seat of a person who left.
func TestSeatStaysTheirs(t *testing.T) {
	path := three(t)
	leave(t, path, passB)
	s := unlock(t, path, passA)
	rekey(t, s)
	d := join(t, path, s, "the fourth one", "Dana")
	if d.Ring().Seat != 3 || !slices.Equal(seatsOf(d.Ring().Present()), []uint8{0, 2, 3}) || !slices.Equal(d.Ring().Drawer(Shared).Seats, []uint8{0, 2, 3}) {
		t.Errorf("seat %d, present %v", d.Ring().Seat, d.Ring().Present())
	}
	if _, err := d.Invite(nil); !errors.Is(err, ErrNoSeat) {
		t.Errorf("a fifth person: %v", err)
	}
	for _, passphrase := range []string{passA, passC} {
		s := unlock(t, path, passphrase)
		if *s.Ring().Drawer(Shared).Key != *d.Ring().Drawer(Shared).Key || kinds(s.Notices())[Joined] != 1 {
			t.Errorf("notices: %v", s.Notices())
		}
	}
}

// TestAwayForAWholeStay: somebody joins and leaves while another is away, and the
// chain of what is shared holds.
func TestAwayForAWholeStay(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	join(t, path, a, passB, "Ben")
	visit(t, path, passA, nil) // and is away from now on
	visit(t, path, passB, func(s *Seat) { rekey(t, s) })
	b := unlock(t, path, passB)
	join(t, path, b, passC, "Chris")
	visit(t, path, passB, nil)
	visit(t, path, passC, func(s *Seat) { rekey(t, s) })
	leave(t, path, passC)
	want := [32]byte{}
	visit(t, path, passB, func(s *Seat) { want = *rekey(t, s).Key })
	s := unlock(t, path, passA)
	if k := kinds(s.Notices()); k[Joined] != 1 || k[Left] != 1 || len(s.Notices()) != 2 {
		t.Errorf("notices: %v", s.Notices())
	}
	if *s.Ring().Drawer(Shared).Key != want || s.Ring().RekeyDue() {
		t.Error("the two do not share a drawer")
	}
}

// TestLeaveAlone: the last person leaves nothing that opens.
func TestLeaveAlone(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	leave(t, path, passA)
	opensNothing(t, path, passA)
	steadyFile(t, path)
}

func steadyFile(t testing.TB, path string) {
	t.Helper()
	if f := open(t, path); f.Repaired() {
		t.Error("the file needs a repair")
	}
}

// TestNobodyElseCanLeaveForThem: what another member writes, whoever they say they
// are, takes nobody's seat.
func TestNobodyElseCanLeaveForThem(t *testing.T) {
	ring := func(path, passphrase string) *Ring { return unlock(t, path, passphrase).Ring() }
	stranger := &Ring{keys: mustKeyring(t)}
	random(stranger.keys.sign[:])
	for name, row := range map[string]struct {
		seat, cell uint8
		signer     func(path string) *Ring
		change     func(l *leaving)
	}{
		"signed by another member":           {2, 2, func(p string) *Ring { return ring(p, passB) }, nil},
		"signed by nobody":                   {2, 2, func(string) *Ring { return stranger }, nil},
		"signed by the reader":               {2, 2, func(p string) *Ring { return ring(p, passA) }, nil},
		"their own, for another's seat":      {2, 1, func(p string) *Ring { return ring(p, passB) }, nil},
		"another's signature in one's cell":  {2, 1, func(p string) *Ring { return ring(p, passC) }, nil},
		"for the reader":                     {0, 1, func(p string) *Ring { return ring(p, passB) }, nil},
		"for a seat that nobody has":         {3, 3, func(p string) *Ring { return ring(p, passB) }, nil},
		"a signature with one bit more":      {2, 2, func(p string) *Ring { return ring(p, passC) }, func(l *leaving) { l.signature[9] ^= 1 }},
		"a signature for another seat":       {2, 2, func(p string) *Ring { return ring(p, passC) }, func(l *leaving) { l.seat = 1 }},
		"into the reader's own cell, signed": {0, 0, func(p string) *Ring { return ring(p, passA) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := three(t)
			b := ring(path, passB)
			disk := edit(t, content(t, path), b.keys.file, func(x body) {
				l := &leaving{seat: row.seat}
				l.vouch(x, row.signer(path).SignKey())
				if row.change != nil {
					row.change(l)
				}
				w := &writer{b: make([]byte, cellPlain)}
				l.encode(w)
				if err := w.end(); err != nil {
					t.Fatal(err)
				}
				if err := sealCell(x, 0, row.cell, b.Member(0).Box, w.b); err != nil {
					t.Fatal(err)
				}
			})
			if err := os.WriteFile(path, disk, 0o600); err != nil {
				t.Fatal(err)
			}
			s := unlock(t, path, passA)
			if k := kinds(s.Notices()); len(s.Ring().Present()) != 3 || k[Left] != 0 || row.cell != 0 && k[ChangeIgnored] != 1 {
				t.Errorf("present %v, notices %v", s.Ring().Present(), s.Notices())
			}
			for _, passphrase := range []string{passB, passC} {
				unlock(t, path, passphrase)
			}
		})
	}
}

// TestReplayedLeaving: the message of somebody who left, put back, is not told
// again, and does nothing to anybody else.
func TestReplayedLeaving(t *testing.T) {
	path := three(t)
	leave(t, path, passC)
	waiting := bodyOf(t, path)
	for range 2 {
		for _, passphrase := range []string{passA, passB} {
			visit(t, path, passphrase, func(s *Seat) {
				if s.Ring().RekeyDue() {
					rekey(t, s)
				}
			})
		}
	}
	a := unlock(t, path, passA)
	for cell := range uint8(Seats) {
		disk := edit(t, content(t, path), a.ring.keys.file, func(b body) { copy(b.cell(0, cell), waiting.cell(0, 2)) })
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		s := unlock(t, path, passA)
		if len(s.Notices()) != 0 || !slices.Equal(seatsOf(s.Ring().Present()), []uint8{0, 1}) {
			t.Errorf("cell %d: %v, present %v", cell, s.Notices(), s.Ring().Present())
		}
	}
}

// TestMessagesOfNoKind: what is none of the three messages, or not in their order,
// is left alone, and what is around it too.
func TestMessagesOfNoKind(t *testing.T) {
	path := three(t)
	s := unlock(t, path, passC)
	l := &leaving{seat: 2}
	l.vouch(bodyOf(t, path), s.Ring().SignKey())
	k := &rekeying{drawer: Drawer{Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1, 2}}, replaces: [][16]byte{s.Ring().Drawer(Shared).ID}}
	k.vouch(bodyOf(t, path), s.Ring().SignKey())
	raw := func(kinds ...byte) func(*writer) { return func(w *writer) { w.bytes(kinds) } }
	for name, parts := range map[string][]func(*writer){
		"a sixth":                     {raw(receiptType, encodingFormat, 2)},
		"a seventh":                   {raw(7, encodingFormat, 2)},
		"a ring":                      {raw(personType, encodingFormat, 1, 2)},
		"an invitation":               {raw(invitationType, encodingFormat, 1, 2)},
		"leaving of another format":   {raw(leftType, encodingFormat+1, 2)},
		"leaving twice":               {l.encode, l.encode},
		"something behind leaving":    {l.encode, raw(9)},
		"a re-keying behind leaving":  {l.encode, k.encode},
		"a receipt in front":          {raw(receiptType, encodingFormat), l.encode},
		"zeros in front":              {raw(0, 0, 0), l.encode},
		"a re-keying that breaks off": {raw(rekeyedType, encodingFormat), l.encode},
		"only zeros":                  {raw(0)},
	} {
		t.Run(name, func(t *testing.T) {
			disk := edit(t, content(t, path), s.ring.keys.file, func(x body) {
				w := &writer{b: make([]byte, cellPlain)}
				for _, part := range parts {
					part(w)
				}
				if err := w.end(); err != nil {
					t.Fatal(err)
				}
				if err := sealCell(x, 0, 2, s.Ring().Member(0).Box, w.b); err != nil {
					t.Fatal(err)
				}
			})
			if err := os.WriteFile(path, disk, 0o600); err != nil {
				t.Fatal(err)
			}
			want := s.Ring().Drawer(Shared).Name
			a := unlock(t, path, passA)
			if k := kinds(a.Notices()); len(a.Ring().Present()) != 3 || a.Ring().Drawer(Shared).Name != want || k[MessageIgnored]+k[ChangeIgnored] != 1 {
				t.Errorf("present %v, notices %v", a.Ring().Present(), a.Notices())
			}
		})
	}
}

func TestPowerFailsInLeave(t *testing.T) {
	path := three(t)
	before := content(t, path)
	stays, gone := 0, 0
	for _, cut := range cuts(fileSize) {
		for _, order := range orders(cut) {
			d := newDisk(t, before)
			s := unlockOn(t, d, passB)
			d.fail(cut)
			if err := s.Leave(); err == nil && cut <= fileSize {
				t.Fatalf("cut %d: left without power", cut)
			}
			d.restart(order)
			b, _, err := d.open().Unlock(context.Background(), []byte(passB))
			told := 0
			for _, passphrase := range []string{passA, passC} {
				s := unlockOn(t, d, passphrase)
				told += kinds(s.Notices())[Left]
				if kinds(s.Notices())[FileAltered] != 0 {
					t.Fatalf("cut %d: %v", cut, s.Notices())
				}
			}
			switch {
			case err == nil && told == 0:
				stays++
				b.Close()
			case errors.Is(err, ErrWrongPassphrase) && told == 2:
				gone++
			default:
				t.Fatalf("cut %d: %v, told %d", cut, err, told)
			}
			steady(t, d)
		}
	}
	if stays == 0 || gone == 0 {
		t.Fatalf("the campaign tried nothing: %d stay, %d gone", stays, gone)
	}
}
