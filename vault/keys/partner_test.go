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

// TestRingOfAnotherNumber: what stands inside a ring has to agree with what it
// was sealed as.
func TestRingOfAnotherNumber(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	for name, change := range map[string]func(r *Ring){
		"number": func(r *Ring) { r.Sequence = 8 },
		"seat":   func(r *Ring) { r.Seat = 1 },
	} {
		r := *a.Ring()
		r.Sequence = 9
		change(&r)
		disk := edit(t, content(t, path), r.keys.file, func(b body) {
			if err := r.encode(); err != nil {
				t.Fatal(err)
			}
			sealRing(b, 0, forRing, r.keys.seed, 9, r.keys.plain)
		})
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := open(t, path).Unlock(context.Background(), []byte(passA)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
