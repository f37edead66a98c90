package keys

import "fmt"

// What one person has to say to another stands in one cell of the other's inbox,
// as up to three kinds of message in this order: their admission, as long as it
// may not have been read, what took the place of a shared drawer, and that they
// left. FORMAT.md, "A cell of an inbox".

const (
	leftType    = 4
	rekeyedType = 5
	receiptType = 6 // not a message: receipt.go

	maxAdmission = 512 // bytes of an encoded admission, and some
)

// message is what somebody says in a cell. Sealing does not tell who wrote it:
// judge looks for what vouches for it, and changes the ring if it is believed.
type message interface {
	encode(w *writer)
	judge(r *Ring, b body, from uint8) verdict
	heard() NoticeKind   // what the person is told when it is believed; 0: nothing
	ignored() NoticeKind // and when it is not
	forget()             // wipes the keys in it
}

// verdict is what becomes of a message.
type verdict uint8

const (
	unvouched verdict = iota // nobody we trust vouches for it, at least not yet
	refused                  // vouched for, and asks for what cannot be
	repeated                 // it was read before, or a later one says as much
	believed
)

// decodeMessages reads a cell. One value has one encoding: the kinds come in order,
// nothing but a re-keying comes twice, and zeros follow.
func decodeMessages(plain []byte) (messages []message, err error) {
	r := &reader{b: plain}
	last := byte(0)
	for len(r.b) > 0 && r.b[0] != 0 && r.err == nil {
		kind := r.b[0]
		switch {
		case kind == admissionType && last == 0:
			messages = append(messages, r.admission())
		case kind == rekeyedType && (last == 0 || last == admissionType || last == rekeyedType):
			messages = append(messages, r.rekeying())
		case kind == leftType && last != leftType:
			messages = append(messages, r.leaving())
		default:
			r.fail()
		}
		last = kind
	}
	if len(messages) == 0 {
		r.fail()
	}
	if err := r.end(); err != nil {
		forget(messages)
		return nil, err
	}
	return messages, nil
}

func forget(messages []message) {
	for _, m := range messages {
		m.forget()
	}
}

// tell writes to everybody who is there what this person has to say to them, over
// what they said before.
func (s *Seat) tell(b body, leaves bool) error {
	for _, m := range s.ring.Present() {
		if m.Seat == s.ring.Seat {
			continue
		}
		plain := make([]byte, cellPlain)
		defer clear(plain)
		if err := s.encodeMessages(b, plain, m.Seat, leaves); err != nil {
			return fmt.Errorf("write a message: %w", err)
		}
		if err := sealCell(b, m.Seat, s.ring.Seat, m.Box, plain); err != nil {
			return err
		}
	}
	return nil
}

func (s *Seat) encodeMessages(b body, plain []byte, to uint8, leaves bool) error {
	w := &writer{b: plain}
	w.bytes(s.ring.admission)
	for _, k := range s.ring.rekeyings() {
		if !contains(k.drawer.Seats, to) {
			continue // it was there before they were
		}
		k.vouch(b, s.ring.SignKey())
		k.encode(w)
	}
	if leaves {
		l := &leaving{seat: s.ring.Seat}
		l.vouch(b, s.ring.SignKey())
		l.encode(w)
	}
	return w.end()
}

func contains(seats []uint8, seat uint8) bool {
	for _, s := range seats {
		if s == seat {
			return true
		}
	}
	return false
}

// readInbox reads every cell and saves what it changed. f.mu is held.
func (s *Seat) readInbox() error {
	waiting, err := s.openCells()
	if err != nil {
		return err
	}
	done, changed := s.judge(waiting)
	if len(done) == 0 && !changed {
		return nil
	}
	err = s.write(func(b body) error {
		for _, from := range done {
			emptyCell(b.cell(s.ring.Seat, from))
		}
		return nil
	})
	if err != nil {
		s.notices = append(s.notices, Notice{Kind: InboxUnsaved})
	}
	return nil
}

// openCells opens the inbox, without the cell that holds a receipt of our own.
func (s *Seat) openCells() (waiting [Seats][]message, err error) {
	box, err := s.ring.BoxKey()
	if err != nil {
		return waiting, err
	}
	me := s.ring.Seat
	for from := range uint8(Seats) {
		plain := make([]byte, cellPlain)
		if from == me || openCell(s.file.now, me, from, box, plain) != nil {
			continue
		}
		waiting[from], err = decodeMessages(plain)
		clear(plain)
		if err != nil {
			s.notices = append(s.notices, Notice{Kind: MessageIgnored, Seat: from})
		}
	}
	return waiting, nil
}

// judge judges the messages in each cell in their order. One can vouch for the
// next, in whichever cell that is, so it goes on until nothing new is believed. It
// returns whose cells were read to their ends, and whether the ring changed.
func (s *Seat) judge(waiting [Seats][]message) (done []uint8, changed bool) {
	for progress := true; progress; {
		progress = false
		for from := range uint8(Seats) {
			for len(waiting[from]) > 0 {
				next := waiting[from][0]
				verdict := next.judge(s.ring, s.file.now, from)
				if verdict == unvouched {
					break
				}
				progress = true
				if verdict == refused {
					s.ignore(from, waiting[from])
					waiting[from] = nil
					break
				}
				if verdict == believed {
					changed = true
					s.hear(from, next)
				}
				next.forget()
				if waiting[from] = waiting[from][1:]; len(waiting[from]) == 0 {
					done = append(done, from)
				}
			}
		}
	}
	for from, left := range waiting {
		if len(left) > 0 {
			s.ignore(uint8(from), left)
		}
	}
	return done, changed
}

// hear tells of a message that was believed.
func (s *Seat) hear(from uint8, m message) {
	if kind := m.heard(); kind != 0 {
		s.notices = append(s.notices, Notice{Kind: kind, Seat: from})
	}
}

// ignore tells that the first of some messages was not believed, and forgets all.
func (s *Seat) ignore(from uint8, messages []message) {
	s.notices = append(s.notices, Notice{Kind: messages[0].ignored(), Seat: from})
	forget(messages)
}
