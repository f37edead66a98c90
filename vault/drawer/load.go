package drawer

import (
	"errors"
	"fmt"
	"runtime"
)

// load reads the state, finds out which log belongs to it and checks that main
// file and log are what the state says, before SQLite sees either. It returns
// what it had to mend or noticed.
//
// It believes the newest state. An older one stands in for it only where that
// loses nothing: in the middle of a change from one to the next.
//
// With salvage, a clean main file is enough: of the log, what is whole from its
// beginning is kept, and the rest given up.
func (s *store) load(salvage bool) ([]Repair, error) {
	found, err := s.slots.read()
	if err != nil {
		return nil, damagedIfShort(err)
	}
	newest, older := found[s.slots.newest], found[1-s.slots.newest]
	if !newest.ok {
		return nil, fmt.Errorf("no state can be read: %w", ErrDamaged)
	}
	if newest.state.kind == building {
		return nil, ErrUnfinished
	}
	var repairs []Repair
	// Slots that say different things were written one right after the other:
	// otherwise one of them is not what was written there last.
	if !older.ok || !older.state.same(newest.state) && older.state.sequence+1 != newest.state.sequence {
		repairs = append(repairs, Repair{Kind: SlotMended})
	}
	image, err := s.readLogImage()
	if err != nil {
		return nil, err
	}
	s.slots.last = max(s.slots.last, image.base)
	err = s.believe(newest.state, image)
	if salvage && errors.Is(err, ErrDamaged) && newest.state.kind == clean {
		return append(repairs, Repair{Kind: Salvaged}), s.salvageWith(newest.state, image)
	}
	if errors.Is(err, ErrDamaged) && newest.state.endsCheckpoint(older) {
		if s.believe(older.state, image) == nil {
			err = nil
			s.slots.newest = 1 - s.slots.newest // the one to be kept until the other is mended
			repairs = append(repairs, Repair{Kind: OlderStateUsed})
		}
	}
	if err != nil {
		return nil, err
	}
	if s.frames.exists && (image.early || s.log.size != s.log.class(s.log.size)) {
		repairs = append(repairs, Repair{Kind: LogEndedEarly})
	}
	if s.frames.exists && !s.state.bound {
		s.state.bound, s.state.log = true, s.frames.id
		s.doubtful = true
	}
	if !older.ok || !older.state.same(newest.state) {
		s.doubtful = true
	}
	return repairs, nil
}

// endsCheckpoint reports whether the state was written right after the older one
// at the end of a checkpoint. The log that the older one binds then still holds
// every page that the checkpoint wrote, so it can be done again.
func (s state) endsCheckpoint(older slotRead) bool {
	return s.kind == clean && !s.bound && older.ok && older.state.kind == checkpointing && older.state.sequence+1 == s.sequence
}

// believe checks whether main file and log are what st says, and takes them over.
func (s *store) believe(st state, image *logImage) error {
	if st.kind == building {
		return ErrUnfinished
	}
	s.frames = frames{}
	if image.exists {
		// What lies behind its frames may be of an earlier generation.
		s.frames.used = s.log.size
	}
	switch {
	case st.bound:
		if !image.exists || image.id != st.log {
			return fmt.Errorf("the log is missing or not the one that belongs here: %w", ErrDamaged)
		}
		// Before a log is bound, all of its smallest class is on the device.
		if image.cut || image.committed < int(st.frames) || s.log.size < s.log.leastClass() && s.salvage == nil {
			return fmt.Errorf("the log lacks transactions: %w", ErrDamaged)
		}
		s.frames, s.frames.used = image.frames, s.log.size
	case image.exists && image.base >= st.sequence && image.committed > 0:
		// The log was begun on this state, or on one that was lost since: the
		// state that bound it did not get to the device, or was put back to an
		// earlier one.
		if image.cut {
			return fmt.Errorf("the log lacks transactions: %w", ErrDamaged)
		}
		if image.root != st.root {
			return fmt.Errorf("the main file is older than the log: %w", ErrDamaged)
		}
		s.frames, s.frames.used = image.frames, s.log.size
	}
	s.frames.kept.first = len(s.frames.list) + 1 // those on disk stay there
	limit := st.pages
	s.covered.clear()
	s.owed.clear()
	if st.kind == checkpointing {
		limit = min(limit, st.pagesAfter)
		for _, frame := range s.frames.list[:st.frames] {
			if page := frame.page - 1; page < st.pagesAfter {
				s.covered.add(page)
				s.owed.add(page)
			}
		}
		s.declared = int(st.frames)
	}
	if limit > maxPages || s.main.size < pageAt(limit) {
		return fmt.Errorf("pages are missing: %w", ErrDamaged)
	}
	s.tabled = st.kind == clean && !st.bound && !image.exists && s.readTable(st)
	if !s.tabled {
		if err := s.readTags(limit); err != nil {
			return err
		}
	}
	s.covered.each(func(page uint32) {
		if page < limit {
			s.tags.forget(page)
		}
	})
	if s.tags.root != st.root {
		return fmt.Errorf("pages are missing or not those that belong here: %w", ErrDamaged)
	}
	s.state = st
	s.sequence.Store(st.sequence)
	return nil
}

// readTags fills the tag set with the tags of the first pages of the main file,
// which it reads from end to end in large pieces.
func (s *store) readTags(pages uint32) error {
	const batch = 64
	defer runtime.KeepAlive(s.tags)
	list := s.tags.list[:0]
	buf := make([]byte, batch*pageSize)
	for first := uint32(0); first < pages; first += batch {
		b := buf[:min(batch, pages-first)*pageSize]
		if err := s.main.read(b, pageAt(first)); err != nil {
			return damagedIfShort(err)
		}
		for ; len(b) > 0; b = b[pageSize:] {
			t := recordTag(b[:pageSize])
			list = append(list, t[:]...)
		}
	}
	s.tags.count(pages)
	return nil
}

// mend brings the device to where SQLite can go on, once the drawer is sure to be
// opened: both slots say what was believed, with the log that was found to
// belong, and what an unfinished checkpoint was about to cut is cut.
func (s *store) mend() error {
	s.writable = true
	if st := s.state; st.kind == checkpointing && st.pages > st.pagesAfter {
		if err := s.main.scramble(pageAt(st.pagesAfter), pageAt(st.pages)); err != nil {
			return err
		}
	}
	if !s.doubtful {
		return nil
	}
	if s.salvage != nil && s.log.size < s.log.leastClass() {
		if err := s.log.grow(s.log.leastClass()); err != nil {
			return err
		}
	}
	if err := s.log.sync(); err != nil {
		return err
	}
	if err := s.setState(s.state); err != nil || s.salvage == nil {
		return err
	}
	return s.clearSalvaged()
}
