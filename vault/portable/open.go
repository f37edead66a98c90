package portable

import "fmt"

// Open opens a file or folder for import. The format is DayOne, Markdown or
// Ebb. The caller closes the source.
func Open(format, path string) (Source, error) {
	return nil, fmt.Errorf("the format %q is not known", format)
}
