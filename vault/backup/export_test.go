package backup

// Faults lets a test stand before every access to a file system: see disk.go.
func (o Options) Faults(before func(operation string, length int) (int, error)) Options {
	o.hooks = &hooks{before: func(op operation, length int) (int, error) { return before(string(op), length) }}
	return o
}

var (
	Keep     = keep
	PartName = partName
)
