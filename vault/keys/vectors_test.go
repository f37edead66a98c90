package keys

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// The golden key file of format 1, and every value that is derived on the way
// into it. Both are kept for ever: a later Ebb has to open the file, and somebody
// who writes a reader from FORMAT.md can find the step that goes wrong.
//
// In it are Anna in seat 0, who has not been there since Ben joined seat 1, and a
// code of Ben's for seat 2.
const (
	goldenFile    = "testdata/home-1.keys"
	goldenVectors = "testdata/home-1.json"
	goldenA       = "golden passphrase of Anna"
	goldenB       = "Ben's gr\u00fcne Passphrase"
)

var makeGolden = flag.Bool("make-golden", false, "make a new golden key file and its vectors")

type vectors struct {
	Code  string            `json:"code"`
	Value map[string]string `json:"value"`
}

// derivations goes into a key file and writes down every step.
func derivations(t *testing.T, disk []byte, code string) map[string]string {
	t.Helper()
	v := map[string]string{}
	put := func(name string, b []byte) { v[name] = hex.EncodeToString(b) }
	digest := func(name string, b []byte) { h := sha256.Sum256(b); put(name+" sha256", h[:]) }

	seed := disk[:seedSize]
	put("whitening seed of copy A", seed)
	stream := make([]byte, 64)
	whiten(seed, stream)
	put("whitening stream of copy A, 64 bytes", stream)
	b, err := decodeCopy(disk[:copySize], true)
	if err != nil {
		t.Fatal(err)
	}
	put("header", b.header())
	digest("body", b)

	var annas *keyring
	for _, row := range []struct {
		name, passphrase string
		slot             int
		what             purpose
	}{{"anna", goldenA, 0, forRing}, {"ben", goldenB, 1, forRing}, {"code", code, 6, forInvitation}} {
		normal, err := NormalizePassphrase([]byte(row.passphrase))
		if err != nil {
			t.Fatal(err)
		}
		put(row.name+": passphrase", normal)
		root, err := stretch(context.Background(), normal, b.salt(), b.params())
		if err != nil {
			t.Fatal(err)
		}
		put(row.name+": argon2id", root)
		material := derive(b, root, 64, slotLabel, byte(row.slot))
		put(row.name+": slot key", material[:32])
		put(row.name+": commitment", material[32:])
		put(row.name+": seed compartment key", derive(b, material[:32], 32, seedLabel))
		put(row.name+": step-up compartment key", derive(b, material[:32], 32, stepUpLabel))
		put(row.name+": seed compartment aad", aad(b, forSeed, uint8(row.slot), 0, 0))
		k := mustKeyring(t)
		slot, err := openSlots(b, root, k.seed)
		if err != nil || slot != row.slot {
			t.Fatalf("%s opens slot %d: %v", row.name, slot, err)
		}
		put(row.name+": seed", k.seed[:])
		ringKey := derive(b, k.seed[:], 32, ringLabel, byte(slot))
		put(row.name+": ring key", ringKey)
		put(row.name+": ring number mask", ringMask(ringKey, b.ring(slot)[:nonceSize]))
		number, err := openRing(b, slot, row.what, k.seed, k.plain)
		if err != nil {
			t.Fatal(err)
		}
		put(row.name+": ring aad", aad(b, row.what, uint8(slot), 0, number))
		put(row.name+": ring", bytes.TrimRight(k.plain, "\x00"))
		if row.name == "anna" {
			annas = k
		}
	}

	anna, err := decodeRing(annas)
	if err != nil {
		t.Fatal(err)
	}
	put("file key", annas.file[:])
	put("file mac key", derive(b, annas.file[:], 32, fileMACLabel))
	put("file mac", fileMAC(b, annas.file))
	shared := anna.Drawer(Shared).Key
	put("admission key for seat 1", admissionKey(b, shared, 1))

	private, err := anna.BoxKey()
	if err != nil {
		t.Fatal(err)
	}
	cell := b.cell(0, 1)
	sender, err := ecdh.X25519().NewPublicKey(cell[:32])
	if err != nil {
		t.Fatal(err)
	}
	secret, err := private.ECDH(sender)
	if err != nil {
		t.Fatal(err)
	}
	put("inbox 0 cell 1: x25519", secret)
	put("inbox 0 cell 1: key and nonce", cellKey(b, secret, cell[:32], private.PublicKey().Bytes()))
	put("inbox 0 cell 1: aad", aad(b, forInbox, 0, 1, 0))
	plain := make([]byte, cellPlain)
	if err := openCell(b, 0, 1, private, plain); err != nil {
		t.Fatal(err)
	}
	put("inbox 0 cell 1: message", bytes.TrimRight(plain, "\x00"))
	messages, err := decodeMessages(plain)
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	a := messages[0].(*admission)
	put("admission: transcript", a.transcript(b))
	put("admission: signature", a.signature[:])
	put("admission: mac", a.mac[:])
	if !a.vouched(b, shared) {
		t.Error("the admission does not verify")
	}
	return v
}

func TestGoldenVectors(t *testing.T) {
	if *makeGolden {
		writeGolden(t)
	}
	var want vectors
	if err := json.Unmarshal(content(t, goldenVectors), &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Value) < 40 {
		t.Fatalf("only %d vectors", len(want.Value))
	}
	got := derivations(t, content(t, goldenFile), want.Code)
	for name, value := range want.Value {
		if got[name] != value {
			t.Errorf("%s:\n got %s\nwant %s", name, got[name], value)
		}
	}
	if len(got) != len(want.Value) {
		t.Errorf("%d values, %d vectors", len(got), len(want.Value))
	}
}

// TestGoldenFile goes through the file as a program does.
func TestGoldenFile(t *testing.T) {
	var v vectors
	if err := json.Unmarshal(content(t, goldenVectors), &v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, content(t, goldenFile), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := open(t, path); f.Repaired() {
		t.Error("the golden file needs a repair")
	}
	a := unlock(t, path, goldenA)
	b := unlock(t, path, goldenB)
	if kinds(a.Notices())[Joined] != 1 || kinds(a.Notices())[FileAltered] != 0 || len(b.Notices()) != 0 {
		t.Errorf("notices: %v, %v", a.Notices(), b.Notices())
	}
	if *a.Ring().Drawer(Shared).Key != *b.Ring().Drawer(Shared).Key || b.Ring().Member(0).Name != "Anna" {
		t.Error("the two do not know each other")
	}
	i := openCode(t, path, v.Code)
	c, err := i.Join(context.Background(), []byte("somebody new"), "Chris", built)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	if s := unlock(t, path, goldenA); len(s.Ring().Members) != 3 {
		t.Errorf("%d members", len(s.Ring().Members))
	}
}

// writeGolden makes both files anew.
func writeGolden(t *testing.T) {
	t.Helper()
	path, a := newHome(t, goldenA, "Anna")
	b := join(t, path, a, goldenB, "Ben")
	code, err := b.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	disk := content(t, path)
	text, err := json.MarshalIndent(vectors{Code: code, Value: derivations(t, disk, code)}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, disk, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenVectors, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestStretchAtTheFloor is one evaluation at the lowest cost that a file may
// ask for, against a value that was computed with another implementation.
func TestStretchAtTheFloor(t *testing.T) {
	var salt [saltSize]byte
	for i := range salt {
		salt[i] = byte(i)
	}
	root, err := stretch(context.Background(), []byte("correct horse battery staple"), salt, Floor)
	if err != nil {
		t.Fatal(err)
	}
	const want = "3d737ff81a31548baccfc3d51b863e5f5eb52b435baa0aba1ccf8b23778337cb3328fd4c8e42700d30c5fe82c2cc498dc1982089251f1aa6a815cec7f70e0b59"
	if got := hex.EncodeToString(root); got != want {
		t.Errorf("got %s", got)
	}
}
