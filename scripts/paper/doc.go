// Package paper reads what a PDF of Ebb's shows, for the tests: what was saved for
// paper is searched as everything else is. It understands the files that package print
// writes and no others.
package paper
