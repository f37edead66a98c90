package drawer

import (
	"bytes"
	"encoding/hex"
	"os"
	"testing"
)

// vectorKeys are those of the test vectors in vault/FORMAT.md.
func vectorKeys() (key Key, id ID) {
	for i := range key {
		key[i] = byte(i)
	}
	for i := range id {
		id[i] = byte(0xa0 + i)
	}
	return key, id
}

// Everything that a reader written from FORMAT.md has to compute, with fixed keys
// and nonces. The numbers here are those of the document.
func TestFormatVectors(t *testing.T) {
	document, err := os.ReadFile("../FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	say := func(what string, value []byte) {
		t.Helper()
		if h := hex.EncodeToString(value); !bytes.Contains(document, []byte(h)) {
			t.Errorf("FORMAT.md has no vector for %s: %s", what, h)
		}
	}
	key, id := vectorKeys()
	for _, label := range []string{dataLabel, maskLabel, stateLabel, tagSetLabel} {
		say(label, deriveKey(&key, &id, label))
	}

	// The record of 16 bytes of 0x11, sealed as page 7 with the nonce 00 … 17.
	r := newRecords(&key, &id)
	plain, record := bytes.Repeat([]byte{0x11}, 16), make([]byte, 16+recordOverhead)
	nonce := make([]byte, nonceSize)
	for i := range nonce {
		nonce[i] = byte(i)
	}
	copy(record, r.data.seal(nil, nonce, plain, r.bind(address{kind: pageRecord, number: 7})))
	copy(record[32:], nonce)
	r.mask.apply(record[32:], record[16:32])
	say("a page record", record)
	if !r.open(record, address{kind: pageRecord, number: 7}) || !bytes.Equal(record[:16], plain) {
		t.Error("the vector does not open")
	}

	log := logID(bytes.Repeat([]byte{0x22}, logIDSize))
	frame := r.data.seal(nil, nonce, plain, r.bind(address{kind: frameRecord, number: 3, log: &log}))
	say("a frame record, ciphertext and tag", frame)

	tags := newTagSet(&key, &id)
	tags.set(0, tag(bytes.Repeat([]byte{0x33}, tagSize)))
	say("the root of one page", tags.root[:])
	tags.set(1, tag(bytes.Repeat([]byte{0x44}, tagSize)))
	say("the root of two pages", tags.root[:])

	table := r.data.seal(nil, nonce, tags.list, r.bind(tableAddress(2)))
	table = append(table, nonce...)
	r.mask.apply(table[48:], table[32:48])
	say("the table of two pages", table)

	st := state{sequence: 9, kind: clean, bound: true, log: log, frames: 2, pages: 2, root: tags.root}
	var encoded [stateSize]byte
	st.encode(encoded[:])
	say("a state", encoded[:])
	s := newSlots(&key, &id, &disk{filler: newFiller()})
	s.aad[len(s.aad)-1] = 1
	sealed := s.aead.Seal(nonce[:slotNonceSize:slotNonceSize], nonce[:slotNonceSize], encoded[:], s.aad[:])
	say("a slot", sealed)
	back, err := decodeState(encoded[:])
	if err != nil || back != st {
		t.Errorf("decoded %+v, %v", back, err)
	}
}
