package keys

import (
	"crypto/ed25519"
	"slices"
)

const rekeyedLabel = "ebb re-keyed"

// rekeying tells that a shared drawer has taken the place of others, and hands over
// its key. Everybody who has that key may say so, signed with their own: it is
// repeated by whoever has something else to say in the same cell.
type rekeying struct {
	drawer    Drawer
	replaces  [][16]byte // ids of those in whose place it is, the earliest first
	signature [ed25519.SignatureSize]byte
}

func (k *rekeying) content(w *writer) {
	w.bytes([]byte{rekeyedType, encodingFormat})
	w.fileName(k.drawer.Name)
	w.bytes(k.drawer.ID[:])
	w.bytes(k.drawer.Key[:])
	w.seats(k.drawer.Seats)
	if w.count(len(k.replaces), maxRetired) {
		for _, id := range k.replaces {
			w.bytes(id[:])
		}
	}
}

func (k *rekeying) encode(w *writer) {
	k.content(w)
	w.bytes(k.signature[:])
}

func (k *rekeying) vouch(b body, own ed25519.PrivateKey) {
	t := transcript(b, rekeyedLabel, k.content)
	defer clear(t)
	copy(k.signature[:], ed25519.Sign(own, t))
}

func (k *rekeying) vouched(b body, by *Member) bool {
	t := transcript(b, rekeyedLabel, k.content)
	defer clear(t)
	return ed25519.Verify(by.Sign[:], t, k.signature[:])
}

func (r *reader) rekeying() *rekeying {
	k := &rekeying{drawer: Drawer{Role: Shared, Key: new([32]byte)}}
	r.expect(rekeyedType)
	r.expect(encodingFormat)
	k.drawer.Name = r.fileName()
	copy(k.drawer.ID[:], r.bytes(16))
	copy(k.drawer.Key[:], r.bytes(32))
	k.drawer.Seats = maskSeats(r.byte())
	for range r.count(maxRetired) {
		k.replaces = append(k.replaces, [16]byte(r.bytes(16)))
	}
	copy(k.signature[:], r.bytes(len(k.signature)))
	if len(k.replaces) == 0 {
		r.fail()
	}
	return k
}

func (k *rekeying) heard() NoticeKind   { return 0 } // it changes nothing for the person
func (k *rekeying) ignored() NoticeKind { return ChangeIgnored }
func (k *rekeying) forget()             { clear(k.drawer.Key[:]) }

// judge believes somebody who is there, about the shared drawer that is in use,
// and only if nobody who is there is left out: nobody can remove another person.
func (k *rekeying) judge(r *Ring, b body, from uint8) verdict {
	by, inUse := r.Member(from), r.Drawer(Shared)
	switch {
	case by == nil:
		return unvouched
	case !k.vouched(b, by):
		return refused
	case r.had(k.drawer.ID):
		return repeated
	case inUse == nil || !slices.Contains(k.replaces, inUse.ID) || !r.audience(k.drawer.Seats, 0):
		return unvouched // a message that leads there may be still to come
	case by.Left || !r.free(k.drawer.Name) || len(r.Drawers)+len(k.replaces) > maxDrawers:
		return refused
	}
	inUse.Retired = true
	r.useSpare(k.drawer.Name)
	// What was replaced in between, while the person was away, is remembered: a
	// message about it may be still to come, and others may be just there.
	for _, id := range k.replaces {
		if !r.had(id) {
			r.Drawers = append(r.Drawers, Drawer{Role: Shared, ID: id, Key: r.keys.take(), Retired: true})
		}
	}
	key := r.keys.take()
	*key = *k.drawer.Key
	r.Drawers = append(r.Drawers, Drawer{Role: Shared, Name: k.drawer.Name, ID: k.drawer.ID, Key: key, Seats: k.drawer.Seats})
	return believed
}

// had reports whether the ring knows a drawer of this id.
func (r *Ring) had(id [16]byte) bool {
	return slices.ContainsFunc(r.Drawers, func(d Drawer) bool { return d.ID == id })
}

// rekeyings are all that the ring can tell: the place of a run of retired drawers
// was taken by the shared one that follows it.
func (r *Ring) rekeyings() (all []*rekeying) {
	var replaces [][16]byte
	for _, d := range r.Drawers {
		switch {
		case d.Role != Shared:
		case d.Retired:
			replaces = append(replaces, d.ID)
		case len(replaces) > 0:
			all = append(all, &rekeying{drawer: d, replaces: replaces})
			replaces = nil
		}
	}
	return all
}

// Rekey puts a prepared drawer, whose file is whole, in the place of the shared
// drawer in use, and tells everybody who is there. A code that is in force ends: it
// vouches with the key of the drawer that was in use. The old drawer is retired, or
// doomed if there is nobody else.
//
// After an error the change may be in the file or not: the seat must be closed,
// and unlocking tells.
func (s *Seat) Rekey(d *Drawer) error {
	return s.update(func(b body) error { return s.putRekeyed(b, d) })
}

func (s *Seat) putRekeyed(b body, d *Drawer) error {
	if err := s.ring.replaceShared(d); err != nil {
		return err
	}
	endInvitations(b)
	return s.tell(b, false)
}
