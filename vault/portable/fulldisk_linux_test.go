package portable

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ebb/scripts/interpose"
)

// A disk that is full at any write of an export, be it in the middle of a long
// text, is told as such, without a path; and nothing is left of the export.
func TestExportToAFullDisk(t *testing.T) {
	long := hardEntries()[:1]
	long[0].Text = strings.Repeat("a long text ", 4000)
	for _, x := range exports {
		// fill lets one write meet the full disk, and counts them.
		fill := func(at int) (root string, count int, err error) {
			root = t.TempDir()
			err = interpose.Watch(root, func(c interpose.Call) interpose.Answer {
				if c.Op == interpose.Write {
					count++
				}
				if c.Op == interpose.Write && count == at {
					return interpose.Answer{Errno: syscall.ENOSPC}
				}
				return interpose.Answer{}
			}, func() error {
				_, err := x.write(context.WithoutCancel(t.Context()), filepath.Join(root, "out"), sequence(long))
				return err
			})
			return root, count, err
		}
		_, writes, err := fill(0)
		if err != nil || writes < 2 {
			t.Fatalf("%s: %d writes, %v", x.format, writes, err)
		}
		for at := 1; at <= writes; at++ {
			root, _, err := fill(at)
			if !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), root) {
				t.Errorf("%s, write %d: %v", x.format, at, err)
			}
			if left, err := os.ReadDir(root); err != nil || len(left) > 0 {
				t.Errorf("%s, write %d: %v is left, %v", x.format, at, left, err)
			}
		}
	}
}
