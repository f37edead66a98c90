package home

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"time"

	"ebb/vault"
	"ebb/vault/drawer"
)

// Bounds and default of the time after which an idle window locks itself.
const (
	DefaultIdle = 5 * time.Minute
	MinIdle     = time.Minute
	MaxIdle     = 60 * time.Minute
)

// Settings are one person's own, kept in their private drawer. What must be known
// before unlocking (colours, text size) is kept with the computer instead.
type Settings struct {
	private kept
}

// Idle returns after how long without a touch the window locks itself.
func (s *Settings) Idle(ctx context.Context) (time.Duration, error) {
	value, err := s.get(ctx, "idle-seconds")
	if errors.Is(err, ErrNotFound) {
		return DefaultIdle, nil
	}
	if err != nil {
		return DefaultIdle, err
	}
	seconds, err := strconv.Atoi(value)
	if err != nil {
		return DefaultIdle, nil // written by something else: the default is safe
	}
	return min(max(time.Duration(seconds)*time.Second, MinIdle), MaxIdle), nil
}

// SetIdle stores it, held within MinIdle and MaxIdle.
func (s *Settings) SetIdle(ctx context.Context, d time.Duration) error {
	d = min(max(d, MinIdle), MaxIdle)
	return s.set(ctx, "idle-seconds", strconv.Itoa(int(d/time.Second)))
}

// Names of what is remembered about backups.
const (
	placeName    = "backup-place"
	backedUpName = "backed-up"
)

// BackupPlace returns the folder where this person wants backups to go, or "" if
// none was chosen. Where that is lies in their private drawer, like everything that
// they chose for themselves.
func (s *Settings) BackupPlace(ctx context.Context) (string, error) {
	place, err := s.get(ctx, placeName)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return place, err
}

// SetBackupPlace stores it; "" means that no backups are to be made. A path that
// depends on where the program was started is made one that does not. Whether the
// folder will do is for package backup to say.
func (s *Settings) SetBackupPlace(ctx context.Context, dir string) error {
	if dir != "" {
		var err error
		if dir, err = filepath.Abs(dir); err != nil {
			return err
		}
	}
	return s.set(ctx, placeName, dir)
}

// BackedUp returns when the last backup was made that was known to be whole; zero
// if none is known of.
func (s *Settings) BackedUp(ctx context.Context) (time.Time, error) {
	value, err := s.get(ctx, backedUpName)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}, nil // written by something else
	}
	return at, nil
}

// SetBackedUp stores it.
func (s *Settings) SetBackedUp(ctx context.Context, at time.Time) error {
	return s.set(ctx, backedUpName, at.UTC().Format(time.RFC3339))
}

// ringName is where the number of the person's ring is remembered.
const ringName = "ring-sequence"

// witnessRing notices an older ring that was put back, and remembers the one that
// is there now. See [vault.Session.WitnessRing].
func (s *Settings) witnessRing(ctx context.Context, session *vault.Session) error {
	value, err := s.get(ctx, ringName)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	remembered, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		remembered = 0 // the first visit, or written by something else
	}
	now, err := session.WitnessRing(remembered)
	if err == nil {
		err = s.set(ctx, ringName, strconv.FormatUint(now, 10))
	}
	if errors.Is(err, vault.ErrFull) {
		return nil // somebody who needs room must be able to open what takes it
	}
	return err
}

func (s *Settings) get(ctx context.Context, name string) (value string, err error) {
	err = s.private.View(ctx, func(tx *drawer.Tx) error {
		return notFound(tx.QueryRow(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value))
	})
	return value, err
}

func (s *Settings) set(ctx context.Context, name, value string) error {
	return s.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2`, name, value)
		return err
	})
}
