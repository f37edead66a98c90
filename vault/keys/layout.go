package keys

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Where things lie in a copy: FORMAT.md, "The key file". All numbers are
// big-endian.
const (
	copySize = 26 * 4096 // a multiple of the disk's block, so that writing one copy cannot tear the other
	fileSize = 2 * copySize

	seedSize  = 32 // public seed of the whitening
	saltSize  = 32
	idSize    = 16
	sumSize   = sha256.Size
	bodySize  = copySize - seedSize
	bodyTotal = bodySize - sumSize // what the checksum covers

	headerSize = 256
	slotCount  = 16
	slotSize   = 256
	ringCount  = 8
	ringSize   = 8192
	cellSize   = 2048

	slotsAt   = headerSize
	ringsAt   = slotsAt + slotCount*slotSize
	inboxesAt = ringsAt + ringCount*ringSize
	roomAt    = inboxesAt + Seats*Seats*cellSize // random bytes, for later formats
)

// Fields of the header.
const (
	magic     = "ebb key file"
	format    = 1
	kdfArgon2 = 1 // Argon2id, version 0x13

	formatAt    = len(magic)
	kdfAt       = formatAt + 2
	threadsAt   = kdfAt + 1
	vaultAt     = threadsAt + 1
	saltAt      = vaultAt + idSize
	memoryAt    = saltAt + saltSize
	timeAt      = memoryAt + 4
	sequenceAt  = timeAt + 4
	macAt       = sequenceAt + 8
	reservedAt  = macAt + 32
	headerSumAt = headerSize - sumSize
)

const (
	// Seats is how many persons a home vault can hold.
	Seats = 4

	firstInvitation = 4 // slot and ring 4+i admit seat i
	firstRecovery   = 8 // slot 8+i holds seat i's seed under recovery words
)

// body is a copy of the file without its whitening.
type body []byte

func (b body) header() []byte    { return b[:headerSize] }
func (b body) slot(i int) []byte { return b[slotsAt+i*slotSize:][:slotSize:slotSize] }
func (b body) ring(i int) []byte { return b[ringsAt+i*ringSize:][:ringSize:ringSize] }

// cell is where seat from leaves its message for seat to.
func (b body) cell(to, from uint8) []byte {
	return b[inboxesAt+(int(to)*Seats+int(from))*cellSize:][:cellSize:cellSize]
}

func (b body) vault() (id [idSize]byte)    { copy(id[:], b[vaultAt:]); return id }
func (b body) salt() (salt [saltSize]byte) { copy(salt[:], b[saltAt:]); return salt }
func (b body) sequence() uint64            { return binary.BigEndian.Uint64(b[sequenceAt:]) }

func (b body) params() Params {
	return Params{
		MemoryKiB: binary.BigEndian.Uint32(b[memoryAt:]),
		Time:      binary.BigEndian.Uint32(b[timeAt:]),
		Threads:   b[threadsAt],
	}
}

func (b body) setSequence(n uint64) { binary.BigEndian.PutUint64(b[sequenceAt:], n) }

// newBody makes the body of a new vault: nobody in it, every slot, ring and
// inbox as random as a used one looks.
func newBody(p Params) body {
	b := make(body, bodySize)
	random(b)
	clear(b.header())
	copy(b, magic)
	binary.BigEndian.PutUint16(b[formatAt:], format)
	b[kdfAt] = kdfArgon2
	b[threadsAt] = p.Threads
	random(b[vaultAt:][:idSize])
	random(b[saltAt:][:saltSize])
	binary.BigEndian.PutUint32(b[memoryAt:], p.MemoryKiB)
	binary.BigEndian.PutUint32(b[timeAt:], p.Time)
	b.setSequence(firstSequence())
	for to := range uint8(Seats) {
		for from := range uint8(Seats) {
			emptyCell(b.cell(to, from))
		}
	}
	return b
}

// sum writes both checksums. They find damage, not intent: anybody can compute
// them.
func (b body) sum() {
	h := sha256.Sum256(b[:headerSumAt])
	copy(b[headerSumAt:], h[:])
	h = sha256.Sum256(b[:bodyTotal])
	copy(b[bodyTotal:], h[:])
}

// parse accepts a body of this format that is whole and within bounds.
func parse(b body, insecure bool) error {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return ErrNotKeyFile
	}
	// The header's own checksum lies at the same place in every format, so that
	// a flipped bit in the number is not taken for a newer program.
	if h := sha256.Sum256(b[:headerSumAt]); !bytes.Equal(h[:], b[headerSumAt:headerSize]) {
		return fmt.Errorf("%w: the checksum of a header is wrong", ErrDamaged)
	}
	if n := binary.BigEndian.Uint16(b[formatAt:]); n != format {
		if n > format {
			return fmt.Errorf("%w: format %d, and this one knows %d", ErrNewerFormat, n, format)
		}
		return fmt.Errorf("%w: there is no format %d", ErrDamaged, n)
	}
	if len(b) != bodySize {
		return fmt.Errorf("%w: a copy is cut short", ErrDamaged)
	}
	if h := sha256.Sum256(b[:bodyTotal]); !bytes.Equal(h[:], b[bodyTotal:]) {
		return fmt.Errorf("%w: the checksum of a copy is wrong", ErrDamaged)
	}
	if b[kdfAt] != kdfArgon2 {
		return fmt.Errorf("%w: the key derivation is unknown", ErrDamaged)
	}
	if !allZero(b[reservedAt:headerSumAt]) {
		return fmt.Errorf("%w: a reserved field is in use", ErrDamaged)
	}
	return b.params().check(insecure)
}

func allZero(b []byte) bool {
	for _, v := range b {
		if v != 0 {
			return false
		}
	}
	return true
}
