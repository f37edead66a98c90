package kit

// onTouch hears of everything that a person does to a part. The toolkit has no
// such hook, and a window must know when nobody is there any more.
var onTouch = func() {}

// OnTouch sets what is called whenever a person moves, presses or types on any
// part of the window. There is one window, so there is one such function; it must
// be quick.
func OnTouch(touched func()) { onTouch = touched }

// onCopy hears when words of a field went to the clipboard.
var onCopy = func() {}

// OnCopy sets what is called when a field put words on the clipboard, so that the
// window can take them off it again when it locks.
func OnCopy(copied func()) { onCopy = copied }

// Touched tells that a person did something; parts outside this package call it.
func Touched() { onTouch() }
