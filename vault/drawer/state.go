package drawer

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"
)

// The header area of the main file: two state slots, one block each, and random
// bytes where a later version may need room.
const (
	blockSize  = 4096
	headerSize = 4 * blockSize
	slotStride = 2 * blockSize
)

// stateKind says what a drawer was doing when its state was written.
type stateKind uint8

const (
	// building: Create has not finished. Nothing is in it that anybody relies on.
	building stateKind = iota + 1
	// clean: every page of the main file is as the root says. If a log is bound,
	// what it holds comes on top.
	clean
	// checkpointing: pages are being copied from the bound log to the main file.
	// Those that the log holds may be torn; the root is that of the others.
	checkpointing
)

// state is what the two slots of the header area say about main file and log.
type state struct {
	sequence   uint64 // one more than the slot written before
	kind       stateKind
	bound      bool   // the log named by log belongs on top of the main file
	log        logID  // if bound
	frames     uint32 // the bound log holds at least this many committed frames
	pages      uint32 // of the main file
	pagesAfter uint32 // checkpointing: of the main file once it is done
	root       tag
}

// same reports whether two slots say the same; their sequences differ.
func (s state) same(other state) bool {
	s.sequence, other.sequence = 0, 0
	return s == other
}

const (
	stateFormat   = 1
	stateSize     = 56
	slotNonceSize = 12
	slotSize      = slotNonceSize + stateSize + tagSize
)

func (s state) encode(b []byte) {
	b[0], b[1], b[2], b[3] = stateFormat, byte(s.kind), 0, 0
	if s.bound {
		b[2] = 1
	}
	binary.BigEndian.PutUint32(b[4:], s.pages)
	binary.BigEndian.PutUint32(b[8:], s.pagesAfter)
	binary.BigEndian.PutUint32(b[12:], s.frames)
	binary.BigEndian.PutUint64(b[16:], s.sequence)
	copy(b[24:40], s.log[:])
	copy(b[40:56], s.root[:])
}

// decodeState reads what encode wrote. The bytes were authenticated, so anything
// unknown is from a newer version.
func decodeState(b []byte) (state, error) {
	if b[0] != stateFormat || b[1] < byte(building) || b[1] > byte(checkpointing) || b[2] > 1 || b[3] != 0 {
		return state{}, ErrNewerSchema
	}
	return state{
		kind:       stateKind(b[1]),
		bound:      b[2] == 1,
		pages:      binary.BigEndian.Uint32(b[4:]),
		pagesAfter: binary.BigEndian.Uint32(b[8:]),
		frames:     binary.BigEndian.Uint32(b[12:]),
		sequence:   binary.BigEndian.Uint64(b[16:]),
		log:        logID(b[24:40]),
		root:       tag(b[40:56]),
	}, nil
}

// slots are the two places where the state is kept: AES-256-GCM under a key of
// their own, with a random nonce each time.
//
// A new state goes to both, one after the other with a sync each, and to the
// older one first. So at every instant at least one of them is whole and says
// either the old or the new state, and between two changes both say the same:
// damage to one loses nothing.
type slots struct {
	aead   cipher.AEAD
	aad    [len(ID{}) + 2]byte
	main   *disk
	filler *filler
	block  [blockSize]byte
	newest int    // index of the slot that was last written whole
	last   uint64 // highest sequence ever used
}

func newSlots(key *Key, id *ID, main *disk) *slots {
	k := deriveKey(key, id, stateLabel)
	defer clear(k)
	s := &slots{aead: newGCM(k), main: main, filler: main.filler}
	copy(s.aad[:], id[:])
	s.aad[len(id)] = slotRecord
	return s
}

// put writes next to both slots and returns it with the sequence that the newest
// one got. After an error it is unknown what is on the device, except that it is
// either next or what was there before; the caller tries again before it relies
// on either.
func (s *slots) put(next state) (state, error) {
	for range 2 {
		i := 1 - s.newest
		s.last++
		next.sequence = s.last
		s.seal(i, next)
		if err := s.main.put(s.block[:], int64(i)*slotStride); err != nil {
			return next, fmt.Errorf("writing the state: %w", err)
		}
		if err := s.main.sync(); err != nil {
			return next, fmt.Errorf("writing the state: %w", err)
		}
		s.newest = i
	}
	return next, nil
}

// seal fills block with the slot: nonce, ciphertext and tag, then filler.
func (s *slots) seal(i int, st state) {
	var plain [stateSize]byte
	st.encode(plain[:])
	s.filler.fill(s.block[:])
	rand.Read(s.block[:slotNonceSize])
	s.aad[len(s.aad)-1] = byte(i)
	s.aead.Seal(s.block[:slotNonceSize], s.block[:slotNonceSize], plain[:], s.aad[:])
}

// slotRead is what one slot said.
type slotRead struct {
	state state
	ok    bool // it is authentic
}

// read reads both slots. An error is one of the device, or says that a newer
// version wrote them; a slot that does not authenticate is none.
func (s *slots) read() (found [2]slotRead, err error) {
	for i := range found {
		if err := s.main.read(s.block[:], int64(i)*slotStride); err != nil {
			return found, err
		}
		s.aad[len(s.aad)-1] = byte(i)
		plain, err := s.aead.Open(nil, s.block[:slotNonceSize], s.block[slotNonceSize:slotSize], s.aad[:])
		if err != nil {
			continue
		}
		st, err := decodeState(plain)
		if err != nil {
			return found, err
		}
		found[i] = slotRead{st, true}
		if st.sequence > s.last {
			s.last, s.newest = st.sequence, i
		}
	}
	return found, nil
}
