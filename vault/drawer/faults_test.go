package drawer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// copyDrawer copies both files of a drawer, live or closed, as a crash at this
// moment would leave them.
func copyDrawer(t testing.TB, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	for _, suffix := range []string{"", logSuffix} {
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+suffix, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// workload writes, checkpoints and writes again, and returns the texts whose
// commit was acknowledged.
func workload(d *Drawer) (acknowledged []string) {
	ctx := context.Background()
	for i := range 12 {
		text := fmt.Sprintf("text %d %s", i, strings.Repeat("x", 700*i))
		err := d.Update(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO note (text) VALUES (?)`, text)
			return err
		})
		if err == nil {
			acknowledged = append(acknowledged, text)
		}
		if i == 4 || i == 8 {
			_ = d.Checkpoint(ctx)
		}
	}
	return acknowledged
}

// A drawer whose disk fails at one operation, or from there on, keeps what it
// acknowledged, and opens again with at most one transaction more.
func TestFailingDisk(t *testing.T) {
	base := made(t)
	d := open1(t, base, Options{})
	insert(t, d, "first")
	closeDrawer(t, d)
	type fault struct {
		err  error
		n    int // bytes written before it
		last bool
	}
	faults := map[string]fault{
		"EIO once":              {err: syscall.EIO},
		"EIO from there on":     {err: syscall.EIO, last: true},
		"ENOSPC from there on":  {err: syscall.ENOSPC, last: true},
		"a short write":         {err: syscall.ENOSPC, n: 700},
		"short from there on":   {err: syscall.EIO, n: 700, last: true},
		"a kill in the moment":  {err: errKilled, n: 0, last: true},
		"a kill while it wrote": {err: errKilled, n: 1300, last: true},
	}
	injected := 0
	for name, f := range faults {
		for at := 1; ; at += 17 {
			path := copyDrawer(t, base)
			count := 0
			o := Options{hooks: &hooks{access: func(a access) (int, error) {
				if a.op == opRead && f.err != syscall.EIO {
					return 0, nil
				}
				if count++; count == at || f.last && count > at {
					injected++
					if count > at {
						return 0, f.err // only the first one is a short write
					}
					return f.n, f.err
				}
				return 0, nil
			}}}
			var acknowledged []string
			d, err := Open(t.Context(), path, testID, testKey, testSchema, o)
			if err == nil {
				acknowledged = workload(d)
				_ = d.Close()
			} else if errors.Is(err, ErrDamaged) {
				t.Fatalf("%s at %d: opening: %v", name, at, err)
			}
			mustHold(t, fmt.Sprintf("%s at %d", name, at), path, acknowledged)
			if count < at {
				break
			}
		}
	}
	if injected < 60 {
		t.Errorf("only %d faults were injected", injected)
	}
}

var errKilled = errors.New("killed")

// mustHold opens the drawer at path twice and demands every acknowledged text
// and at most one more.
func mustHold(t testing.TB, what, path string, acknowledged []string) {
	t.Helper()
	mustHoldAs(t, what, path, acknowledged, Options{})
}

func mustHoldAs(t testing.TB, what, path string, acknowledged []string, o Options) {
	t.Helper()
	for range 2 {
		d, err := Open(context.Background(), path, testID, testKey, testSchema, o)
		if err != nil {
			t.Fatalf("%s: opening afterwards: %v", what, err)
		}
		report, err := d.Check(context.Background(), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Fatalf("%s: check: %v %v", what, report.Problems, err)
		}
		found := texts(t, d)[1:]
		if err := d.Close(); err != nil {
			t.Fatalf("%s: closing: %v", what, err)
		}
		have := map[string]bool{}
		for _, text := range found {
			have[text] = true
		}
		for _, text := range acknowledged {
			if !have[text] {
				t.Fatalf("%s: an acknowledged text is lost (%d acknowledged, %d found)", what, len(acknowledged), len(found))
			}
		}
		if len(found) > len(acknowledged)+1 {
			t.Fatalf("%s: %d texts, but only %d were acknowledged", what, len(found), len(acknowledged))
		}
	}
}
