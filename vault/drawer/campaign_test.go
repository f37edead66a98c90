package drawer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"ebb/scripts/proof"
)

// The campaigns (the files *_campaign_test.go) attack drawers by the thousand and
// compare each with what it must hold. Package proof says what they have in common
// with others, and by what their sizes are chosen.
type campaign struct{ *proof.Campaign }

func startCampaign(t testing.TB, name string) *campaign {
	t.Helper()
	return &campaign{proof.Start(t, name)}
}

// size picks a campaign's size.
func size(short, ci, soak int) int { return proof.Size(short, ci, soak) }

func (c *campaign) ran(injected bool, note string) { c.Ran(injected, note) }

func (c *campaign) failed(format string, args ...any) { c.Failure(format, args...) }

// each makes all attacks, in no order: where a long run has no time for all of them,
// none of the stands is left out.
func (c *campaign) each(attacks []func()) {
	c.Shuffle(len(attacks), func(i, j int) { attacks[i], attacks[j] = attacks[j], attacks[i] })
	for _, attack := range attacks {
		if !c.TimeLeft() {
			return
		}
		attack()
	}
}

func campaignFolder(t testing.TB) string { return proof.Folder(t) }

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
func campaignPath(t testing.TB) string { return filepath.Join(proof.Folder(t), "drawer") }
