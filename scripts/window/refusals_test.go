//go:build realwindow

package window

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// says makes sure that a passphrase on the unlock page is answered with a sentence
// and that the page stays.
func (p *Program) says(passphrase, sentence string) {
	p.t.Helper()
	p.WaitFocus("Passphrase")
	p.enter(passphrase)
	p.WaitText(sentence)
	p.WaitFocus("Passphrase")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	first := Start(t)
	vault := first.createHome("Ada", ownWords)

	second := Start(t, vault)
	second.says(ownWords, "This place is open in another Ebb window.")
	first.lock()
	// Locked there, it opens here; what did not open it was kept on the page.
	second.Key("ctrl+a")
	second.unlock(ownWords)
	second.lock()
	second.says("velvet harbour seventeen quiet spoon", "This does not open anything here.")
	second.says(strings.ToUpper(ownWords), "This does not open anything here.")
	second.Key("Return")
	second.WaitText("This cannot be used as a passphrase.")
	second.Kill()

	// A folder that is somebody else's.
	other := filepath.Join(second.Home, "Photos.ebb")
	if err := os.Mkdir(other, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "a.jpg"), []byte("a picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	second.Again(other)
	second.says(ownWords, "This folder does not belong to Ebb.")
	second.Kill()
	second.Again(filepath.Join(second.Home, "Gone.ebb"))
	second.says(ownWords, "There is no such")
	second.Kill()

	// A damaged key file: every byte of it.
	damaged := filepath.Join(second.Home, "Damaged.ebb")
	if err := os.CopyFS(damaged, os.DirFS(vault)); err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(damaged, "keys")
	info, err := os.Stat(keys)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(keys, make([]byte, info.Size()), 0o600); err != nil {
		t.Fatal(err)
	}
	second.Again(damaged)
	second.says(ownWords, "Part of this place is damaged or was exchanged")
}

// In a folder where nothing may be written the window says so. The permissions
// bind root too, once it gives up its power over them.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	p := Start(t)
	vault := p.createHome("Ada", ownWords)
	p.lock()
	p.Kill()
	if err := os.Chmod(vault, 0o500); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(vault)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.Chmod(filepath.Join(vault, f.Name()), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	if os.Geteuid() == 0 {
		p.options.Program = bound(t, p.options.Program)
	}
	p.Again()
	p.says(ownWords, "Ebb may not write in this folder, so it left everything as it is.")
	p.Kill()
	if err := os.Chmod(vault, 0o700); err != nil { // so that the test can clean up
		t.Fatal(err)
	}
}

// bound is a program that runs another as a root that file permissions bind.
func bound(t testing.TB, program string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bound")
	script := "#!/bin/sh\nexec setpriv --bounding-set=-dac_override,-dac_read_search " + program + " \"$@\"\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// Without a screen, the program says what to do.
func TestNoScreen(t *testing.T) {
	t.Parallel()
	c := exec.Command(os.Getenv("EBB_PROGRAM"))
	c.Env = []string{"HOME=" + t.TempDir()}
	out, err := c.CombinedOutput()
	if err == nil || c.ProcessState.ExitCode() != 2 || !strings.Contains(string(out), "Ebb needs a screen") {
		t.Errorf("%v, said %q", err, out)
	}
}
