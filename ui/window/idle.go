package window

import "time"

// idleWarning is how long the countdown shows before the window locks itself.
const idleWarning = 30 * time.Second

// suspended is the gap between two ticks that means that the computer slept.
const suspended = 90 * time.Second

// An idleClock decides when an untouched window locks itself. It looks at the
// wall clock, because Go's monotonic one stands still while the computer sleeps.
// It is only used on the main goroutine.
type idleClock struct {
	limit    time.Duration
	now      func() time.Time
	touched  time.Time
	lastTick time.Time
}

func newIdleClock(limit time.Duration, now func() time.Time) *idleClock {
	c := &idleClock{limit: limit, now: now}
	c.touch()
	c.lastTick = c.touched
	return c
}

func (c *idleClock) wall() time.Time { return c.now().Round(0) }

// touch notes that the person did something.
func (c *idleClock) touch() { c.touched = c.wall() }

// tick says how long is left until locking, and whether the countdown shows. It
// is called about once a second; left is zero or less when it is time to lock.
//
// After a sleep of the computer the time asleep counts as time untouched. A clock
// that was set back counts as a touch: better late than in the middle of a word.
func (c *idleClock) tick() (left time.Duration, warn bool) {
	now := c.wall()
	slept := now.Sub(c.lastTick) >= suspended
	c.lastTick = now
	if now.Before(c.touched) {
		c.touched = now
	}
	left = c.limit - now.Sub(c.touched)
	if slept && left > 0 {
		// Whoever opens the lid may not be who closed it.
		left = 0
	}
	return left, left <= idleWarning
}
