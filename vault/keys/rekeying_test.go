package keys

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"
)

// rekey puts a new drawer in the place of the shared one.
func rekey(t testing.TB, s *Seat) *Drawer {
	t.Helper()
	d := prepare(t, s, Shared)[0]
	if err := s.Rekey(d); err != nil {
		t.Fatal(err)
	}
	return s.Ring().Drawer(Shared)
}

// visit unlocks, does something, and leaves as a session does that has opened the
// shared drawer in use.
func visit(t testing.TB, path, passphrase string, do func(s *Seat)) []Notice {
	t.Helper()
	s := unlock(t, path, passphrase)
	if do != nil {
		do(s)
	}
	leaveOpened(t, s)
	return s.Notices()
}

func leaveOpened(t testing.TB, s *Seat) {
	t.Helper()
	if shared := s.Ring().Drawer(Shared); shared != nil {
		shared.Seen = max(1, shared.Seen)
	}
	s.Settle()
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// three makes a vault with three persons who have all been there.
func three(t testing.TB) (path string) {
	t.Helper()
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben")
	join(t, path, b, passC, "Chris")
	for _, passphrase := range []string{passA, passB, passC} {
		visit(t, path, passphrase, nil)
	}
	return path
}

const passC = "third passphrase of c"

func retiredIn(s *Seat) (names []string) {
	for _, d := range s.Ring().retired() {
		names = append(names, d.Name)
	}
	return names
}

func TestRekey(t *testing.T) {
	path := three(t)
	var old, new string
	var key [32]byte
	visit(t, path, passA, func(s *Seat) {
		old = s.Ring().Drawer(Shared).Name
		d := rekey(t, s)
		new, key = d.Name, *d.Key
		if !slices.Equal(retiredIn(s), []string{old}) || len(s.Ring().Doomed) != 0 {
			t.Errorf("retired %v, doomed %v", retiredIn(s), s.Ring().Doomed)
		}
		if s.Settle() {
			t.Error("settled before anybody else was there")
		}
	})
	for i, passphrase := range []string{passB, passC} {
		notices := visit(t, path, passphrase, func(s *Seat) {
			d := s.Ring().Drawer(Shared)
			if d.Name != new || *d.Key != key || !slices.Equal(d.Seats, []uint8{0, 1, 2}) || !slices.Equal(retiredIn(s), []string{old}) {
				t.Errorf("person %d has another drawer, retired %v", i+1, retiredIn(s))
			}
		})
		if len(notices) != 0 {
			t.Errorf("notices: %v", notices)
		}
	}
	// Chris was the last and knew it on leaving; the others find the receipt.
	for _, passphrase := range []string{passC, passA, passB} {
		s := unlock(t, path, passphrase)
		if s.Settle() == (passphrase == passC) || len(retiredIn(s)) != 0 || !slices.Contains(s.Ring().Doomed, Doomed{Name: old}) || s.Ring().opens(old) {
			t.Errorf("after everybody was there: retired %v, doomed %v", retiredIn(s), s.Ring().Doomed)
		}
		s.Ring().Destroyed(old)
		if s.Settle() {
			t.Error("it settles twice")
		}
		leaveOpened(t, s)
	}
}

// TestRekeyAlone: nobody else needs the old drawer.
func TestRekeyAlone(t *testing.T) {
	_, a := newHome(t, passA, "Anna")
	old := a.Ring().Drawer(Shared).Name
	d := rekey(t, a)
	if !slices.Equal(a.Ring().Doomed, []Doomed{{Name: old}}) || a.Ring().opens(old) || d.Name == old {
		t.Errorf("doomed: %v", a.Ring().Doomed)
	}
}

// TestRekeyEndsCodes: a code vouches with the key of its day.
func TestRekeyEndsCodes(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	held := openCode(t, path, code)
	rekey(t, a)
	opensNothing(t, path, code)
	if _, err := joinWith(t, held, passB); !errors.Is(err, ErrInvitation) {
		t.Errorf("a join with a code from before: %v", err)
	}
	b := join(t, path, a, passB, "Ben")
	if s := unlock(t, path, passA); *s.Ring().Drawer(Shared).Key != *b.Ring().Drawer(Shared).Key {
		t.Error("a join after a re-key is not believed")
	}
}

// TestRekeyTwice: somebody who was away for both goes to the last at once.
func TestRekeyTwice(t *testing.T) {
	path := three(t)
	var last string
	for _, passphrase := range []string{passA, passA, passB} {
		visit(t, path, passphrase, func(s *Seat) { last = rekey(t, s).Name })
	}
	visit(t, path, passC, func(s *Seat) {
		if s.Ring().Drawer(Shared).Name != last || len(s.Notices()) != 0 {
			t.Errorf("notices: %v", s.Notices())
		}
	})
	for _, passphrase := range []string{passA, passB, passC} {
		s := unlock(t, path, passphrase)
		if s.Ring().Drawer(Shared).Name != last {
			t.Error("the two do not share a drawer")
		}
		leaveOpened(t, s)
		if s := unlock(t, path, passphrase); len(retiredIn(s)) != 0 {
			t.Errorf("retired: %v", retiredIn(s))
		}
	}
}

// TestRekeyForTooLong: what the ring cannot hold is refused before anything is
// built.
func TestRekeyForTooLong(t *testing.T) {
	path := three(t)
	s := unlock(t, path, passA)
	for range maxRetired {
		rekey(t, s)
	}
	if _, err := s.Ring().Prepare(Shared); !errors.Is(err, ErrAway) {
		t.Errorf("one more: %v", err)
	}
	want := *s.Ring().Drawer(Shared).Key
	leaveOpened(t, s)
	if s := unlock(t, path, passC); *s.Ring().Drawer(Shared).Key != want || len(s.Notices()) != 0 {
		t.Errorf("after as many as fit: %v", s.Notices())
	}
}

// TestNewcomerLearnsNothingEarlier: a message to somebody holds no key of a drawer
// from before they were there.
func TestNewcomerLearnsNothingEarlier(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	b := join(t, path, a, passB, "Ben")
	visit(t, path, passA, func(s *Seat) { rekey(t, s) }) // Ben is away
	s := unlock(t, path, passA)
	earlier := *s.Ring().Drawer(Shared).Key
	c := join(t, path, s, passC, "Chris")
	visit(t, path, passA, func(s *Seat) {
		rekey(t, s)
		if n := len(s.Ring().rekeyings()); n != 2 {
			t.Fatalf("%d places were taken", n)
		}
		file := bodyOf(t, path)
		box, err := c.Ring().BoxKey()
		if err != nil {
			t.Fatal(err)
		}
		plain := make([]byte, cellPlain)
		if err := openCell(file, 2, 0, box, plain); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(plain, earlier[:]) {
			t.Error("the newcomer is told an earlier key")
		}
	})
	for _, passphrase := range []string{passB, passC} {
		if n := visit(t, path, passphrase, nil); kinds(n)[ChangeIgnored]+kinds(n)[MessageIgnored] != 0 {
			t.Errorf("notices: %v", n)
		}
	}
	for _, passphrase := range []string{passA, passB, passC} {
		if got := unlock(t, path, passphrase).Ring().Drawer(Shared).Seats; !slices.Equal(got, []uint8{0, 1, 2}) {
			t.Errorf("shared by %v", got)
		}
	}
	b.Close()
}

// forgedRekeying puts a message about the shared drawer of three into the cell of
// Anna that from may write, and tells what becomes of it.
func forgedRekeying(t *testing.T, from uint8, change func(anna *Ring, k *rekeying), signer func(r *Ring) *Ring) *Seat {
	t.Helper()
	path := three(t)
	anna := unlock(t, path, passA).Ring()
	ring := unlock(t, path, []string{passA, passB, passC}[from]).Ring()
	inUse := ring.Drawer(Shared)
	k := &rekeying{drawer: Drawer{Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1, 2}}, replaces: [][16]byte{inUse.ID}}
	random(k.drawer.ID[:])
	random(k.drawer.Key[:])
	if change != nil {
		change(anna, k)
	}
	by := ring
	if signer != nil {
		by = signer(ring)
	}
	disk := edit(t, content(t, path), ring.keys.file, func(b body) {
		k.vouch(b, by.SignKey())
		w := &writer{b: make([]byte, cellPlain)}
		k.encode(w)
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		if err := sealCell(b, 0, from, ring.Member(0).Box, w.b); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	return unlock(t, path, passA)
}

func TestForgedRekeyings(t *testing.T) {
	stranger := func(*Ring) *Ring {
		r := &Ring{keys: mustKeyring(t)}
		random(r.keys.sign[:])
		return r
	}
	for name, row := range map[string]struct {
		change func(anna *Ring, k *rekeying)
		signer func(*Ring) *Ring
		want   bool
	}{
		"true":                     {want: true},
		"signed by nobody here":    {signer: stranger},
		"somebody is left out":     {change: func(_ *Ring, k *rekeying) { k.drawer.Seats = []uint8{0, 1} }},
		"the reader is left out":   {change: func(_ *Ring, k *rekeying) { k.drawer.Seats = []uint8{1, 2} }},
		"somebody who is not":      {change: func(_ *Ring, k *rekeying) { k.drawer.Seats = []uint8{0, 1, 2, 3} }},
		"of no drawer in use":      {change: func(_ *Ring, k *rekeying) { random(k.replaces[0][:]) }},
		"over the drawer in use":   {change: func(anna *Ring, k *rekeying) { k.drawer.Name = anna.Drawer(Shared).Name }},
		"over the reader's own":    {change: func(anna *Ring, k *rekeying) { k.drawer.Name = anna.Drawer(Private).Name }},
		"over another's":           {change: func(anna *Ring, k *rekeying) { k.drawer.Name = anna.Member(2).Private }},
		"for itself in many ways":  {change: func(_ *Ring, k *rekeying) { k.replaces = append([][16]byte{{}, {1}}, k.replaces...) }, want: true},
		"of an earlier circle too": {change: func(_ *Ring, k *rekeying) { k.replaces = append(k.replaces, [16]byte{5}) }, want: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := forgedRekeying(t, 1, row.change, row.signer)
			taken := s.Ring().Drawer(Shared).Name == "99112233445566aa"
			if k := kinds(s.Notices()); taken != row.want || (k[ChangeIgnored] == 1) == row.want {
				t.Errorf("taken %v, notices %v", taken, s.Notices())
			}
		})
	}
}

// TestReplayedRekeying: an old message, put back, does nothing.
func TestReplayedRekeying(t *testing.T) {
	path := three(t)
	visit(t, path, passA, func(s *Seat) { rekey(t, s) })
	waiting := bodyOf(t, path) // for Ben and Chris
	for range 2 {
		for _, passphrase := range []string{passB, passC, passA} {
			visit(t, path, passphrase, nil)
		}
	}
	replay := func(what string, wantTold bool) {
		t.Helper()
		a := unlock(t, path, passA)
		want := *a.Ring().Drawer(Shared).Key
		disk := edit(t, content(t, path), a.ring.keys.file, func(b body) {
			copy(b.cell(1, 0), waiting.cell(1, 0))
			copy(b.cell(2, 0), waiting.cell(2, 0))
		})
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, passphrase := range []string{passB, passC} {
			s := unlock(t, path, passphrase)
			if *s.Ring().Drawer(Shared).Key != want || len(retiredIn(s)) != 0 && !wantTold {
				t.Errorf("%s: a message counted twice: %v", what, s.Notices())
			}
			if told := kinds(s.Notices())[ChangeIgnored] == 1; told != wantTold {
				t.Errorf("%s: notices: %v", what, s.Notices())
			}
			leaveOpened(t, s)
		}
	}
	replay("while its drawer is in use", false)
	visit(t, path, passB, func(s *Seat) { rekey(t, s) })
	for range 2 {
		for _, passphrase := range []string{passA, passC, passB} {
			visit(t, path, passphrase, nil)
		}
	}
	replay("when nobody has its drawer any more", true)
	// A cell of another's, or in another's inbox, is nothing.
	a := unlock(t, path, passA)
	want := *a.Ring().Drawer(Shared).Key
	disk := edit(t, content(t, path), a.ring.keys.file, func(b body) {
		copy(b.cell(1, 2), waiting.cell(1, 0))
		copy(b.cell(2, 0), waiting.cell(1, 0))
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, passphrase := range []string{passA, passC} {
		if s := unlock(t, path, passphrase); *s.Ring().Drawer(Shared).Key != want || len(s.Notices()) != 0 {
			t.Errorf("a moved cell: %v", s.Notices())
		}
	}
}

func TestPowerFailsInRekey(t *testing.T) {
	path := three(t)
	before := content(t, path)
	old, fresh := 0, 0
	for _, cut := range cuts(fileSize) {
		d := newDisk(t, before)
		s := unlockOn(t, d, passA)
		prepared := prepare(t, s, Shared)[0]
		was := *s.Ring().Drawer(Shared).Key
		d.fail(cut)
		if err := s.Rekey(prepared); err == nil && cut <= fileSize {
			t.Fatalf("cut %d: re-keyed without power", cut)
		}
		d.restart(orders(cut)[1])
		var keys [3][32]byte
		for i, passphrase := range []string{passA, passB, passC} {
			s := unlockOn(t, d, passphrase)
			keys[i] = *s.Ring().Drawer(Shared).Key
			if k := kinds(s.Notices()); k[ChangeIgnored]+k[MessageIgnored]+k[FileAltered] != 0 {
				t.Fatalf("cut %d: %v", cut, s.Notices())
			}
		}
		switch {
		case keys[0] != keys[1] || keys[1] != keys[2]:
			t.Fatalf("cut %d: they do not share a drawer", cut)
		case keys[0] == was:
			old++
			if r := unlockOn(t, d, passA).Ring(); !slices.Contains(r.Doomed, Doomed{Name: prepared.Name}) || len(r.retired()) != 0 {
				t.Fatalf("cut %d: doomed %v", cut, r.Doomed)
			}
		default:
			fresh++
			if r := unlockOn(t, d, passA).Ring(); len(r.Doomed) != 0 || len(r.retired()) != 1 {
				t.Fatalf("cut %d: doomed %v", cut, r.Doomed)
			}
		}
		steady(t, d)
	}
	if old == 0 || fresh == 0 {
		t.Fatalf("the campaign tried nothing: %d old, %d new", old, fresh)
	}
}
