package guard

import "golang.org/x/sys/windows"

// Harden asks the system not to show an error window, and with it not to make a
// report with a dump, when the process fails.
func Harden() error {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX)
	return nil
}
