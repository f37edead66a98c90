package keys

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"ebb/scripts/proof"
)

// manyBits chooses bits among the first all: a sample, every second one of it by
// small, which chooses in the small parts; in a long run every bit, in no order.
func manyBits(c *proof.Campaign, ci, all int, small func() int) func(func(n, bit int) bool) {
	runs, stride := proof.Size(600, ci, all), 1_000_003 // a prime that divides no size of ours
	return func(yield func(int, int) bool) {
		for n := 0; n < runs && c.TimeLeft(); n++ {
			bit := c.IntN(all)
			switch {
			case runs == all:
				bit = n * stride % all
			case n%2 == 0:
				bit = small()
			}
			if !yield(n, bit) {
				return
			}
		}
	}
}

// One flipped bit leaves the other copy of a key file whole, so the file opens, with
// the repair told.
func TestEveryFlippedBit(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "key file/bits")
	path, a, _ := couple(t)
	sound := content(t, path)
	want, sequence := *a.Ring().Drawer(Private).Key, a.Ring().Sequence
	d := newDisk(t, sound)
	small := func() int { return 8*copySize*c.IntN(2) + c.IntN(8*(seedSize+ringsAt)) } // seed, header, slots
	for n, bit := range manyBits(c, 2000, 8*fileSize, small) {
		d.volatil = bytes.Clone(sound)
		d.volatil[bit/8] ^= 1 << (bit % 8)
		f := d.open()
		if !f.Repaired() {
			c.Failure("bit %d: no repair", bit)
		}
		s, _, err := f.Unlock(context.Background(), []byte(passA))
		if err != nil {
			c.Failure("bit %d: %v", bit, err)
			continue
		}
		if *s.Ring().Drawer(Private).Key != want || s.Ring().Sequence != sequence {
			c.Failure("bit %d: another ring", bit)
		}
		s.Close()
		if n%50 == 0 {
			steady(t, d)
		}
		c.Ran(true, "repaired")
	}
}

// The same bit wrong in both copies, with the checksums made right again: what
// somebody would do on purpose. Either the person's own ring opens, whole, or nothing
// does.
func TestFlippedBitInBoth(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "key file/bits of both copies")
	path, a, _ := couple(t)
	sound := content(t, path)
	want, sequence := *a.Ring().Drawer(Private).Key, a.Ring().Sequence
	met := map[string]int{}
	d := newDisk(t, sound)
	small := func() int { return c.IntN(8 * (ringsAt + ringSize)) }
	for _, bit := range manyBits(c, 600, 8*bodyTotal, small) {
		d.volatil = edit(t, sound, nil, func(b body) { b[bit/8] ^= 1 << (bit % 8) })
		var s *Seat
		f, err := Open(d.path, InsecureCheapKDF(), d.use())
		if err == nil {
			s, _, err = f.Unlock(context.Background(), []byte(passA))
		}
		note := "opened"
		if err != nil {
			note = kindOf(err)
		}
		switch {
		case note == "":
			c.Failure("bit %d: refused without a kind: %v", bit, err)
		case err != nil:
		case *s.Ring().Drawer(Private).Key != want || s.Ring().Sequence != sequence:
			c.Failure("bit %d: another ring", bit)
		case kinds(s.Notices())[FileAltered] != 1 && !(bit/8 >= headerSumAt && bit/8 < headerSize):
			c.Failure("bit %d: opened without a word: %v", bit, s.Notices())
		}
		if s != nil {
			s.Close()
		}
		met[note]++
		c.Ran(true, note)
	}
	if met["opened"] == 0 || met[ErrDamaged.Error()] == 0 {
		t.Errorf("the campaign met too little: %v", met)
	}
}

// kindOf names why a file was refused, or is "" for an error of no kind.
func kindOf(err error) string {
	for _, kind := range []error{ErrDamaged, ErrNotKeyFile, ErrParams, ErrNewerFormat, ErrWrongPassphrase} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	return ""
}
