// Package still keeps what tests paint the same however long they take. Tests that
// compare pictures import it for its effect alone.
//
// The canvas of Fyne's test driver looks for what has not been painted for a minute
// whenever it paints, and throws the renderers of that away first (cache.Clean in
// driver/software). A desktop driver does so as well, but it lays out what it makes
// anew before the next frame, and the test driver does not: a page that a slow test
// paints after more than a minute has scroll bars and words where they were before
// any layout. Fyne reads how long a renderer lives from the environment, once, before
// main.
//
// Packages are initialised in the order of their import paths as soon as what they
// import is (the Go specification, "Program initialization"; go.dev/doc/go1.21), so
// this one, which imports little, comes before all of fyne.io.
package still

import "os"

func init() {
	// Longer than any test runs.
	if err := os.Setenv("FYNE_CACHE", "1000h"); err != nil {
		panic(err)
	}
}
