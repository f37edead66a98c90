package drawer

import (
	"context"
	"errors"
	"os"
)

// OpenAtCheckpoint opens a drawer for which Open says ErrDamaged because of its
// log: with what the main file held at the last checkpoint and those transactions
// of the log that are whole. What was committed after them is given up for good. It
// helps only where the main file itself is sound and was not being written
// (ErrDamaged otherwise, and nothing is touched).
//
// Killed at any moment, it leaves a drawer of which Open says ErrDamaged as before,
// and which OpenAtCheckpoint opens with the same transactions, or one that Open
// opens with them.
func OpenAtCheckpoint(ctx context.Context, path string, id ID, key Key, schema Schema, o Options) (*Drawer, error) {
	return open(ctx, path, id, key, schema, o, true)
}

// A Salvage says what OpenAtCheckpoint makes of a drawer.
type Salvage struct {
	// Kept is the number of transactions after the last checkpoint that are whole.
	Kept int
	// Lost is the number of those after them that were committed, as far as they
	// can still be told from noise: there may have been more.
	Lost int
}

// Salvageable reads a drawer for which Open says ErrDamaged, and writes nothing, not
// even to a file system that would let it. It says what OpenAtCheckpoint would keep
// and give up. ErrDamaged says that OpenAtCheckpoint does not help. Nobody may have
// the drawer open.
func Salvageable(ctx context.Context, path string, id ID, key Key) (found Salvage, err error) {
	defer clear(key[:])
	if err := ctx.Err(); err != nil {
		return found, err
	}
	s, release, err := openToRead(path, &id, &key)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if _, err := s.load(true); err != nil {
		return found, diskError(err)
	}
	if s.salvage == nil { // its log is sound, so that the damage is somewhere else
		return found, ErrDamaged
	}
	return *s.salvage, nil
}

// openToRead opens the files of a drawer that nobody has open, for reading alone.
func openToRead(path string, id *ID, key *Key) (_ *store, release func() error, err error) {
	unclaim, err := claim(path)
	if err != nil {
		return nil, nil, err
	}
	main, err := newDisk(path, os.O_RDONLY, mainFile, nil)
	if err != nil {
		unclaim()
		return nil, nil, err
	}
	log, err := newDisk(path+logSuffix, os.O_RDONLY, logFile, nil)
	if err != nil {
		unclaim()
		return nil, nil, errors.Join(err, main.close())
	}
	// Nobody says how the drawer was made. Where that matters, in how short a log may
	// be, a reader goes by the lesser.
	main.small, log.small = true, true
	return newStore(main, log, id, key), func() error {
		defer unclaim() // last: closing a file drops the locks on it
		return errors.Join(main.close(), log.close())
	}, nil
}

// salvageWith takes a clean main file over with what is whole of its log. Nothing is
// written: mend does that.
func (s *store) salvageWith(st state, image *logImage) error {
	belongs := image.exists
	if st.bound {
		belongs = belongs && image.id == st.log
	} else {
		belongs = belongs && image.base >= st.sequence && image.root == st.root
	}
	found := &Salvage{Lost: image.behind}
	if !belongs { // the log of another main file, or of another time
		image.list, image.committed, found.Lost = nil, 0, 0
	}
	for _, f := range image.list {
		if f.pagesAfter != 0 {
			found.Kept++
		}
	}
	image.cut = false
	st.frames, st.bound, st.log = 0, belongs, logID{}
	if belongs {
		st.log = image.id
	}
	s.salvage, s.doubtful = found, true
	return s.believe(st, image)
}

// clearSalvaged makes the log say what was kept of it and nothing else, once the
// state says so too: whatever lies behind it would be taken for a sign of damage
// again. It begins with a sector of its own, in case the device tears what lies
// beside a write.
func (s *store) clearSalvaged() error {
	if !s.frames.exists {
		return nil
	}
	behind := (frameAt(len(s.frames.list)+1) + blockSize - 1) &^ (blockSize - 1)
	if err := s.log.scramble(behind, s.log.size); err != nil {
		return err
	}
	return s.log.sync()
}
