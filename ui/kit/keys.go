package kit

import "fyne.io/fyne/v2"

// Keys hears of keys that nothing within it has a use for, so that a page can have
// single keys of its own.
type Keys struct {
	around
	heard func(fyne.KeyName) bool
}

// NewKeys puts content under keys; heard reports whether it had a use for one.
func NewKeys(content fyne.CanvasObject, heard func(fyne.KeyName) bool) *Keys {
	k := &Keys{heard: heard}
	k.extend(k, content)
	hold(k, content)
	return k
}

func (k *Keys) typedKey(e *fyne.KeyEvent) {
	if !k.heard(e.Name) {
		k.PassKey(e)
	}
}

func (k *Keys) objects() []fyne.CanvasObject { return []fyne.CanvasObject{k.inner} }
func (k *Keys) paint()                       {}
func (k *Keys) place(size fyne.Size)         { k.placeInner(size) }
