package home_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
)

// A cutStep is a change of what somebody opens, or the first visit after one, which
// is cut off after the calls that it makes.
type cutStep struct {
	name  string
	ready func(t *testing.T, c *clock, dir string) // what is done before, and is not cut
	do    func(ctx context.Context, c *clock, dir string) error
	// Who may open the vault afterwards: any of the first two, which are A's, if they
	// are not the same; and whether B may be there, or have left.
	own, ownNew   string
	staysB, leftB bool
}

// within runs do in the session of a passphrase.
func within(passphrase string, do func(ctx context.Context, s *vault.Session) error) func(context.Context, *clock, string) error {
	return func(ctx context.Context, c *clock, dir string) error {
		v, err := vault.Open(dir, options(c))
		if err != nil {
			return err
		}
		s, _, err := v.Unlock(ctx, []byte(passphrase))
		if err != nil {
			return errors.Join(err, v.Close())
		}
		if _, err = home.Open(ctx, s, c.now); err == nil {
			err = do(ctx, s)
		}
		return errors.Join(err, s.Lock(ctx))
	}
}

func changes(ctx context.Context, s *vault.Session) error {
	_, err := s.ChangePassphrase(ctx, []byte(passA), []byte(passNew), nil)
	return err
}

func rekeys(ctx context.Context, s *vault.Session) error { return s.Rekey(ctx, nil) }

func leaves(ctx context.Context, s *vault.Session) error { return s.Leave(ctx, []byte(passB)) }

func visits(context.Context, *vault.Session) error { return nil }

var cutSteps = []cutStep{
	{name: "recovery words", own: passA, ownNew: passA, staysB: true, do: within(passA, func(ctx context.Context, s *vault.Session) error {
		_, err := s.NewRecovery(ctx, []byte(passA))
		return err
	})},
	{name: "change of passphrase", own: passA, ownNew: passNew, staysB: true, do: within(passA, changes)},
	{name: "re-keying", own: passA, ownNew: passA, staysB: true, do: within(passA, rekeys)},
	{name: "reading of a re-keying", own: passA, ownNew: passA, staysB: true, ready: func(t *testing.T, c *clock, dir string) {
		must(t, within(passA, rekeys)(context.Background(), c, dir))
	}, do: within(passB, visits)},
	{name: "leaving", own: passA, ownNew: passA, staysB: true, leftB: true, do: within(passB, leaves)},
	{name: "reading of a leaving", own: passA, ownNew: passA, leftB: true, ready: func(t *testing.T, c *clock, dir string) {
		must(t, within(passB, leaves)(context.Background(), c, dir))
	}, do: within(passA, visits)},
}

// TestEveryCut cuts each off after calls by which it changes the folder or makes a
// change last, in a long run after every one of them: as a kill would, with everything
// there that was written, and as a power cut would, with nothing there that was not
// synced. What was kept and shared is there afterwards, for everybody whom it was for,
// under the old passphrase or the new one, and nothing is left over when all have been
// there.
func TestEveryCut(t *testing.T) {
	for _, step := range cutSteps {
		t.Run(step.name, func(t *testing.T) {
			t.Parallel()
			everyCut(t, step)
		})
	}
}

func everyCut(t *testing.T, step cutStep) {
	c := proof.Start(t, "cut "+step.name)
	clock := newClock()
	root := proof.Folder(t)
	dir := filepath.Join(root, "Home.ebb")
	must(t, os.CopyFS(dir, os.DirFS(couple(t, clock))))
	visit(t, clock, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, crashText(1)) })
	visit(t, clock, dir, passB, func(_ *vault.Session, h *home.Home) { save(t, h, crashText(2)) })
	drawers := len(drawerFiles(t, dir))
	if step.ready != nil {
		step.ready(t, clock, dir)
	}
	tape, err := interpose.NewTape(root)
	must(t, err)
	must(t, interpose.Watch(root, tape.Record, func() error { return step.do(context.WithoutCancel(t.Context()), clock, dir) }))
	device := tape.Device()
	for i, chosen := range someCalls(c, tape) {
		call, _ := tape.Call(i)
		device.Play(call)
		if !chosen {
			continue
		}
		if !c.TimeLeft() {
			break
		}
		for _, loss := range interpose.Losses[:2] { // all that was not synced, and nothing
			cut := proof.Folder(t)
			lost, err := device.Cut(c.Rand, loss, cut)
			must(t, err)
			note := "held"
			if err := step.holds(t, clock, filepath.Join(cut, "Home.ebb"), drawers, i+1 == tape.Len()); err != nil {
				note = "did not hold"
				c.Failure("call %d of %d (%v %s), %s: %v", i, tape.Len(), call.Op, filepath.Base(call.Path), loss.Name, err)
			}
			c.Ran(lost > 0 || call.Op != interpose.Sync, note)
			must(t, os.RemoveAll(cut))
		}
	}
}

// someCalls chooses the calls behind which a tape is cut: in a long run all of them.
// A short one takes every seventh from one that the seed chooses, and besides them one
// of each kind, the first, and the last.
func someCalls(c *proof.Campaign, tape *interpose.Tape) (chosen []bool) {
	every := proof.Size(28, 7, 1)
	from := c.IntN(every)
	kinds := map[string][]int{}
	chosen = make([]bool, tape.Len())
	for i := range chosen {
		call, _ := tape.Call(i)
		chosen[i] = i%every == from
		kinds[kindOf(call)] = append(kinds[kindOf(call)], i)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		chosen[kinds[kind][c.IntN(len(kinds[kind]))]] = true
	}
	chosen[0], chosen[len(chosen)-1] = true, true
	c.Logf("every %d. of %d calls from call %d, and of %d kinds one each", every, len(chosen), from, len(kinds))
	return chosen
}

// kindOf is what a call does and to which kind of file: a vault has many drawers, of
// which each is like the other, and a drawer many pages.
func kindOf(call interpose.Call) string {
	name := filepath.Base(call.Path)
	drawer, ending, _ := strings.Cut(name, "-")
	if _, err := hex.DecodeString(drawer); err == nil {
		name = "drawer " + ending
	}
	return fmt.Sprintf("%v %v %s", call.Op, call.Folder, name)
}

// holds says what is wrong with a vault that was cut off.
func (step cutStep) holds(t *testing.T, c *clock, dir string, drawers int, done bool) error {
	if found, err := proof.Find(dir, canary); err != nil || len(found) > 0 {
		return fmt.Errorf("in the plain: %v, %w", found, err)
	}
	own, err := step.whoOpens(c, dir, done)
	if err != nil {
		return err
	}
	hasB := lookAs(c, dir, passB, 2)
	if hasB != nil && (!step.leftB || !errors.Is(hasB, vault.ErrWrongPassphrase)) {
		return fmt.Errorf("the other person: %w", hasB)
	}
	if hasB == nil && (!step.staysB || step.leftB && done) {
		return errors.New("somebody who has left is there")
	}
	// Everybody has been there now, or is there once more, and no file is too many.
	for range 2 {
		if err := lookAs(c, dir, own, 1); err != nil {
			return fmt.Errorf("once more: %w", err)
		}
		if hasB == nil {
			if err := lookAs(c, dir, passB, 2); err != nil {
				return fmt.Errorf("the other person once more: %w", err)
			}
		}
	}
	if n := len(drawerFiles(t, dir)); n != drawers {
		return fmt.Errorf("%d drawers, %d at first", n, drawers)
	}
	return nil
}

// whoOpens says with which passphrase A gets in: with one and not with the other.
func (step cutStep) whoOpens(c *clock, dir string, done bool) (string, error) {
	old := lookAs(c, dir, step.own, 1)
	if step.own == step.ownNew {
		return step.own, old
	}
	fresh := lookAs(c, dir, step.ownNew, 1)
	switch {
	case old == nil && errors.Is(fresh, vault.ErrWrongPassphrase) && !done:
		return step.own, nil
	case fresh == nil && errors.Is(old, vault.ErrWrongPassphrase):
		return step.ownNew, nil
	}
	return "", fmt.Errorf("the old passphrase: %v; the new one: %v", old, fresh)
}

// lookAs opens the vault as somebody whose one entry is text n, and looks whether
// all is there that they have.
func lookAs(c *clock, dir, passphrase string, n int) error {
	return within(passphrase, func(ctx context.Context, s *vault.Session) error {
		h, err := home.Open(ctx, s, c.now)
		if err != nil {
			return err
		}
		var texts []string
		err = h.Journal.Each(ctx, func(e home.Entry) error { texts = append(texts, e.Text); return nil })
		if err == nil && !slices.Equal(texts, []string{crashText(n)}) {
			err = fmt.Errorf("%d entries", len(texts))
		}
		lines, unread := h.Lines.All(ctx)
		if unread != nil || len(lines) != 2 {
			err = errors.Join(err, fmt.Errorf("%d lines, %w", len(lines), unread))
		}
		for _, notice := range s.Notices() {
			switch notice.Kind {
			case vault.MemberLeft, vault.DrawerRepaired, vault.KeyFileRepaired:
			default:
				err = errors.Join(err, fmt.Errorf("it is told: %+v", notice))
			}
		}
		return err
	})(context.Background(), c, dir)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
