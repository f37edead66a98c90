package portable

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A jsonJournal reads the entries of one or several JSON files of an export, one
// after the other, as if they were one.
type jsonJournal struct {
	ledger
	closer   io.Closer
	decode   func(raw []byte) (e Entry, left Left, notes []string, reason string)
	streams  []stream
	total    int
	position int
	budget   int64
	current  io.ReadCloser
	elements *elements
	ids      identities
	failed   error
}

func newJSONJournal(streams []stream, closer io.Closer,
	decode func(raw []byte) (e Entry, left Left, notes []string, reason string),
	isOurs func(head map[string]json.RawMessage) bool,
) (*jsonJournal, error) {
	total, sound, err := census(streams, isOurs)
	if err != nil {
		return nil, err
	}
	return &jsonJournal{
		ledger: newLedger(), closer: closer, decode: decode, streams: sound, total: total,
		budget: MaxSource, ids: identities{},
	}, nil
}

// census counts the entries ahead, for the progress that a person sees, and
// refuses what is no journal. In a zip or folder other JSON may lie beside the
// journals; it is passed over as long as there is one journal. Damage is left
// for the reading proper, which gives what lies in front of it.
func census(streams []stream, isOurs func(head map[string]json.RawMessage) bool) (total int, journals []stream, err error) {
	left := int64(MaxSource)
	for _, s := range streams {
		n, err := countEntries(s, &left, isOurs)
		switch {
		case errors.Is(err, ErrFormat):
			continue
		case errors.Is(err, ErrTooLarge):
			return 0, nil, err
		}
		total += n
		journals = append(journals, s)
	}
	if len(journals) == 0 {
		return 0, nil, ErrFormat
	}
	return total, journals, nil
}

func countEntries(s stream, left *int64, isOurs func(head map[string]json.RawMessage) bool) (int, error) {
	r, err := s.open()
	if err != nil {
		return 0, nil // met again, and reported, when it is read
	}
	defer r.Close()
	e := newElements(utf8Reader(budget{r, left}))
	if err := e.begin(); err != nil {
		return 0, err
	}
	if !isOurs(e.head) {
		return 0, ErrFormat
	}
	for n := 0; ; n++ {
		_, err := e.next()
		switch {
		case err == nil, err == errElementTooLarge:
		case errors.Is(err, ErrTooLarge):
			return n, err
		default:
			return n, nil
		}
	}
}

func (j *jsonJournal) Total() int { return j.total }

func (j *jsonJournal) Close() error {
	j.failed = errors.New("the import is closed")
	return errors.Join(j.shut(), j.closer.Close())
}

func (j *jsonJournal) shut() error {
	if j.current == nil {
		return nil
	}
	err := j.current.Close()
	j.current, j.elements = nil, nil
	return err
}

func (j *jsonJournal) Next(ctx context.Context) (Entry, error) {
	for {
		if j.failed != nil {
			return Entry{}, j.failed
		}
		if err := ctx.Err(); err != nil {
			return Entry{}, err // not kept: the caller may go on
		}
		raw, err := j.element()
		if err != nil && err != errElementTooLarge {
			j.failed = err
			continue
		}
		j.position++
		if err != nil {
			j.refuse(j.position, reasonTooLarge)
			continue
		}
		e, left, notes, reason := j.decode(raw)
		j.left.addAll(left)
		if reason == "" {
			e.SourceID, reason = j.ids.settle(e)
		}
		if reason != "" {
			j.refuse(j.position, reason)
			continue
		}
		for _, note := range notes {
			j.note(j.position, note)
		}
		return e, nil
	}
}

// element returns the next entry of any journal, as JSON.
func (j *jsonJournal) element() ([]byte, error) {
	for {
		if j.current == nil {
			if len(j.streams) == 0 {
				return nil, io.EOF
			}
			r, err := j.streams[0].open()
			if err != nil {
				return nil, j.at(brokenOff(err))
			}
			j.streams = j.streams[1:]
			j.current, j.elements = r, newElements(utf8Reader(budget{r, &j.budget}))
			if err := j.elements.begin(); err != nil {
				return nil, j.at(brokenOff(err))
			}
		}
		raw, err := j.elements.next()
		switch err {
		case nil, errElementTooLarge:
			return raw, err
		case io.EOF:
			if err := j.shut(); err != nil {
				return nil, j.at(brokenOff(err))
			}
		default:
			return nil, j.at(err)
		}
	}
}

// at says behind which entry reading endej.
func (j *jsonJournal) at(err error) error {
	return fmt.Errorf("after entry %d: %w", j.position, err)
}
