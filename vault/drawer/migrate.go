package drawer

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
)

// Schema is what a kind of drawer holds.
type Schema struct {
	// ApplicationID is stored in the database's header and tells one kind of
	// drawer from another.
	ApplicationID int32
	// Migrations[i] brings the schema from version i to i+1. Once released, one
	// is never changed again.
	Migrations []Migration
}

// Migration is one step of a schema. It runs in a transaction of its own, together
// with the change of the version number.
type Migration struct {
	Name string // for errors
	SQL  string // one or more statements
}

var migrationName = regexp.MustCompile(`^([0-9]{4})_[a-z0-9_]+\.sql$`)

// ReadMigrations reads the files NNNN_name.sql in the root of fsys, in the order
// of their numbers. The first is 0001; a gap, a number used twice or a file of
// another name is an error.
func ReadMigrations(fsys fs.FS) ([]Migration, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int {
		switch {
		case a.Name() < b.Name():
			return -1
		case a.Name() > b.Name():
			return 1
		}
		return 0
	})
	var migrations []Migration
	for i, e := range entries {
		match := migrationName.FindStringSubmatch(e.Name())
		if match == nil || !e.Type().IsRegular() {
			return nil, fmt.Errorf("migrations: %q is not a file named like 0001_name.sql", e.Name())
		}
		if n, err := strconv.Atoi(match[1]); err != nil || n != i+1 {
			return nil, fmt.Errorf("migrations: %q should be number %04d", e.Name(), i+1)
		}
		text, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			return nil, fmt.Errorf("migrations: %w", err)
		}
		migrations = append(migrations, Migration{Name: e.Name(), SQL: string(text)})
	}
	return migrations, nil
}

// migrate brings the database to the schema's newest version. fresh says that the
// database is new and empty.
func (d *Drawer) migrate(ctx context.Context, schema Schema, fresh bool, before func(ctx context.Context, from, to int) error) error {
	var version, application int
	if err := d.pragma(ctx, "user_version", &version); err != nil {
		return err
	}
	if err := d.pragma(ctx, "application_id", &application); err != nil {
		return err
	}
	newest := len(schema.Migrations)
	switch {
	case version > newest:
		return ErrNewerSchema
	case !fresh && application != int(schema.ApplicationID):
		return fmt.Errorf("a drawer of another kind: %w", ErrDamaged)
	}
	// Up to here a drawer that is refused has not been touched.
	if err := d.store.mend(); err != nil {
		return diskError(err)
	}
	if fresh {
		if err := d.inOwnName(func() error {
			_, err := d.db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", schema.ApplicationID))
			return err
		}); err != nil {
			return err
		}
	} else if version < newest && before != nil {
		if err := before(ctx, version, newest); err != nil {
			return err
		}
	}
	for ; version < newest; version++ {
		m := schema.Migrations[version]
		if err := d.step(ctx, m, version+1); err != nil {
			return fmt.Errorf("migration %s: %w", m.Name, err)
		}
	}
	return nil
}

// step runs one migration, as far as SQL goes with no more rights than a caller.
func (d *Drawer) step(ctx context.Context, m Migration, version int) error {
	return d.transact(ctx, true, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, m.SQL); err != nil {
			return err
		}
		return d.inOwnName(func() error {
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
			return err
		})
	})
}

func (d *Drawer) pragma(ctx context.Context, name string, value any) error {
	return d.inOwnName(func() error {
		return d.db.QueryRowContext(ctx, "PRAGMA "+name).Scan(value)
	})
}

// inOwnName runs SQL of this package, which the authorizer lets through.
func (d *Drawer) inOwnName(fn func() error) error {
	if err := d.conn.SetFileControlInt("main", controlTrust, 1); err != nil {
		return err
	}
	err := fn()
	if off := d.conn.SetFileControlInt("main", controlTrust, 0); err == nil {
		err = off
	}
	return err
}
