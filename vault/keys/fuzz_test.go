package keys

import (
	"bytes"
	"context"
	"testing"
)

// FuzzOpen reads bytes that lie where a key file should: as they are, and with
// the whitening and the checksums made right, so that the fuzzer gets behind
// them. Whatever opens has bounds that hold.
func FuzzOpen(f *testing.F) {
	golden, err := decodeCopies(content(f, goldenFile), true)
	if err != nil {
		f.Fatal(err)
	}
	header := bytes.Clone(golden.body.header())
	f.Add([]byte(nil), []byte(nil), uint32(0))
	f.Add([]byte("ebb key file"), []byte("x"), uint32(1))
	f.Add(header, []byte{}, uint32(0))
	f.Add(header, []byte{0xff}, uint32(slotsAt))
	f.Add(header, bytes.Repeat([]byte{0}, 64), uint32(ringsAt))
	f.Add(header, []byte{1, 2, 3}, uint32(inboxesAt))
	f.Add(header[:40], []byte{}, uint32(seedSize))
	newer := bytes.Clone(header)
	newer[formatAt+1] = 2
	f.Add(newer, []byte{}, uint32(0))
	f.Fuzz(func(t *testing.T, header, patch []byte, at uint32) {
		for _, disk := range [][]byte{header, append(bytes.Clone(header), patch...)} {
			if c, err := decodeCopies(disk, false); err == nil && c.body.params().check(false) != nil {
				t.Fatal("costs out of bounds")
			}
		}
		b := bytes.Clone(golden.body)
		copy(b[:headerSumAt], header)
		copy(b[int(at)%len(b):], patch)
		body(b).sum()
		disk := encodeCopy(b)
		c, err := decodeCopies(append(disk, disk...), true)
		if err != nil {
			return
		}
		if err := c.body.params().check(true); err != nil {
			t.Fatal(err)
		}
		if p := c.body.params(); p.MemoryKiB > 1024 || p.Time > 2 {
			return // within bounds, and too slow here
		}
		d := newDisk(t, append(disk, disk...))
		s, i, err := d.open().Unlock(context.Background(), []byte(goldenA))
		if (err == nil) != (s != nil) || i != nil {
			t.Fatal("neither a seat nor an error")
		}
		if s != nil {
			if s.Ring().Seat != 0 || s.Ring().Member(0).Name != "Anna" {
				t.Fatal("another ring")
			}
			s.Close()
		}
	})
}

// FuzzRing decodes what could be sealed in a ring: whatever is accepted encodes
// to the same bytes.
func FuzzRing(f *testing.F) {
	r := fullRing(f)
	r.Drawers, r.Members, r.Spare = r.Drawers[:2], r.Members[:2], r.Spare[:1]
	if err := r.encode(); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.TrimRight(r.keys.plain, "\x00"))
	f.Add([]byte(nil))
	f.Add([]byte{personType, encodingFormat, byte(Home), 0})
	f.Add(bytes.Repeat([]byte{0xff}, 300))
	f.Fuzz(func(t *testing.T, plain []byte) {
		k := mustKeyring(t)
		copy(k.plain, plain)
		want := bytes.Clone(k.plain)
		ring, err := decodeRing(k)
		if err != nil {
			return
		}
		if err := ring.encode(); err != nil || !bytes.Equal(k.plain, want) {
			t.Fatalf("decodes, and encodes to something else: %v", err)
		}
	})
}

// FuzzMessages does the same for what another person wrote into a cell.
func FuzzMessages(f *testing.F) {
	a := &admission{member: Member{Seat: 1, Name: "Ben", Private: "00112233445566aa"}}
	a.drawer = Drawer{Role: Shared, Name: "99112233445566aa", Key: new([32]byte), Seats: []uint8{0, 1}}
	k := &rekeying{drawer: a.drawer, replaces: [][16]byte{{1}, {2}}}
	l := &leaving{seat: 1}
	var seeds [3]writer
	for i, encode := range []func(*writer){a.encode, k.encode, l.encode} {
		for n := i; n < len(seeds); n++ {
			if seeds[n].b == nil {
				seeds[n].b = make([]byte, cellPlain)
			}
			encode(&seeds[n])
		}
	}
	for i := range seeds {
		f.Add(seeds[i].b[:seeds[i].n])
	}
	f.Add([]byte(nil))
	f.Add([]byte{admissionType, encodingFormat, 1, 0, 0})
	f.Add([]byte{rekeyedType, encodingFormat, 1, 0, 0})
	f.Add([]byte{receiptType, encodingFormat, 1, 0, 0})
	f.Add(bytes.Repeat([]byte{0xff}, 300))
	f.Fuzz(func(t *testing.T, data []byte) {
		plain := make([]byte, cellPlain)
		copy(plain, data)
		messages, err := decodeMessages(plain)
		if err != nil {
			return
		}
		w := &writer{b: make([]byte, cellPlain)}
		for _, m := range messages {
			m.encode(w)
		}
		if err := w.end(); err != nil || !bytes.Equal(plain, w.b) {
			t.Fatalf("decodes, and encodes to something else: %v", err)
		}
	})
}
