// Package window runs a program in a real window on a screen in memory (Xvfb with
// the window manager openbox) and lets a test type, press, read and take
// pictures, as a person at the computer would.
//
//	p := window.Start(t, "Our home.ebb")
//	p.WaitText("Passphrase")
//	p.Type("correct horse battery staple")
//	p.Key("Return")
//	p.Click("Journal")
//	p.Picture("journal-light")
//
// What is on the screen is read through package ebb/ui/kit/probe, so the program
// has to be built with the tag windowprobe; its path is in EBB_PROGRAM. Nothing
// here waits for a time to pass: every wait is for a state of the screen, asks
// for it again and again, and fails the test when it does not come.
//
// Every program gets a display, a home folder and XDG folders of its own, so
// tests may run side by side.
//
// Tests that use this package carry the build tag realwindow. Without the tag
// go test ./... needs no display and runs only the tests of the package's own
// reading and parsing; make window (and so make test) builds the program and runs
// them all.
package window
