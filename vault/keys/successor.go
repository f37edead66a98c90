package keys

import (
	"errors"
	"fmt"
	"slices"
)

// Prepare draws the name, id and key of a drawer that is to take the place of one
// in use. It is not in the ring yet; its file is among the doomed ones, so that
// what a crash leaves of it is destroyed. [Seat.Rekey] and [Change.Apply] put it
// into the ring, [Ring.Discard] gives it up.
//
// It fails with [ErrRingFull], or with [ErrAway] for a shared drawer that took the
// place of too many which others may still need.
func (r *Ring) Prepare(role Role) (*Drawer, error) {
	inUse := r.Drawer(role)
	if inUse == nil {
		return nil, errors.New("prepare a drawer: there is none to take the place of")
	}
	if role == Shared && len(r.retired()) >= maxRetired {
		return nil, ErrAway
	}
	if len(r.Drawers) >= maxDrawers || len(r.Doomed)+2 > maxDoomed {
		return nil, ErrRingFull
	}
	key := r.keys.take()
	if key == nil {
		return nil, ErrRingFull
	}
	random(key[:])
	d := &Drawer{Role: role, Name: r.freshName(), Key: key, Seats: slices.Clone(inUse.Seats)}
	random(d.ID[:])
	if role == Shared {
		d.Seats = maskSeats(r.present())
	}
	r.Doomed = append(r.Doomed, Doomed{Name: d.Name})
	return d, nil
}

// Discard wipes the key of a drawer that was prepared and not used. Its file stays
// doomed.
func (r *Ring) Discard(d *Drawer) {
	if d != nil {
		r.keys.drop(d.Key)
	}
}

// doom says that a file is to be destroyed, if the ring has room to say so.
func (r *Ring) doom(name string, keep bool) error {
	if len(r.Doomed) >= maxDoomed {
		return fmt.Errorf("doom a file: %w", ErrRingFull)
	}
	r.Doomed = append(r.Doomed, Doomed{Name: name, Keep: keep})
	return nil
}

// Destroyed says that a doomed file is gone, or is a placeholder now.
func (r *Ring) Destroyed(name string) {
	r.Doomed = slices.DeleteFunc(r.Doomed, func(d Doomed) bool { return d.Name == name })
}

// Present are those members who have not left, in the order of joining.
func (r *Ring) Present() []Member {
	return slices.DeleteFunc(slices.Clone(r.Members), func(m Member) bool { return m.Left })
}

// present is the mask of the seats of those who have not left.
func (r *Ring) present() (mask byte) {
	for _, m := range r.Present() {
		mask |= 1 << m.Seat
	}
	return mask
}

// everybody is the mask of all seats that were ever taken.
func (r *Ring) everybody() (mask byte) {
	for _, m := range r.Members {
		mask |= 1 << m.Seat
	}
	return mask
}

// retired are the shared drawers whose place another one took.
func (r *Ring) retired() (all []*Drawer) {
	for i := range r.Drawers {
		if r.Drawers[i].Retired {
			all = append(all, &r.Drawers[i])
		}
	}
	return all
}

// RekeyDue reports whether somebody who left has the key of the shared drawer in
// use. What is written to it can be read by them, in a copy of the folder.
func (r *Ring) RekeyDue() bool {
	shared := r.Drawer(Shared)
	return shared != nil && slices.ContainsFunc(shared.Seats, func(seat uint8) bool {
		m := r.Member(seat)
		return m != nil && m.Left
	})
}

// replaceShared puts a prepared drawer in the place of the shared one in use. That
// one is kept while there is somebody else who may need it.
func (r *Ring) replaceShared(d *Drawer) error {
	old := r.Drawer(Shared)
	if len(r.Present()) > 1 {
		old.Retired = true
	} else if err := r.drop(old.Name); err != nil {
		return err
	}
	r.Destroyed(d.Name)
	r.Drawers = append(r.Drawers, *d)
	return nil
}

// replacePrivate puts a prepared drawer in the place of the private one, or of the
// practice drawer: of the one that the person writes to and that nobody else opens.
func (r *Ring) replacePrivate(d *Drawer) error {
	old := r.Drawer(d.Role)
	at := slices.IndexFunc(r.Drawers, func(d Drawer) bool { return d.Name == old.Name })
	if err := r.drop(old.Name); err != nil {
		return err
	}
	r.Destroyed(d.Name)
	r.Drawers = slices.Insert(r.Drawers, at, *d)
	return nil
}

// drop forgets a drawer and dooms its file.
func (r *Ring) drop(name string) error {
	if err := r.doom(name, false); err != nil {
		return err
	}
	r.Remove(name)
	return nil
}
