package keys

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"ebb/scripts/proof"
)

// TestWalk lets people come and go in any order: they join, leave, change what
// they share and how they open it, are away for long, and are cut off. Whoever is
// there at the end shares one drawer with everybody else, without a notice that
// anything was refused on the way, and nobody who left has its key.
func TestWalk(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "key file/walks")
	did := map[string]int{}
	for n := 0; n < proof.Size(8, 16, 2000) && c.TimeLeft(); n++ {
		w := &walk{T: t, Rand: rand.New(rand.NewPCG(c.Uint64(), uint64(n))), did: did}
		w.begin()
		for range 25 {
			w.step()
		}
		w.end()
		if t.Failed() {
			t.Fatalf("walk %d: %v", n, w.log)
		}
		c.Ran(true, "walked")
	}
	t.Log(did)
	for _, what := range []string{"rekey", "join", "leave", "change", "recovery", "cut off", "visit", "replay"} {
		if did[what] == 0 {
			t.Errorf("nobody ever did: %s", what)
		}
	}
}

type walk struct {
	*testing.T
	*rand.Rand
	path    string
	present map[uint8]string // passphrases by seat
	gone    []string         // passphrases and words that open nothing any more
	words   map[uint8]string
	secrets map[uint8][][32]byte // of those who left, when they did
	kept    []body               // earlier states of the file

	replayed map[uint8]bool // whose inboxes hold what was put back
	did      map[string]int
	log      []string
}

func (w *walk) begin() {
	path, _ := newHome(w.T, "passphrase 0", "Person 0")
	w.path, w.present, w.words, w.secrets = path, map[uint8]string{0: "passphrase 0"}, map[uint8]string{}, map[uint8][][32]byte{}
	w.replayed = map[uint8]bool{}
}

func (w *walk) note(what string, seat uint8) {
	w.did[what]++
	w.log = append(w.log, fmt.Sprint(seat, " ", what))
}

// unlock opens a seat and does what a session does first.
func (w *walk) unlock(seat uint8) *Seat {
	s := unlock(w.T, w.path, w.present[seat])
	for _, n := range s.Notices() {
		if n.Kind != Joined && n.Kind != Left && !(n.Kind == ChangeIgnored && w.replayed[seat]) {
			w.Errorf("%v: seat %d is told: %v", w.log, seat, n.Kind)
		}
	}
	if s.Ring().RekeyDue() {
		w.rekey(s)
	}
	return s
}

// lock does what a session does last, and destroys what is doomed.
func (w *walk) lock(s *Seat) {
	s.Settle()
	for _, d := range slices.Clone(s.Ring().Doomed) {
		s.Ring().Destroyed(d.Name)
	}
	leaveOpened(w.T, s)
}

func (w *walk) rekey(s *Seat) {
	d, err := s.Ring().Prepare(Shared)
	if errors.Is(err, ErrAway) {
		return
	}
	if err == nil {
		err = s.Save()
	}
	if err == nil {
		err = s.Rekey(d)
	}
	if err != nil {
		w.Fatalf("%v: re-key: %v", w.log, err)
	}
	w.note("rekey", s.Ring().Seat)
}

func (w *walk) step() {
	w.kept = append(w.kept, bodyOf(w.T, w.path))
	seats := slices.Sorted(maps.Keys(w.present))
	seat := seats[w.IntN(len(seats))]
	s := w.unlock(seat)
	switch w.IntN(10) {
	case 0, 1:
		w.rekey(s)
	case 2, 3:
		w.join(s)
	case 4:
		if len(seats) > 1 {
			w.leave(s)
			return
		}
	case 5:
		fresh := fmt.Sprint("passphrase ", w.Uint64())
		words, err := tryChange(s, w.present[seat], fresh)
		if errors.Is(err, ErrAway) {
			break
		}
		if err != nil {
			w.Fatalf("%v: change: %v", w.log, err)
		}
		w.gone = append(w.gone, w.present[seat])
		w.present[seat] = fresh
		if old := w.words[seat]; old != "" {
			w.gone = append(w.gone, old)
			w.words[seat] = words
		}
		w.note("change", seat)
	case 6:
		words := newRecovery(w.T, s, w.present[seat])
		if old := w.words[seat]; old != "" {
			w.gone = append(w.gone, old)
		}
		w.words[seat] = words
		w.note("recovery", seat)
	case 7:
		w.replay(s)
	default:
		w.note("visit", seat)
	}
	if w.IntN(4) == 0 {
		w.note("cut off", seat)
		s.Close()
		return
	}
	w.lock(s)
}

func (w *walk) join(s *Seat) {
	code, err := s.Invite(nil)
	if errors.Is(err, ErrNoSeat) {
		return
	}
	if err != nil {
		w.Fatal(err)
	}
	i := openCode(w.T, w.path, code)
	seat := i.Seat()
	w.present[seat] = fmt.Sprint("passphrase ", seat)
	b, err := joinWith(w.T, i, w.present[seat])
	if err != nil {
		w.Fatal(err)
	}
	w.note("join", seat)
	w.lock(b)
}

func (w *walk) leave(s *Seat) {
	seat := s.Ring().Seat
	w.secrets[seat] = secretsOf(s)
	if err := s.Leave(); err != nil {
		w.Fatal(err)
	}
	w.gone = append(w.gone, w.present[seat])
	if words := w.words[seat]; words != "" {
		w.gone = append(w.gone, words)
	}
	delete(w.present, seat)
	delete(w.words, seat)
	w.note("leave", seat)
}

// replay puts a cell of an earlier time into somebody's inbox, as every member
// can. Only what its reader has read already is put back: an older message in the
// place of one that was not read yet takes that one away, as noise would.
func (w *walk) replay(s *Seat) {
	to, from := uint8(w.IntN(Seats)), uint8(w.IntN(Seats))
	if w.present[to] == "" || to == from || to == s.Ring().Seat {
		return
	}
	w.lock(w.unlock(to))
	earlier := w.kept[w.IntN(len(w.kept))]
	w.replayed[to] = true // of what is long ago the ring knows nothing, and it is told
	disk := edit(w.T, content(w.T, w.path), s.ring.keys.file, func(b body) { copy(b.cell(to, from), earlier.cell(to, from)) })
	if err := os.WriteFile(w.path, disk, 0o600); err != nil {
		w.Fatal(err)
	}
	w.note("replay", s.Ring().Seat)
}

func (w *walk) end() {
	seats := slices.Sorted(maps.Keys(w.present))
	for range 3 { // the last of a round may be the first to know something
		for _, seat := range seats {
			w.lock(w.unlock(seat))
		}
	}
	var key [32]byte
	for n, seat := range seats {
		s := w.unlock(seat)
		shared := s.Ring().Drawer(Shared)
		if n == 0 {
			key = *shared.Key
		}
		if *shared.Key != key || !slices.Equal(shared.Seats, seats) || len(retiredIn(s)) != 0 || s.ring.admission != nil {
			w.Errorf("%v: seat %d shares with %v, of %v; retired %v", w.log, seat, shared.Seats, seats, retiredIn(s))
		}
		present := seatsOf(s.Ring().Present())
		slices.Sort(present)
		if !slices.Equal(present, seats) {
			w.Errorf("%v: seat %d knows %v of %v", w.log, seat, present, seats)
		}
		if words := w.words[seat]; words != "" {
			if s, _, err := open(w.T, w.path).Unlock(context.Background(), []byte(words)); err != nil || s.Ring().Seat != seat {
				w.Errorf("%v: the words of seat %d: %v", w.log, seat, err)
			} else {
				s.Close()
			}
		}
		s.Close()
	}
	for seat, secrets := range w.secrets {
		if slices.Contains(secrets, key) {
			w.Errorf("%v: seat %d left and has the key", w.log, seat)
		}
	}
	for _, typed := range w.gone {
		opensNothing(w.T, w.path, typed)
	}
}
