package keys

import (
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

const (
	inboxLabel = "ebb/keys/1 inbox"
	cellPlain  = cellSize - 32 - tagSize
)

// An inbox has one cell for every seat that may write to it. Whoever writes owns
// the cell and puts there everything they have to say to that person, so that a
// later message replaces an earlier one without losing it, and nobody has to
// read an inbox to add to it.

// emptyCell makes a cell that nobody can tell from a full one: a public key
// whose private half is thrown away, and random bytes. (Random bytes alone would
// not do: half of them are not the key of any point on the curve.)
func emptyCell(cell []byte) {
	random(cell)
	if key, err := ecdh.X25519().GenerateKey(rand.Reader); err == nil {
		copy(cell, key.PublicKey().Bytes())
	}
}

// sealCell seals plain (cellPlain bytes) from a seat to another's public key.
// The key of the AEAD comes from a fresh X25519 exchange and seals this message
// only. Sealing does not tell who wrote it: what is inside has to.
func sealCell(b body, to, from uint8, box [32]byte, plain []byte) error {
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("seal a message: %w", err)
	}
	return sealCellWith(b, to, from, box, plain, key)
}

func sealCellWith(b body, to, from uint8, box [32]byte, plain []byte, ephemeral *ecdh.PrivateKey) error {
	recipient, err := ecdh.X25519().NewPublicKey(box[:])
	if err != nil {
		return fmt.Errorf("seal a message: %w", err)
	}
	secret, err := ephemeral.ECDH(recipient) // refuses a point of low order
	if err != nil {
		return fmt.Errorf("seal a message: %w", err)
	}
	defer clear(secret)
	cell := b.cell(to, from)
	copy(cell, ephemeral.PublicKey().Bytes())
	material := cellKey(b, secret, cell[:32], box[:])
	defer clear(material)
	seal(cell[32:32], material[:32], material[32:], plain, aad(b, forInbox, to, from, 0))
	return nil
}

// openCell opens what seat from left for the owner of private. An error says
// only that nothing for this person is there: that is what an empty cell looks
// like.
func openCell(b body, to, from uint8, private *ecdh.PrivateKey, plain []byte) error {
	cell := b.cell(to, from)
	sender, err := ecdh.X25519().NewPublicKey(cell[:32])
	if err != nil {
		return err
	}
	secret, err := private.ECDH(sender)
	if err != nil {
		return err
	}
	defer clear(secret)
	material := cellKey(b, secret, cell[:32], private.PublicKey().Bytes())
	defer clear(material)
	_, err = unseal(plain[:0], material[:32], material[32:], cell[32:], aad(b, forInbox, to, from, 0))
	return err
}

// cellKey is HKDF-SHA256 of the X25519 secret with both public keys as salt: 32
// bytes of key, 24 of nonce.
func cellKey(b body, secret, ephemeral, recipient []byte) []byte {
	id := b.vault()
	salt := append(append([]byte(nil), ephemeral...), recipient...)
	k, err := hkdf.Key(sha256.New, secret, salt, inboxLabel+string(id[:]), 32+nonceSize)
	if err != nil {
		panic("keys: derive: " + err.Error())
	}
	return k
}
