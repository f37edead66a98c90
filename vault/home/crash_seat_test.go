package home_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
)

// What a child does with somebody's own seat until it is killed. Between the steps
// it writes and shares, so that there is something to lose.
var crashSeats = map[string]struct {
	passphrase func(args []string) string
	run        func(ctx context.Context, s *vault.Session, h *home.Home, args []string) error
}{
	"passphrase": {func(args []string) string { return args[1] }, crashChange},
	"recovery":   {func(args []string) string { return passA }, crashRecover},
	"rekey":      {func(args []string) string { return passA }, crashRekey},
	"leave":      {func(args []string) string { return passB }, crashLeave},
}

// seatStep is how long one of these steps takes, about: a kill can come anywhere
// in it.
const seatStep = 150 * time.Millisecond

// crashKeep writes one entry and shares one line, and says so.
func crashKeep(ctx context.Context, h *home.Home, n int) error {
	e, err := h.Journal.Save(ctx, entry(h, crashText(n)))
	if err != nil {
		return err
	}
	fmt.Printf("ACK entry %x %d\n", e.ID, n)
	line := fmt.Sprint(canary, " line ", n)
	if _, err := h.Lines.Share(ctx, e.ID, line); err != nil {
		return err
	}
	fmt.Println("ACK line", n)
	return nil
}

// kept is what the children of one vault acknowledged.
type crashKept struct {
	entries map[string]int
	lines   []string
	next    int
}

func newCrashKept() *crashKept { return &crashKept{entries: map[string]int{}} }

func (k *crashKept) hear(t *testing.T, acks []string) {
	t.Helper()
	for _, a := range acks {
		f := strings.Fields(a)
		switch {
		case len(f) == 4 && f[1] == "entry":
			n, err := strconv.Atoi(f[3])
			if err != nil {
				t.Fatal(err)
			}
			k.entries[f[2]], k.next = n, max(k.next, n+1)
		case len(f) == 3 && f[1] == "line":
			k.lines = append(k.lines, fmt.Sprint(canary, " line ", f[2]))
		}
	}
	k.next++ // one more may have been kept without an ACK
}

// entriesOf fails if an acknowledged entry is lost.
func (k *crashKept) entriesOf(t *testing.T, h *home.Home) {
	t.Helper()
	for id, n := range k.entries {
		b, err := hex.DecodeString(id)
		if err != nil {
			t.Fatal(err)
		}
		if e, err := h.Journal.Entry(t.Context(), home.ID(b)); err != nil || e.Text != crashText(n) {
			t.Fatalf("acknowledged entry %d is lost: %v", n, err)
		}
	}
}

// linesOf fails if an acknowledged line is lost, or is there twice.
func (k *crashKept) linesOf(t *testing.T, h *home.Home) {
	t.Helper()
	got := linesOf(t, h)
	if len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Fatalf("a line is there twice: %q", got)
	}
	for _, line := range k.lines {
		if !slices.Contains(got, line) {
			t.Fatalf("acknowledged %q is lost; there are %d lines", line, len(got))
		}
	}
}

// afterSeatCrash looks at both persons' view, and lets nothing be left behind: when
// both have been there, the folder has as many drawers as before.
func afterSeatCrash(t *testing.T, dir, passphrase string, k *crashKept, drawers int) {
	t.Helper()
	afterCrashOf(t, dir, passphrase, func(s *vault.Session, h *home.Home) {
		k.entriesOf(t, h)
		k.linesOf(t, h)
	})
	afterCrashOf(t, dir, passB, func(s *vault.Session, h *home.Home) { k.linesOf(t, h) })
	visit(t, &clock{time.Now()}, dir, passphrase, func(*vault.Session, *home.Home) {})
	if n := len(drawerFiles(t, dir)); n != drawers {
		t.Fatalf("%d drawers, %d before", n, drawers)
	}
}

func crashChange(ctx context.Context, s *vault.Session, h *home.Home, args []string) error {
	current := args[1]
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	for range 4 {
		if err := crashKeep(ctx, h, n); err != nil {
			return err
		}
		fresh := fmt.Sprint(passNew, " ", n)
		fmt.Println("CHANGING", fresh)
		if _, err := s.ChangePassphrase(ctx, []byte(current), []byte(fresh), nil); err != nil {
			return err
		}
		current, n = fresh, n+1
		fmt.Println("ACK passphrase", fresh)
	}
	return s.Lock(ctx)
}

// crashChanging: the passphrase that was acknowledged last opens everything, or the
// one after it does; never neither, never both.
func crashChanging(t *testing.T, campaign *proof.Campaign, runs int) {
	const perVault = 6
	var dir, current string
	var k *crashKept
	drawers := 0
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		if run%perVault == 0 {
			dir, current, k = couple(t, &clock{time.Now()}), passA, newCrashKept()
			drawers = len(drawerFiles(t, dir))
		}
		acks, killed := killAt(t, campaign.Rand, 2400, 14, seatStep, "passphrase", dir, current, strconv.Itoa(k.next))
		campaign.Ran(killed, ended(killed))
		k.hear(t, acks)
		tried := ""
		for _, a := range acks {
			if p, ok := strings.CutPrefix(a, "CHANGING "); ok {
				tried = p
			} else if p, ok := strings.CutPrefix(a, "ACK passphrase "); ok {
				current, tried = p, ""
			}
		}
		if inForce := whichOpens(t, dir, current, tried); inForce != current {
			opensNot(t, &clock{time.Now()}, dir, current)
			current = inForce
		} else if tried != "" {
			opensNot(t, &clock{time.Now()}, dir, tried)
		}
		afterSeatCrash(t, dir, current, k, drawers)
	}
}

// whichOpens fails if neither does.
func whichOpens(t *testing.T, dir, current, tried string) string {
	t.Helper()
	for _, passphrase := range []string{current, tried} {
		v, err := vault.Open(dir, options(&clock{time.Now()}))
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(t.Context(), []byte(passphrase))
		if err == nil {
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
			return passphrase
		}
		if err := errors.Join(v.Close()); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("neither the old passphrase nor the new one opens")
	return ""
}

func crashRecover(ctx context.Context, s *vault.Session, h *home.Home, args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for range 20 {
		if err := crashKeep(ctx, h, n); err != nil {
			return err
		}
		n++
		fmt.Println("MAKING")
		words, err := s.NewRecovery(ctx, []byte(passA))
		if err != nil {
			return err
		}
		fmt.Println("ACK words", words)
	}
	return s.Lock(ctx)
}

// crashRecovering: the words that were acknowledged last open everything, unless
// others were being made, which nobody has seen.
func crashRecovering(t *testing.T, campaign *proof.Campaign, runs int) {
	dir := couple(t, &clock{time.Now()})
	k, words := newCrashKept(), ""
	making := false // until others are acknowledged: a run may end before it makes any
	drawers := len(drawerFiles(t, dir))
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		acks, killed := killAt(t, campaign.Rand, 640, 60, 20*time.Millisecond, "recovery", dir, strconv.Itoa(k.next))
		campaign.Ran(killed, ended(killed))
		k.hear(t, acks)
		for _, a := range acks {
			if w, ok := strings.CutPrefix(a, "ACK words "); ok {
				words, making = w, false
			} else if a == "MAKING" {
				making = true
			}
		}
		if !making && words != "" {
			afterCrashOf(t, dir, words, func(s *vault.Session, h *home.Home) {
				if !s.Recovered() {
					t.Fatal("the words count as the passphrase")
				}
				k.entriesOf(t, h)
			})
		}
		visit(t, &clock{time.Now()}, dir, passA, func(s *vault.Session, _ *home.Home) {
			if words != "" && !s.HasRecovery() || kinds(s)[vault.RecoveryLost] != 0 {
				t.Fatalf("there are no words any more: %v", s.Notices())
			}
		})
		afterSeatCrash(t, dir, passA, k, drawers)
	}
}

func crashRekey(ctx context.Context, s *vault.Session, h *home.Home, args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for range 5 {
		if err := crashKeep(ctx, h, n); err != nil {
			return err
		}
		n++
		fmt.Println("RE-KEYING")
		if err := s.Rekey(ctx, nil); err != nil {
			return err
		}
		fmt.Println("ACK re-keyed")
	}
	return s.Lock(ctx)
}

// crashRekeying: both see every acknowledged line, once, and share one drawer.
func crashRekeying(t *testing.T, campaign *proof.Campaign, runs int) {
	const perVault = 6
	var dir string
	var k *crashKept
	drawers := 0
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		if run%perVault == 0 {
			dir, k = couple(t, &clock{time.Now()}), newCrashKept()
			drawers = len(drawerFiles(t, dir))
		}
		acks, killed := killAt(t, campaign.Rand, 1480, 18, seatStep, "rekey", dir, strconv.Itoa(k.next))
		campaign.Ran(killed, ended(killed))
		k.hear(t, acks)
		afterSeatCrash(t, dir, passA, k, drawers)
	}
}

func crashLeave(ctx context.Context, s *vault.Session, h *home.Home, args []string) error {
	fmt.Println("LEAVING")
	if err := s.Leave(ctx, []byte(passB)); err != nil {
		return err
	}
	fmt.Println("ACK left")
	return nil
}

// crashLeaving: the person is there with everything, or is gone, and then the other
// is told. Nothing of the other's is touched.
func crashLeaving(t *testing.T, campaign *proof.Campaign, runs int) {
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		c := &clock{time.Now()}
		dir := couple(t, c)
		visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { save(t, h, crashText(1)) })
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, crashText(2)) })
		files := drawerFiles(t, dir)
		acks, killed := killAt(t, campaign.Rand, 165, 3, seatStep/2, "leave", dir)
		campaign.Ran(killed, ended(killed))
		left := slices.Contains(acks, "ACK left")
		v, err := vault.Open(dir, options(c))
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(t.Context(), []byte(passB))
		gone := errors.Is(err, vault.ErrWrongPassphrase)
		switch {
		case err == nil && left:
			t.Fatal("somebody who has left is there")
		case err == nil:
			h, err := home.Open(t.Context(), s, c.now)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
				t.Fatalf("%d entries of who is still there, %v", n, err)
			}
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
		case !gone:
			t.Fatal(err)
		default:
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
		}
		afterCrash(t, dir, func(s *vault.Session, h *home.Home) {
			if n := kinds(s)[vault.MemberLeft]; n == 1 != gone {
				t.Fatalf("gone %v, told %d times", gone, n)
			}
			if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
				t.Fatalf("%d entries, %v", n, err)
			}
			if got := linesOf(t, h); !slices.Equal(got, []string{"a line of Ada", "a line of Bo"}) {
				t.Fatalf("lines %q", got)
			}
		})
		now := drawerFiles(t, dir)
		if gone && len(now) != len(files) || !gone && !slices.Equal(now, files) {
			t.Fatalf("%d drawers, %d before", len(now), len(files))
		}
	}
}
