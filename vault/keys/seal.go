package keys

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	nonceSize = chacha20poly1305.NonceSizeX
	tagSize   = chacha20poly1305.Overhead

	slotLabel     = "ebb/keys/1 slot"
	seedLabel     = "ebb/keys/1 person seed"
	stepUpLabel   = "ebb/keys/1 step-up secret"
	ringLabel     = "ebb/keys/1 ring"
	numberLabel   = "ebb/keys/1 ring sequence"
	fileMACLabel  = "ebb/keys/1 file"
	aadLabel      = "ebb/keys/1"
	ringPlain     = ringSize - nonceSize - 8 - tagSize
	commitSize    = 32
	compartment   = nonceSize + 32 + tagSize
	seedAt        = commitSize
	stepUpAt      = seedAt + compartment
	slotUsed      = stepUpAt + compartment // the rest of a slot is random
	commitmentOff = 32                     // of the 64 bytes derived for a slot
)

// purpose says what an AEAD seals.
type purpose uint8

const (
	forSeed purpose = iota + 1
	forStepUp
	forRing
	forInvitation
	forInbox
	forReceipt
	forWrapped
)

// derive is HKDF-SHA256 (RFC 5869) with the vault id as salt, the label and the
// parts as info.
func derive(b body, secret []byte, size int, label string, parts ...byte) []byte {
	id := b.vault()
	key, err := hkdf.Key(sha256.New, secret, id[:], label+string(parts), size)
	if err != nil {
		panic("keys: derive: " + err.Error()) // only for sizes above 8160
	}
	return key
}

// aad names everything that a ciphertext belongs to, so that it opens nowhere
// else: the vault, the purpose, the slot or seat, the cell of an inbox, the
// sequence of a ring (zero where a key is used for one message only), and the
// parameters of the key derivation.
func aad(b body, what purpose, index, cell uint8, sequence uint64) []byte {
	id, p := b.vault(), b.params()
	a := append([]byte(aadLabel), byte(what))
	a = append(a, id[:]...)
	a = append(a, index, cell)
	a = binary.BigEndian.AppendUint64(a, sequence)
	a = append(a, b[kdfAt])
	a = binary.BigEndian.AppendUint32(a, p.MemoryKiB)
	a = binary.BigEndian.AppendUint32(a, p.Time)
	return append(a, p.Threads)
}

// seal is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), appended to dst.
func seal(dst, key, nonce, plain, aad []byte) []byte {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("keys: seal: " + err.Error()) // only for a key that is not 32 bytes
	}
	return aead.Seal(dst, nonce, plain, aad)
}

// unseal undoes seal.
func unseal(dst, key, nonce, sealed, aad []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("keys: unseal: " + err.Error())
	}
	return aead.Open(dst, nonce, sealed, aad)
}

// sealSlot fills slot i from the stretched passphrase.
func sealSlot(b body, i int, root []byte, seed, stepUp *[32]byte) {
	s := b.slot(i)
	random(s)
	d := derive(b, root, 64, slotLabel, byte(i))
	defer clear(d)
	copy(s, d[commitmentOff:])
	for _, c := range []struct {
		at    int
		label string
		what  purpose
		plain *[32]byte
	}{{seedAt, seedLabel, forSeed, seed}, {stepUpAt, stepUpLabel, forStepUp, stepUp}} {
		key := derive(b, d[:commitmentOff], 32, c.label)
		nonce := s[c.at:][:nonceSize]
		seal(s[c.at+nonceSize:][:0], key, nonce, c.plain[:], aad(b, c.what, uint8(i), 0, 0))
		clear(key)
	}
}

// openSlots tries the stretched passphrase on every slot, with the same work
// whichever fits, and writes the seed that it found to seed. It returns -1 when
// no slot fits. XChaCha20-Poly1305 does not commit to its key, so that one
// ciphertext could be made to open under two passphrases: the commitment is what
// decides.
func openSlots(b body, root []byte, seed *[32]byte) (int, error) {
	found, intact := -1, false
	for i := range slotCount {
		s := b.slot(i)
		d := derive(b, root, 64, slotLabel, byte(i))
		key := derive(b, d[:commitmentOff], 32, seedLabel)
		fits := subtle.ConstantTimeCompare(d[commitmentOff:], s[:commitSize]) == 1
		plain, err := unseal(nil, key, s[seedAt:][:nonceSize], s[seedAt+nonceSize:stepUpAt], aad(b, forSeed, uint8(i), 0, 0))
		if fits && found < 0 {
			found, intact = i, err == nil
			copy(seed[:], plain)
		}
		clear(plain)
		clear(key)
		clear(d)
	}
	if found >= 0 && !intact {
		return -1, fmt.Errorf("%w: a slot does not open", ErrDamaged)
	}
	return found, nil
}

// openStepUp opens the second compartment of a slot that openSlots found.
func openStepUp(b body, i int, root []byte, stepUp *[32]byte) error {
	s := b.slot(i)
	d := derive(b, root, 64, slotLabel, byte(i))
	defer clear(d)
	key := derive(b, d[:commitmentOff], 32, stepUpLabel)
	defer clear(key)
	plain, err := unseal(nil, key, s[stepUpAt:][:nonceSize], s[stepUpAt+nonceSize:slotUsed], aad(b, forStepUp, uint8(i), 0, 0))
	defer clear(plain)
	if err != nil {
		return fmt.Errorf("%w: a slot does not open", ErrDamaged)
	}
	copy(stepUp[:], plain)
	return nil
}

// sealRing seals plain (ringPlain bytes) as ring i. The ring's own number is in
// the AAD, so it has to be readable before the ring is opened, and it must not
// be readable to anybody else, whom it would tell how often a person was here:
// it is masked under the ring's key.
func sealRing(b body, i int, what purpose, seed *[32]byte, sequence uint64, plain []byte) {
	r := b.ring(i)
	key := derive(b, seed[:], 32, ringLabel, byte(i))
	defer clear(key)
	nonce, number := r[:nonceSize], r[nonceSize:][:8]
	random(nonce)
	binary.BigEndian.PutUint64(number, sequence)
	subtle.XORBytes(number, number, ringMask(key, nonce))
	seal(r[nonceSize+8:][:0], key, nonce, plain, aad(b, what, uint8(i), 0, sequence))
}

// openRing opens ring i into plain, which has room for ringPlain bytes, and
// returns its number.
func openRing(b body, i int, what purpose, seed *[32]byte, plain []byte) (uint64, error) {
	r := b.ring(i)
	key := derive(b, seed[:], 32, ringLabel, byte(i))
	defer clear(key)
	nonce := r[:nonceSize]
	number := make([]byte, 8)
	subtle.XORBytes(number, r[nonceSize:][:8], ringMask(key, nonce))
	sequence := binary.BigEndian.Uint64(number)
	if _, err := unseal(plain[:0], key, nonce, r[nonceSize+8:], aad(b, what, uint8(i), 0, sequence)); err != nil {
		return 0, fmt.Errorf("%w: a ring does not open", ErrDamaged)
	}
	return sequence, nil
}

// ringMask is HKDF-SHA256 of the ring's key with the nonce as salt.
func ringMask(key, nonce []byte) []byte {
	mask, err := hkdf.Key(sha256.New, key, nonce, numberLabel, 8)
	if err != nil {
		panic("keys: derive: " + err.Error())
	}
	return mask
}

// fileMAC authenticates everything in the file, also what the writer cannot
// read, under the key that the members share. It tells a change made by a member
// from one made by somebody with the file alone.
func fileMAC(b body, file *[32]byte) []byte {
	key := derive(b, file[:], 32, fileMACLabel)
	defer clear(key)
	m := hmac.New(sha256.New, key)
	m.Write(b[:macAt])
	m.Write(b[headerSize:bodyTotal])
	return m.Sum(nil)
}

func (b body) authentic(file *[32]byte) bool {
	return hmac.Equal(b[macAt:][:sha256.Size], fileMAC(b, file))
}
