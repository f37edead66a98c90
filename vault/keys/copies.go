package keys

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20"
)

const whitenLabel = "ebb/keys/1 whitening"

// whiten XORs b with the key stream of a public seed, in place; doing it twice
// undoes it. This is not secrecy: the seed stands in front of the copy, and
// whoever reads FORMAT.md can take it off. It only leaves no pattern (a magic
// number, zeros, two equal copies) for a program that searches a disk for files
// that are worth a look.
func whiten(seed, b []byte) {
	key := sha256.Sum256(append([]byte(whitenLabel), seed...))
	stream, err := chacha20.NewUnauthenticatedCipher(key[:], make([]byte, chacha20.NonceSize))
	if err != nil {
		panic("keys: whitening: " + err.Error()) // the sizes are constants
	}
	stream.XORKeyStream(b, b)
}

// encodeCopy returns b as it lies on disk, under a fresh seed.
func encodeCopy(b body) []byte {
	disk := make([]byte, copySize)
	random(disk[:seedSize])
	copy(disk[seedSize:], b)
	whiten(disk[:seedSize], disk[seedSize:])
	return disk
}

// decodeCopy undoes encodeCopy and checks what it found.
func decodeCopy(disk []byte, insecure bool) (body, error) {
	if len(disk) < seedSize {
		return nil, ErrNotKeyFile
	}
	b := make(body, len(disk)-seedSize)
	copy(b, disk[seedSize:])
	whiten(disk[:seedSize], b)
	return b, parse(b, insecure)
}

// copies is what a key file held when it was read.
type copies struct {
	body  body    // the state that counts
	stale [2]bool // this copy has to be written anew
	long  bool    // there is something behind the two copies
}

// whole says whether there is nothing to mend.
func (c copies) whole() bool { return !c.stale[0] && !c.stale[1] && !c.long }

// decodeCopies chooses between the two copies in disk, which holds at most the
// first fileSize bytes of the file: the sound one, and of two sound ones the one
// with the higher sequence.
func decodeCopies(disk []byte, insecure bool) (copies, error) {
	cut := min(len(disk), copySize)
	a, errA := decodeCopy(disk[:cut], insecure)
	b, errB := decodeCopy(disk[cut:], insecure)
	for _, err := range []error{errA, errB} {
		if errors.Is(err, ErrNewerFormat) {
			return copies{}, err // even if the other is sound: a newer program was here
		}
	}
	switch {
	case errA == nil && errB == nil:
		if a.vault() != b.vault() {
			return copies{}, fmt.Errorf("%w: its copies belong to different vaults", ErrDamaged)
		}
		same := string(a) == string(b)
		if b.sequence() > a.sequence() {
			return copies{body: b, stale: [2]bool{true, false}}, nil
		}
		return copies{body: a, stale: [2]bool{false, !same}}, nil
	case errA == nil:
		return copies{body: a, stale: [2]bool{false, true}}, nil
	case errB == nil:
		return copies{body: b, stale: [2]bool{true, false}}, nil
	}
	for _, kind := range []error{ErrParams, ErrDamaged} {
		for _, err := range []error{errA, errB} {
			if errors.Is(err, kind) {
				return copies{}, err
			}
		}
	}
	return copies{}, ErrNotKeyFile
}

// The file's sequence orders its two copies and nothing else. It is readable by
// anybody, so it must not tell how often a vault is used: it starts anywhere,
// and each step is a random stride of a random magnitude, so that even two
// copies of a file do not say how many saves lie between them.

func firstSequence() uint64 {
	return 1 + randomUint64()>>24 // below 2^40
}

// stride is 1 to 2^32, and 2^27 on average, so that 2^36 saves fit.
func stride() uint64 {
	magnitude := randomUint64() % 33
	return 1 + randomUint64()&(1<<magnitude-1)
}

func randomUint64() uint64 {
	var b [8]byte
	random(b[:])
	return binary.BigEndian.Uint64(b[:])
}
