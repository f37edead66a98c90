package practice_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ebb/vault/practice"
)

func TestCheck(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("H-1", "Ilse", "Marek")
	_, _ = o.newCase("H-2", "Aya", "Bo")
	fillApart(o, c, m)
	ctx := t.Context()
	last := 0
	report, err := o.Check(ctx, func(done, total int) {
		if last++; done != last || total != 10 {
			t.Errorf("progress %d of %d", done, total)
		}
	})
	if err != nil || !report.Sound() || len(report.Drawers) != 1+2 || report.NotChecked != 8 {
		t.Errorf("%+v, %v", report, err)
	}
	o.stepUp()
	if report, err = o.Check(ctx, nil); err != nil || !report.Sound() || len(report.Drawers) != 1+10 || report.NotChecked != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	o.write(c.Notes, practice.Joint, practice.ID{}, "the case that is open goes on")
	file, _, _, err := o.ApartDrawer(ctx, c.ID, true, practice.ID{})
	o.must(err)
	o.lock()
	// A page of a process drawer is spoiled: it is told, and everything else opens.
	path := filepath.Join(o.dir, file)
	b, err := os.ReadFile(path)
	o.must(err)
	for i := 16384; i < 16384+10*4096; i += 512 {
		b[i] ^= 1
	}
	o.must(os.WriteFile(path, b, 0o600))
	o = openOffice(t, o.c, o.dir)
	o.stepUp()
	report, err = o.Check(ctx, nil)
	if err != nil || report.Sound() || len(report.Drawers) != 11 {
		t.Errorf("%+v, %v", report, err)
	}
	wrong := 0
	for _, d := range report.Drawers {
		if d.Problem != "" || len(d.Report.Problems) > 0 {
			wrong++
			if d.Role != "process" {
				t.Errorf("%+v", d)
			}
		}
	}
	if wrong != 1 {
		t.Errorf("%d drawers are damaged", wrong)
	}
	if rows, err := o.open(c.ID).Notes.List(ctx, practice.NoteFilter{}, practice.Page{}); err != nil || len(rows) != 1 {
		t.Errorf("%+v, %v", rows, err)
	}
	_ = o.Lock(ctx) // the damaged drawer cannot be closed in order, which was told
}

// Several pages ask at once while the second unlock comes and goes: each gets an
// answer, or is asked for the passphrase.
func TestSeveralAtOnce(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("H-3", "Ilse", "Marek")
	fillApart(o, c, m)
	o.stepUp()
	process, err := c.Process(t.Context())
	o.must(err)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for range 20 {
				if _, err := process.Search(t.Context(), "amended", practice.Page{}); err != nil {
					refuses(t, "searching", err, practice.ErrStepUp)
				}
				if _, err := o.Caseload(t.Context(), practice.Query{}); err != nil {
					t.Error(err)
				}
				if _, err := c.Notes.List(t.Context(), practice.NoteFilter{}, practice.Page{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		o.must(o.StepDown(t.Context()))
		o.must(o.StepUp(t.Context(), []byte(pass)))
	}
	wait.Wait()
	o.lock()
}
