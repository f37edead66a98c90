package window

import (
	"testing"
	"time"
)

func TestIdleClock(t *testing.T) {
	start := time.Date(2026, 3, 4, 20, 0, 0, 0, time.UTC)
	const limit = 5 * time.Minute
	type step struct {
		after time.Duration // since the step before
		touch bool
		left  time.Duration
		warn  bool
	}
	for name, steps := range map[string][]step{
		"counts down": {
			{after: time.Second, left: limit - time.Second},
			{after: 60 * time.Second, left: limit - 61*time.Second},
		},
		"warns in the last half minute": {
			{after: 60 * time.Second, left: 240 * time.Second},
			{after: 60 * time.Second, left: 180 * time.Second},
			{after: 60 * time.Second, left: 120 * time.Second},
			{after: 60 * time.Second, left: 60 * time.Second},
			{after: 30 * time.Second, left: 30 * time.Second, warn: true},
			{after: 30 * time.Second, left: 0, warn: true},
		},
		"a touch starts again": {
			{after: 80 * time.Second, left: 220 * time.Second},
			{after: time.Second, touch: true, left: limit},
		},
		"locks after the computer slept": {
			{after: 2 * time.Minute, left: 0, warn: true},
		},
		"a clock set back is no reason to lock": {
			{after: 60 * time.Second, left: 240 * time.Second},
			{after: -time.Hour, left: limit},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := start
			c := newIdleClock(limit, func() time.Time { return now })
			for i, s := range steps {
				now = now.Add(s.after)
				if s.touch {
					c.touch()
				}
				left, warn := c.tick()
				if left != s.left || warn != s.warn {
					t.Errorf("step %d: %v left, warn %v; want %v, %v", i, left, warn, s.left, s.warn)
				}
			}
		})
	}
}
