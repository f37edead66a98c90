package keys

import (
	"os"
	"testing"
)

// forged starts from a true admission of seat 1 and lets change falsify it
// before it is signed and authenticated with what a member has; after, when it
// is done.
func forged(t *testing.T, change func(m *Member, d *Drawer), after func(a *admission)) {
	t.Helper()
	path, a := newHome(t, passA, "Anna")
	other := &Ring{Seat: 1, keys: mustKeyring(t)}
	me, err := other.newIdentity("Mallory")
	if err != nil {
		t.Fatal(err)
	}
	me.Private = "00112233445566aa"
	d := Drawer{Role: Shared, Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1}}
	random(d.Key[:])
	ring := a.Ring()
	if change != nil {
		change(&me, &d)
	}
	disk := edit(t, content(t, path), ring.keys.file, func(b body) {
		m := &admission{member: me, drawer: d}
		m.vouch(b, (*[32]byte)(admissionKey(b, ring.Drawer(Shared).Key, me.Seat)), other.SignKey())
		if after != nil {
			after(m)
		}
		plain := plainOf(t, m)
		if err := sealCell(b, 0, 1, ring.Members[0].Box, plain); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unlock(t, path, passA)
	if change == nil && after == nil {
		if kinds(s.Notices())[Joined] != 1 || len(s.Ring().Members) != 2 {
			t.Fatalf("the true one is not believed: %v", s.Notices())
		}
		return
	}
	if k := kinds(s.Notices()); k[MessageIgnored] != 1 || k[Joined] != 0 {
		t.Errorf("notices: %v", s.Notices())
	}
	if len(s.Ring().Members) != 1 || len(s.Ring().Drawers) != 2 || *s.Ring().Drawer(Shared).Key != *ring.Drawer(Shared).Key {
		t.Error("the ring changed")
	}
}

// plainOf is a cell that says nothing but an admission.
func plainOf(t testing.TB, a *admission) []byte {
	t.Helper()
	w := &writer{b: make([]byte, cellPlain)}
	a.encode(w)
	if err := w.end(); err != nil {
		t.Fatal(err)
	}
	return w.b
}

func mustKeyring(t testing.TB) *keyring {
	t.Helper()
	k, err := newKeyring(heapMemory)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestForgedAdmissions(t *testing.T) {
	for name, row := range map[string]struct {
		change func(m *Member, d *Drawer)
		after  func(a *admission)
	}{
		"true":                    {},
		"no key of a member":      {after: func(a *admission) { random(a.mac[:]) }},
		"signature of nobody":     {after: func(a *admission) { random(a.signature[:]) }},
		"another name after":      {after: func(a *admission) { a.member.Name = "Ben" }},
		"another box after":       {after: func(a *admission) { a.member.Box[0] ^= 1 }},
		"another drawer after":    {after: func(a *admission) { a.drawer.Key[0] ^= 1 }},
		"another's signing key":   {change: func(m *Member, _ *Drawer) { random(m.Sign[:]) }},
		"another seat":            {change: func(m *Member, d *Drawer) { m.Seat, d.Seats = 2, []uint8{0, 2} }},
		"the reader's own seat":   {change: func(m *Member, d *Drawer) { m.Seat, d.Seats = 0, []uint8{0} }},
		"somebody left out":       {change: func(_ *Member, d *Drawer) { d.Seats = []uint8{1} }},
		"somebody who is not":     {change: func(_ *Member, d *Drawer) { d.Seats = []uint8{0, 1, 2} }},
		"one file for two things": {change: func(m *Member, d *Drawer) { m.Private = d.Name }},
	} {
		t.Run(name, func(t *testing.T) { forged(t, row.change, row.after) })
	}
}

// TestAdmissionCannotTakeOver tries admissions that are vouched for and collide
// with what the ring has.
func TestAdmissionCannotTakeOver(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	a := unlock(t, path, passA)
	if _, err := a.Ring().Add(Pair, "", 0, 1); err != nil {
		t.Fatal(err)
	}
	b, err := decodeCopies(content(t, path), true)
	if err != nil {
		t.Fatal(err)
	}
	ring := a.Ring()
	own := ring.Drawer(Private).Name
	third := Member{Seat: 3, Name: "Dana", Private: "5555555555555555"}
	random(third.Box[:])
	random(third.Sign[:])
	for name, row := range map[string]struct {
		change func(m *Member, d *Drawer)
		want   verdict
	}{
		"nothing":                       {func(*Member, *Drawer) {}, believed},
		"shared drawer over a's own":    {func(_ *Member, d *Drawer) { d.Name = own }, refused},
		"private drawer over a's own":   {func(m *Member, _ *Drawer) { m.Private = own }, refused},
		"shared drawer over the shared": {func(_ *Member, d *Drawer) { d.Name = ring.Drawer(Shared).Name }, refused},
		"drawer over a pair's":          {func(_ *Member, d *Drawer) { d.Name = ring.Drawer(Pair).Name }, refused},
		"a's box":                       {func(m *Member, _ *Drawer) { m.Box = ring.Members[0].Box }, refused},
		"a's signing key in name":       {func(m *Member, _ *Drawer) { m.Sign = ring.Members[0].Sign }, unvouched},
		"shared drawer over another's":  {func(_ *Member, d *Drawer) { d.Name = third.Private }, refused},
		"private drawer over another's": {func(m *Member, _ *Drawer) { m.Private = third.Private }, refused},
	} {
		t.Run(name, func(t *testing.T) {
			fresh := &Ring{Kind: Home, Seat: 0, keys: mustKeyring(t)}
			fresh.Members = append(append(fresh.Members, ring.Members...), third)
			fresh.Drawers = append(fresh.Drawers, ring.Drawers...)
			joiner := &Ring{Seat: 1, keys: mustKeyring(t)}
			me, err := joiner.newIdentity("Ben")
			if err != nil {
				t.Fatal(err)
			}
			me.Private = "00112233445566aa"
			d := Drawer{Role: Shared, Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1, 3}}
			row.change(&me, &d)
			m := &admission{member: me, drawer: d}
			m.vouch(b.body, (*[32]byte)(admissionKey(b.body, ring.Drawer(Shared).Key, 1)), joiner.SignKey())
			if got := m.judge(fresh, b.body, 1); got != row.want {
				t.Errorf("verdict %d, want %d", got, row.want)
			}
			if row.want != believed && (len(fresh.Members) != 2 || len(fresh.Drawers) != 3) {
				t.Error("the ring changed")
			}
		})
	}
}

// TestPinnedKeysStay: a member who knows the shared key cannot exchange another
// member's public keys by a message.
func TestPinnedKeysStay(t *testing.T) {
	path, a, b := couple(t)
	pinned := *a.Ring().Member(1)
	other := &Ring{Seat: 1, keys: mustKeyring(t)}
	me, err := other.newIdentity("Ben")
	if err != nil {
		t.Fatal(err)
	}
	me.Private = "00112233445566aa"
	disk := edit(t, content(t, path), b.ring.keys.file, func(x body) {
		m := &admission{member: me, drawer: *b.Ring().Drawer(Shared)}
		m.drawer.Name = "99112233445566aa"
		m.vouch(x, (*[32]byte)(admissionKey(x, b.Ring().Drawer(Shared).Key, 1)), other.SignKey())
		plain := plainOf(t, m)
		if err := sealCell(x, 0, 1, a.Ring().Member(0).Box, plain); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unlock(t, path, passA)
	if *s.Ring().Member(1) != pinned || kinds(s.Notices())[MessageIgnored] != 1 {
		t.Errorf("pinned %v, notices %v", *s.Ring().Member(1) == pinned, s.Notices())
	}
}

// TestReplayedInbox: an old message, put back, does nothing and is not told.
func TestReplayedInbox(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	b := join(t, path, first, passB, "Ben")
	earlier, err := decodeCopies(content(t, path), true)
	if err != nil {
		t.Fatal(err)
	}
	a := unlock(t, path, passA)
	if _, err := a.Ring().Add(Shared, "", 0, 1); err != nil { // as after a re-key
		t.Fatal(err)
	}
	if err := a.Save(); err != nil {
		t.Fatal(err)
	}
	want := *a.Ring().Drawer(Shared).Key
	disk := edit(t, content(t, path), b.ring.keys.file, func(x body) { copy(x.cell(0, 1), earlier.body.cell(0, 1)) })
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unlock(t, path, passA)
	if *s.Ring().Drawer(Shared).Key != want || len(s.Ring().Members) != 2 || len(s.Notices()) != 0 {
		t.Errorf("a message counted twice: %v", s.Notices())
	}
	// The same message in another cell, or another's inbox, is nothing.
	for _, to := range []uint8{0, 1} {
		disk := edit(t, content(t, path), b.ring.keys.file, func(x body) { copy(x.cell(to, 2), earlier.body.cell(0, 1)) })
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, passphrase := range []string{passA, passB} {
			if s := unlock(t, path, passphrase); len(s.Ring().Members) != 2 || len(s.Notices()) != 0 {
				t.Errorf("cell %d,2: %v", to, s.Notices())
			}
		}
	}
}

// TestAdmissionsInAnyOrder: seat 1 joined after seat 2, so its cell, which comes
// first, is vouched for by the second.
func TestAdmissionsInAnyOrder(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	ring := a.Ring()
	vouching := ring.Drawer(Shared).Key
	seats := map[uint8][]uint8{2: {0, 2}, 1: {0, 1, 2}}
	disk := edit(t, content(t, path), ring.keys.file, func(b body) {
		for _, seat := range []uint8{2, 1} {
			joiner := &Ring{Seat: seat, keys: mustKeyring(t)}
			me, err := joiner.newIdentity("Somebody")
			if err != nil {
				t.Fatal(err)
			}
			me.Private = joiner.freshName()
			m := &admission{member: me, drawer: Drawer{Name: joiner.freshName(), Key: new([32]byte), Seats: seats[seat]}}
			random(m.drawer.Key[:])
			m.vouch(b, (*[32]byte)(admissionKey(b, vouching, seat)), joiner.SignKey())
			vouching = m.drawer.Key
			plain := plainOf(t, m)
			if err := sealCell(b, 0, seat, ring.Members[0].Box, plain); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unlock(t, path, passA)
	if kinds(s.Notices())[Joined] != 2 || *s.Ring().Drawer(Shared).Key != *vouching {
		t.Errorf("notices: %v", s.Notices())
	}
}
