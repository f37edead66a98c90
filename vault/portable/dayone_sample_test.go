package portable

import (
	"context"
	"io"
	"testing"
)

// drainSource reads a source to its end.
func drainSource(t *testing.T, s Source) ([]Entry, error) {
	t.Helper()
	var all []Entry
	for {
		e, err := s.Next(context.Background())
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, e)
	}
}

func TestSample(t *testing.T) {
	s, err := Open(DayOne, "testdata/dayone-made-up.json")
	if err != nil {
		t.Fatal(err)
	}
	all, err := drainSource(t, s)
	t.Log(len(all), err, s.Total(), s.Left(), s.Problems())
	for _, e := range all { t.Logf("%q %v %v %v %q %v %v %v", e.Text, e.SourceID, e.Written, e.Zone, e.LocalDate, e.Tags, e.Starred, e.AllDay) }
}
