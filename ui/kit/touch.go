package kit

// onTouch hears of everything that a person does to a part. The toolkit has no
// such hook, and a window must know when nobody is there any more.
var onTouch = func() {}

// OnTouch sets what is called whenever a person moves, presses or types on any
// part of the window. There is one window, so there is one such function; it must
// be quick.
func OnTouch(touched func()) { onTouch = touched }

// Touched tells that a person did something; parts outside this package call it.
func Touched() { onTouch() }
