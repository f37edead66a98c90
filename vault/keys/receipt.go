package keys

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"slices"
)

// A drawer whose place another took is kept until everybody has opened that one.
// To know it, each person leaves a receipt in the cell of their inbox that is their
// own, anew with every save: that they have opened the shared drawer in use. Who
// has its key can read it; to anybody else it looks as any cell does.

const receiptLabel = "ebb/keys/1 receipt"

// receipt says that a person has opened a drawer and closed it in order.
type receipt struct {
	seat      uint8
	drawer    [16]byte
	signature [ed25519.SignatureSize]byte
}

func (c *receipt) content(w *writer) {
	w.bytes([]byte{receiptType, encodingFormat, c.seat})
	w.bytes(c.drawer[:])
}

func (c *receipt) transcript(b body) []byte { return transcript(b, receiptLabel, c.content) }

// receiptKey is HKDF-SHA256 of the drawer's key with the 32 bytes in front as
// salt, which look like the public key that other cells begin with: 32 bytes of
// key, 24 of nonce.
func receiptKey(b body, shared *[32]byte, salt []byte) []byte {
	id := b.vault()
	k, err := hkdf.Key(sha256.New, shared[:], salt, receiptLabel+string(id[:]), 32+nonceSize)
	if err != nil {
		panic("keys: derive: " + err.Error())
	}
	return k
}

// putReceipt leaves this person's receipt, if there is something to say.
func (s *Seat) putReceipt(b body) error {
	shared := s.ring.Drawer(Shared)
	if s.ring.Kind != Home || shared == nil || shared.Seen == 0 {
		return nil
	}
	c := &receipt{seat: s.ring.Seat, drawer: shared.ID}
	copy(c.signature[:], ed25519.Sign(s.ring.SignKey(), c.transcript(b)))
	plain := make([]byte, cellPlain)
	w := &writer{b: plain}
	c.content(w)
	w.bytes(c.signature[:])
	if err := w.end(); err != nil {
		return err
	}
	decoy, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	cell := b.cell(c.seat, c.seat)
	copy(cell, decoy.PublicKey().Bytes())
	material := receiptKey(b, shared.Key, cell[:32])
	defer clear(material)
	seal(cell[32:32], material[:32], material[32:], plain, aad(b, forReceipt, c.seat, c.seat, 0))
	return nil
}

// hasReceipt reports whether a member's receipt is for this drawer.
func hasReceipt(b body, m *Member, shared *Drawer) bool {
	cell := b.cell(m.Seat, m.Seat)
	material := receiptKey(b, shared.Key, cell[:32])
	defer clear(material)
	plain, err := unseal(nil, material[:32], material[32:], cell[32:], aad(b, forReceipt, m.Seat, m.Seat, 0))
	if err != nil {
		return false
	}
	r := &reader{b: plain}
	c := &receipt{}
	r.expect(receiptType)
	r.expect(encodingFormat)
	c.seat = r.byte()
	copy(c.drawer[:], r.bytes(len(c.drawer)))
	copy(c.signature[:], r.bytes(len(c.signature)))
	return r.end() == nil && c.seat == m.Seat && c.drawer == shared.ID && ed25519.Verify(m.Sign[:], c.transcript(b), c.signature[:])
}

// Settle looks whether everybody who is there has opened the shared drawer in use.
// If so, nobody needs the retired ones: they leave the ring, and their files are
// doomed. It reports whether the ring changed, which is to be saved before a file
// is destroyed.
func (s *Seat) Settle() bool {
	if s.ring == nil {
		return false
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	r := s.ring
	shared := r.Drawer(Shared)
	if shared == nil || shared.Seen == 0 || len(r.retired()) == 0 && r.admission == nil {
		return false
	}
	for _, m := range r.Present() {
		if m.Seat != r.Seat && !hasReceipt(s.file.now, &m, shared) {
			return false
		}
	}
	r.forgetAdmission()
	r.Drawers = slices.DeleteFunc(r.Drawers, func(d Drawer) bool {
		if !d.Retired || d.Name != "" && r.doom(d.Name, false) != nil { // which waits for room
			return false
		}
		r.keys.drop(d.Key)
		return true
	})
	return true
}
