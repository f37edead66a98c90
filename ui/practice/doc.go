// Package practice holds the pages of a practice vault, a file each, as package
// home holds those of a page.
//
// A page shows what the vault's package gives it and calls that package for whatever
// the practitioner decides; it computes nothing about anybody, and never compares two
// people. What it needs of the window comes through its [Desk].
//
// # Two unlocks
//
// Pages of the record open with the vault. What lies in the apart drawers is asked for
// only after the second unlock, and leaves the screen when that ends: every second the
// window calls [Desk.Tick], and a page that shows apart notes seals what is being
// written before its time is up.
//
// # One case at a time
//
// [Cases] holds the case that is open. Going to the caseload closes it, and ends the
// second unlock.
package practice
