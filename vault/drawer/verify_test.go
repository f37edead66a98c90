package drawer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func verify(t testing.TB, path string) (Report, error) {
	t.Helper()
	return Verify(t.Context(), path, ledgerID, ledgerKey, nil)
}

// filled makes a closed drawer with n transactions.
func filled(t testing.TB, n int) (path string) {
	t.Helper()
	path = campaignPath(t)
	d, err := Create(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := postUpTo(t.Context(), d, 0, n); err != nil {
		t.Fatal(err)
	}
	closeDrawer(t, d)
	return path
}

// Verifying reads every page and writes nothing, with a clean closing behind it or
// a crash.
func TestVerifyReadsAllAndWritesNothing(t *testing.T) {
	path := filled(t, 60)
	crashed := campaignPath(t)
	im := takeImage(t, path)
	im.put(t, crashed)
	w := &watcher{}
	d, err := Open(t.Context(), crashed, ledgerID, ledgerKey, ledgerSchema(0), w.options())
	if err != nil {
		t.Fatal(err)
	}
	if err := postUpTo(t.Context(), d, 60, 70); err != nil {
		t.Fatal(err)
	}
	crash(t, crashed, d, w)
	for name, c := range map[string]struct {
		path   string
		frames bool
	}{"clean": {path, false}, "after a crash": {crashed, true}} {
		if err := errors.Join(os.Chmod(c.path, 0o400), os.Chmod(c.path+logSuffix, 0o400)); err != nil {
			t.Fatal(err)
		}
		before := takeImage(t, c.path)
		var last, total int64
		report, err := Verify(t.Context(), c.path, ledgerID, ledgerKey, func(done, all int64) { last, total = done, all })
		if err != nil || len(report.Problems) != 0 || report.Pages < 20 || (report.Frames > 0) != c.frames {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
		if last != total || total != report.Pages+report.Frames {
			t.Errorf("%s: progress ends at %d of %d", name, last, total)
		}
		after := takeImage(t, c.path)
		if !bytes.Equal(before[mainFile], after[mainFile]) || !bytes.Equal(before[logFile], after[logFile]) {
			t.Errorf("%s: a file was changed", name)
		}
	}
}

// One bit in any page is found, although opening a drawer that was closed in order
// reads none of them.
func TestVerifyFindsEveryDamagedPage(t *testing.T) {
	path := filled(t, 60)
	im := takeImage(t, path)
	sound, err := verify(t, path)
	if err != nil {
		t.Fatal(err)
	}
	for page := range uint32(sound.Pages) {
		bad := im.clone()
		bad[mainFile][pageAt(page)+int64(page*37%pageSize)] ^= 1 << (page % 8)
		bad.put(t, path)
		report, err := verify(t, path)
		if err == nil && len(report.Problems) == 0 {
			t.Errorf("page %d is damaged and passes", page)
		}
	}
	// Two pages in each other's place authenticate, each by itself, nowhere.
	swapped := im.clone()
	a, b := swapped[mainFile][pageAt(3):pageAt(4)], swapped[mainFile][pageAt(4):pageAt(5)]
	kept := bytes.Clone(a)
	copy(a, b)
	copy(b, kept)
	swapped.put(t, path)
	if report, err := verify(t, path); err == nil && len(report.Problems) == 0 {
		t.Error("two pages in each other's place pass")
	}
	// What lies behind the pages, and between the slots, means nothing.
	filler := im.clone()
	filler[mainFile][pageAt(uint32(sound.Pages))+5] ^= 1
	filler[mainFile][blockSize+5] ^= 1
	filler.put(t, path)
	if report, err := verify(t, path); err != nil || len(report.Problems) != 0 {
		t.Errorf("filler counts: %v, %v", report.Problems, err)
	}
}

func TestVerifyRefuses(t *testing.T) {
	path := filled(t, 3)
	other := filepath.Join(t.TempDir(), "other")
	im := takeImage(t, path)
	d, err := Open(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := verify(t, path); !errors.Is(err, ErrInUse) {
		t.Errorf("a drawer that is open: %v", err)
	}
	closeDrawer(t, d)
	if _, err := verify(t, other); !errors.Is(err, ErrNotExist) {
		t.Errorf("nothing there: %v", err)
	}
	image{im[mainFile], nil}.put(t, other)
	if _, err := verify(t, other); !errors.Is(err, ErrNotExist) {
		t.Errorf("no log: %v", err)
	}
	if _, err := os.Lstat(other + logSuffix); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a log was made: %v", err)
	}
	if _, err := Verify(t.Context(), path, ledgerID, Key{1}, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("a wrong key: %v", err)
	}
	for _, size := range []int{0, 1, headerSize - 1, headerSize, headerSize + 1} {
		image{im[mainFile][:size], im[logFile]}.put(t, other)
		if _, err := verify(t, other); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", size, err)
		}
	}
	im.put(t, other)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Verify(ctx, other, ledgerID, ledgerKey, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(other, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := verify(t, other); err == nil || strings.Contains(err.Error(), other) {
		t.Errorf("a folder: %v", err)
	}
}
