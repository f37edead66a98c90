package vault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// An Entrusted drawer is one whose key lies in another drawer and not in a ring: a
// practice has thousands, and which of them a session opens is for the room to say
// that keeps their keys. They are small drawers, and their file names have 24
// hexadecimal digits.
type Entrusted struct {
	Role keys.Role
	File string // name in the vault's folder
	ID   drawer.ID
	// Seen is the highest state sequence that was remembered, 0 if none.
	Seen uint64
}

// NewEntrusted draws the name, id and key of a new entrusted drawer. Nothing is on
// disk yet. The caller notes the name somewhere durable before [Session.Build], so
// that what a crash leaves is known for what it is.
func NewEntrusted(role keys.Role) (Entrusted, drawer.Key) {
	var name [entrustedDigits / 2]byte
	var key drawer.Key
	e := Entrusted{Role: role}
	rand.Read(name[:])
	rand.Read(e.ID[:])
	rand.Read(key[:])
	e.File = hex.EncodeToString(name[:])
	return e, key
}

// errName: a name that was read somewhere leads to no file of this vault's.
var errName = fmt.Errorf("an entrusted drawer has no such name: %w", ErrDamaged)

// entrustedPath is where the drawer lies.
func (s *Session) entrustedPath(file string) (string, error) {
	if len(file) != entrustedDigits || !isDrawerName(file) {
		return "", errName
	}
	return filepath.Join(s.vault.dir, file), nil
}

// Build makes the file of a new entrusted drawer and leaves it open. One that a
// crash left under its name is replaced.
func (s *Session) Build(ctx context.Context, e Entrusted, key drawer.Key) (*drawer.Drawer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer clear(key[:])
	if s.locked {
		return nil, ErrLocked
	}
	path, err := s.entrustedPath(e.File)
	if err != nil {
		return nil, err
	}
	d, err := drawer.Create(ctx, path, e.ID, key, s.vault.o.Schemas(e.Role), drawer.Options{Small: true})
	if err != nil {
		return nil, s.present(drawerError(err))
	}
	s.hold(e.File, path, d)
	return d, nil
}

// Entrust opens an entrusted drawer, unless it is open, and brings its schema up to
// date; before the first one of a session there is a backup of the vault, and every
// drawer that was handed out is closed for it. A drawer that is older than e.Seen is
// told as OlderDrawer.
func (s *Session) Entrust(ctx context.Context, e Entrusted, key drawer.Key) (*drawer.Drawer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer clear(key[:])
	if s.locked {
		return nil, ErrLocked
	}
	if d := s.opened[e.File]; d != nil {
		return d, nil
	}
	path, err := s.entrustedPath(e.File)
	if err != nil {
		return nil, err
	}
	if err := ordinary(path); err != nil {
		return nil, err
	}
	d, err := s.safely(ctx, func(o drawer.Options) (*drawer.Drawer, error) {
		o.Small = true
		d, err := drawer.Open(ctx, path, e.ID, key, s.vault.o.Schemas(e.Role), o)
		return d, drawerError(err)
	})
	if err != nil {
		return nil, s.present(err)
	}
	s.hold(e.File, path, d)
	for _, r := range d.Repairs() {
		s.notices = append(s.notices, Notice{Kind: DrawerRepaired, Drawer: -1, Detail: r.String()})
	}
	if d.Sequence() < e.Seen {
		s.notices = append(s.notices, Notice{Kind: OlderDrawer, Drawer: -1})
	}
	return d, nil
}

// hold keeps an open drawer. s.mu is held.
func (s *Session) hold(name, path string, d *drawer.Drawer) {
	if info, err := os.Stat(path); err == nil {
		s.places.Store(d, place{path, info})
	}
	s.opened[name] = d
}

// CloseEntrusted closes an entrusted drawer, if it is open, and returns the number
// of the last state that was written to it; 0 if it was not open. Whoever has it in
// hand finds it closed (ErrLocked).
func (s *Session) CloseEntrusted(file string) (sequence uint64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closeEntrusted(file)
}

func (s *Session) closeEntrusted(file string) (uint64, error) {
	d := s.opened[file]
	if d == nil || len(file) != entrustedDigits {
		return 0, nil
	}
	delete(s.opened, file)
	err := drawerError(d.Close())
	if err == nil {
		err = s.Present(d)
	}
	s.places.Delete(d)
	return d.Sequence(), err
}

// Unmake overwrites both files of an entrusted drawer with random bytes and removes
// them, closing it first. It is no error if they are gone already.
func (s *Session) Unmake(ctx context.Context, file string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	path, err := s.entrustedPath(file)
	if err != nil {
		return err
	}
	// What closing it says is of no account: it is to be destroyed.
	if _, err := s.closeEntrusted(file); errors.Is(err, ErrGone) {
		return err
	}
	return drawerError(drawer.Remove(ctx, path))
}

// Caseload opens the practice drawer.
func (s *Session) Caseload(ctx context.Context) (*drawer.Drawer, error) {
	return s.open(ctx, func(r *keys.Ring) *keys.Drawer { return r.Drawer(keys.Caseload) })
}
