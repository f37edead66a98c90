//go:build realwindow && gallery

package window

import (
	"os"
	"path/filepath"
	"testing"
)

// The ways back, and leaving.
func TestGalleryWaysBack(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("ways"+suffix, func(t *testing.T) {
			g := openDemo(t, preferences)
			g.entersDemo()
			stick := filepath.Join(g.Home, "Stick")
			if err := os.Mkdir(stick, 0o700); err != nil {
				t.Fatal(err)
			}
			g.Key("ctrl+6")
			g.WaitText("The ways back")
			g.press("Change it…")
			g.WaitText("Your drawer is written anew")
			g.take("new-passphrase" + suffix)
			g.Key("ctrl+6")
			g.WaitText("The ways back")
			g.press("Leave…")
			g.WaitText("Nobody can take you out")
			g.take("leave" + suffix)
			g.Key("ctrl+6")
			g.WaitText("The ways back")
			g.press("Recovery words…")
			g.WaitFocus("Your passphrase")
			g.enter(demoWords)
			g.WaitText("They are shown once.")
			g.take("recovery-words" + suffix)
			g.Key("ctrl+6")
			g.WaitText("The ways back")
			g.press("Look")
			g.waitThere("Choose…")
			g.press("Choose…")
			g.pick(stick)
			g.press("Back up now")
			g.WaitText("The backup is there.")
			g.waitThere("Try it")
			g.take("backups" + suffix)
			g.press("Try it")
			g.enter(demoWords)
			g.WaitText("It is sound:")
			g.take("backup-tried" + suffix)
			g.Key("Escape")
			g.lock()
			g.press("Another place")
			g.press("Bring back a backup")
			g.pick(stick)
			g.WaitFocus("Where it goes")
			g.take("restore" + suffix)
		})
	}
}
