package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A Session is what one person's passphrase opens. Its methods may be called
// from several goroutines.
type Session struct {
	vault *Vault
	seat  *keys.Seat

	// What anybody may ask at any time, also after locking.
	kind    keys.Kind
	number  uint8
	members []keys.Member

	mu      sync.Mutex
	opened  map[string]*drawer.Drawer // by file name
	moved   map[drawer.ID]drawer.ID   // whose place another took in this session, and which
	places  sync.Map                  // of *drawer.Drawer: place, where each was opened
	notices []Notice
	safe    bool // there is a backup, or none is needed, before a schema is brought up to date
	locked  bool
}

func (v *Vault) session(seat *keys.Seat) *Session {
	ring := seat.Ring()
	s := &Session{
		vault: v, seat: seat, kind: ring.Kind, number: ring.Seat, members: slices.Clone(ring.Members),
		opened: map[string]*drawer.Drawer{}, moved: map[drawer.ID]drawer.ID{}, notices: v.notices,
	}
	for _, n := range seat.Notices() {
		if kind, ok := fromKeys[n.Kind]; ok {
			s.notices = append(s.notices, Notice{Kind: kind, Drawer: -1, Detail: n.Kind.String()})
		}
	}
	return s
}

// Kind returns whether this is a home or a practice vault.
func (s *Session) Kind() keys.Kind { return s.kind }

// Seat returns the number of this person's seat, from 0.
func (s *Session) Seat() uint8 { return s.number }

// Dir returns the vault's folder.
func (s *Session) Dir() string { return s.vault.dir }

// Options returns what the vault was opened with.
func (s *Session) Options() Options { return s.vault.o }

// Members returns everybody who has a seat, in the order in which they joined,
// as far as this person's ring knows. Those who left are not among them.
func (s *Session) Members() []keys.Member {
	return slices.DeleteFunc(slices.Clone(s.members), func(m keys.Member) bool { return m.Left })
}

// Former returns those who had a seat and left. What they shared stays, and is
// theirs by the number of their seat, which nobody else is ever given.
func (s *Session) Former() []keys.Member {
	return slices.DeleteFunc(slices.Clone(s.members), func(m keys.Member) bool { return !m.Left })
}

// Private opens this person's private drawer.
func (s *Session) Private(ctx context.Context) (*drawer.Drawer, error) {
	return s.open(ctx, func(r *keys.Ring) *keys.Drawer { return r.Drawer(keys.Private) })
}

// A Circle is a shared drawer with the seats of those who can read it.
type Circle struct {
	ID     drawer.ID
	Drawer *drawer.Drawer // nil if it cannot be opened
	Seats  []uint8
	Err    error // of kinds ErrSharedDamaged and ErrDamaged: why not; else nil
}

// Circles opens every shared drawer of this person, the newest first: each time
// somebody joins a new one is founded, and the earlier ones stay with those who
// were there.
//
// Everybody who shares a drawer can spoil it, or name one that does not exist. So
// one that is damaged or missing is told as SharedDamaged and keeps nobody from
// the others, and from what is theirs alone.
func (s *Session) Circles(ctx context.Context) ([]Circle, error) {
	named, err := s.named()
	if err != nil {
		return nil, err
	}
	var circles []Circle
	for i, shared := range slices.Backward(named) {
		if shared.Role != keys.Shared || shared.Retired {
			continue
		}
		id := drawer.ID(shared.ID)
		d, err := s.Circle(ctx, id)
		if errors.Is(err, ErrDamaged) {
			s.notice(Notice{Kind: SharedDamaged, Drawer: i})
			err = errors.Join(ErrSharedDamaged, err)
		} else if err != nil {
			return nil, err
		}
		circles = append(circles, Circle{ID: id, Drawer: d, Seats: shared.Seats, Err: err})
	}
	return circles, nil
}

// Circle opens the shared drawer that Circles gave with this id, again if it was
// closed for a backup, or the one that has taken its place since.
func (s *Session) Circle(ctx context.Context, id drawer.ID) (*drawer.Drawer, error) {
	return s.open(ctx, s.heirOf(id))
}

// heirOf finds the drawer of an id in the ring, or the one in its place.
func (s *Session) heirOf(id drawer.ID) func(*keys.Ring) *keys.Drawer {
	return func(r *keys.Ring) *keys.Drawer {
		for next, ok := s.moved[id]; ok; next, ok = s.moved[id] {
			id = next
		}
		for i := range r.Drawers {
			if drawer.ID(r.Drawers[i].ID) == id {
				return &r.Drawers[i]
			}
		}
		return nil
	}
}

// named lists the drawers of the ring as it is now: changes may move them about.
func (s *Session) named() ([]keys.Drawer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, ErrLocked
	}
	return slices.Clone(s.seat.Ring().Drawers), nil
}

var errLacksDrawer = fmt.Errorf("a ring lacks a drawer: %w", ErrDamaged)

// open opens the drawer that find finds in the ring, unless it is open.
func (s *Session) open(ctx context.Context, find func(*keys.Ring) *keys.Drawer) (*drawer.Drawer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, ErrLocked
	}
	return s.openUpToDate(ctx, find(s.seat.Ring()))
}

// openAs opens a drawer of the ring, unless it is open. s.mu is held.
func (s *Session) openAs(ctx context.Context, named *keys.Drawer, o drawer.Options) (*drawer.Drawer, error) {
	if named == nil {
		return nil, errLacksDrawer
	}
	if d := s.opened[named.Name]; d != nil {
		return d, nil
	}
	path := filepath.Join(s.vault.dir, named.Name)
	if err := ordinary(path); err != nil {
		return nil, err
	}
	d, err := drawer.Open(ctx, path, drawer.ID(named.ID), drawer.Key(*named.Key), s.vault.o.Schemas(named.Role), o)
	if err != nil {
		return nil, drawerError(err)
	}
	if info, err := os.Stat(path); err == nil {
		s.places.Store(d, place{path, info})
	}
	at := slices.IndexFunc(s.seat.Ring().Drawers, func(d keys.Drawer) bool { return d.Name == named.Name })
	for _, r := range d.Repairs() {
		s.notices = append(s.notices, Notice{Kind: DrawerRepaired, Drawer: at, Detail: r.String()})
	}
	if d.Sequence() < named.Seen {
		s.notices = append(s.notices, Notice{Kind: OlderDrawer, Drawer: at})
	}
	s.opened[named.Name] = d
	return d, nil
}

// Notices returns what this person should hear about the vault's condition, in
// the order in which it was found. Opening another drawer may add to it.
func (s *Session) Notices() []Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Notice(nil), s.notices...)
}

// place is where a drawer was opened.
type place struct {
	path string
	info os.FileInfo
}

// Present reports ErrGone if a drawer's file is no longer where it was opened. An
// open file can be written although it was moved, deleted or replaced: to nowhere.
func (s *Session) Present(d *drawer.Drawer) error {
	at, known := s.places.Load(d)
	if !known {
		return nil
	}
	was := at.(place)
	now, err := os.Stat(was.path)
	if errors.Is(err, fs.ErrPermission) {
		return nil // nobody can tell
	}
	if err != nil || !os.SameFile(now, was.info) {
		return ErrGone
	}
	return nil
}

// present is Present for all drawers that were opened, in the place of an error of
// a folder that is gone: that of a missing file would say that it is no vault.
func (s *Session) present(err error) error {
	s.places.Range(func(d, _ any) bool {
		if gone := s.Present(d.(*drawer.Drawer)); gone != nil {
			err = gone
		}
		return err != ErrGone
	})
	return err
}

// notice adds a notice, unless the same was told before.
func (s *Session) notice(n Notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.notices, n) {
		s.notices = append(s.notices, n)
	}
}

// WitnessRing compares the number of this person's ring with the one that their
// private drawer remembers (0 if none), and returns the number to remember from
// now on. A ring with a lower number is an older one that somebody put back, which
// the key file itself cannot tell: KeyFileAltered.
//
// The ring is saved under its next number first, so that a copy of the folder from
// before this visit is an older one, too.
func (s *Session) WitnessRing(remembered uint64) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return 0, ErrLocked
	}
	altered := func(n Notice) bool { return n.Kind == KeyFileAltered }
	if s.seat.Ring().Sequence < remembered && !slices.ContainsFunc(s.notices, altered) {
		s.notices = append(s.notices, Notice{Kind: KeyFileAltered, Drawer: -1, Detail: "ring older than the drawer remembers"})
	}
	if err := s.seat.Save(); err != nil {
		return 0, s.present(keysError(err))
	}
	return s.seat.Ring().Sequence, nil
}

// Checkpoint moves what the logs hold into the drawers. It is called when the
// person pauses, so that locking is quick.
func (s *Session) Checkpoint(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, d := range s.opened {
		errs = append(errs, d.Checkpoint(ctx))
	}
	return errors.Join(errs...)
}

// Lock closes every drawer, remembers the state each was left in, gives all
// files of the vault one size and time, wipes the ring and releases the vault's
// process lock. The session cannot be used afterwards, whatever the result; an
// error means that something could not be written, and says what.
func (s *Session) Lock(ctx context.Context) error { return s.LockThen(ctx, nil) }

// LockThen is Lock, and calls closed with the vault's folder in between: every
// file is closed, evened and on the device, the ring is wiped, and the process lock
// is still held. That is the moment for a backup. Where something could not be
// written, closed is not called.
func (s *Session) LockThen(ctx context.Context, closed func(dir string) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil
	}
	s.locked = true
	errs := []error{s.rest(), s.seat.Close()}
	if closed != nil && errors.Join(errs...) == nil {
		errs = append(errs, closed(s.vault.dir))
	}
	errs = append(errs, s.vault.Close())
	if err := errors.Join(errs...); err != nil {
		return s.present(err)
	}
	return nil
}

// AtRest calls fn with the vault's folder while every file is closed, evened and
// on the device, and leaves the session open. The drawers that it handed out
// before are closed for good (ErrLocked): whoever goes on asks for them again.
func (s *Session) AtRest(fn func(dir string) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	if err := s.rest(); err != nil {
		return s.present(err)
	}
	s.places.Clear()
	return fn(s.vault.dir)
}

// rest closes every drawer, saves the ring and gives all files one size and time.
func (s *Session) rest() error {
	return errors.Join(s.shut(), even(s.vault.dir, s.vault.o.now()))
}

// shut closes every drawer and saves the ring.
func (s *Session) shut() error {
	var errs []error
	ring := s.seat.Ring()
	for name, d := range s.opened {
		if err := d.Close(); err != nil {
			errs = append(errs, drawerError(err))
			continue
		}
		if named := ring.Named(name); named != nil {
			named.Seen = max(named.Seen, d.Sequence())
		}
	}
	clear(s.opened)
	// The ring is saved at every lock, also if nothing was opened: otherwise a
	// copy of the key file would tell an idle visit from a busy one.
	return errors.Join(append(errs, keysError(s.seat.Save()))...)
}

func drawerError(err error) error {
	switch {
	case errors.Is(err, drawer.ErrNewerSchema):
		return ErrNewer
	case errors.Is(err, drawer.ErrInUse):
		return ErrInUse
	case errors.Is(err, drawer.ErrNotExist), errors.Is(err, drawer.ErrUnfinished):
		return fmt.Errorf("a drawer is missing or was never finished: %w", ErrDamaged)
	}
	return err
}
