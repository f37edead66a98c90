package keys

import "crypto/ed25519"

const leftLabel = "ebb left"

// leaving is what somebody who destroys their seat tells the others. Nobody else
// can say it: it is signed with the key that the others pinned when they joined.
type leaving struct {
	seat      uint8
	signature [ed25519.SignatureSize]byte
}

func (l *leaving) content(w *writer) { w.bytes([]byte{leftType, encodingFormat, l.seat}) }

func (l *leaving) encode(w *writer) {
	l.content(w)
	w.bytes(l.signature[:])
}

func (l *leaving) transcript(b body) []byte {
	return transcript(b, leftLabel, l.content)
}

// transcript is what a message's signature covers: the vault, and the content.
func transcript(b body, label string, content func(*writer)) []byte {
	w := &writer{b: make([]byte, cellPlain)}
	id := b.vault()
	w.bytes([]byte(label))
	w.bytes(id[:])
	content(w)
	return w.b[:w.n]
}

func (l *leaving) vouch(b body, own ed25519.PrivateKey) {
	copy(l.signature[:], ed25519.Sign(own, l.transcript(b)))
}

func (r *reader) leaving() *leaving {
	l := &leaving{}
	r.expect(leftType)
	r.expect(encodingFormat)
	l.seat = r.byte()
	copy(l.signature[:], r.bytes(len(l.signature)))
	if l.seat >= Seats {
		r.fail()
	}
	return l
}

func (l *leaving) heard() NoticeKind   { return Left }
func (l *leaving) ignored() NoticeKind { return ChangeIgnored }
func (l *leaving) forget()             {}

// judge believes the person themselves. What their private drawer left is made a
// placeholder once more, in case they were cut off before they could.
func (l *leaving) judge(r *Ring, b body, from uint8) verdict {
	if l.seat != from {
		return refused
	}
	m := r.Member(from)
	switch {
	case m == nil:
		return unvouched
	case !ed25519.Verify(m.Sign[:], l.transcript(b), l.signature[:]):
		return refused
	case m.Left:
		return repeated
	}
	m.Left = true
	if m.Private != "" && !r.opens(m.Private) {
		_ = r.doom(m.Private, true) // nobody can open it either way
	}
	return believed
}

// Leave destroys this seat: its slots, its ring and its inbox are random bytes
// afterwards, in the same write that tells the others, and every code that is in
// force ends. Nothing that the person had opens anything in the file any more. The
// drawers are the caller's to destroy.
//
// The seat is closed, whatever the result. After an error it may be destroyed or
// not: unlocking tells.
func (s *Seat) Leave() error {
	if s.ring == nil {
		return ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	err := s.file.update(func(b body) error {
		if err := s.unchanged(b); err != nil {
			return err
		}
		if err := s.tell(b, true); err != nil {
			return err
		}
		endInvitations(b)
		random(b.slot(int(s.ring.Seat)))
		random(b.slot(s.recoverySlot()))
		random(b.ring(int(s.ring.Seat)))
		for from := range uint8(Seats) {
			emptyCell(b.cell(s.ring.Seat, from))
		}
		copy(b[macAt:], fileMAC(b, s.ring.keys.file))
		return nil
	})
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}
