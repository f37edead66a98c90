// The server of the benchmarks for SQLCipher: a program of its own, because its
// library and the one that a drawer stands on define the same C symbols.
package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"ebb/vault/drawer/work"

	_ "github.com/mutecomm/go-sqlcipher/v4"
)

func main() {
	if err := work.Serve(os.Stdin, os.Stdout, open); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// settings are those of a drawer, as far as SQLCipher's SQLite knows them.
// It keeps no memory locked and overwrites none, as newer versions by default.
var settings = []string{
	"cipher_memory_security = OFF",
	"temp_store = MEMORY",
	"journal_mode = WAL",
	"wal_autocheckpoint = 900",
	"secure_delete = ON",
	"foreign_keys = ON",
	"cell_size_check = ON",
	"trusted_schema = OFF",
}

// open opens a database under a raw key, as a drawer is: no time goes into deriving
// one from a passphrase.
func open(path string, fresh bool) (work.Database, error) {
	key := strings.Repeat("1f", 32)
	db, err := sql.Open("sqlite3", "file:"+path+"?_locking_mode=EXCLUSIVE&_sync=FULL&_pragma_key=x'"+key+"'&_pragma_cipher_page_size=4096")
	if err != nil {
		return work.Database{}, err
	}
	db.SetMaxOpenConns(1)
	for _, setting := range settings {
		if _, err := db.Exec("PRAGMA " + setting); err != nil {
			return work.Database{}, errors.Join(fmt.Errorf("%s: %w", setting, err), db.Close())
		}
	}
	var version string
	if err := db.QueryRow("PRAGMA cipher_version").Scan(&version); err != nil {
		return work.Database{}, errors.Join(fmt.Errorf("this is no SQLCipher: %w", err), db.Close())
	}
	if fresh {
		if _, err := db.Exec(work.Schema); err != nil {
			return work.Database{}, errors.Join(err, db.Close())
		}
	}
	return work.Database{DB: db, Close: db.Close}, nil
}
