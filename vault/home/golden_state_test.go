package home_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ebb/vault/keys"
)

// stateSlots opens both state slots of a person's private drawer, as FORMAT.md says
// and without the package that writes them, and tells what they hold: a golden vault
// has to be what its name says.
func stateSlots(t testing.TB, dir, passphrase string) []string {
	t.Helper()
	file, err := keys.Open(filepath.Join(dir, "keys"), keys.InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := file.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer seat.Close()
	private := seat.Ring().Drawer(keys.Private)
	main, err := os.ReadFile(filepath.Join(dir, private.Name))
	if err != nil {
		t.Fatal(err)
	}
	key, err := hkdf.Key(sha256.New, private.Key[:], private.ID[:], "ebb/drawer/1 state", 32)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	slots := make([]string, 2)
	for i := range slots {
		slot := main[i*8192:]
		state, err := gcm.Open(nil, slot[:12], slot[12:84], append(private.ID[:], 'S', byte(i)))
		if err != nil {
			slots[i] = "does not open"
			continue
		}
		kind := map[byte]string{1: "building", 2: "clean", 3: "checkpointing"}[state[1]]
		log := map[byte]string{0: "no log", 1: "log bound"}[state[2]]
		slots[i] = fmt.Sprintf("%s, %s, sequence %d", kind, log, binary.BigEndian.Uint64(state[16:]))
	}
	return slots
}
