package drawer

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// The campaigns (the files *_campaign_test.go) attack drawers by the thousand and
// compare each with what it must hold. Every campaign logs one line,
//
//	campaign NAME runs=… injected=… failures=…
//
// and fails if it injected nothing. Their sizes are those of the CI; -short makes
// them small, EBB_SOAK=1 makes them long, and EBB_SEED=n makes them choose
// otherwise.

// size picks a campaign's size.
func size(short, ci, soak int) int {
	switch {
	case os.Getenv("EBB_SOAK") == "1":
		return soak
	case testing.Short():
		return short
	}
	return ci
}

// campaign counts what a campaign did.
type campaign struct {
	testing.TB
	*rand.Rand
	name string

	mu       sync.Mutex
	runs     int // drawers looked at
	injected int // of those, how many had been attacked or hurt
	failures int
	notes    map[string]int // what came of it, for the log
}

// startCampaign begins a campaign whose line is logged when t ends.
func startCampaign(t testing.TB, name string) *campaign {
	t.Helper()
	seed := uint64(1)
	if n, err := strconv.ParseUint(os.Getenv("EBB_SEED"), 10, 64); err == nil {
		seed = n
	}
	c := &campaign{TB: t, Rand: rand.New(rand.NewPCG(seed, 0)), name: name, notes: map[string]int{}}
	t.Cleanup(func() {
		if c.injected == 0 {
			t.Errorf("campaign %s injected nothing", name)
		}
		t.Logf("campaign %s runs=%d injected=%d failures=%d seed=%d %v", name, c.runs, c.injected, c.failures, seed, c.notes)
	})
	return c
}

// ran counts one run, and what came of it.
func (c *campaign) ran(injected bool, note string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs++
	if injected {
		c.injected++
	}
	c.notes[note]++
}

// failed reports one failure; after twenty it only counts them.
func (c *campaign) failed(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures++
	if c.failures <= 20 {
		c.Errorf(format, args...)
	} else {
		c.Fail()
	}
}

// campaignFolder returns an empty folder, in memory where there is one: the
// campaigns watch the syncs, they do not need to wait for a device.
func campaignFolder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "ebb-campaign-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// image is the content of a drawer's two files. A nil log is missing.
type image [2][]byte

func (im image) clone() image {
	return image{bytes.Clone(im[mainFile]), bytes.Clone(im[logFile])}
}

func fileOf(path string, role fileRole) string {
	if role == logFile {
		return path + logSuffix
	}
	return path
}

func takeImage(t testing.TB, path string) (im image) {
	t.Helper()
	for role := range im {
		b, err := os.ReadFile(fileOf(path, fileRole(role)))
		if err != nil && !(errors.Is(err, os.ErrNotExist) && fileRole(role) == logFile) {
			t.Fatal(err)
		}
		im[role] = b
	}
	return im
}

func (im image) put(t testing.TB, path string) {
	t.Helper()
	for role, b := range im {
		name := fileOf(path, fileRole(role))
		if b == nil {
			if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// watcher stands between a drawer and its disk. It counts and notes what is
// written, and can stop everything, as a kill does.
type watcher struct {
	mu      sync.Mutex
	count   int
	written []access // without data
	dead    bool
	// at is asked before every operation; when it says so, the watcher dies and
	// this operation is the first that does not happen.
	at func(count int, a access) bool
}

func (w *watcher) access(a access) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead && a.op != opRead {
		return 0, syscall.EIO
	}
	if a.op == opRead {
		return 0, nil
	}
	w.count++
	if w.at != nil && w.at(w.count, a) {
		w.dead = true
		return 0, syscall.EIO
	}
	if a.op == opWrite {
		a.data = nil
		w.written = append(w.written, a)
	}
	return 0, nil
}

func (w *watcher) options() Options { return Options{hooks: &hooks{access: w.access}} }

// kill lets nothing more reach the disk.
func (w *watcher) kill() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
}

// crash ends a drawer as a kill would, and returns what it leaves.
func crash(t testing.TB, path string, d *Drawer, w *watcher) image {
	t.Helper()
	w.kill()
	_ = d.Close()
	return takeImage(t, path)
}

// campaignPath returns where a drawer may be made, in an empty folder.
func campaignPath(t testing.TB) string { return filepath.Join(campaignFolder(t), "drawer") }
