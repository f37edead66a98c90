package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/ui/lang"
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
