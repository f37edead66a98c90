package keys

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is the kind of a vault.
type Kind uint8

const (
	Home     Kind = iota + 1 // 1 to [Seats] persons
	Practice                 // one practitioner, seat 0
)

// Role says what a drawer is for, and with that who can open it.
type Role uint8

const (
	Shared     Role = iota + 1 // every person of the home, since the day they were all there
	Private                    // one person
	Pair                       // two of three or four persons
	Caseload                   // the practice drawer of a practitioner
	Record                     // the record of one case
	Process                    // process notes of one case
	SafetyRole                 // the safety record of one member
	Executor                   // contacts and a letter
)

// Limits of a ring. A member is a person whose public keys are pinned here; the
// seats that a vault can fill are fewer ([Seats]).
const (
	maxDrawers = 64
	maxMembers = 8
	maxSpare   = 16
	maxDoomed  = 16
	maxRetired = 24
	maxName    = 256 // bytes of a person's name
	nameBytes  = 8   // of a file name, before hex
)

// Drawer is a drawer that the ring's person can open.
type Drawer struct {
	Role Role
	// Name is the file in the vault's folder: 16 lower-case hex digits, random.
	Name string
	// ID names the drawer in everything that is sealed inside it.
	ID [16]byte
	// Key is the drawer's root secret. The pointer leads into the seat's locked
	// memory and is nil after [Seat.Close]: take a copy only to hand it on.
	Key *[32]byte
	// Seats are the persons with the key, ascending.
	Seats []uint8
	// Seen is the highest state sequence of the drawer that was read: one that
	// is lower now was put back from an older copy.
	Seen uint64
	// Founding: the drawer has a name here and perhaps no file yet. Whoever
	// builds the file sets it to false.
	Founding bool
	// Retired: the next shared drawer in the ring that is not retired has all that
	// is in this one, under another key. It is kept, and not written to, until
	// everybody has opened that one. One that came and went while the person was
	// away has an id, and neither a name nor a key.
	Retired bool
}

// Member is a person of the vault as the others know them. The keys are pinned:
// no later message changes them.
type Member struct {
	Seat uint8
	// Name is what the person is called until their profile can be read; at
	// most 256 bytes, without control characters.
	Name string
	Box  [32]byte // X25519 public key: what is sealed to this person
	Sign [32]byte // Ed25519 public key
	// Private is the file name of the person's private drawer, so that others
	// know it for something in use. It opens nothing. Empty for one's own. It is
	// the name from when the person joined: changing a passphrase changes it.
	Private string
	// Left: the person has destroyed their seat. The seat stays theirs: nobody
	// else ever takes it, so that what they wrote is never taken for another's.
	Left bool
}

// A Doomed file is to be destroyed.
type Doomed struct {
	Name string // of a drawer's main file
	Keep bool   // what is left of it stays, as a placeholder
}

// Ring is everything that one person can open. Its fields may be changed, and
// count when [Seat.Save] has returned.
type Ring struct {
	Kind Kind
	Seat uint8
	// Sequence is how often the ring was saved. A copy of it kept in the
	// person's private drawer tells whether the ring was put back to an older
	// one.
	Sequence uint64
	Drawers  []Drawer
	// Members are the persons of the vault in the order of joining, oneself and
	// those who left among them.
	Members []Member
	// Spare are the names of placeholder files that no drawer uses yet.
	Spare []string
	// Doomed are files that nobody needs any more, or that were never finished.
	// Whoever has destroyed one calls [Ring.Destroyed].
	Doomed []Doomed

	fileSequence uint64   // of the file, when the ring was saved
	recovery     [32]byte // SHA-256 of the slot with the person's recovery words, or zeros
	admission    []byte   // what the person told when they joined, while somebody may not have read it; in keys
	keys         *keyring
}

// Add names a new drawer and makes its key. It is Founding until the caller has
// built the file. An empty name draws a random one. It fails with [ErrRingFull],
// or when the name is in use or not 16 hex digits.
func (r *Ring) Add(role Role, name string, seats ...uint8) (*Drawer, error) {
	if role < Shared || role > Executor {
		return nil, fmt.Errorf("add a drawer: there is no role %d", role)
	}
	if _, err := seatMask(seats); err != nil {
		return nil, fmt.Errorf("add a drawer: %w", err)
	}
	if name == "" {
		name = r.freshName()
	} else if _, err := packName(name); err != nil {
		return nil, fmt.Errorf("add a drawer: %w", err)
	} else if r.opens(name) {
		return nil, fmt.Errorf("add a drawer: its name is in use")
	}
	if len(r.Drawers) >= maxDrawers {
		return nil, ErrRingFull
	}
	key := r.keys.take()
	if key == nil {
		return nil, ErrRingFull
	}
	random(key[:])
	d := Drawer{Role: role, Name: name, Key: key, Seats: append([]uint8(nil), seats...), Founding: true}
	random(d.ID[:])
	r.Drawers = append(r.Drawers, d)
	return &r.Drawers[len(r.Drawers)-1], nil
}

// AddSpare draws the name of a new placeholder file.
func (r *Ring) AddSpare() (string, error) {
	if len(r.Spare) >= maxSpare {
		return "", ErrRingFull
	}
	name := r.freshName()
	r.Spare = append(r.Spare, name)
	return name, nil
}

// Remove forgets a drawer and wipes its key. Nothing happens when there is none
// of that name.
func (r *Ring) Remove(name string) {
	for i := range r.Drawers {
		if r.Drawers[i].Name == name {
			r.keys.drop(r.Drawers[i].Key)
			r.Drawers = append(r.Drawers[:i], r.Drawers[i+1:]...)
			return
		}
	}
}

// Drawer finds the drawer in use for a role: of several, the one that came last.
// It is nil when there is none.
func (r *Ring) Drawer(role Role) *Drawer {
	for i := len(r.Drawers) - 1; i >= 0; i-- {
		if r.Drawers[i].Role == role && !r.Drawers[i].Retired {
			return &r.Drawers[i]
		}
	}
	return nil
}

// Named finds the drawer of a file, or nil.
func (r *Ring) Named(name string) *Drawer {
	for i := range r.Drawers {
		if r.Drawers[i].Name == name {
			return &r.Drawers[i]
		}
	}
	return nil
}

// Member finds the person of a seat, or nil.
func (r *Ring) Member(seat uint8) *Member {
	for i := range r.Members {
		if r.Members[i].Seat == seat {
			return &r.Members[i]
		}
	}
	return nil
}

// BoxKey is the person's X25519 private key. It is in ordinary memory.
func (r *Ring) BoxKey() (*ecdh.PrivateKey, error) {
	return ecdh.X25519().NewPrivateKey(r.keys.box[:])
}

// SignKey is the person's Ed25519 private key. It is in ordinary memory.
func (r *Ring) SignKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(r.keys.sign[:])
}

// opens reports whether name is the file of a drawer in the ring.
func (r *Ring) opens(name string) bool {
	return r.Named(name) != nil
}

// known reports whether the ring has any use for a file of this name.
func (r *Ring) known(name string) bool {
	for i := range r.Members {
		if r.Members[i].Private == name {
			return true
		}
	}
	return r.opens(name) || r.isSpare(name) || slices.ContainsFunc(r.Doomed, func(d Doomed) bool { return d.Name == name })
}

func (r *Ring) isSpare(name string) bool {
	for _, s := range r.Spare {
		if s == name {
			return true
		}
	}
	return false
}

// useSpare takes names out of the placeholders, because drawers use them now.
func (r *Ring) useSpare(names ...string) {
	kept := r.Spare[:0]
	for _, s := range r.Spare {
		used := false
		for _, n := range names {
			used = used || s == n
		}
		if !used {
			kept = append(kept, s)
		}
	}
	r.Spare = kept
}

// freshName draws a file name that the ring does not use.
func (r *Ring) freshName() string {
	for {
		var b [nameBytes]byte
		random(b[:])
		name := unpackName(b[:])
		if b != ([nameBytes]byte{}) && !r.known(name) { // zeros stand for no name
			return name
		}
	}
}

// newIdentity draws the seed and the person's own keys.
func (r *Ring) newIdentity(name string) (Member, error) {
	random(r.keys.seed[:])
	random(r.keys.box[:])
	random(r.keys.sign[:])
	box, err := r.BoxKey()
	if err != nil {
		return Member{}, fmt.Errorf("make an identity: %w", err)
	}
	m := Member{Seat: r.Seat, Name: cleanName(name)}
	copy(m.Box[:], box.PublicKey().Bytes())
	copy(m.Sign[:], r.SignKey().Public().(ed25519.PublicKey))
	return m, nil
}

// forget wipes the ring's keys. Every Key becomes nil, so that a use after the
// end is a clean panic and not a read of memory that is gone.
func (r *Ring) forget() error {
	for i := range r.Drawers {
		r.Drawers[i].Key = nil
	}
	memory := r.keys.memory
	clear(memory.Bytes())
	return memory.Close()
}

// cleanName makes a name fit for a ring: valid UTF-8, no control characters and
// none that turn the direction of the text around it, at most 256 bytes, cut
// between runes.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !nameRune(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
	for len(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

func nameRune(r rune) bool {
	turns := r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
	return !unicode.IsControl(r) && !turns
}

// packName turns the 16 hex digits of a file name into 8 bytes.
func packName(name string) ([nameBytes]byte, error) {
	var b [nameBytes]byte
	if len(name) != 2*nameBytes || strings.ToLower(name) != name {
		return b, fmt.Errorf("a drawer's file name has %d lower-case hex digits", 2*nameBytes)
	}
	if _, err := hex.Decode(b[:], []byte(name)); err != nil {
		return b, fmt.Errorf("a drawer's file name has %d lower-case hex digits", 2*nameBytes)
	}
	if b == ([nameBytes]byte{}) {
		return b, fmt.Errorf("a drawer's file name is not all zeros")
	}
	return b, nil
}

func unpackName(b []byte) string { return hex.EncodeToString(b) }

// seatMask packs seats into bits.
func seatMask(seats []uint8) (byte, error) {
	var mask byte
	for _, s := range seats {
		if s >= maxMembers {
			return 0, fmt.Errorf("there is no seat %d", s)
		}
		if mask>>s != 0 {
			return 0, fmt.Errorf("seats are named once each, ascending")
		}
		mask |= 1 << s
	}
	return mask, nil
}

func maskSeats(mask byte) []uint8 {
	var seats []uint8
	for s := range uint8(maxMembers) {
		if mask>>s&1 == 1 {
			seats = append(seats, s)
		}
	}
	return seats
}
