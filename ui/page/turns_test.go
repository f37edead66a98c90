package page

import (
	"errors"
	"slices"
	"testing"
)

func TestTurnsRunInTheOrderTheyWereTaken(t *testing.T) {
	var (
		all   Turns
		order []int
		ended = make(chan struct{})
	)
	const writes = 5
	taken := make([]func(func() error) error, writes)
	for i := range taken {
		taken[i] = all.Next()
	}
	for i := range writes { // the last one starts first
		n := writes - 1 - i
		go func() {
			if err := taken[n](func() error { order = append(order, n); return nil }); err != nil {
				t.Error(err)
			}
			ended <- struct{}{}
		}()
	}
	for range writes {
		<-ended
	}
	if want := []int{0, 1, 2, 3, 4}; !slices.Equal(order, want) {
		t.Errorf("ran in the order %v", order)
	}
}

func TestTurnCanBeTriedAgain(t *testing.T) {
	var all Turns
	first, second := all.Next(), all.Next()
	full := errors.New("no room")
	if err := first(func() error { return full }); !errors.Is(err, full) {
		t.Errorf("the first try gives %v", err)
	}
	for name, turn := range map[string]func(func() error) error{"again": first, "the next": second} {
		if err := turn(func() error { return nil }); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
