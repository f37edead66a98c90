package portable

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// dayOne reads the entries of one or several journals of an export, one after
// the other, as if they were one.
type dayOne struct {
	ledger
	closer   io.Closer
	streams  []stream
	total    int
	position int
	budget   int64
	current  io.ReadCloser
	elements *elements
	places   places
	ids      identities
	failed   error
}

func openDayOne(path string) (Source, error) {
	streams, closer, err := journals(path)
	if err != nil {
		return nil, err
	}
	total, sound, err := census(streams)
	if err != nil {
		closer.Close()
		return nil, err
	}
	return &dayOne{
		ledger: newLedger(), closer: closer, streams: sound, total: total,
		budget: MaxSource, places: places{}, ids: identities{},
	}, nil
}

// census counts the entries ahead, for the progress that a person sees, and
// refuses what is no journal. In a zip or folder other JSON may lie beside the
// journals; it is passed over as long as there is one journal. Damage is left
// for the reading proper, which gives what lies in front of it.
func census(streams []stream) (total int, journals []stream, err error) {
	left := int64(MaxSource)
	for _, s := range streams {
		n, err := countEntries(s, &left)
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

func countEntries(s stream, left *int64) (int, error) {
	r, err := s.open()
	if err != nil {
		return 0, nil // met again, and reported, when it is read
	}
	defer r.Close()
	e := newElements(utf8Reader(budget{r, left}))
	if err := e.begin(); err != nil {
		return 0, err
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

func (d *dayOne) Total() int { return d.total }

func (d *dayOne) Close() error {
	d.failed = errors.New("the import is closed")
	return errors.Join(d.shut(), d.closer.Close())
}

func (d *dayOne) shut() error {
	if d.current == nil {
		return nil
	}
	err := d.current.Close()
	d.current, d.elements = nil, nil
	return err
}

func (d *dayOne) Next(ctx context.Context) (Entry, error) {
	for {
		if d.failed != nil {
			return Entry{}, d.failed
		}
		if err := ctx.Err(); err != nil {
			return Entry{}, err // not kept: the caller may go on
		}
		raw, err := d.element()
		if err != nil && err != errElementTooLarge {
			d.failed = err
			continue
		}
		d.position++
		if err != nil {
			d.refuse(d.position, reasonTooLarge)
			continue
		}
		e, left, notes, reason := dayOneEntry(raw, d.places)
		d.left.addAll(left)
		if reason == "" {
			e.SourceID, reason = d.ids.settle(e)
		}
		if reason != "" {
			d.refuse(d.position, reason)
			continue
		}
		for _, note := range notes {
			d.note(d.position, note)
		}
		return e, nil
	}
}

// element returns the next entry of any journal, as JSON.
func (d *dayOne) element() ([]byte, error) {
	for {
		if d.current == nil {
			if len(d.streams) == 0 {
				return nil, io.EOF
			}
			r, err := d.streams[0].open()
			if err != nil {
				return nil, d.at(brokenOff(err))
			}
			d.streams = d.streams[1:]
			d.current, d.elements = r, newElements(utf8Reader(budget{r, &d.budget}))
			if err := d.elements.begin(); err != nil {
				return nil, d.at(brokenOff(err))
			}
		}
		raw, err := d.elements.next()
		switch err {
		case nil, errElementTooLarge:
			return raw, err
		case io.EOF:
			if err := d.shut(); err != nil {
				return nil, d.at(brokenOff(err))
			}
		default:
			return nil, d.at(err)
		}
	}
}

// at says behind which entry reading ended.
func (d *dayOne) at(err error) error {
	return fmt.Errorf("after entry %d: %w", d.position, err)
}

// identities sees to it that two entries of one source never share an id
// without sharing their content. It keeps a hash of what stood behind each id.
type identities map[string][sha256.Size]byte

// settle returns the id to use, or the reason why the entry is a repetition.
func (ids identities) settle(e Entry) (id, reason string) {
	content := contentHash(e)
	earlier, taken := ids[e.SourceID]
	if !taken {
		ids[e.SourceID] = content
		return e.SourceID, ""
	}
	if earlier == content {
		return "", reasonRepeated
	}
	e.SourceID = fmt.Sprintf("%s:%x", e.SourceID, content[:8])
	if _, again := ids[e.SourceID]; again {
		return "", reasonRepeated
	}
	ids[e.SourceID] = content
	return e.SourceID, ""
}

func contentHash(e Entry) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s\x00%s", e.Written.UnixNano(), e.Zone, e.LocalDate, e.Text))
}
