// Package demodata holds two invented people and their journals, and an invented
// practice with its cases, for ebb demo and for pictures. Nobody of these names wrote a
// word of it.
//
// The entries lie in data/ as Markdown, many in a file, each under front matter
// in TOML. Dates are stored as days before today and a time on the clock of the
// place, so that a demo made at any time holds the last three months. Decoding
// is strict: a field that is not known, a line that does not stand in its entry,
// an entry out of order are errors, and a test decodes everything.
//
// The people wish for different amounts of closeness, and neither is in the
// wrong. What they write keeps to the voice and care rules of the program: no
// blame, nothing counted, nothing that somebody ought to want.
//
// The practice has something for every page that there is. Its people come on weekdays
// and at hours of their own; who they are is said as they say it, and none of them is
// what the work is about: that is between them. What is behind a limit is told nowhere
// but behind the second unlock, and most cases have nothing there.
package demodata
