// Package home holds the pages of a home vault, a file each.
//
// A page shows what the vault's package gives it and calls that package for
// whatever a person decides; it computes nothing about anybody. What it needs of
// the window comes through its [Desk].
package home
