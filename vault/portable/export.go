package portable

import (
	"context"
	"errors"
	"iter"
)

// A Summary tells what an export wrote.
type Summary struct {
	Entries int
	Files   int
	Bytes   int64
}

// ExportMarkdown writes one .md file per entry.
func ExportMarkdown(ctx context.Context, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	return Summary{}, errors.ErrUnsupported
}

// ExportJSON writes journal.json.
func ExportJSON(ctx context.Context, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	return Summary{}, errors.ErrUnsupported
}
