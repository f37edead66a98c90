package drawer

import (
	"errors"
	"io"
)

// The ordering rules: what must be on the device before what, so that a cut at
// any instant leaves a drawer that opens with every acknowledged transaction.
//
//  1. A log is bound (the state names it) before the first commit in it is
//     acknowledged, and after its header and frames are on the device.
//  2. Before the first page of a checkpoint is written to the main file, the
//     state says so: which frames cover which pages, and the root of the others.
//  3. After the last page the main file is synced; then the state is clean, has
//     the root of all pages, and binds no log.
//  4. A new generation of the log begins only when the state binds none, so the
//     frames it overwrites are in the main file.
//
// Every new state goes to both slots (slots.put).

// setState brings a new state to the device.
func (s *store) setState(next state) error {
	if s.doubtful {
		// The slot that is kept meanwhile may have been written by a process that
		// ended before it was synced.
		if err := s.main.sync(); err != nil {
			return err
		}
	}
	s.doubtful = true
	written, err := s.slots.put(next)
	if err != nil {
		return err
	}
	s.state, s.doubtful = written, false
	s.sequence.Store(written.sequence)
	return nil
}

// syncLog makes the log durable: SQLite calls it for every commit.
func (s *store) syncLog() error {
	f := &s.frames
	f.halved = f.pending != 0
	if f.pending <= len(f.list) {
		if err := s.finishPending(); err != nil {
			return err
		}
	}
	if err := s.log.sync(); err != nil {
		f.giveUp()
		return err
	}
	if f.exists && s.state.kind != building && (!s.state.bound || s.doubtful) {
		if err := s.setState(s.binding()); err != nil {
			f.giveUp()
			return err
		}
	}
	f.settle()
	return nil
}

// binding is the state that binds the log. It names every frame that was acknowledged
// before, so that where checkpoints could not be declared, and the log went on, no cut
// of it looks like an unfinished transaction.
func (s *store) binding() state {
	next := s.state
	switch {
	case next.kind == clean:
		next.bound, next.log, next.frames = true, s.frames.id, uint32(s.frames.committed)
	case s.frames.committed > int(next.frames):
		return s.declaration()
	}
	return next
}

// mayBeginLog prepares for the log's frames being overwritten.
func (s *store) mayBeginLog() error {
	switch {
	case s.state.kind == building:
	case s.state.kind == checkpointing, s.frames.committed > s.frames.flushed:
		return errUncovered // the frames are still needed
	case s.state.bound || s.doubtful:
		next := s.state
		next.bound, next.log, next.frames = false, logID{}, 0
		return s.setState(next)
	}
	return nil
}

// mayWrite prepares for a page of the main file being overwritten.
func (s *store) mayWrite(number uint32) error {
	if s.state.kind == building {
		return nil
	}
	if s.state.kind != checkpointing || s.doubtful || s.declared != s.frames.committed {
		if err := s.declare(); err != nil {
			return err
		}
	}
	if !s.covered.has(number) {
		return errUncovered
	}
	return nil
}

// mayTruncate prepares for the main file being cut.
func (s *store) mayTruncate(pages uint32) error {
	if s.state.kind == building {
		return nil
	}
	if s.state.kind != checkpointing || s.doubtful || s.declared != s.frames.committed {
		if err := s.declare(); err != nil {
			return err
		}
	}
	if pages != s.state.pagesAfter {
		return errUncovered
	}
	return nil
}

// declare writes down that a checkpoint begins.
func (s *store) declare() error {
	f := &s.frames
	if !f.exists || f.committed == 0 || !s.state.bound {
		return errUncovered
	}
	if f.unsynced {
		if err := s.syncLog(); err != nil {
			return err
		}
	}
	return s.setState(s.declaration())
}

// declaration is the state in which the committed frames may be copied to the main
// file.
func (s *store) declaration() state {
	f := &s.frames
	after := f.pagesAfter()
	s.covered.clear()
	s.owed.clear()
	for i, frame := range f.list[:f.committed] {
		if page := frame.page - 1; page < after {
			s.covered.add(page)
			if i >= f.flushed {
				s.owed.add(page)
			}
		}
	}
	s.declared = f.committed
	return state{
		kind: checkpointing, bound: true, log: f.id,
		frames: uint32(f.committed), pages: s.tags.pages(), pagesAfter: after,
		root: s.tags.rootWithout(&s.covered, after),
	}
}

// syncMain makes the main file durable. When a checkpoint has written all it
// owed, the drawer is clean and needs its log no longer.
func (s *store) syncMain() error {
	if err := s.main.sync(); err != nil {
		return err
	}
	if s.state.kind == clean && s.frames.committed > s.frames.flushed {
		// A checkpoint for which there was no page to write.
		if err := s.declare(); err != nil {
			return err
		}
	}
	if s.state.kind != checkpointing || s.owed.n > 0 || s.tags.pages() != s.state.pagesAfter || s.declared != s.frames.committed {
		return nil
	}
	return s.setClean()
}

// setClean says that the main file alone is the drawer. It must be synced.
func (s *store) setClean() error {
	if s.tags.unknown.n > 0 {
		return ErrDamaged
	}
	if err := s.setState(state{kind: clean, pages: s.tags.pages(), root: s.tags.root}); err != nil {
		return err
	}
	s.frames.flushed = s.frames.committed
	return nil
}

// finishBuilding ends Create: everything is in the main file.
func (s *store) finishBuilding() error {
	if err := s.main.sync(); err != nil {
		return err
	}
	return s.setClean()
}

// unbind lets go of a log that holds nothing which the main file does not, so that
// what is left in it can be overwritten.
func (s *store) unbind() error {
	if s.state.kind != clean || s.frames.committed > s.frames.flushed || s.settled() {
		return nil
	}
	return s.mayBeginLog()
}

// settled reports whether the main file alone is the drawer, on the device too.
func (s *store) settled() bool {
	return s.state.kind == clean && !s.state.bound && !s.doubtful
}

// damagedIfShort: a file that ends before what was authenticated was cut.
func damagedIfShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrDamaged
	}
	return err
}
