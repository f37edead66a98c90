// Command ebb is a private place for couples who live with a difference in
// desire: an encrypted journal, shared lines, and later exercises, check-ins and
// agreements, on one computer and without any network.
//
// Without arguments, or with the path of a vault, it opens the window; "ebb help"
// lists the commands.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of imported entries, on systems that have none

	"fyne.io/fyne/v2/app"

	"ebb/ui/command"
	"ebb/ui/lang"
	"ebb/ui/window"
	"ebb/vault/guard"
)

// appID names the folder of the preferences. It is the ID of FyneApp.toml.
const appID = "org.ebb.desktop"

// version is FyneApp.toml's.
const version = "0.1.0"

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	// Both must come first: later threads and files inherit them.
	hardened := guard.Harden()
	denied := guard.DenyNetwork()
	if len(args) > 0 && command.Known(args[0]) {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		return command.Run(ctx, args, version, command.Terminal())
	}
	if len(args) > 1 {
		fmt.Fprint(os.Stderr, command.Usage())
		return 2
	}
	if !window.DisplayPresent() {
		fmt.Fprintln(os.Stderr, lang.T("window.no-display"))
		return 2
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		// The toolkit's D-Bus library would start a program to find a bus. Ebb starts
		// none, so it is told a bus that is not there.
		if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+os.DevNull); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	o := window.Options{NetworkNotDenied: denied != nil, NotHardened: hardened != nil, Version: version}
	if vault, ok := guard.InheritedVault(); ok {
		o.Vault = vault
	} else if len(args) == 1 {
		o.Vault = args[0]
	}
	w := window.New(app.NewWithID(appID), o)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		<-asked
		w.Terminate()
	}()
	w.ShowAndRun()
	return 0
}
