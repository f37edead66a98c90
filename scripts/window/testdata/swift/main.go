// Command swift is Ebb's window with a key derivation that costs nothing and takes
// exactly [pause], so that what is measured in it is all the rest: meanwhile the
// page that says "Opening" is painted, as it is while people wait. It opens only
// vaults that were made that way, and is built for measuring alone.
package main

import (
	"os"
	"time"

	"fyne.io/fyne/v2/app"

	"ebb/ui/window"
	"ebb/vault"
	"ebb/vault/guard"
	"ebb/vault/keys"
	"ebb/vault/kinds"
)

func main() {
	dir, inherited := guard.InheritedVault()
	if !inherited {
		dir = os.Args[1]
	}
	window.New(app.NewWithID("org.ebb.desktop"), window.Options{Vault: dir, Vaults: swift}).ShowAndRun()
}

// pause stands for the derivation; figures_test.go takes it off again.
const pause = 400 * time.Millisecond

// swift is asked for beside the window, right before the vault is opened.
func swift(now func() time.Time) vault.Options {
	time.Sleep(pause)
	o := kinds.Options(now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return o
}
