package drawer

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
)

// nonces makes nonces that never repeat under one key: 12 random bytes of this
// run, 4 random bytes of the message, and a counter of 8 bytes. The counter
// alone makes them differ within a run, the prefix between runs; the four bytes
// are there in case a virtual machine is resumed twice from one snapshot.
type nonces struct {
	prefix  [prefixSize]byte
	counter uint64
	spare   [256]byte // random bytes fetched in advance
	left    int
}

func newNonces() *nonces {
	n := &nonces{}
	rand.Read(n.prefix[:])
	return n
}

// next writes the next nonce into out, 24 bytes.
func (n *nonces) next(out []byte) {
	if n.left == 0 {
		rand.Read(n.spare[:])
		n.left = len(n.spare)
	}
	copy(out, n.prefix[:])
	copy(out[12:16], n.spare[n.left-4:n.left])
	n.left -= 4
	n.counter++
	binary.BigEndian.PutUint64(out[16:nonceSize], n.counter)
}

// nonceMask hides the nonce of a record on disk, so that a copy of a file does
// not show which records were written in one run, or in what order. The mask is
// AES(tag) ‖ AES(tag ⊕ 1) under a key of its own, cut to 24 bytes: tags are as
// good as random, so no two records share a mask, as with the header protection
// of QUIC (RFC 9001, section 5.4).
type nonceMask struct {
	block cipher.Block
	pad   [2 * tagSize]byte
}

// apply masks or unmasks the nonce of the record that has this tag.
func (m *nonceMask) apply(nonce, tag []byte) {
	copy(m.pad[:tagSize], tag)
	copy(m.pad[tagSize:], tag)
	m.pad[2*tagSize-1] ^= 1
	m.block.Encrypt(m.pad[:tagSize], m.pad[:tagSize])
	m.block.Encrypt(m.pad[tagSize:], m.pad[tagSize:])
	for i := range nonce[:nonceSize] {
		nonce[i] ^= m.pad[i]
	}
}
