package keys

import "crypto/rand"

// Secret is a piece of memory that holds secrets. Close wipes it and gives it
// back; Bytes must not be used after.
type Secret interface {
	Bytes() []byte
	Close() error
}

// Memory hands out zeroed memory of size bytes for seeds and rings. The vault
// gives one that the system neither swaps nor dumps; see [WithMemory].
type Memory func(size int) (Secret, error)

// heapSecret is ordinary memory, wiped at the end: what is used when no Memory
// is given.
type heapSecret []byte

func heapMemory(size int) (Secret, error) { return make(heapSecret, size), nil }

func (h heapSecret) Bytes() []byte { return h }

func (h heapSecret) Close() error {
	clear(h)
	return nil
}

// keyring is the secret memory of one seat, cut into its parts: the person's
// own keys, the drawer keys, and room to encode the ring before it is sealed.
// Names, ids and numbers of the ring are in ordinary memory.
type keyring struct {
	memory  Secret
	seed    *[32]byte // opens the ring
	box     *[32]byte // X25519 private key
	sign    *[32]byte // Ed25519 seed
	file    *[32]byte // authenticates the whole key file; every member has it
	drawers [maxDrawers]*[32]byte
	taken   [maxDrawers]bool
	plain   []byte // ringPlain bytes

	admission []byte // maxAdmission bytes: room for the person's own
}

func newKeyring(alloc Memory) (*keyring, error) {
	const own = 4
	memory, err := alloc((own+maxDrawers)*32 + ringPlain + maxAdmission)
	if err != nil {
		return nil, err
	}
	rest := memory.Bytes()
	next := func() *[32]byte {
		k := (*[32]byte)(rest)
		rest = rest[32:]
		return k
	}
	k := &keyring{memory: memory, seed: next(), box: next(), sign: next(), file: next()}
	for i := range k.drawers {
		k.drawers[i] = next()
	}
	k.plain, k.admission = rest[:ringPlain:ringPlain], rest[ringPlain:]
	return k, nil
}

// take finds memory for one more drawer key, or nil when the ring is full.
func (k *keyring) take() *[32]byte {
	for i, used := range k.taken {
		if !used {
			k.taken[i] = true
			return k.drawers[i]
		}
	}
	return nil
}

// drop wipes a drawer key and frees its place. Keys that are not from here are
// left alone.
func (k *keyring) drop(key *[32]byte) {
	for i := range k.drawers {
		if k.drawers[i] == key {
			clear(key[:])
			k.taken[i] = false
		}
	}
}

// random fills b from the system. crypto/rand ends the program instead of
// failing (Go 1.24 and later), so there is no error to handle.
func random(b []byte) { _, _ = rand.Read(b) }
