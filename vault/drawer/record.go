package drawer

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
)

// Key is the root secret of one drawer; everything in its files is sealed under
// keys derived from it.
type Key [keySize]byte

// ID names a drawer in everything that is authenticated, so that nothing of one
// drawer opens as part of another. It is random, is no secret, and lies in the
// rings of those who can open the drawer, never in its files.
type ID [16]byte

// Labels of the keys that HKDF-SHA256 derives from a drawer's key, with its id as
// the salt.
const (
	dataLabel   = "ebb/drawer/1 data"
	maskLabel   = "ebb/drawer/1 nonce mask"
	stateLabel  = "ebb/drawer/1 state"
	tagSetLabel = "ebb/drawer/1 tag set"
)

// deriveKey is HKDF-SHA256 (RFC 5869). The caller wipes the result.
func deriveKey(key *Key, id *ID, label string) []byte {
	derived, err := hkdf.Key(sha256.New, key[:], id[:], label, keySize)
	if err != nil {
		panic("drawer: " + err.Error()) // only for absurd sizes
	}
	return derived
}

// recordOverhead is what sealing adds to a plaintext: tag and masked nonce. It is
// also the number of bytes that SQLite keeps free for us at the end of each page.
const recordOverhead = tagSize + nonceSize

// What a record is; part of what it authenticates.
const (
	pageRecord      = 'D'
	frameRecord     = 'W'
	logHeaderRecord = 'L'
	slotRecord      = 'S'
	tableRecord     = 'T'
)

// records seals and opens the records of one drawer: ciphertext ‖ tag ‖ masked
// nonce. It allocates nothing once the derived keys are cached, and belongs to
// one goroutine at a time.
type records struct {
	data   *xaes
	mask   nonceMask
	nonces *nonces
	nonce  [nonceSize]byte
	aad    [len(ID{}) + 1 + 8 + logIDSize]byte
}

func newRecords(key *Key, id *ID) *records {
	data, mask := deriveKey(key, id, dataLabel), deriveKey(key, id, maskLabel)
	defer clear(data)
	defer clear(mask)
	r := &records{data: newXAES(data), mask: nonceMask{block: newAES(mask)}, nonces: newNonces()}
	copy(r.aad[:], id[:])
	return r
}

// address is where a record belongs, and so what it authenticates besides its
// content.
type address struct {
	kind   byte
	number uint64 // of the page, from 0, or of the frame, from 1; of pages, for a table
	log    *logID // for frames
}

func (r *records) bind(a address) []byte {
	const numberAt = len(ID{}) + 1
	r.aad[numberAt-1] = a.kind
	binary.BigEndian.PutUint64(r.aad[numberAt:], a.number)
	if a.log == nil {
		return r.aad[:numberAt+8]
	}
	copy(r.aad[numberAt+8:], a.log[:])
	return r.aad[:]
}

// seal writes the record of plain into record, which is recordOverhead longer
// and may begin with plain itself.
func (r *records) seal(record, plain []byte, a address) {
	r.nonces.next(r.nonce[:])
	r.data.seal(record[:0], r.nonce[:], plain, r.bind(a))
	tag, nonce := record[len(plain):][:tagSize], record[len(plain)+tagSize:]
	copy(nonce, r.nonce[:])
	r.mask.apply(nonce, tag)
}

// open turns a record into its plaintext, in place, and reports whether it is
// authentic. If it is not, its plaintext part is zero.
func (r *records) open(record []byte, a address) bool { return r.openTo(record, record, a) }

// openTo writes the plaintext of a record to dst, which is the record itself or
// lies elsewhere and has room for it.
func (r *records) openTo(dst, record []byte, a address) bool {
	n := len(record) - recordOverhead
	copy(r.nonce[:], record[n+tagSize:])
	r.mask.apply(r.nonce[:], record[n:n+tagSize])
	_, err := r.data.open(dst[:0], r.nonce[:], record[:n+tagSize], r.bind(a))
	return err == nil
}

// recordTag returns the tag of a record.
func recordTag(record []byte) tag {
	return tag(record[len(record)-recordOverhead:])
}
