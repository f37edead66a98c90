package portable

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// RedNotebook (rednotebook.app) keeps a file of YAML for every month, 2026-01.txt,
// in one folder: a mapping of days to what was written on them. Its backup is a
// zip of that folder. The format is that of its source (storage.py, data.py,
// markup.py), the markup that of its help, version 2.42.
//
// A month is not parsed whole: a line that begins with a number and a colon begins
// a day, since in YAML all that belongs to a day is indented. So a day that is
// broken does not cost the others, and the parser never sees more than one.

// maxDay is the most bytes of YAML that one day may take: a text of MaxText with
// its quotes.
const maxDay = 2 * MaxText

var (
	monthFile = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])\.txt$`)
	monthDay  = regexp.MustCompile(`^['"]?(\d{1,2})['"]?:(?:[ \t\r\n]|$)`)
	monthHead = regexp.MustCompile(`^(?:\s*(?:#[^\n]*|%[^\n]*|---|\.\.\.|\{\})[ \t\r]*(?:\n|$)|\s+)*$`)
)

func isMonth(name string) bool { return monthFile.MatchString(name) }

func openRedNotebook(name string) (Source, error) {
	left := Left{}
	streams, closer, err := redMonths(name, left)
	if err != nil {
		return nil, err
	}
	if len(streams) == 0 {
		err = fmt.Errorf("%w: there is no month in it", ErrFormat)
	}
	var source Source
	if err == nil {
		at := here()
		var parts []part
		for _, s := range streams {
			parts = append(parts, monthPart(s, at))
		}
		source, err = newTextJournal(closer, parts, left)
	}
	if err != nil {
		closer.Close()
		return nil, err
	}
	return source, nil
}

// redMonths finds the months in a folder, in a zip, or the one month.
func redMonths(name string, left Left) ([]stream, io.Closer, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	case info.IsDir():
		return folderStreams(name, isMonth, left)
	}
	streams, closer, err := journals(name, isMonth, func(name string) { left.add(otherKind(name), 1) })
	if err == nil && len(streams) == 1 && streams[0].name == "" { // no zip
		if streams[0].name = filepath.Base(name); !isMonth(streams[0].name) {
			closer.Close()
			return nil, nil, ErrFormat
		}
	}
	return streams, closer, err
}

func monthPart(s stream, at place) part {
	month := monthFile.FindStringSubmatch(path.Base(s.name))
	return part{
		stream: s,
		limit:  maxDay,
		begins: func(line []byte) bool {
			return len(line) > 0 && strings.IndexByte(`0123456789'"`, line[0]) >= 0 && monthDay.Match(line)
		},
		idle: monthHead.Match,
		entry: func(block []byte, headed bool) (Entry, Left, []string, string) {
			if !headed {
				return Entry{}, nil, nil, reasonNoDate
			}
			day := string(monthDay.FindSubmatch(block)[1])
			f, _ := readFigures(month[1] + "-" + month[2] + "-" + day)
			w, ok := f.when(at)
			if !ok {
				return Entry{}, nil, nil, reasonDate
			}
			return redDay(block, w)
		},
	}
}

// crowded tells whether a day may hold more YAML than a day's words need. Every
// node beyond the first needs one of these signs, so they bound what the parser
// builds.
func crowded(block []byte) bool {
	signs := 0
	for _, sign := range []byte(",:?[{-") {
		signs += bytes.Count(block, []byte{sign})
	}
	return signs > maxDay/32
}
