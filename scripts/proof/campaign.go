package proof

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Soak reports whether the campaigns are to be long.
func Soak() bool { return os.Getenv("EBB_SOAK") == "1" }

// Size picks a campaign's size.
func Size(short, ci, soak int) int {
	switch {
	case Soak():
		return soak
	case testing.Short():
		return short
	}
	return ci
}

// Campaign counts what a campaign did.
type Campaign struct {
	testing.TB
	*rand.Rand // chooses; the same with every run of the same EBB_SEED

	name  string
	seed  uint64
	limit time.Duration // 0: however long it takes
	until time.Time     // from when it was first asked on

	mu       sync.Mutex
	runs     int
	injected int
	failures int
	cut      bool
	notes    map[string]int
}

// Start begins a campaign whose line is logged when t ends.
func Start(t testing.TB, name string) *Campaign {
	t.Helper()
	c := &Campaign{TB: t, name: name, seed: 1, notes: map[string]int{}}
	if n, err := strconv.ParseUint(os.Getenv("EBB_SEED"), 10, 64); err == nil {
		c.seed = n
	}
	c.Rand = rand.New(rand.NewPCG(c.seed, 0))
	if limit := os.Getenv("EBB_SOAK_TIME"); Soak() && limit != "" {
		d, err := time.ParseDuration(limit)
		if err != nil {
			t.Fatalf("EBB_SOAK_TIME: %v", err)
		}
		c.limit = d
	}
	t.Cleanup(func() {
		if c.injected == 0 {
			t.Errorf("campaign %s injected nothing", name)
		}
		t.Log(c.line())
	})
	return c
}

func (c *Campaign) line() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var notes []string
	for _, note := range slices.Sorted(maps.Keys(c.notes)) {
		notes = append(notes, fmt.Sprintf("%s: %d", note, c.notes[note]))
	}
	failures, more := c.failures, ""
	if failures == 0 && c.TB.Failed() {
		failures = 1 // and it could not go on
	}
	if c.cut {
		more = " (its time was over)"
	}
	return fmt.Sprintf("campaign %s runs=%d injected=%d failures=%d seed=%d%s [%s]", c.name, c.runs, c.injected, failures, c.seed, more, strings.Join(notes, ", "))
}

// TimeLeft reports whether a long campaign may go on. The time runs from the first
// call, so that getting ready is not part of it. A campaign always may go on where
// EBB_SOAK_TIME says nothing.
func (c *Campaign) TimeLeft() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if c.until.IsZero() {
		c.until = now.Add(c.limit)
	}
	c.cut = c.cut || c.limit != 0 && now.After(c.until)
	return !c.cut
}

// Ran counts one run, whether something was injected, and what came of it.
func (c *Campaign) Ran(injected bool, note string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs++
	if injected {
		c.injected++
	}
	c.notes[note]++
}

// Runs is how many runs were counted.
func (c *Campaign) Runs() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.runs
}

// Failure reports one failure; after twenty it only counts them.
func (c *Campaign) Failure(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures++
	if c.failures <= 20 {
		c.Errorf(format, args...)
	} else {
		c.Fail()
	}
}

// Folder returns an empty folder that goes when t ends, in memory where there is
// such a place: the campaigns watch the syncs, they need not wait for a device.
func Folder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "ebb-campaign-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}
