package drawer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Create makes a drawer whose main file is at path and returns it open. A file
// that is there already is replaced: the caller vouches that nobody needs it.
//
// Until Create returns, the drawer says of itself that it is unfinished, and Open
// answers ErrUnfinished.
func Create(ctx context.Context, path string, id ID, key Key, schema Schema, o Options) (*Drawer, error) {
	defer clear(key[:])
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, diskError(err)
	}
	// Make sure that there is a file, so that it can be claimed before anything
	// of it is overwritten.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = file.Close()
	} else if errors.Is(err, os.ErrExist) {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return nil, diskError(err)
	}
	release, err := claim(path)
	if err != nil {
		return nil, err
	}
	main, err := createDisk(path, mainFile, o.hooks)
	if err != nil {
		release()
		return nil, err
	}
	log, err := createDisk(path+logSuffix, logFile, o.hooks)
	if err != nil {
		err = errors.Join(err, main.close())
		release()
		return nil, err
	}
	main.small, log.small = o.Small, o.Small
	d := newDrawer(newStore(main, log, &id, &key), release)
	d.store.whenLocked = d.store.lay
	err = d.begin(ctx, path, schema, o, true)
	if err == nil {
		err = d.checkpoint(ctx)
	}
	if err == nil {
		err = diskError(d.store.finishBuilding())
	}
	if err == nil {
		err = syncFolder(path)
	}
	if err != nil {
		return nil, errors.Join(err, d.abandon())
	}
	return d, nil
}

// lay throws away what the files hold and writes the first state.
func (s *store) lay() error {
	s.writable = true
	if err := s.main.empty(); err != nil {
		return err
	}
	if err := s.log.empty(); err != nil {
		return err
	}
	if err := s.log.sync(); err != nil {
		return err
	}
	return s.setState(state{kind: building})
}
