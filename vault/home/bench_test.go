package home_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// manyEntries is a source of n entries of about a kilobyte, one a day.
type manyEntries struct{ n, next int }

func (m *manyEntries) Next(context.Context) (portable.Entry, error) {
	if m.next == m.n {
		return portable.Entry{}, io.EOF
	}
	m.next++
	at := time.Date(2000, 1, 1, 20, 0, 0, 0, time.UTC).AddDate(0, 0, m.next)
	return portable.Entry{
		SourceID: fmt.Sprint("made-up:", m.next), Written: at, LocalDate: at.Format(time.DateOnly), Zone: "Europe/Berlin",
		Text: fmt.Sprintf("# Evening %d\n\n%s", m.next, strings.Repeat(fmt.Sprintf("The river was high and nobody asked word%d. ", m.next), 22)),
		Tags: []string{"made up"},
	}, nil
}

func (m *manyEntries) Total() int                   { return m.n }
func (m *manyEntries) Left() portable.Left          { return nil }
func (m *manyEntries) Problems() []portable.Problem { return nil }
func (m *manyEntries) Close() error                 { return nil }

// BenchmarkFirstPage measures what opening a journal of 10,000 entries costs beyond
// Argon2id: from the right passphrase to the rows of the first page.
func BenchmarkFirstPage(b *testing.B) {
	c := newClock()
	dir := newVault(b, c)
	visit(b, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if _, err := h.Journal.Import(context.Background(), &manyEntries{n: 10000}, nil); err != nil {
			b.Fatal(err)
		}
	})
	for b.Loop() {
		s, h := unlock(b, c, dir, passA)
		places, err := h.Journal.Contents(context.Background())
		if err != nil || len(places) != 10000 {
			b.Fatal(len(places), err)
		}
		if _, err := h.Journal.Rows(context.Background(), places[:40]); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Lock(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkSearch measures a search in a journal of 10,000 entries.
func BenchmarkSearch(b *testing.B) {
	c := newClock()
	dir := newVault(b, c)
	visit(b, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if _, err := h.Journal.Import(context.Background(), &manyEntries{n: 10000}, nil); err != nil {
			b.Fatal(err)
		}
		for name, query := range map[string]string{"rare": "word77", "in-all": "river", "prefix": "wo"} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := h.Journal.Search(context.Background(), query); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}
