package keys

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
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

func (a *admission) encode(plain []byte) error {
	w := &writer{b: plain}
	a.content(w)
	w.bytes(a.signature[:])
	w.bytes(a.mac[:])
	return w.end()
}

// decodeAdmission reads what encode wrote.
func decodeAdmission(plain []byte) (*admission, error) {
	a := &admission{drawer: Drawer{Role: Shared, Key: new([32]byte)}}
	r := &reader{b: plain}
	r.expect(admissionType)
	r.expect(encodingFormat)
	a.member = r.member()
	a.drawer.Name = r.fileName()
	copy(a.drawer.ID[:], r.bytes(16))
	copy(a.drawer.Key[:], r.bytes(32))
	a.drawer.Seats = maskSeats(r.byte())
	copy(a.signature[:], r.bytes(len(a.signature)))
	copy(a.mac[:], r.bytes(len(a.mac)))
	if a.member.Private == "" {
		r.fail()
	}
	return a, r.end()
}

// verdict is what becomes of an admission.
type verdict uint8

const (
	unvouched verdict = iota // nobody we trust vouches for it, at least not yet
	refused                  // vouched for, and asks for what cannot be
	repeated                 // it is in the ring already
	admitted
)

// admit decides about a message that seat from left, and takes the person into
// the ring. Only the shared drawer in use vouches: a code that was made before
// somebody else joined is worth nothing after. The person's keys, once pinned,
// are never changed by a message, and no name of a file that the ring uses for
// something else is taken over: a message must not be able to make a program
// rebuild a drawer in the place of another.
func (r *Ring) admit(b body, from uint8, a *admission) verdict {
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
	key := r.keys.take()
	if key == nil {
		return refused
	}
	*key = *d.Key
	r.useSpare(m.Private, d.Name)
	r.Members = append(r.Members, *m)
	r.Drawers = append(r.Drawers, Drawer{Role: Shared, Name: d.Name, ID: d.ID, Key: key, Seats: d.Seats})
	return admitted
}

// fits reports whether a new member and their shared drawer go with the ring:
// keys that nobody else has, names that nothing else uses, and exactly the
// persons who are there and the new one.
func (r *Ring) fits(m *Member, d *Drawer) bool {
	if len(r.Members) >= maxMembers || len(r.Drawers) >= maxDrawers || d.Name == m.Private {
		return false
	}
	seats := byte(1) << m.Seat
	for i := range r.Members {
		known := &r.Members[i]
		if known.Box == m.Box || known.Sign == m.Sign || known.Private == m.Private || known.Private == d.Name {
			return false
		}
		seats |= 1 << known.Seat
	}
	mask, err := seatMask(d.Seats)
	return err == nil && mask == seats && !r.opens(m.Private) && !r.opens(d.Name)
}

// readInbox reads every cell and saves what it changed. One admission can vouch
// for the next, so it goes on until nothing new is believed. f.mu is held.
func (s *Seat) readInbox() error {
	box, err := s.ring.BoxKey()
	if err != nil {
		return err
	}
	me := s.ring.Seat
	waiting := map[uint8]*admission{}
	var done []uint8
	for from := range uint8(Seats) {
		plain := make([]byte, cellPlain)
		if openCell(s.file.now, me, from, box, plain) != nil {
			continue
		}
		a, err := decodeAdmission(plain)
		clear(plain)
		if err != nil {
			s.notices = append(s.notices, Notice{Kind: MessageIgnored, Seat: from})
			continue
		}
		waiting[from] = a
	}
	for progress := true; progress; {
		progress = false
		for from := range uint8(Seats) {
			a := waiting[from]
			if a == nil {
				continue
			}
			switch s.ring.admit(s.file.now, from, a) {
			case admitted:
				s.notices = append(s.notices, Notice{Kind: Joined, Seat: from})
				done, progress = append(done, from), true
			case repeated:
				done = append(done, from)
			case refused:
				s.notices = append(s.notices, Notice{Kind: MessageIgnored, Seat: from})
			case unvouched:
				continue
			}
			clear(a.drawer.Key[:])
			delete(waiting, from)
		}
	}
	for from := range uint8(Seats) {
		if a := waiting[from]; a != nil {
			clear(a.drawer.Key[:])
			s.notices = append(s.notices, Notice{Kind: MessageIgnored, Seat: from})
		}
	}
	if len(done) == 0 {
		return nil
	}
	err = s.write(func(b body) error {
		for _, from := range done {
			emptyCell(b.cell(me, from))
		}
		return nil
	})
	if err != nil {
		s.notices = append(s.notices, Notice{Kind: InboxUnsaved})
	}
	return nil
}
