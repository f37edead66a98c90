package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// stopping is a screen that interrupts whatever shows progress on it.
type stopping struct {
	bytes.Buffer
	interrupt context.CancelFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	s.interrupt()
	return s.Buffer.Write(p)
}

// Half a demo would stand in the way of a whole one.
func TestAnInterruptedDemoLeavesNothing(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	screen := &stopping{interrupt: interrupt}
	var stdout, stderr bytes.Buffer
	dir := t.TempDir()
	env := Env{Stdin: &bytes.Buffer{}, Stdout: &stdout, Stderr: &stderr, Screen: screen, KDF: keys.InsecureParams, Insecure: true}
	if code := Run(ctx, []string{"demo", dir}, "", env); code != exitCannotRun {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(screen.String(), lang.T("command.furnishing")) {
		t.Errorf("it shows %q, so that nothing was interrupted", screen.String())
	}
	if stdout.Len() > 0 || stderr.String() != lang.T("fault.stopped")+"\n" {
		t.Errorf("it says %q and %q", stdout.String(), stderr.String())
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v (%v)", left, err)
	}

	env.Screen = nil
	if code := Run(t.Context(), []string{"demo", dir}, "", env); code != exitDone {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	if _, err := os.Stat(filepath.Join(dir, demoVault, "keys")); err != nil {
		t.Error(err)
	}
}

// Whoever visits finds a menu that people live with: something of their own, something
// at rest, what one of them put out of sight or opened, and agreements in force.
func TestTheDemoHasAMenu(t *testing.T) {
	now := time.Date(2026, 3, 4, 20, 30, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	dir := t.TempDir()
	var out bytes.Buffer
	env := Env{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &out, KDF: keys.InsecureParams, Insecure: true, Now: clock}
	if code := Run(t.Context(), []string{"demo", dir}, "", env); code != exitDone {
		t.Fatalf("exit code %d: %s", code, out.String())
	}
	options := home.Options(clock)
	options.KDF, options.Insecure = keys.InsecureParams, true
	for i, hides := range []int{1, 2} {
		v, err := vault.Open(filepath.Join(dir, demoVault), options)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(t.Context(), []byte(demoPassphrases[i]))
		if err != nil {
			t.Fatal(err)
		}
		h, err := home.Open(t.Context(), s, clock)
		if err != nil {
			t.Fatal(err)
		}
		items, err := h.Menu.Items(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var own, hidden, resting, noted int
		for _, item := range items {
			if item.Own {
				own++
			}
			if item.Hidden {
				hidden++
			}
			if item.State == home.Resting {
				resting++
			}
			if item.Note != "" {
				noted++
			}
		}
		if own != 1 || hidden != hides || resting != 2 || noted != 1 {
			t.Errorf("person %d: %d of their own, %d hidden, %d at rest, %d with a note", i, own, hidden, resting, noted)
		}
		opened, err := h.Menu.Opened(t.Context(), "D1")
		if err != nil || !opened {
			t.Errorf("person %d opened nothing: %v", i, err)
		}
		document, err := h.Consents.Exercises(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if in, err := h.Consents.InForce(t.Context(), document); err != nil || !in {
			t.Errorf("person %d agrees to nothing: %v", i, err)
		}
		if changes, err := h.Menu.History(t.Context()); err != nil || len(changes) != 5 {
			t.Errorf("the menu changed %d times: %v", len(changes), err)
		}
		if err := s.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
