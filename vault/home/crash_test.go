package home_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// The crash campaign: a child process writes, imports or joins, says ACK after
// each call that returned, and is killed at a random moment. Afterwards every
// acknowledged thing is there, everything checks, no plaintext is in any file,
// and opening once more changes nothing.
//
// Package proof says how its size is chosen.

const (
	crashRole = "EBB_CRASH_ROLE"
	crashCall = "EBB_CRASH_CALL" // of the child, at which it ends: see dieAt
)

func TestMain(m *testing.M) {
	if role := os.Getenv(crashRole); role != "" {
		if err := crashChild(role, os.Args[1:]); err != nil {
			fmt.Println("CHILD", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// canary stands in every text that the campaign writes.
const canary = "CANARY-marsh-lantern-7719"

func crashText(i int) string {
	r := rand.New(rand.NewPCG(uint64(i), 1))
	words := 5 + r.IntN(200)
	if r.IntN(15) == 0 {
		words = 6000 // spans many pages
	}
	return fmt.Sprintf("%s entry %d\n\n%s", canary, i, strings.Repeat("long water ", words))
}

func crashChild(role string, args []string) error {
	ctx := context.Background()
	dir := args[0]
	c := &clock{time.Now()}
	v, err := vault.Open(dir, options(c))
	if err != nil {
		return err
	}
	if role == "join" {
		_, invitation, err := v.Unlock(ctx, []byte(args[1]))
		if err != nil {
			return err
		}
		fmt.Println("READY")
		s, err := invitation.Join(ctx, []byte(passB), "Bo")
		if err != nil {
			return err
		}
		fmt.Println("ACK joined")
		if _, err := home.Open(ctx, s, c.now); err != nil {
			return err
		}
		return s.Lock(ctx)
	}
	passphrase := passA
	if seat, ok := crashSeats[role]; ok {
		passphrase = seat.passphrase(args)
	}
	s, _, err := v.Unlock(ctx, []byte(passphrase))
	if err != nil {
		return err
	}
	h, err := home.Open(ctx, s, c.now)
	if err != nil {
		return err
	}
	fmt.Println("READY")
	if seat, ok := crashSeats[role]; ok {
		do := func() error { return seat.run(ctx, s, h, args) }
		if call := os.Getenv(crashCall); call != "" {
			n, err := strconv.Atoi(call)
			if err != nil {
				return err
			}
			return dieAt(dir, n, do)
		}
		return do()
	}
	switch role {
	case "write":
		return crashWrite(ctx, s, h, args[1])
	case "import":
		src, err := portable.Open(args[1], args[2])
		if err != nil {
			return err
		}
		_, err = h.Journal.Import(ctx, src, func(done, _ int) { fmt.Println("ACK", done) })
		if err != nil {
			return err
		}
		return s.Lock(ctx)
	}
	return fmt.Errorf("no such role %q", role)
}

func crashWrite(ctx context.Context, s *vault.Session, h *home.Home, first string) error {
	i, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	for n := 0; n < 400; n++ {
		draft := entry(h, crashText(i)[:60])
		if err := h.Journal.SaveDraft(ctx, draft); err != nil {
			return err
		}
		fmt.Printf("ACK draft %x\n", draft.ID)
		draft.Text = crashText(i)
		if _, err := h.Journal.Save(ctx, draft); err != nil {
			return err
		}
		fmt.Printf("ACK entry %x %d\n", draft.ID, i)
		if i%17 == 0 {
			if err := h.Journal.Discard(ctx, draft.ID); err != nil {
				return err
			}
			fmt.Printf("ACK gone %x\n", draft.ID)
		}
		if i%29 == 0 {
			if err := s.Checkpoint(ctx); err != nil {
				return err
			}
		}
		i++
	}
	return s.Lock(ctx)
}

// kill runs a child in a role and kills it after a random number of its lines and
// a random moment more. It returns the lines that arrived.
func kill(t *testing.T, r *rand.Rand, most int, role string, args ...string) (acks []string, killed bool) {
	t.Helper()
	after, later := r.IntN(most), time.Duration(r.Int64N(int64(3*time.Millisecond)))
	return runUntil(t, nil, after, later, role, args...)
}

// killAt is kill for children whose steps are long: every second one is killed at one
// of its first calls, the others after a random number of lines and as long as a step
// takes.
func killAt(t *testing.T, r *rand.Rand, calls, most int, step time.Duration, role string, args ...string) (acks []string, killed bool) {
	t.Helper()
	if r.IntN(2) == 0 {
		return runUntil(t, []string{crashCall + "=" + strconv.Itoa(1+r.IntN(calls))}, -1, 0, role, args...)
	}
	return runUntil(t, nil, r.IntN(most), time.Duration(r.Int64N(int64(step))), role, args...)
}

// runUntil runs a child and kills it some time after one of its lines, counted from 0.
func runUntil(t *testing.T, env []string, after int, later time.Duration, role string, args ...string) (acks []string, killed bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(append(os.Environ(), crashRole+"="+role), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		acks = append(acks, lines.Text())
		if n == after {
			time.AfterFunc(later, func() { cmd.Process.Kill() })
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	killed = errors.As(err, &exit) && exit.ExitCode() == -1
	if err != nil && !killed {
		t.Fatalf("the child ended by itself: %v, %q", err, acks[max(0, len(acks)-2):])
	}
	return acks, killed
}

func TestCrashCampaign(t *testing.T) {
	t.Parallel()
	runs := proof.Size(28, 140, 10_000)
	for _, one := range []struct {
		name  string
		share int // of 140
		run   func(t *testing.T, campaign *proof.Campaign, runs int)
	}{
		{"writing", 60, crashWriting},
		{"importing", 20, crashImporting},
		{"joining", 20, crashJoining},
		{"changing passphrase", 10, crashChanging},
		{"recovery", 10, crashRecovering},
		{"re-keying", 10, crashRekeying},
		{"leaving", 10, crashLeaving},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			one.run(t, proof.Start(t, "vault kill/"+one.name), max(1, runs*one.share/140))
		})
	}
}

func ended(killed bool) string {
	if killed {
		return "killed"
	}
	return "came to its end"
}

func crashWriting(t *testing.T, campaign *proof.Campaign, runs int) {
	const perVault = 20
	var dir string
	var entries map[string]int
	next := 0
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		if run%perVault == 0 {
			dir, entries, next = newVault(t, &clock{time.Now()}), map[string]int{}, 0
		}
		acks, killed := kill(t, campaign.Rand, 120, "write", dir, strconv.Itoa(next))
		campaign.Ran(killed, ended(killed))
		draft := ""
		for _, a := range acks {
			f := strings.Fields(a)
			switch {
			case len(f) < 3:
			case f[1] == "draft":
				draft = f[2]
			case f[1] == "entry":
				i, err := strconv.Atoi(f[3])
				if err != nil {
					t.Fatal(err)
				}
				entries[f[2]], next, draft = i, i+1, ""
			case f[1] == "gone":
				delete(entries, f[2])
			}
		}
		next++ // one more may have been kept without an ACK
		afterCrash(t, dir, func(s *vault.Session, h *home.Home) {
			for id, i := range entries {
				b, err := hex.DecodeString(id)
				if err != nil {
					t.Fatal(err)
				}
				e, err := h.Journal.Entry(t.Context(), home.ID(b))
				if errors.Is(err, home.ErrNotFound) && i%17 == 0 {
					delete(entries, id) // discarded, and killed before it could say so
					continue
				}
				if err != nil || e.Text != crashText(i) {
					t.Fatalf("run %d: acknowledged entry %d is lost: %v", run, i, err)
				}
			}
			if n, err := h.Journal.Count(t.Context()); err != nil || n > len(entries)+run%perVault+1 {
				t.Fatalf("run %d: %d entries for %d acknowledged ones, %v", run, n, len(entries), err)
			}
			if draft != "" {
				lost := true
				drafts, err := h.Journal.Drafts(t.Context())
				for _, d := range drafts {
					lost = lost && hex.EncodeToString(d.Entry.ID[:]) != draft
				}
				b, decode := hex.DecodeString(draft)
				if decode != nil {
					t.Fatal(decode)
				}
				if _, kept := h.Journal.Entry(t.Context(), home.ID(b)); lost && kept != nil {
					t.Fatalf("run %d: an acknowledged draft is lost: %v, %v", run, err, kept)
				}
			}
		})
	}
}

func crashImporting(t *testing.T, campaign *proof.Campaign, runs int) {
	const all = 1200
	sources := crashSources(t, all)
	formats := []string{portable.Markdown, portable.Jrnl, portable.RedNotebook}
	var dir string
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		format := formats[run/4%len(formats)]
		from := sources[format]
		if run%4 == 0 {
			dir = newVault(t, &clock{time.Now()})
		}
		acks, killed := kill(t, campaign.Rand, 6, "import", dir, format, from)
		campaign.Ran(killed, ended(killed))
		acknowledged := 0
		for _, a := range acks {
			if f := strings.Fields(a); len(f) == 2 {
				acknowledged, _ = strconv.Atoi(f[1])
			}
		}
		afterCrash(t, dir, func(_ *vault.Session, h *home.Home) {
			if n, err := h.Journal.Count(t.Context()); err != nil || n < acknowledged || n > all {
				t.Fatalf("run %d: %d entries, %d acknowledged, %v", run, n, acknowledged, err)
			}
			if run%4 != 3 {
				return
			}
			src, err := portable.Open(format, from)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := h.Journal.Import(t.Context(), src, nil); err != nil {
				t.Fatal(err)
			}
			if n, err := h.Journal.Count(t.Context()); err != nil || n != all {
				t.Fatalf("run %d: after running %s again %d entries of %d, %v", run, format, n, all, err)
			}
		})
	}
}

// crashSources writes the same texts in several formats.
func crashSources(t *testing.T, n int) (paths map[string]string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var jrnl strings.Builder
	months := map[string]string{}
	for i := range n {
		write(fmt.Sprintf("notes/2025-01-01-%04d.md", i), crashText(i))
		fmt.Fprintf(&jrnl, "[2025-01-01 %02d:%02d] %s\n\n", i/60, i%60, crashText(i))
		month := fmt.Sprintf("red/%04d-%02d.txt", 2000+i/28/12, i/28%12+1)
		months[month] += fmt.Sprintf("%d: {text: %q}\n", i%28+1, crashText(i)) // quotes of YAML, too
	}
	for name, text := range months {
		write(name, text)
	}
	return map[string]string{
		portable.Markdown: filepath.Join(dir, "notes"), portable.RedNotebook: filepath.Join(dir, "red"), portable.Jrnl: write("journal.txt", jrnl.String()),
	}
}

func crashJoining(t *testing.T, campaign *proof.Campaign, runs int) {
	for run := 0; run < runs && campaign.TimeLeft(); run++ {
		dir := newVault(t, &clock{time.Now()})
		code := inviteCode(t, &clock{time.Now()}, dir)
		acks, killed := kill(t, campaign.Rand, 2, "join", dir, code)
		campaign.Ran(killed, ended(killed))
		acknowledged := acks[len(acks)-1] == "ACK joined"
		c := &clock{time.Now()}
		v, err := vault.Open(dir, options(c))
		if err != nil {
			t.Fatal(err)
		}
		s, _, joined := v.Unlock(t.Context(), []byte(passB))
		switch {
		case joined == nil:
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
		case acknowledged:
			t.Fatalf("run %d: an acknowledged joining is lost: %v", run, joined)
		default: // the code still works
			_, invitation, err := v.Unlock(t.Context(), []byte(code))
			if err != nil {
				t.Fatalf("run %d: neither the passphrase nor the code opens: %v", run, err)
			}
			if s, err = invitation.Join(t.Context(), []byte(passB), "Bo"); err != nil {
				t.Fatal(err)
			}
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		afterCrash(t, dir, func(s *vault.Session, h *home.Home) {
			if all, err := h.People.All(t.Context()); err != nil || len(all) != 2 {
				t.Fatalf("run %d: people %+v, %v", run, all, err)
			}
		})
	}
}

// afterCrash opens the vault as its first person, lets look look, checks
// everything, and opens once more.
func afterCrash(t *testing.T, dir string, look func(*vault.Session, *home.Home)) {
	t.Helper()
	afterCrashOf(t, dir, passA, look)
}

// afterCrashOf is afterCrash for somebody whose passphrase is another.
func afterCrashOf(t *testing.T, dir, passphrase string, look func(*vault.Session, *home.Home)) {
	t.Helper()
	noPlaintext(t, dir)
	c := &clock{time.Now()}
	visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
		look(s, h)
		report, err := s.Check(t.Context(), nil)
		if err != nil || !report.Sound() {
			t.Fatalf("the check after a crash: %+v, %v", report, err)
		}
	})
	sameSizes(t, dir)
	visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
		for _, n := range s.Notices() {
			if n.Kind != vault.MemberJoined {
				t.Errorf("a notice at the second opening: %+v", n)
			}
		}
	})
	noPlaintext(t, dir)
}
