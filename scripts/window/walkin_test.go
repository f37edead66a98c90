//go:build realwindow

package window

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"ebb/vault/guard"
)

// canaries are words that must be found nowhere but, encrypted, in the vault.
var canaries = []string{"MARIGOLD", "CORMORANT", "BERGAMOT"}

// forms are the bytes that a word could lie in: UTF-8, and UTF-16 in both orders.
func forms(word string) [][]byte {
	units := utf16.Encode([]rune(word))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	return [][]byte{[]byte(word), []byte(strings.ToLower(word)), little, big}
}

// findsNone reads all files below the folders, but for those that are left out,
// and fails the test if a word is in one, or in its name.
func findsNone(t testing.TB, words []string, folders []string, except ...string) {
	t.Helper()
	read := 0
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !d.Type().IsRegular() || slices.Contains(except, path) {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			read++
			for _, word := range words {
				for _, form := range forms(word) {
					if bytes.Contains(data, form) || bytes.Contains([]byte(path), form) {
						t.Errorf("%s holds %q", path, word)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read == 0 {
		t.Errorf("there is no file in %q to look for words in", folders)
	}
}

// titles are all that the display tells other programs about its windows.
func (p *Program) titles() string {
	p.t.Helper()
	var all strings.Builder
	for _, id := range strings.Fields(p.display.run(p.t, "xdotool", "search", "--name", "")) {
		all.WriteString(p.display.run(p.t, "xprop", "-id", id))
	}
	return all.String()
}

// Scenario T10: somebody walks in, then the power fails.
func TestSomebodyWalksIn(t *testing.T) {
	for _, size := range []string{"100 %", "200 %"} {
		t.Run(size, func(t *testing.T) {
			t.Parallel()
			p := StartWith(t, Options{Trace: true})
			if size == "200 %" {
				p.Key("ctrl+equal", "ctrl+equal", "ctrl+equal")
			}
			vault := p.createHome("Ada", ownWords)
			words := p.invite()
			p.replacedBy(func() { p.choose("Lock now") })
			p.join(words, "Bo", otherWords)
			p.lock()

			p.unlock(ownWords)
			p.Key("ctrl+n")
			p.WaitFocus("Write here.")
			p.Type("I wanted to say MARIGOLD, and that the CORMOR")
			p.Wait("the words in the editor", func(s Screen) bool { return s.Shows("CORMOR") })
			if title := p.titles(); strings.Contains(title, "MARIGOLD") || !strings.Contains(title, `"Ebb"`) {
				t.Errorf("the display is told\n%s", title)
			}
			p.Key("ctrl+h")
			p.WaitText("Press any key to open Ebb.")
			s := p.Screen()
			if s.Text() != "Press any key to open Ebb." {
				t.Errorf("the neutral page reads\n%s", s.Text())
			}
			if title := p.titles(); strings.Contains(title, "MARIGOLD") || strings.Contains(title, "Home.ebb") {
				t.Errorf("the display is told\n%s", title)
			}
			// The draft is sealed behind the neutral page.
			p.waitClosed(vault)
			p.Kill() // the power fails
			written := p.Trace().Written
			findsNone(t, canaries, []string{p.Home})
			p.writesOnly(written, vault)

			p.Again()
			p.unlock(ownWords)
			p.WaitText("You were writing something")
			p.choose("Go on writing")
			p.WaitFocus("Write here.")
			p.WaitText("I wanted to say MARIGOLD, and that the CORMOR")
			p.lock()

			p.unlock(otherWords)
			if p.Screen().Shows("You were writing something") {
				t.Error("the other is told of a draft")
			}
			p.Key("ctrl+2")
			p.WaitText("A blank page, and no hurry")
			p.Key("ctrl+q")
			p.WaitExit()
			findsNone(t, canaries, []string{p.Home})
		})
	}
}

// The power fails while somebody writes: what was sealed as a draft is there.
func TestPowerFailsInTheMiddleOfASentence(t *testing.T) {
	t.Parallel()
	p := Start(t)
	p.createHome("Ada", ownWords)
	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	p.Type("The BERGAMOT stood in the win")
	p.WaitText("Held as a draft.")
	p.Kill()
	findsNone(t, canaries, []string{p.Home})
	p.Again()
	p.unlock(ownWords)
	p.Key("ctrl+2")
	p.WaitText("The BERGAMOT stood in the win")
}

// waitClosed waits until the program has let go of the vault, so that another could
// have it.
func (p *Program) waitClosed(vault string) {
	p.t.Helper()
	eventually(p.t, func() bool {
		lock, err := guard.LockFile(filepath.Join(vault, "lock"))
		if err != nil {
			return false
		}
		return lock.Close() == nil
	}, func() string { return "the vault is still open" })
}

// writesOnly fails the test if a file was opened for writing that is not a vault's,
// the preferences, a cache of the toolkit or the graphics driver, or the tests' own
// pipe. It lists those that are not a vault's, and folders of which many files
// were written as one.
func (p *Program) writesOnly(written []string, vaults ...string) {
	p.t.Helper()
	within := func(path, folder string) bool {
		return path == folder || strings.HasPrefix(path, folder+string(filepath.Separator))
	}
	var others []string
	for _, path := range written {
		if !filepath.IsAbs(path) {
			path = filepath.Join(p.Home, path)
		}
		path = filepath.Clean(path)
		if slices.ContainsFunc(vaults, func(vault string) bool {
			return within(path, vault) || within(path, vault+".part") || path == filepath.Dir(vault)
		}) {
			continue
		}
		var known string
		for _, folder := range []string{
			filepath.Join(p.Home, "config", "fyne"), filepath.Join(p.Home, "cache", "fyne"),
			filepath.Join(p.Home, "cache", "mesa_shader_cache"), filepath.Join(p.Home, "cache", "font_index_v6.cache"),
			p.probe.folder, "/dev/null", "/dev/dri",
		} {
			if within(path, folder) {
				known = folder
			}
		}
		if known == "" {
			p.t.Errorf("opened for writing: %s", path)
			continue
		}
		if strings.HasSuffix(known, "mesa_shader_cache") {
			path = known
		}
		if path = strings.TrimPrefix(path, p.Home+"/"); !slices.Contains(others, path) {
			others = append(others, path)
		}
	}
	p.t.Logf("written beside the vault: %q", others)
}
