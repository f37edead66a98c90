package practice_test

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"ebb/vault/practice"
)

// What a file of somebody else's answers is told without where it lies.
func TestErrorsOfFilesTellNoPath(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("K-1", "Ilse", "Marek")
	ctx := t.Context()
	failed := &fs.PathError{Op: "read", Path: "/home/dana/" + canary, Err: syscall.EIO}
	f, err := c.Files.Attach(ctx, "a letter", practice.ID{}, strings.NewReader("%PDF-1.7 and so on"))
	o.must(err)
	_, attach := c.Files.Attach(ctx, "a letter", practice.ID{}, io.MultiReader(strings.NewReader("%PDF-1.7"), iotest.ErrReader(failed)))
	for what, err := range map[string]error{
		"attaching": attach,
		"reading":   c.Files.Read(ctx, f.ID, failing{failed}),
		"exporting": c.Export(ctx, failing{failed}),
	} {
		if !errors.Is(err, syscall.EIO) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", what, err)
		}
	}
	o.lock()
}

// failing is a file that answers every write with an error.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
