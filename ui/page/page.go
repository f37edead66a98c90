// Package page holds what the pages of a home and of a practice have in common: what a
// page is, questions above it, rows and groups, dates, writes in their order, and
// sheets that are saved. It knows nothing of either, and they nothing of each other.
package page

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
)

// Page is what fills the window beside the rail.
type Page interface {
	Content() fyne.CanvasObject
	// First is what has the keyboard first, or nil.
	First() fyne.Focusable
	// Leave ends the page: it wipes private text from its parts and returns what
	// is still to be written, which may run on any goroutine. locking says that
	// the vault is being closed and not another page opened: what is being written
	// is sealed as a draft then, and kept otherwise.
	Leave(locking bool) func(context.Context) error
}

// ErrStay: what is written on the page could not be kept, so the page stays. It has
// told the person.
var ErrStay = errors.New("the page stays")

// Nothing is what Leave returns when nothing is to be written.
func Nothing(context.Context) error { return nil }

// Still is embedded by pages that nothing is written on.
type Still struct{}

// First implements [Page].
func (Still) First() fyne.Focusable { return nil }

// Leave implements [Page].
func (Still) Leave(bool) func(context.Context) error { return Nothing }
