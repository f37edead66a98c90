package drawer

import (
	"bytes"
	"crypto/sha3"
	"encoding/hex"
	"testing"
)

// The vectors of the C2SP specification (c2sp.org/XAES-256-GCM).
func TestXAESVectors(t *testing.T) {
	for _, v := range []struct {
		key        byte
		aad, sized string
	}{
		{0x01, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"},
		{0x03, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"},
	} {
		x := newXAES(bytes.Repeat([]byte{v.key}, keySize))
		nonce := []byte("ABCDEFGHIJKLMNOPQRSTUVWX")
		sealed := x.seal(nil, nonce, []byte("XAES-256-GCM"), []byte(v.aad))
		if got := hex.EncodeToString(sealed); got != v.sized {
			t.Errorf("key %#x: sealed %s, want %s", v.key, got, v.sized)
		}
		plain, err := x.open(nil, nonce, sealed, []byte(v.aad))
		if err != nil || string(plain) != "XAES-256-GCM" {
			t.Errorf("key %#x: opened %q, %v", v.key, plain, err)
		}
	}
}

// The accumulated vector of the specification: 10,000 random keys, nonces,
// plaintexts and additional data, drawn from SHAKE-128.
func TestXAESAccumulated(t *testing.T) {
	source, sum := sha3.NewSHAKE128(), sha3.NewSHAKE128()
	draw := func(n int) []byte {
		b := make([]byte, n)
		source.Read(b)
		return b
	}
	for range 10_000 {
		x, nonce := newXAES(draw(keySize)), draw(nonceSize)
		plain := draw(int(draw(1)[0]))
		aad := draw(int(draw(1)[0]))
		sealed := x.seal(nil, nonce, plain, aad)
		if back, err := x.open(nil, nonce, sealed, aad); err != nil || !bytes.Equal(back, plain) {
			t.Fatal("what was sealed does not open")
		}
		sum.Write(sealed)
	}
	out := make([]byte, 32)
	sum.Read(out)
	const want = "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939"
	if got := hex.EncodeToString(out); got != want {
		t.Errorf("accumulated %s, want %s", got, want)
	}
}

// Messages of many runs share the cache of derived keys; it is fixed in size, so
// keys push each other out, and every one must still be derived right.
func TestXAESCacheCollisions(t *testing.T) {
	x := newXAES(make([]byte, keySize))
	var sealed [][]byte
	nonce := func(i int) []byte {
		n := make([]byte, nonceSize)
		n[1], n[2] = byte(i), byte(i>>8) // one cache place for all
		return n
	}
	for i := range 600 {
		sealed = append(sealed, x.seal(nil, nonce(i), []byte{byte(i)}, nil))
	}
	for i, s := range sealed {
		if plain, err := x.open(nil, nonce(i), s, nil); err != nil || plain[0] != byte(i) {
			t.Fatalf("message %d: %v %v", i, plain, err)
		}
	}
}

func TestNoncesDiffer(t *testing.T) {
	seen := map[[nonceSize]byte]bool{}
	for range 2 {
		n := newNonces()
		for range 1000 {
			var out [nonceSize]byte
			n.next(out[:])
			if seen[out] {
				t.Fatal("a nonce came twice")
			}
			seen[out] = true
		}
	}
}

func TestRecordBindsItsPlace(t *testing.T) {
	key, id := Key{1}, ID{2}
	r := newRecords(&key, &id)
	log := logID{3}
	home := address{kind: frameRecord, number: 5, log: &log}
	seal := func() []byte {
		record := make([]byte, 100+recordOverhead)
		r.seal(record, bytes.Repeat([]byte{7}, 100), home)
		return record
	}
	otherKey, otherID, otherLog := Key{9}, ID{9}, logID{9}
	for name, c := range map[string]struct {
		r *records
		a address
	}{
		"another key":    {newRecords(&otherKey, &id), home},
		"another drawer": {newRecords(&key, &otherID), home},
		"another number": {r, address{kind: frameRecord, number: 6, log: &log}},
		"another kind":   {r, address{kind: pageRecord, number: 5, log: &log}},
		"another log":    {r, address{kind: frameRecord, number: 5, log: &otherLog}},
		"no log":         {r, address{kind: frameRecord, number: 5}},
	} {
		record := seal()
		if c.r.open(record, c.a) {
			t.Errorf("%s: opens", name)
		}
		if !bytes.Equal(record[:100], make([]byte, 100)) {
			t.Errorf("%s: what did not open is not zero", name)
		}
	}
	if record := seal(); !r.open(record, home) {
		t.Error("does not open where it belongs")
	}
	for bit := range 8 * (100 + recordOverhead) {
		record := seal()
		record[bit/8] ^= 1 << (bit % 8)
		if r.open(record, home) {
			t.Fatalf("opens with bit %d flipped", bit)
		}
	}
}
