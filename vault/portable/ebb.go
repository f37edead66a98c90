package portable

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ebb reads the JSON that ExportJSON writes: the file, or its folder.
type ebb struct {
	ledger
	closer   io.Closer
	file     io.ReadCloser
	elements *elements
	total    int
	position int
	places   places
	ids      identities
	failed   error
}

func openEbb(path string) (Source, error) {
	streams, closer, err := journals(path, isJournal, nil)
	if err != nil {
		return nil, err
	}
	source, err := beginEbb(streams)
	if err != nil {
		closer.Close()
		return nil, err
	}
	source.closer = closer
	return source, nil
}

// beginEbb finds the journal among the files: beside it lies its schema.
func beginEbb(streams []stream) (*ebb, error) {
	left := int64(MaxSource)
	for _, s := range streams {
		total, err := countEntries(s, &left, anyJournal)
		if errors.Is(err, ErrFormat) {
			continue
		}
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		file, err := s.open()
		if err != nil {
			return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
		}
		allowed := int64(MaxSource)
		e := &ebb{
			ledger: newLedger(), file: file, total: total, places: places{}, ids: identities{},
			elements: newElements(utf8Reader(budget{file, &allowed})),
		}
		if err := e.begin(); err != nil {
			file.Close()
			return nil, err
		}
		return e, nil
	}
	return nil, ErrFormat
}

// begin reads the marks in front of the entries.
func (s *ebb) begin() error {
	if err := s.elements.begin(); err != nil {
		return err
	}
	var format string
	var version json.Number
	if json.Unmarshal(s.elements.head["format"], &format) != nil || format != ownFormat ||
		json.Unmarshal(s.elements.head["version"], &version) != nil {
		return ErrFormat
	}
	n, err := version.Int64()
	switch {
	case err != nil || n < 1:
		return ErrFormat
	case n > ownVersion:
		return ErrNewer
	}
	return nil
}

func (s *ebb) Total() int { return s.total }

func (s *ebb) Close() error {
	s.failed = errors.New("the import is closed")
	return errors.Join(s.file.Close(), s.closer.Close())
}

func (s *ebb) Next(ctx context.Context) (Entry, error) {
	for {
		if s.failed != nil {
			return Entry{}, s.failed
		}
		if err := ctx.Err(); err != nil {
			return Entry{}, err
		}
		raw, err := s.elements.next()
		switch err {
		case nil, errElementTooLarge:
		case io.EOF:
			s.failed = io.EOF
			continue
		default:
			s.failed = fmt.Errorf("after entry %d: %w", s.position, err)
			continue
		}
		s.position++
		if err != nil {
			s.refuse(s.position, reasonTooLarge)
			continue
		}
		e, notes, reason := ownRecord(raw, s.places)
		if reason == "" {
			e.SourceID, reason = s.ids.settle(e)
		}
		if reason != "" {
			s.refuse(s.position, reason)
			continue
		}
		for _, note := range notes {
			s.note(s.position, note)
		}
		return e, nil
	}
}
