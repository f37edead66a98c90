package portable

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A Summary tells what an export wrote, and what it could not.
type Summary struct {
	Entries int
	Files   int
	Bytes   int64
	// Moods is how many mood words were left out, because the format has no
	// place for them.
	Moods int
	// Lost is how many entries could not be read where they lie. More says that
	// there are others, and that nobody can tell how many.
	Lost int
	More bool
}

// A sequence to export may yield these in place of an entry. The export goes on
// with the next, and tells what it left out.
var (
	// ErrLost: this entry cannot be read.
	ErrLost = errors.New("an entry cannot be read")
	// ErrLostMore: other entries cannot even be counted.
	ErrLostMore = errors.New("some entries cannot be read")
)

// ExportMarkdown writes one file per entry to the new folder dir, under
// neutral names: 2026/03/2026-03-04-1.md is the first entry of that day in the
// order of the sequence. Front matter in YAML holds everything but the text.
//
// Like ExportJSON it writes the whole folder or nothing: into a folder beside
// dir, which takes dir's name when all of it is on the disk. dir may be an empty
// folder; its parent must exist. It returns ErrNotEmpty if there is anything at
// dir, the sequence's error, the context's, or one of the disk without paths.
// Folders are of mode 0700 and files of 0600, where the system knows modes.
func ExportMarkdown(ctx context.Context, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	return export(ctx, dir, entries, func(s *stage, next iter.Seq2[record, error], _ *Summary) error {
		perDay := map[string]int{}
		for r, err := range next {
			if err != nil {
				return err
			}
			day := r.LocalDate
			if !isDay(day) {
				day = r.Written[:len(time.DateOnly)]
			}
			perDay[day]++
			name := filepath.Join(day[:4], day[5:7], day+"-"+strconv.Itoa(perDay[day])+".md")
			err = s.write(name, func(w io.Writer) error {
				_, err := io.WriteString(w, markdownFile(r))
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// ExportJSON writes journal.json, and the schema that describes it, to the new
// folder dir, in the way of ExportMarkdown.
func ExportJSON(ctx context.Context, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	return export(ctx, dir, entries, func(s *stage, next iter.Seq2[record, error], _ *Summary) error {
		err := s.write("schema.json", func(w io.Writer) error {
			_, err := w.Write(schema)
			return err
		})
		if err != nil {
			return err
		}
		return s.write("journal.json", func(w io.Writer) error { return writeJSON(w, next) })
	})
}

// WriteFolder makes the new folder dir of the files that fill writes, in the way of
// ExportMarkdown: all of it, or nothing. A name is relative, and may lie in new folders.
func WriteFolder(ctx context.Context, dir string, fill func(write func(name string, content func(io.Writer) error) error) error) (err error) {
	s, err := newStage(dir)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.discard())
		}
	}()
	if err := fill(s.write); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.publish()
}

func export(ctx context.Context, dir string, entries iter.Seq2[Entry, error],
	write func(*stage, iter.Seq2[record, error], *Summary) error,
) (summary Summary, err error) {
	s, err := newStage(dir)
	if err != nil {
		return Summary{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.discard())
			summary = Summary{}
		}
	}()
	if err = write(s, records(ctx, entries, &summary), &summary); err != nil {
		return summary, err
	}
	if err = ctx.Err(); err != nil {
		return summary, err
	}
	summary.Files, summary.Bytes = len(s.files), s.bytes
	return summary, s.publish()
}

// records turns entries into records and counts them.
func records(ctx context.Context, entries iter.Seq2[Entry, error], sum *Summary) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for e, err := range entries {
			switch {
			case errors.Is(err, ErrLost):
				sum.Lost++
				continue
			case errors.Is(err, ErrLostMore):
				sum.More = true
				continue
			case err == nil:
				err = ctx.Err()
			}
			if err != nil {
				yield(record{}, err)
				return
			}
			sum.Entries++
			r, err := newRecord(e)
			if err != nil {
				yield(record{}, fmt.Errorf("entry %d cannot be written: %w", sum.Entries, err))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// markdownFile is front matter, a blank line, the text as it is, and a line
// break. Strings stand in the quotes of JSON, which are quotes of YAML too.
func markdownFile(r record) string {
	var b strings.Builder
	field := func(name string, value any) {
		fmt.Fprintf(&b, "%s: %s\n", name, quoted(value))
	}
	b.WriteString("---\n")
	fmt.Fprintf(&b, "ebb: %d\n", ownVersion)
	field("id", r.ID)
	fmt.Fprintf(&b, "date: %s\n", localStamp(r))
	field("day", r.LocalDate)
	if r.Zone != "" {
		field("zone", r.Zone)
	}
	if r.AllDay {
		b.WriteString("all_day: true\n")
	}
	if r.Starred {
		b.WriteString("starred: true\n")
	}
	if len(r.Moods) > 0 {
		field("moods", r.Moods)
	}
	if len(r.Tags) > 0 {
		field("tags", r.Tags)
	}
	if r.Created != "" {
		fmt.Fprintf(&b, "created: %s\n", r.Created)
	}
	if r.Edited != "" {
		fmt.Fprintf(&b, "edited: %s\n", r.Edited)
	}
	b.WriteString("---\n\n")
	b.WriteString(r.Text)
	b.WriteString("\n")
	return b.String()
}

// localStamp is the instant with the clock of its place. Offsets from before
// standard time have seconds, which RFC 3339 cannot write; those stay in UTC.
func localStamp(r record) string {
	t, err := time.Parse(time.RFC3339Nano, r.Written)
	there := lookUp(r.Zone)
	if err != nil || !there.ok {
		return r.Written
	}
	t = t.In(there.loc)
	if _, offset := t.Zone(); offset%60 != 0 {
		return r.Written
	}
	return t.Format(time.RFC3339Nano)
}

// quoted writes strings as JSON on one line, with < and & as they are.
func quoted(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // strings and lists of strings cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}

// writeJSON writes the journal an entry at a time, a line each, so that a
// comparison of two exports shows the entries that differ.
func writeJSON(w io.Writer, next iter.Seq2[record, error]) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "{\"format\":%q,\"version\":%d,\"entries\":[", ownFormat, ownVersion)
	sep := "\n"
	for r, err := range next {
		if err != nil {
			return err
		}
		if _, err := b.WriteString(sep + quoted(r)); err != nil {
			return err
		}
		sep = ",\n"
	}
	b.WriteString("\n]}\n")
	return b.Flush() // gives the first error of any write
}
