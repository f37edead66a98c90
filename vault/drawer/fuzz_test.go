package drawer

import (
	"bytes"
	"context"
	"testing"
)

// Which part of a drawer a fuzzer writes.
const (
	fuzzSlots = iota
	fuzzLogHeader
	fuzzFrame
	fuzzKinds
)

// FuzzSealed changes what is sealed in the slots, in the log's header or in a frame,
// and seals it again with the right key: so the fuzzer comes behind the
// authentication, as another person can who has the key of a shared drawer. Whatever
// it says, opening, reading, checking and closing end, with an error or without one.
func FuzzSealed(f *testing.F) {
	base := makeStands(f, ledgerID, ledgerKey).named("bound").im
	f.Add(uint8(fuzzSlots), uint16(0), uint16(4), []byte{0xff, 0xff, 0xff, 0xff})           // pages
	f.Add(uint8(fuzzSlots), uint16(0), uint16(12), []byte{0xff, 0xff, 0xff, 0xff})          // frames
	f.Add(uint8(fuzzSlots), uint16(0), uint16(1), []byte{byte(checkpointing)})              // kind
	f.Add(uint8(fuzzSlots), uint16(0), uint16(0), []byte{2})                                // format
	f.Add(uint8(fuzzSlots), uint16(0), uint16(16), bytes.Repeat([]byte{0xff}, 8))           // sequence
	f.Add(uint8(fuzzLogHeader), uint16(0), uint16(8), []byte{0, 0, 2, 0})                   // page size
	f.Add(uint8(fuzzLogHeader), uint16(0), uint16(48), bytes.Repeat([]byte{0xff}, 8))       // base
	f.Add(uint8(fuzzFrame), uint16(1), uint16(0), []byte{0xff, 0xff, 0xff, 0xff})           // page number
	f.Add(uint8(fuzzFrame), uint16(2), uint16(4), []byte{0xff, 0xff, 0xff, 0xff})           // pages after
	f.Add(uint8(fuzzFrame), uint16(3), uint16(frameHeaderSize), bytes.Repeat([]byte{0}, 8)) // a page's head
	f.Add(uint8(fuzzFrame), uint16(1), uint16(frameHeaderSize+20), []byte{0})               // reserved bytes
	f.Fuzz(func(t *testing.T, kind uint8, number, at uint16, patch []byte) {
		im := base.clone()
		records := newRecords(&ledgerKey, &ledgerID)
		change := func(plain []byte) { copy(plain[int(at)%len(plain):], patch) }
		header := im[logFile][:sealedLogHeader+recordOverhead]
		if !records.open(header, address{kind: logHeaderRecord}) {
			t.Fatal("the log's header does not open")
		}
		log := logID(header[logHeaderSize:])
		switch kind % fuzzKinds {
		case fuzzSlots:
			slots := newSlots(&ledgerKey, &ledgerID, &disk{filler: newFiller()})
			for slot := range 2 {
				block := im[mainFile][slot*slotStride:][:slotSize]
				slots.aad[len(slots.aad)-1] = byte(slot)
				plain, err := slots.aead.Open(nil, block[:slotNonceSize], block[slotNonceSize:], slots.aad[:])
				if err != nil {
					t.Fatal(err)
				}
				change(plain)
				slots.aead.Seal(block[:slotNonceSize], block[:slotNonceSize], plain, slots.aad[:])
			}
		case fuzzLogHeader:
			change(header[:sealedLogHeader])
		case fuzzFrame:
			n := 1 + int(number)%9
			record := im[logFile][frameAt(n):][:frameRecordSize]
			where := address{kind: frameRecord, number: uint64(n), log: &log}
			if !records.open(record, where) {
				t.Fatalf("frame %d does not open", n)
			}
			change(record[:frameSize])
			records.seal(record, record[:frameSize], where)
		}
		records.seal(header, header[:sealedLogHeader], address{kind: logHeaderRecord})
		path := campaignPath(t)
		im.put(t, path)
		ctx := context.Background()
		d, err := Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
		if err != nil {
			return
		}
		_ = d.View(ctx, func(tx *Tx) error { _, err := readLedger(ctx, tx); return err })
		_, _ = d.Check(ctx, nil)
		_ = post(ctx, d, 1000)
		_ = d.Close()
	})
}
