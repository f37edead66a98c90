package keys

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// The encoding of what is sealed: FORMAT.md, "What a ring holds". One value has
// one encoding: counts first, fixed fields big-endian, strings with their length,
// zeros to the end. The decoder refuses everything else.

const (
	personType     = 1
	invitationType = 2
	admissionType  = 3
	encodingFormat = 1
)

// Conditions of a drawer.
const (
	inUse byte = iota
	founding
	retired
)

// hasLeft goes into the byte of a member's seat.
const hasLeft = 0x80

var errEncoding = errors.New("a sealed part is not encoded as it should be")

// writer appends to a buffer of fixed size; the first error stays.
type writer struct {
	b   []byte
	n   int
	err error
}

func (w *writer) bytes(p []byte) {
	if w.n+len(p) > len(w.b) {
		if w.err == nil {
			w.err = errors.New("a sealed part has no room left")
		}
		return
	}
	w.n += copy(w.b[w.n:], p)
}

func (w *writer) byte(v byte)     { w.bytes([]byte{v}) }
func (w *writer) uint64(v uint64) { w.bytes(binary.BigEndian.AppendUint64(nil, v)) }

func (w *writer) text(s string) {
	if !goodName(s) && w.err == nil {
		w.err = errors.New("a name is too long or holds what a name cannot")
	}
	w.bytes(binary.BigEndian.AppendUint16(nil, uint16(len(s))))
	w.bytes([]byte(s))
}

// fileName writes a name that must be there; optionalName writes zeros for none.
func (w *writer) fileName(name string) {
	b, err := packName(name)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.bytes(b[:])
}

func (w *writer) optionalName(name string) {
	if name == "" {
		w.bytes(make([]byte, nameBytes))
		return
	}
	w.fileName(name)
}

func (w *writer) seats(seats []uint8) {
	mask, err := seatMask(seats)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.byte(mask)
}

// count writes how many follow.
func (w *writer) count(n, limit int) bool {
	if n > limit {
		if w.err == nil {
			w.err = ErrRingFull
		}
		return false
	}
	w.byte(byte(n))
	return true
}

// end fills the rest with zeros.
func (w *writer) end() error {
	clear(w.b[w.n:])
	return w.err
}

// reader takes a buffer apart; after an error it gives zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errEncoding
	}
}

// bytes returns a piece of the buffer itself.
func (r *reader) bytes(n int) []byte {
	if r.err != nil || n > len(r.b) {
		r.fail()
		return make([]byte, n)
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) byte() byte     { return r.bytes(1)[0] }
func (r *reader) uint64() uint64 { return binary.BigEndian.Uint64(r.bytes(8)) }

func (r *reader) text() string {
	n := int(binary.BigEndian.Uint16(r.bytes(2)))
	if n > maxName {
		r.fail()
		return ""
	}
	s := string(r.bytes(n))
	if !goodName(s) {
		r.fail()
	}
	return s
}

func (r *reader) optionalName() string {
	b := r.bytes(nameBytes)
	if allZero(b) {
		return ""
	}
	return unpackName(b)
}

func (r *reader) fileName() string {
	name := r.optionalName()
	if name == "" {
		r.fail()
	}
	return name
}

func (r *reader) count(limit int) int {
	n := int(r.byte())
	if n > limit {
		r.fail()
		return 0
	}
	return n
}

func (r *reader) expect(v byte) {
	if r.byte() != v {
		r.fail()
	}
}

// end refuses anything but zeros behind the last field.
func (r *reader) end() error {
	if !allZero(r.b) {
		r.fail()
	}
	return r.err
}

func goodName(s string) bool {
	if len(s) > maxName || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !nameRune(r) {
			return false
		}
	}
	return true
}

// encode writes the ring into the plain part of its keyring.
func (r *Ring) encode() error {
	w := &writer{b: r.keys.plain}
	w.bytes([]byte{personType, encodingFormat, byte(r.Kind), r.Seat})
	w.uint64(r.Sequence)
	w.uint64(r.fileSequence)
	w.bytes(r.keys.box[:])
	w.bytes(r.keys.sign[:])
	w.bytes(r.keys.file[:])
	if w.count(len(r.Drawers), maxDrawers) {
		for i := range r.Drawers {
			w.drawer(&r.Drawers[i])
		}
	}
	w.members(r.Members)
	w.spare(r.Spare)
	// A ring that has none of what follows is the same as before it could.
	w.bytes(r.recovery[:])
	w.doomed(r.Doomed)
	w.bytes(binary.BigEndian.AppendUint16(nil, uint16(len(r.admission))))
	w.bytes(r.admission)
	if err := w.end(); err != nil {
		clear(r.keys.plain)
		return fmt.Errorf("encode the ring: %w", err)
	}
	return nil
}

func (w *writer) drawer(d *Drawer) {
	if d.Key == nil {
		if w.err == nil {
			w.err = errors.New("a drawer has no key")
		}
		return
	}
	condition := inUse
	switch {
	case d.Retired:
		condition = retired
	case d.Founding:
		condition = founding
	}
	w.bytes([]byte{byte(d.Role), condition})
	if d.Retired {
		w.optionalName(d.Name)
	} else {
		w.fileName(d.Name)
	}
	w.bytes(d.ID[:])
	w.bytes(d.Key[:])
	w.seats(d.Seats)
	w.uint64(d.Seen)
}

func (w *writer) members(members []Member) {
	if !w.count(len(members), maxMembers) {
		return
	}
	for i := range members {
		w.member(&members[i])
	}
}

func (w *writer) member(m *Member) {
	seat := m.Seat
	if m.Left {
		seat |= hasLeft
	}
	w.byte(seat)
	w.text(m.Name)
	w.bytes(m.Box[:])
	w.bytes(m.Sign[:])
	w.optionalName(m.Private)
}

func (w *writer) spare(names []string) {
	if !w.count(len(names), maxSpare) {
		return
	}
	for _, name := range names {
		w.fileName(name)
	}
}

// decodeRing reads the plain part of keys. The drawer keys go to their places
// there.
func decodeRing(keys *keyring) (*Ring, error) {
	ring := &Ring{keys: keys}
	r := &reader{b: keys.plain}
	r.expect(personType)
	r.expect(encodingFormat)
	ring.Kind = Kind(r.byte())
	ring.Seat = r.byte()
	ring.Sequence = r.uint64()
	ring.fileSequence = r.uint64()
	copy(keys.box[:], r.bytes(32))
	copy(keys.sign[:], r.bytes(32))
	copy(keys.file[:], r.bytes(32))
	for range r.count(maxDrawers) {
		ring.Drawers = append(ring.Drawers, r.drawer(keys.take()))
	}
	ring.Members = r.members()
	ring.Spare = r.spare()
	copy(ring.recovery[:], r.bytes(len(ring.recovery)))
	ring.Doomed = r.doomed()
	ring.admission = r.ownAdmission(keys.admission)
	if ring.Kind != Home && ring.Kind != Practice || ring.Seat >= Seats {
		r.fail()
	}
	return ring, r.end()
}

func (r *reader) drawer(key *[32]byte) Drawer {
	d := Drawer{Role: Role(r.byte()), Key: key}
	switch r.byte() {
	case inUse:
	case founding:
		d.Founding = true
	case retired:
		d.Retired = true
	default:
		r.fail()
	}
	if d.Name = r.optionalName(); d.Name == "" && !d.Retired {
		r.fail()
	}
	copy(d.ID[:], r.bytes(16))
	copy(key[:], r.bytes(32))
	d.Seats = maskSeats(r.byte())
	d.Seen = r.uint64()
	if d.Role < Shared || d.Role > Executor {
		r.fail()
	}
	return d
}

func (r *reader) members() []Member {
	var members []Member
	for range r.count(maxMembers) {
		members = append(members, r.member())
	}
	return members
}

func (r *reader) member() Member {
	seat := r.byte()
	m := Member{Seat: seat &^ hasLeft, Left: seat&hasLeft != 0, Name: r.text()}
	copy(m.Box[:], r.bytes(32))
	copy(m.Sign[:], r.bytes(32))
	m.Private = r.optionalName()
	if m.Seat >= maxMembers {
		r.fail()
	}
	return m
}

func (r *reader) spare() []string {
	var names []string
	for range r.count(maxSpare) {
		names = append(names, r.fileName())
	}
	return names
}

func (w *writer) doomed(files []Doomed) {
	if !w.count(len(files), maxDoomed) {
		return
	}
	for _, d := range files {
		var keep byte
		if d.Keep {
			keep = 1
		}
		w.byte(keep)
		w.fileName(d.Name)
	}
}

func (r *reader) doomed() []Doomed {
	var files []Doomed
	for range r.count(maxDoomed) {
		keep := r.byte()
		if keep > 1 {
			r.fail()
		}
		files = append(files, Doomed{Name: r.fileName(), Keep: keep == 1})
	}
	return files
}

func (r *reader) ownAdmission(room []byte) []byte {
	n := int(binary.BigEndian.Uint16(r.bytes(2)))
	if n > maxAdmission {
		r.fail()
	}
	if n == 0 || r.err != nil {
		return nil
	}
	return room[:copy(room, r.bytes(n))]
}
