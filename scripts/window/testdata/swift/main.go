// Command swift is Ebb's window with a key derivation that costs nothing, so that
// what is measured in it is all the rest. It opens only vaults that were made
// that way, and is built for measuring alone.
package main

import (
	"os"
	"time"

	"fyne.io/fyne/v2/app"

	"ebb/ui/window"
	"ebb/vault"
	"ebb/vault/guard"
	"ebb/vault/home"
	"ebb/vault/keys"
)

func main() {
	window.New(app.NewWithID("org.ebb.desktop"), window.Options{
		Vault:   os.Args[1],
		Vaults:  swift,
		Replace: func(dir string) error { return guard.Replace(os.Args, dir) },
	}).ShowAndRun()
}

func swift(now func() time.Time) vault.Options {
	o := home.Options(now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return o
}
