module ebb/scripts/bench

go 1.26

require (
	ebb v0.0.0
	github.com/mutecomm/go-sqlcipher/v4 v4.4.2 // SQLCipher 4.4.2 with SQLite 3.33, for comparison
)

replace ebb => ../..
