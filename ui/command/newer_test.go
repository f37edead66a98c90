package command

import (
	"crypto/sha256"
	"encoding/binary"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/chacha20"
)

// newer FILE raises the format's number in the first copy of a key file, as a
// later Ebb may: FORMAT.md, "Whitening" and "Header".
func newer(ts *testscript.TestScript, neg bool, args []string) {
	const (
		copySize = 106_496
		seed     = 32
		formatAt = 12
		sumAt    = 224
		header   = 256
	)
	if neg || len(args) != 1 {
		ts.Fatalf("usage: newer FILE")
	}
	path := ts.MkAbs(args[0])
	file, err := os.ReadFile(path)
	ts.Check(err)
	if len(file) != 2*copySize {
		ts.Fatalf("a key file of %d bytes", len(file))
	}
	body := file[seed:copySize]
	whiten := func() {
		key := sha256.Sum256(append([]byte("ebb/keys/1 whitening"), file[:seed]...))
		stream, err := chacha20.NewUnauthenticatedCipher(key[:], make([]byte, chacha20.NonceSize))
		ts.Check(err)
		stream.XORKeyStream(body, body)
	}
	whiten()
	if string(body[:formatAt]) != "ebb key file" {
		ts.Fatalf("a key file that calls itself %q", body[:formatAt])
	}
	binary.BigEndian.PutUint16(body[formatAt:], binary.BigEndian.Uint16(body[formatAt:])+1)
	sum := sha256.Sum256(body[:sumAt])
	copy(body[sumAt:header], sum[:])
	whiten()
	ts.Check(os.WriteFile(path, file, 0o600))
}
