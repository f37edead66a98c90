package drawer

import (
	"crypto/cipher"
	"crypto/rand"
)

// smallestClass is the least size of a file in bytes: 4 MiB.
const smallestClass = 4 << 20

// smallClass is the same for drawers that are made small: 512 KiB. Where somebody has
// thousands of drawers, they would take more room than all that is in them.
const smallClass = 512 << 10

// sizeClass returns the size that a file with n bytes is given: 4 MiB, or that
// doubled as often as needed. Files of one class look alike however much they
// hold.
func sizeClass(n int64) int64 { return classFrom(smallestClass, n) }

// classFrom is sizeClass for drawers of which the least class is another.
func classFrom(class, n int64) int64 {
	for class < n {
		class *= 2
	}
	return class
}

// filler makes random bytes fast: AES-256 in counter mode, under a key that is
// thrown away. It fills what holds no data, so that data and no data look alike.
type filler struct{ stream cipher.Stream }

func newFiller() *filler {
	var seed [keySize + 16]byte
	rand.Read(seed[:])
	defer clear(seed[:])
	return &filler{cipher.NewCTR(newAES(seed[:keySize]), seed[keySize:])}
}

func (f *filler) fill(p []byte) {
	clear(p)
	f.stream.XORKeyStream(p, p)
}
