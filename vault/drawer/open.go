package drawer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// logSuffix ends the name of a drawer's log, which SQLite lays down.
const logSuffix = "-wal"

// Options for making and opening drawers. The zero value is the ordinary one.
type Options struct {
	// BeforeMigrate, if set, is called by Open before the schema of a drawer is
	// brought from version from to version to: the moment for a backup. An error
	// stops the opening, with nothing changed. The drawer is open and locked
	// while it runs.
	BeforeMigrate func(ctx context.Context, from, to int) error
	// Small drawers have files of at least 512 KiB each, and not 4 MiB. One that was made
	// small is always opened as such, and an ordinary one never.
	Small bool

	hooks *hooks // for tests: see hooks.go
}

// Open opens the drawer whose main file is at path, brings its schema up to date
// and returns it ready for use. What a crash left unfinished is finished first.
// Every page is checked to be the one that belongs there: after a clean Close when
// it is read, otherwise before Open returns.
//
// Errors: ErrNotExist, ErrUnfinished, ErrInUse, ErrReadOnly, ErrFull,
// ErrNewerSchema, and ErrDamaged, which is also what a wrong key or id gets.
func Open(ctx context.Context, path string, id ID, key Key, schema Schema, o Options) (*Drawer, error) {
	return open(ctx, path, id, key, schema, o, false)
}

func open(ctx context.Context, path string, id ID, key Key, schema Schema, o Options, salvage bool) (*Drawer, error) {
	defer clear(key[:])
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(path)
	if err == nil {
		path, err = filepath.EvalSymlinks(path) // the log lies beside the real file
	}
	if err != nil {
		return nil, diskError(err)
	}
	release, err := claim(path)
	if err != nil {
		return nil, err
	}
	main, err := openDisk(path, mainFile, o.hooks)
	if err != nil {
		release()
		return nil, err
	}
	log, err := openDisk(path+logSuffix, logFile, o.hooks)
	missing := errors.Is(err, ErrNotExist)
	if missing {
		log, err = createDisk(path+logSuffix, logFile, o.hooks)
	}
	if err != nil {
		err = errors.Join(err, main.close())
		release()
		return nil, err
	}
	main.small, log.small = o.Small, o.Small
	d := newDrawer(newStore(main, log, &id, &key), release)
	d.store.whenLocked = func() (err error) {
		if err := errors.Join(main.measure(), log.measure()); err != nil {
			return err
		}
		if missing && log.size == 0 {
			if err := log.empty(); err != nil {
				return err
			}
		}
		d.repairs, err = d.store.load(salvage)
		return err
	}
	if err := d.begin(ctx, path, schema, o, false); err != nil {
		return nil, errors.Join(err, d.abandon())
	}
	return d, nil
}

func newDrawer(s *store, release func()) *Drawer {
	return &Drawer{store: s, handle: -1, release: release, turn: make(chan struct{}, 1)}
}

// begin lets SQLite open the store and brings the schema up to date.
func (d *Drawer) begin(ctx context.Context, path string, schema Schema, o Options, fresh bool) error {
	handle, err := takeHandle(d.store)
	if err != nil {
		return err
	}
	d.handle = handle
	d.db, d.conn, err = connect(ctx, path, handle, fresh, o)
	if err == nil {
		err = d.inOwnName(func() error { return nil })
	}
	if err == nil {
		err = d.migrate(ctx, schema, fresh, o.BeforeMigrate)
	}
	return sqlError(err, d.store.fault)
}

// abandon closes what begin or Create could not bring to an end. The files stay
// as they are, to be opened again.
func (d *Drawer) abandon() error {
	d.closed, d.store.writable = true, false
	var errs []error
	if d.db != nil {
		errs = append(errs, sqlError(d.db.Close(), d.store.fault))
	}
	if d.handle >= 0 {
		freeHandle(d.handle)
	}
	d.store.frames.kept.wipe()
	errs = append(errs, d.store.main.close(), d.store.log.close())
	d.release()
	return errors.Join(errs...)
}

// Close brings everything into the main file, overwrites the log with the table of
// the tags and random bytes, makes both files' sizes say nothing, and closes the
// drawer. It waits for a transaction under way. Also after an error the drawer is
// closed; then what could not be finished is finished when it is opened again, and
// nothing that Update acknowledged is lost.
func (d *Drawer) Close() error {
	err := d.enter(context.Background())
	if errors.Is(err, ErrClosed) {
		return nil
	}
	defer d.leave()
	return d.close()
}

// close is Close for whoever uses the drawer already.
func (d *Drawer) close() error {
	d.closed = true
	errs := []error{d.checkpoint(context.Background())}
	errs = append(errs, sqlError(d.db.Close(), d.store.fault))
	freeHandle(d.handle)
	errs = append(errs, diskError(d.store.leave()))
	d.store.frames.kept.wipe()
	errs = append(errs, d.store.main.close(), d.store.log.close())
	d.release()
	return errors.Join(errs...)
}

// leave is the last that is written. Where the log is needed no longer, no word
// of it stays, and the table of the tags takes its place.
func (s *store) leave() error {
	if err := s.unbind(); err != nil {
		return err
	}
	if s.settled() && (s.frames.used > 0 || !s.tabled) {
		end, err := s.writeTable()
		if err != nil {
			return err
		}
		// A frame for which there was no room was to go past the end.
		used := min(max(s.frames.used, tableRoom(s.main.size)), s.log.size)
		if err := s.log.scramble(end, used); err != nil {
			return err
		}
		if err := s.log.sync(); err != nil {
			return err
		}
	}
	for _, d := range []*disk{s.main, s.log} {
		if d.size == d.class(d.size) {
			continue
		}
		if err := d.grow(d.size); err != nil {
			return err
		}
		if err := d.sync(); err != nil {
			return err
		}
	}
	return nil
}

// claims are the drawers that are open in this process. The locks of POSIX
// belong to a process, so they do not keep it from opening a file twice; and
// closing any of its descriptors of a file drops the locks on it.
var claims struct {
	mu    sync.Mutex
	files []os.FileInfo
}

// claim notes that the file at path is open, or is ErrInUse. The file must exist.
func claim(path string) (release func(), err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, diskError(err)
	}
	claims.mu.Lock()
	defer claims.mu.Unlock()
	for _, other := range claims.files {
		if os.SameFile(info, other) {
			return nil, ErrInUse
		}
	}
	claims.files = append(claims.files, info)
	return func() {
		claims.mu.Lock()
		defer claims.mu.Unlock()
		for i, other := range claims.files {
			if os.SameFile(info, other) {
				claims.files = append(claims.files[:i], claims.files[i+1:]...)
				return
			}
		}
	}, nil
}
