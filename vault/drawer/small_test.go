package drawer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func sizes(t testing.TB, path string) (main, log int64) {
	t.Helper()
	for i, name := range []string{path, path + logSuffix} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			main = info.Size()
		} else {
			log = info.Size()
		}
	}
	return main, log
}

// A small drawer begins at 512 KiB, keeps to the same doubling from there, and its log
// stays in its class through many small transactions.
func TestSmallDrawer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small")
	small := Options{Small: true}
	d := create(t, path, small)
	if main, log := sizes(t, path); main != smallClass || log != smallClass {
		t.Errorf("new: %d and %d bytes", main, log)
	}
	var want []string
	add := func(text string) {
		t.Helper()
		insert(t, d, text)
		want = append(want, text)
	}
	for i := range 150 {
		add(fmt.Sprint("a small one ", i))
	}
	closeDrawer(t, d)
	if main, log := sizes(t, path); main != smallClass || log != smallClass {
		t.Errorf("after many small transactions: %d and %d bytes", main, log)
	}
	d = open1(t, path, small)
	add(strings.Repeat("long water ", 150<<10))
	closeDrawer(t, d)
	if main, log := sizes(t, path); main != 4<<20 || log != 4<<20 {
		t.Errorf("with 1.6 MiB in it: %d and %d bytes", main, log)
	}
	d = open1(t, path, small)
	if repairs := d.Repairs(); len(repairs) != 0 {
		t.Errorf("opening it mended %v", repairs)
	}
	to := filepath.Join(t.TempDir(), "copy")
	if err := d.CopyTo(t.Context(), to, copyID, copyKey, nil); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, d); !slices.Equal(got, want) {
		t.Errorf("%d texts of %d", len(got), len(want))
	}
	closeDrawer(t, d)
	for p, as := range map[string]struct {
		id  ID
		key Key
	}{path: {testID, testKey}, to: {copyID, copyKey}} {
		if report, err := Verify(t.Context(), p, as.id, as.key, nil); err != nil || len(report.Problems) != 0 {
			t.Errorf("verifying: %+v, %v", report, err)
		}
	}
}

// The log of a small drawer that was cut short is noticed, as with any other.
func TestSmallLogCutShort(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small")
	d := create(t, path, Options{Small: true})
	insert(t, d, "first", "second")
	image := takeImage(t, path) // as a crash leaves it
	closeDrawer(t, d)
	for _, size := range []int{smallClass, smallClass - 1, smallClass / 2, 2 * blockSize, 0} {
		cut := filepath.Join(t.TempDir(), "cut")
		if err := os.WriteFile(cut, image[mainFile], 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(cut+logSuffix, image[logFile][:size], 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := Open(t.Context(), cut, testID, testKey, testSchema, Options{Small: true})
		if (err == nil) != (size == smallClass) || err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("a log of %d bytes: %v", size, err)
		}
		if err == nil {
			if got := texts(t, again); len(got) != 2 {
				t.Errorf("%d texts", len(got))
			}
			closeDrawer(t, again)
		}
	}
}

// What a crash left between two size classes is brought to the next; what has its
// class only gets the time, and a log that is too short stays as it is, to be noticed.
func TestEvenSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small")
	closeDrawer(t, create(t, path, Options{Small: true}))
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for _, c := range []struct{ main, log, wantMain, wantLog int64 }{
		{smallClass, smallClass, smallClass, smallClass},
		{smallClass + 65536, smallClass + 1, 2 * smallClass, 2 * smallClass},
		{3 << 20, smallClass - 1, 4 << 20, smallClass - 1},
	} {
		for name, size := range map[string]int64{path: c.main, path + logSuffix: c.log} {
			if err := os.Truncate(name, size); err != nil {
				t.Fatal(err)
			}
		}
		if err := EvenSmall(path, at); err != nil {
			t.Fatal(err)
		}
		if main, log := sizes(t, path); main != c.wantMain || log != c.wantLog {
			t.Errorf("%+v: %d and %d bytes", c, main, log)
		}
		for _, name := range []string{path, path + logSuffix} {
			if info, err := os.Stat(name); err != nil || !info.ModTime().Equal(at) {
				t.Errorf("its time: %v, %v", info.ModTime(), err)
			}
		}
	}
	if err := EvenSmall(filepath.Join(t.TempDir(), "none"), at); err != nil {
		t.Errorf("nothing there: %v", err)
	}
}
