package guard

// noDump has nothing to do: [Harden] forbids core files.
func noDump([]byte) error { return nil }
