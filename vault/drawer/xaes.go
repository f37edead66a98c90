package drawer

import (
	"crypto/aes"
	"crypto/cipher"
)

const (
	keySize     = 32
	tagSize     = 16
	nonceSize   = 24
	prefixSize  = 12 // the part of a nonce that selects a derived key
	derivedKeys = 256
)

// xaes is XAES-256-GCM, the extended-nonce AEAD that C2SP specifies
// (c2sp.org/XAES-256-GCM): the first 12 bytes of a nonce derive an AES-256-GCM
// key, the other 12 are that cipher's nonce.
//
// All messages sealed in one run share a prefix, so derived keys are kept: a
// direct-mapped cache of fixed size, indexed by the first byte of the (random)
// prefix. An xaes belongs to one goroutine at a time.
type xaes struct {
	block  cipher.Block
	subkey [16]byte // K1 of CMAC
	cache  [derivedKeys]derivedKey
}

type derivedKey struct {
	prefix [prefixSize]byte
	aead   cipher.AEAD // nil: empty
}

func newXAES(key []byte) *xaes {
	x := &xaes{block: newAES(key)}
	x.block.Encrypt(x.subkey[:], x.subkey[:])
	var carry byte
	for i := len(x.subkey) - 1; i >= 0; i-- {
		next := x.subkey[i] >> 7
		x.subkey[i] = x.subkey[i]<<1 | carry
		carry = next
	}
	x.subkey[15] ^= 0x87 & -carry
	return x
}

// seal appends the ciphertext and tag of plain to dst. nonce has 24 bytes.
func (x *xaes) seal(dst, nonce, plain, aad []byte) []byte {
	return x.derive(nonce).Seal(dst, nonce[prefixSize:nonceSize], plain, aad)
}

// open appends the plaintext of a ciphertext with tag to dst.
func (x *xaes) open(dst, nonce, sealed, aad []byte) ([]byte, error) {
	return x.derive(nonce).Open(dst, nonce[prefixSize:nonceSize], sealed, aad)
}

func (x *xaes) derive(nonce []byte) cipher.AEAD {
	prefix := [prefixSize]byte(nonce)
	d := &x.cache[prefix[0]]
	if d.aead != nil && d.prefix == prefix {
		return d.aead
	}
	var key [keySize]byte
	for i := range 2 {
		half := key[16*i:][:16]
		half[1], half[2] = byte(i+1), 'X'
		copy(half[4:], prefix[:])
		for j := range half {
			half[j] ^= x.subkey[j]
		}
		x.block.Encrypt(half, half)
	}
	d.prefix, d.aead = prefix, newGCM(key[:])
	clear(key[:])
	return d.aead
}

// newAES and newGCM fail only for sizes that this package never asks for.
func newAES(key []byte) cipher.Block {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("drawer: " + err.Error())
	}
	return block
}

func newGCM(key []byte) cipher.AEAD {
	aead, err := cipher.NewGCM(newAES(key))
	if err != nil {
		panic("drawer: " + err.Error())
	}
	return aead
}
