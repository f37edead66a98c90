package home_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
)

// A person opens their own drawer at its last checkpoint and locks, and is cut off after
// a call by which that changes the folder: as a kill would, and as a power cut would.
// The next time they find it damaged as it was, and can do the same again, or open; with
// the same words in it either way.
func TestCheckpointCutOff(t *testing.T) {
	c := proof.Start(t, "cut checkpoint")
	clock := newClock()
	root := proof.Folder(t)
	dir := filepath.Join(root, "Home.ebb")
	must(t, os.CopyFS(dir, os.DirFS(damagedOwn(t, clock, firstFrame+12*frameSize+99))))
	tape, err := interpose.NewTape(root)
	must(t, err)
	ctx := context.WithoutCancel(t.Context())
	var want []string
	must(t, interpose.Watch(root, tape.Record, func() (err error) {
		want, _, err = agreed(ctx, clock, dir)
		return err
	}))
	if len(want) < 2 || len(want) > 5 {
		t.Fatalf("there is %q", want)
	}
	device := tape.Device()
	every, writes := proof.Size(40, 16, 1), 0
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		device.Play(call)
		if call.Op == interpose.Write && filepath.Base(call.Path) != "keys" || call.Op == interpose.Touch {
			if writes++; writes%every != 0 && i+1 < tape.Len() {
				continue // much of it is filler
			}
		}
		for _, loss := range interpose.Losses[:2] {
			cut := proof.Folder(t)
			lost, err := device.Cut(c.Rand, loss, cut)
			must(t, err)
			note := "it opens"
			found, again, err := agreed(ctx, clock, filepath.Join(cut, "Home.ebb"))
			if again {
				note = "it is damaged as it was, and opens at its checkpoint"
			}
			if err == nil && !slices.Equal(found, want) {
				err = fmt.Errorf("there is %q", found)
			}
			if err == nil { // afterwards it is as any other
				found, again, err = agreed(ctx, clock, filepath.Join(cut, "Home.ebb"))
				if err == nil && (again || !slices.Equal(found, want)) {
					err = fmt.Errorf("once more there is %q, damaged %v", found, again)
				}
			}
			if err != nil {
				note = "it does not"
				c.Failure("call %d of %d (%v %s), %s: %v", i, tape.Len(), call.Op, filepath.Base(call.Path), loss.Name, err)
			}
			c.Ran(lost > 0 || call.Op != interpose.Sync, note)
			must(t, os.RemoveAll(cut))
		}
	}
}

// agreed opens a vault, lets its person agree to the last checkpoint where their drawer
// is damaged, and returns the words that are there then.
func agreed(ctx context.Context, c *clock, dir string) (texts []string, damaged bool, err error) {
	v, err := vault.Open(dir, options(c))
	if err != nil {
		return nil, false, err
	}
	s, _, err := v.Unlock(ctx, []byte(passA))
	if err != nil {
		return nil, false, errors.Join(err, v.Close())
	}
	defer func() { err = errors.Join(err, s.Lock(ctx)) }()
	found, err := s.Damaged(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, d := range found {
		damaged = true
		if d.Salvage == nil {
			return nil, true, errors.New("nothing can be brought back")
		}
		if _, err := s.OpenAtCheckpoint(ctx, d.ID); err != nil {
			return nil, true, err
		}
	}
	h, err := home.Open(ctx, s, c.now)
	if err != nil {
		return nil, damaged, err
	}
	err = h.Journal.Each(ctx, func(e home.Entry) error { texts = append(texts, e.Text); return nil })
	report, unread := s.Check(ctx, nil)
	if unread == nil && !report.Sound() {
		unread = fmt.Errorf("it is not sound: %+v", report)
	}
	return texts, damaged, errors.Join(err, unread)
}
