//go:build !linux

package guard

import "fmt"

// DenyNetwork is not possible here; the program makes no socket all the same,
// and says that nothing but its own code keeps it from that.
func DenyNetwork() error { return fmt.Errorf("deny the network: %w", ErrUnsupported) }
