//go:build !windowprobe

package probe

// Start does nothing in a program built without the tag windowprobe.
func Start() {}
