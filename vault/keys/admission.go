package keys

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
)

// admission is what a person who joined tells everybody who was there: who they
// are, and the key of the shared drawer that they founded.
type admission struct {
	member    Member // with the file name of the private drawer
	drawer    Drawer // role Shared; Key is not encoded for the transcript's reader to keep
	signature [ed25519.SignatureSize]byte
	mac       [sha256.Size]byte
}

// content encodes everything but signature and MAC.
func (a *admission) content(w *writer) {
	w.bytes([]byte{admissionType, encodingFormat})
	w.member(&a.member)
	w.fileName(a.drawer.Name)
	w.bytes(a.drawer.ID[:])
	w.bytes(a.drawer.Key[:])
	w.seats(a.drawer.Seats)
}

// transcript is what is signed and authenticated: the vault, and the content.
func (a *admission) transcript(b body) []byte {
	w := &writer{b: make([]byte, cellPlain)}
	id := b.vault()
	w.bytes([]byte(admissionLabel))
	w.bytes(id[:])
	a.content(w)
	return w.b[:w.n]
}

// vouch signs with the joining person's own key, which proves that they have it
// and do not pass another's public key for theirs, and authenticates with the
// admission key, which proves that a member let them in.
func (a *admission) vouch(b body, key *[32]byte, own ed25519.PrivateKey) {
	t := a.transcript(b)
	defer clear(t)
	copy(a.signature[:], ed25519.Sign(own, t))
	copy(a.mac[:], mac(key[:], append(t[:len(t):len(t)], a.signature[:]...)))
}

// vouched checks both against the key of the shared drawer in use.
func (a *admission) vouched(b body, shared *[32]byte) bool {
	t := a.transcript(b)
	defer clear(t)
	key := admissionKey(b, shared, a.member.Seat)
	defer clear(key)
	sum := mac(key, append(t[:len(t):len(t)], a.signature[:]...))
	return hmac.Equal(sum, a.mac[:]) && ed25519.Verify(a.member.Sign[:], t, a.signature[:])
}

func (a *admission) encode(w *writer) {
	a.content(w)
	w.bytes(a.signature[:])
	w.bytes(a.mac[:])
}

// keepAdmission remembers what this person tells the others about themselves, so
// that it can be told again beside other things while somebody has not read it.
func (r *Ring) keepAdmission(a *admission) error {
	w := &writer{b: r.keys.admission}
	a.encode(w)
	r.admission = w.b[:w.n]
	return w.err
}

// forgetAdmission is for when everybody has read it.
func (r *Ring) forgetAdmission() {
	clear(r.keys.admission)
	r.admission = nil
}

// admission reads what encode wrote, up to its end.
func (r *reader) admission() *admission {
	a := &admission{drawer: Drawer{Role: Shared, Key: new([32]byte)}}
	r.expect(admissionType)
	r.expect(encodingFormat)
	a.member = r.member()
	a.drawer.Name = r.fileName()
	copy(a.drawer.ID[:], r.bytes(16))
	copy(a.drawer.Key[:], r.bytes(32))
	a.drawer.Seats = maskSeats(r.byte())
	copy(a.signature[:], r.bytes(len(a.signature)))
	copy(a.mac[:], r.bytes(len(a.mac)))
	if a.member.Private == "" || a.member.Left {
		r.fail()
	}
	return a
}

func (a *admission) heard() NoticeKind   { return Joined }
func (a *admission) ignored() NoticeKind { return MessageIgnored }
func (a *admission) forget()             { clear(a.drawer.Key[:]) }

// judge decides about an admission that seat from left, and takes the person into
// the ring. Only the shared drawer in use vouches: a code that was made before
// somebody else joined is worth nothing after. The person's keys, once pinned,
// are never changed by a message, and no name of a file that the ring uses for
// something else is taken over: a message must not be able to make a program
// rebuild a drawer in the place of another.
func (a *admission) judge(r *Ring, b body, from uint8) verdict {
	m, d := &a.member, &a.drawer
	if m.Seat != from {
		return refused
	}
	if known := r.Member(from); known != nil {
		if known.Box == m.Box && known.Sign == m.Sign {
			return repeated
		}
		return refused
	}
	shared := r.Drawer(Shared)
	if shared == nil || !a.vouched(b, shared.Key) {
		return unvouched
	}
	if !r.fits(m, d) {
		return refused
	}
	if !r.audience(d.Seats, 1<<m.Seat) {
		return unvouched // a message that explains it may be still to come
	}
	key := r.keys.take()
	if key == nil {
		return refused
	}
	*key = *d.Key
	r.useSpare(m.Private, d.Name)
	r.Members = append(r.Members, *m)
	r.Drawers = append(r.Drawers, Drawer{Role: Shared, Name: d.Name, ID: d.ID, Key: key, Seats: d.Seats})
	return believed
}

// fits reports whether a new member and their shared drawer go with the ring:
// keys that nobody else has, and names that nothing else uses.
func (r *Ring) fits(m *Member, d *Drawer) bool {
	if len(r.Members) >= maxMembers || len(r.Drawers) >= maxDrawers || d.Name == m.Private || r.opens(m.Private) {
		return false
	}
	for i := range r.Members {
		known := &r.Members[i]
		if known.Box == m.Box || known.Sign == m.Sign || known.Private == m.Private {
			return false
		}
	}
	return r.free(d.Name)
}

// free reports whether a new shared drawer may have this name.
func (r *Ring) free(name string) bool {
	return !r.opens(name) && !slices.ContainsFunc(r.Members, func(m Member) bool { return m.Private == name })
}

// audience reports whether the seats of a new shared drawer are those of everybody
// who is there and those in extra, and of nobody else but perhaps of somebody who
// has left since.
func (r *Ring) audience(seats []uint8, extra byte) bool {
	mask, err := seatMask(seats)
	return err == nil && mask&^(r.everybody()|extra) == 0 && mask&(r.present()|extra) == r.present()|extra
}
