package drawer

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync/atomic"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// autoCheckpoint is after how many frames SQLite checkpoints by itself. A log of
// that length, with room for one large transaction more, stays within the
// smallest size class.
const autoCheckpoint = 900

// smallCheckpoint is autoCheckpoint for small drawers.
const smallCheckpoint = 90

// connector makes the one connection of a drawer. database/sql would make another
// when one is lost; that would bring its lock and its memory of the log with it,
// so it is refused, and the drawer has to be opened again.
type connector struct {
	driver *sqlite3.SQLiteDriver
	name   string
	used   atomic.Bool
}

// cacheKiB is how much of a drawer SQLite keeps in memory, opened. Its own default
// is 2,000; a page that it has to ask for again costs more here than in a plain
// database. With what this package keeps itself, a drawer stays within 4 MiB and 16
// bytes per page of a plain one.
const cacheKiB = 4000

var errReconnect = errors.New("the drawer lost its connection and must be opened again")

func (c *connector) Connect(context.Context) (driver.Conn, error) {
	if c.used.Swap(true) {
		return nil, errReconnect
	}
	return c.driver.Open(c.name)
}

func (c *connector) Driver() driver.Driver { return c.driver }

// connect lets SQLite open the store behind handle. path names the main file and
// serves for its lock only.
func connect(ctx context.Context, path string, handle int, fresh bool, o Options) (*sql.DB, *sqlite3.SQLiteConn, error) {
	var conn *sqlite3.SQLiteConn
	c := &connector{name: connectionName(path, handle, o.hooks), driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(opened *sqlite3.SQLiteConn) error {
			conn = opened
			return configure(opened, fresh, o.Small)
		},
	}}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	db.SetConnMaxIdleTime(0)
	db.SetConnMaxLifetime(0)
	if err := db.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, conn, nil
}

// connectionName is the URI that SQLite opens: it holds a handle, never a key.
// The driver sets locking_mode and synchronous from it, before configure runs; it
// must not set journal_mode, which would make a journal before there is room
// reserved in the pages.
func connectionName(path string, handle int, h *hooks) string {
	var b strings.Builder
	b.WriteString("file:")
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		b.WriteByte('/') // a drive letter follows
	}
	for _, c := range []byte(slashed) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("/-._~:", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	fmt.Fprintf(&b, "?vfs=ebb&mode=rw&drawer=%d&_locking_mode=EXCLUSIVE&_sync=FULL&_busy_timeout=0", handle)
	if h != nil && h.tearsNeighbours {
		b.WriteString("&psow=0")
	}
	return b.String()
}

// pragma is a setting of a connection. It is read back after it was set: SQLite
// ignores what it cannot do.
type pragma struct{ name, value, want string }

// settings are made in this order. The reserved bytes come before all of them.
var settings = []pragma{
	{"cache_size", fmt.Sprint(-cacheKiB), fmt.Sprint(-cacheKiB)},
	{"temp_store", "MEMORY", "2"}, // nothing unsealed may reach a disk
	{"mmap_size", "0", ""},        // no answer: our files cannot be mapped
	{"page_size", fmt.Sprint(pageSize), fmt.Sprint(pageSize)},
	{"journal_mode", "WAL", "wal"},
	{"locking_mode", "EXCLUSIVE", "exclusive"},
	{"synchronous", "FULL", "2"},
	{"max_page_count", fmt.Sprint(maxPages), fmt.Sprint(maxPages)},
	{"wal_autocheckpoint", fmt.Sprint(autoCheckpoint), fmt.Sprint(autoCheckpoint)},
	{"secure_delete", "ON", "1"},
	{"foreign_keys", "ON", "1"},
	{"cell_size_check", "ON", "1"},
	{"trusted_schema", "OFF", "0"},
}

// firstJournal goes before journal_mode WAL in a new database: the change to WAL
// is itself a transaction, and its journal is not to be a file.
var firstJournal = pragma{"journal_mode", "MEMORY", "memory"}

func configure(conn *sqlite3.SQLiteConn, fresh, small bool) error {
	if err := conn.SetFileControlInt("main", sqlite3.SQLITE_FCNTL_RESERVE_BYTES, recordOverhead); err != nil {
		return fmt.Errorf("reserving room for tags: %w", err)
	}
	for _, p := range settings {
		if fresh && p.name == firstJournal.name {
			if err := firstJournal.apply(conn); err != nil {
				return err
			}
		}
		if err := p.apply(conn); err != nil {
			return err
		}
	}
	if small {
		return pragma{"wal_autocheckpoint", fmt.Sprint(smallCheckpoint), fmt.Sprint(smallCheckpoint)}.apply(conn)
	}
	return nil
}

func (p pragma) apply(conn *sqlite3.SQLiteConn) error {
	if _, err := conn.Exec("PRAGMA "+p.name+" = "+p.value, nil); err != nil {
		return fmt.Errorf("setting %s: %w", p.name, err)
	}
	rows, err := conn.Query("PRAGMA "+p.name, nil)
	if err != nil {
		return fmt.Errorf("reading %s back: %w", p.name, err)
	}
	defer rows.Close()
	got := make([]driver.Value, 1)
	switch err := rows.Next(got); {
	case err == io.EOF && p.want == "":
		return nil
	case err != nil:
		return fmt.Errorf("reading %s back: %w", p.name, err)
	case fmt.Sprint(got[0]) != p.want:
		return fmt.Errorf("SQLite did not take %s = %s", p.name, p.value)
	}
	return nil
}
