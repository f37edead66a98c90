package portable

import (
	"context"
	"fmt"
	"iter"
)

// Formats lists the formats that Open reads, in the order in which a person is
// offered them.
func Formats() []string { return []string{DayOne, Jrnl, RedNotebook, Markdown, Ebb} }

// Open opens a file or folder for import in one of the Formats. It returns
// ErrFormat, ErrNewer, ErrTooLarge, ErrLocked, ErrEncrypted or an error of the
// disk without the path; whatever can be told only while reading comes from
// Source.Next. The caller closes the source.
func Open(format, path string) (Source, error) {
	switch format {
	case DayOne:
		return openDayOne(path)
	case Jrnl:
		return openJrnl(path)
	case Markdown:
		return openMarkdown(path)
	case RedNotebook:
		return openRedNotebook(path)
	case Ebb:
		return openEbb(path)
	}
	return nil, fmt.Errorf("the format %q is not known", format)
}

// Exports lists the formats that Export writes, in the order in which a person is
// offered them.
func Exports() []string { return []string{Markdown, JSON, DayOne} }

// Export writes entries to the new folder dir in one of the Exports: see
// ExportMarkdown, ExportJSON and ExportDayOne.
func Export(ctx context.Context, format, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	switch format {
	case Markdown:
		return ExportMarkdown(ctx, dir, entries)
	case JSON:
		return ExportJSON(ctx, dir, entries)
	case DayOne:
		return ExportDayOne(ctx, dir, entries)
	}
	return Summary{}, fmt.Errorf("the format %q is not known", format)
}
