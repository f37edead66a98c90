package keys

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"testing"
)

// secretsOf are all the keys that a person's unlocked seat holds.
func secretsOf(s *Seat) [][32]byte {
	k := s.ring.keys
	all := [][32]byte{*k.seed, *k.box, *k.sign, *k.file}
	for i := range s.ring.Drawers {
		all = append(all, *s.ring.Drawers[i].Key)
	}
	return all
}

// TestPartnerKeysOpenNothing: with everything that B has, and the file, nothing
// of A's opens.
func TestPartnerKeysOpenNothing(t *testing.T) {
	path, a, b := couple(t)
	c, err := decodeCopies(content(t, path), true)
	if err != nil {
		t.Fatal(err)
	}
	plain := make([]byte, ringPlain)
	for _, key := range secretsOf(b) {
		for _, what := range []purpose{forRing, forInvitation} {
			if _, err := openRing(c.body, 0, what, &key, plain); err == nil {
				t.Fatal("a key of b opens the ring of a")
			}
		}
		var seed [32]byte
		if slot, _ := openSlots(c.body, append(key[:], key[:]...), &seed); slot >= 0 {
			t.Fatal("a key of b opens a slot")
		}
	}
	box, err := b.Ring().BoxKey()
	if err != nil {
		t.Fatal(err)
	}
	for to := range uint8(Seats) {
		for from := range uint8(Seats) {
			if to != 1 && openCell(c.body, to, from, box, make([]byte, cellPlain)) == nil {
				t.Fatal("b reads an inbox that is not theirs")
			}
		}
	}
	if b.Ring().opens(a.Ring().Drawer(Private).Name) {
		t.Error("b's ring has a's drawer")
	}
}

// TestSwappedCiphertexts: B moves parts of the file about and authenticates it,
// as every member can. A's passphrase opens A's ring or nothing.
func TestSwappedCiphertexts(t *testing.T) {
	path, a, b := couple(t)
	sound := content(t, path)
	swap := func(x, y []byte) {
		kept := bytes.Clone(x)
		copy(x, y)
		copy(y, kept)
	}
	for name, change := range map[string]func(b body){
		"rings":            func(b body) { swap(b.ring(0), b.ring(1)) },
		"slots":            func(b body) { swap(b.slot(0), b.slot(1)) },
		"slots and rings":  func(b body) { swap(b.ring(0), b.ring(1)); swap(b.slot(0), b.slot(1)) },
		"ring of a code":   func(b body) { swap(b.ring(0), b.ring(6)) },
		"seed and step-up": func(b body) { s := b.slot(0); swap(s[seedAt:stepUpAt], s[stepUpAt:slotUsed]) },
		"slot to recovery": func(b body) { swap(b.slot(0), b.slot(8)) },
		"another vault id": func(b body) { b[vaultAt] ^= 1 },
		"another salt":     func(b body) { b[saltAt] ^= 1 },
		"ring of noise":    func(b body) { random(b.ring(0)) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, edit(t, sound, b.ring.keys.file, change), 0o600); err != nil {
				t.Fatal(err)
			}
			s, i, err := open(t, path).Unlock(context.Background(), []byte(passA))
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrWrongPassphrase) || s != nil || i != nil {
				t.Errorf("unlock: %v", err)
			}
			if err := a.Save(); !errors.Is(err, ErrChanged) {
				t.Errorf("an open seat saves over it: %v", err)
			}
		})
	}
}

// TestCostsAreBound: the costs are part of every AAD, so lowering them for an
// offline guess is not hidden by raising them again for the victim's program.
func TestCostsAreBound(t *testing.T) {
	path, _, b := couple(t)
	raised := withParams(t, content(t, path), Params{128, 1, 1})
	if err := os.WriteFile(path, edit(t, raised, b.ring.keys.file, func(body) {}), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := open(t, path).Unlock(context.Background(), []byte(passA)); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("unlock: %v", err)
	}
}

func TestOlderPartsAreTold(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	b := join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	earlier, err := decodeCopies(content(t, path), true)
	if err != nil {
		t.Fatal(err)
	}
	a.Ring().Drawer(Private).Seen = 40
	if err := a.Save(); err != nil {
		t.Fatal(err)
	}
	sound := content(t, path)
	put := func(disk []byte) *Seat {
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		return unlock(t, path, passA)
	}
	older := func(x body) { copy(x.ring(0), earlier.body.ring(0)) }
	if s := put(edit(t, sound, nil, older)); kinds(s.Notices())[FileAltered] != 1 {
		t.Errorf("an older ring put back from outside: %v", s.Notices())
	}
	if err := a.Save(); !errors.Is(err, ErrChanged) {
		t.Errorf("an open seat saves over an older ring: %v", err)
	}
	// A member can authenticate the file; the ring's own number is what tells,
	// against a number kept in the private drawer.
	if s := put(edit(t, sound, b.ring.keys.file, older)); s.Ring().Sequence >= a.Ring().Sequence {
		t.Errorf("an older ring has the number %d", s.Ring().Sequence)
	}
	lower := func(x body) { x.setSequence(earlier.body.sequence()) }
	if s := put(edit(t, sound, b.ring.keys.file, lower)); kinds(s.Notices())[FileOlder] != 1 {
		t.Errorf("an older number of the file: %v", s.Notices())
	}
	// An older copy beside a newer one is what a crash leaves: the newer counts.
	if s := put(append(encodeCopy(earlier.body), sound[copySize:]...)); s.Ring().Sequence != a.Ring().Sequence {
		t.Errorf("of two copies the older one was opened: %d", s.Ring().Sequence)
	}
	if s := put(append(bytes.Clone(sound[:copySize]), encodeCopy(earlier.body)...)); s.Ring().Sequence != a.Ring().Sequence {
		t.Errorf("of two copies the older one was opened: %d", s.Ring().Sequence)
	}
}

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
		plain := make([]byte, cellPlain)
		if err := m.encode(plain); err != nil {
			t.Fatal(err)
		}
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
	for name, row := range map[string]struct {
		change func(m *Member, d *Drawer)
		want   verdict
	}{
		"nothing":                       {func(*Member, *Drawer) {}, admitted},
		"shared drawer over a's own":    {func(_ *Member, d *Drawer) { d.Name = own }, refused},
		"private drawer over a's own":   {func(m *Member, _ *Drawer) { m.Private = own }, refused},
		"shared drawer over the shared": {func(_ *Member, d *Drawer) { d.Name = ring.Drawer(Shared).Name }, refused},
		"drawer over a pair's":          {func(_ *Member, d *Drawer) { d.Name = ring.Drawer(Pair).Name }, refused},
		"a's box":                       {func(m *Member, _ *Drawer) { m.Box = ring.Members[0].Box }, refused},
	} {
		t.Run(name, func(t *testing.T) {
			fresh := &Ring{Kind: Home, Seat: 0, keys: mustKeyring(t)}
			fresh.Members = append(fresh.Members, ring.Members...)
			fresh.Drawers = append(fresh.Drawers, ring.Drawers...)
			joiner := &Ring{Seat: 1, keys: mustKeyring(t)}
			me, err := joiner.newIdentity("Ben")
			if err != nil {
				t.Fatal(err)
			}
			me.Private = "00112233445566aa"
			d := Drawer{Role: Shared, Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1}}
			row.change(&me, &d)
			m := &admission{member: me, drawer: d}
			m.vouch(b.body, (*[32]byte)(admissionKey(b.body, ring.Drawer(Shared).Key, 1)), joiner.SignKey())
			if got := fresh.admit(b.body, 1, m); got != row.want {
				t.Errorf("verdict %d, want %d", got, row.want)
			}
			if row.want != admitted && (len(fresh.Members) != 1 || len(fresh.Drawers) != 3) {
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
		plain := make([]byte, cellPlain)
		if err := m.encode(plain); err != nil {
			t.Fatal(err)
		}
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

// TestSigningKeyIsOwn keeps the two halves of an identity together.
func TestSigningKeyIsOwn(t *testing.T) {
	_, a := newHome(t, passA, "Anna")
	me := a.Ring().Member(0)
	signature := ed25519.Sign(a.Ring().SignKey(), []byte("x"))
	if !ed25519.Verify(me.Sign[:], []byte("x"), signature) {
		t.Error("the pinned signing key is another")
	}
	box, err := a.Ring().BoxKey()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(box.PublicKey().Bytes(), me.Box[:]) {
		t.Error("the pinned box key is another")
	}
}

// TestCommitmentDecides: a slot whose ciphertext opens and whose commitment is
// another's does not fit, and one that fits and does not open is damaged.
func TestCommitmentDecides(t *testing.T) {
	path, _, b := couple(t)
	sound := content(t, path)
	for at, want := range map[int]error{0: ErrWrongPassphrase, commitSize - 1: ErrWrongPassphrase, seedAt + nonceSize: ErrDamaged, stepUpAt - 1: ErrDamaged} {
		disk := edit(t, sound, b.ring.keys.file, func(x body) { x.slot(0)[at] ^= 1 })
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := open(t, path).Unlock(context.Background(), []byte(passA)); !errors.Is(err, want) {
			t.Errorf("byte %d of the slot: %v, want %v", at, err, want)
		}
	}
}
