package practice_test

import (
	"path/filepath"
	"testing"
	"time"
	"unsafe"

	"ebb/vault/drawer"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// asleep is an instant after the computer slept: the wall clock went on, and Go's
// monotonic clock, which every instant of time.Now holds as well, stood still.
func asleep(t *testing.T, at time.Time, d time.Duration) time.Time {
	t.Helper()
	after := at
	// The first word of a time.Time that has both: one bit, 33 bits of seconds, 30 bits of
	// nanoseconds. If that is not so any more, it shows at once.
	*(*uint64)(unsafe.Pointer(&after)) += uint64(d/time.Second) << 30
	if after.Sub(at) != 0 || after.Round(0).Sub(at.Round(0)) != d {
		t.Fatalf("the clocks went %v and %v on, not 0 and %v", after.Sub(at), after.Round(0).Sub(at.Round(0)), d)
	}
	return after
}

// The time of the second unlock runs while the computer sleeps, and a clock that is put
// back while it does not sleep makes it no longer.
func TestSecondUnlockRunsOutAsleep(t *testing.T) {
	for name, passes := range map[string]func(at time.Time) time.Time{
		"asleep":            func(at time.Time) time.Time { return asleep(t, at, practice.StepUpTime) },
		"a part of it":      func(at time.Time) time.Time { return asleep(t, at.Add(time.Minute), practice.StepUpTime-time.Minute) },
		"a clock put back":  func(at time.Time) time.Time { return asleep(t, at.Add(time.Minute), -2*time.Minute) },
		"put back all day":  func(at time.Time) time.Time { return asleep(t, at.Add(practice.StepUpTime), -practice.StepUpTime) },
		"neither, but over": func(at time.Time) time.Time { return at.Add(practice.StepUpTime) },
	} {
		o := newOffice(t)
		c, _ := o.newCase("S-1", "Ilse", "Marek")
		o.c.at = time.Now()
		o.stepUp()
		process, err := c.Process(t.Context())
		o.must(err)
		o.c.at = asleep(t, o.c.at, time.Minute)
		_, err = process.List(t.Context(), practice.NoteFilter{}, practice.Page{})
		o.must(err)
		began := o.StepUpUntil().Add(-practice.StepUpTime)
		o.c.at = passes(began)
		_, err = process.List(t.Context(), practice.NoteFilter{}, practice.Page{})
		refuses(t, name, err, practice.ErrStepUp)
		o.lock()
	}
}

// A drawer that is opened with its key, to be looked at or repaired, does not stay open
// when the second unlock ends, while that is done or after it.
func TestNoKeyOutlivesTheSecondUnlock(t *testing.T) {
	for _, while := range []bool{true, false} {
		o := newOffice(t)
		c, _ := o.newCase("S-1", "Ilse", "Marek")
		o.stepUp()
		file, _, _, err := o.ApartDrawer(t.Context(), c.ID, true, practice.ID{})
		o.must(err)
		o.must(o.WhileKey(t.Context(), c.ID, keys.Process, func() error {
			if while {
				return o.StepDown(t.Context())
			}
			return nil
		}))
		o.must(o.StepDown(t.Context()))
		_, err = drawer.Verify(t.Context(), filepath.Join(o.dir, file), drawer.ID{}, drawer.Key{}, nil)
		refuses(t, "a drawer that is closed", err, drawer.ErrDamaged) // and not in use
		o.lock()
	}
}
