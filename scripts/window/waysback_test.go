//go:build realwindow

package window

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const newerWords = "copper saddle violin marsh eleven"

// pick types a path into the page where a file or a folder is chosen.
func (p *Program) pick(path string) {
	p.t.Helper()
	p.tabTo("Folder or file")
	p.Key("ctrl+a")
	p.enter(path)
}

// writesEntry keeps a new entry of one line.
func (p *Program) writesEntry(text string) {
	p.t.Helper()
	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	p.Type(text)
	p.Key("ctrl+s")
	p.WaitText("Kept.")
}

// data goes to a page of My data.
func (p *Program) data(verb string) {
	p.t.Helper()
	p.Key("ctrl+6")
	p.WaitText("The ways back")
	p.choose(verb)
}

// A backup is made, proves itself, and is brought back from the first page of a
// computer on which there is nothing else, all by keyboard.
func TestBackupByKeyboard(t *testing.T) {
	t.Parallel()
	p := Start(t)
	vault := p.createHome("Ada", ownWords)
	stick := filepath.Join(p.Home, "Stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	p.writesEntry("The BERGAMOT blooms")
	p.Key("ctrl+6")
	p.WaitText("The ways back")
	p.allReachable("my data")
	p.data("Look")
	p.WaitText("Nowhere so far.")
	p.allReachable("no place for backups")
	p.choose("Choose…")
	p.WaitText("A folder for backups")
	p.pick(stick)
	p.WaitText("Make one now")
	p.WaitText(stick)
	p.choose("Back up now")
	p.WaitText("The backup is there. Every byte was compared.")
	p.WaitText("Whole, as far as that shows without a passphrase.")
	p.allReachable("backups")
	p.choose("Try it")
	p.WaitFocus("The passphrase you had then")
	p.enter(otherWords)
	p.WaitText("This does not open anything here.")
	p.allReachable("trying a backup")
	p.tabTo("The passphrase you had then")
	p.Key("ctrl+a")
	p.enter(ownWords)
	p.WaitText("It is sound:")
	p.Key("Escape")
	p.WaitGone("It is sound:")
	p.writesEntry("The MARIGOLD is later")
	p.lock() // and another backup is made by itself
	p.Kill() // the disk of this computer is lost
	if err := os.RemoveAll(filepath.Dir(vault)); err != nil {
		t.Fatal(err)
	}

	p.Again()
	p.WaitText("A quiet place for what you would rather keep.")
	p.choose("Bring back a backup")
	p.WaitText("The backup, or the folder that backups lie in")
	p.pick(stick)
	p.WaitFocus("Where it goes")
	p.allReachable("bringing back a backup")
	p.WaitFocus("Where it goes")
	p.Key("Return")
	p.unlock(ownWords)
	p.Key("ctrl+2")
	p.WaitText("The BERGAMOT blooms")
	p.WaitText("The MARIGOLD is later")
	p.Key("ctrl+q")
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	findsNone(t, canaries, []string{p.Home})
}

var (
	numbered = regexp.MustCompile(`^\d+$`)
	asked    = regexp.MustCompile(`^Type words (\d+) and (\d+) from your paper$`)
)

// writesDown reads the recovery words that are shown, as a person would who writes
// them on paper, and types the two that are asked for.
func (p *Program) writesDown() (words string) {
	p.t.Helper()
	p.WaitText("They are shown once.")
	paper := map[string]string{}
	var all []string
	var typed string
	number := ""
	for _, spot := range p.Screen().uppermost() {
		switch found := asked.FindStringSubmatch(spot.Label); {
		case found != nil:
			typed = paper[found[1]] + " " + paper[found[2]]
		case number != "" && spot.Text != "":
			paper[number] = spot.Text
			all, number = append(all, spot.Text), ""
		case numbered.MatchString(spot.Text):
			number = spot.Text
		}
	}
	if len(all) != 11 || strings.HasPrefix(typed, " ") || strings.HasSuffix(typed, " ") || typed == "" {
		p.t.Fatalf("%d recovery words, asked for %q; the screen reads:\n%s", len(all), typed, p.Screen().Text())
	}
	p.allReachable("recovery words")
	p.tabTo("Type words")
	p.enter("not these")
	p.WaitText("Not the same yet.")
	p.Key("ctrl+a")
	p.enter(typed)
	p.WaitGone("They are shown once.")
	return strings.Join(all, " ")
}

// Recovery words, a new passphrase, the words instead of a passphrase, and leaving,
// by keyboard alone.
func TestSeatByKeyboard(t *testing.T) {
	t.Parallel()
	p := Start(t)
	p.createHome("Ada", ownWords)
	p.writesEntry("The BERGAMOT blooms")
	p.data("Recovery words…")
	p.WaitFocus("Your passphrase")
	p.allReachable("before recovery words")
	p.tabTo("Your passphrase")
	p.enter(ownWords)
	first := p.writesDown()

	p.data("Change it…")
	p.WaitFocus("The passphrase of now")
	p.allReachable("a new passphrase of words picked by chance")
	p.choose("I would rather use my own")
	p.WaitFocus("A passphrase of your own")
	p.allReachable("a new passphrase of one's own")
	p.tabTo("The passphrase of now")
	p.enter(ownWords)
	p.WaitFocus("A passphrase of your own")
	p.enter(newerWords)
	p.WaitFocus("Type it once more")
	p.enter(newerWords)
	p.WaitText("Your recovery words are new, too")
	second := p.writesDown()
	if first == second {
		t.Error("a new passphrase has the old recovery words")
	}
	p.lock()
	p.says(ownWords, "This does not open anything here.")
	p.says(first, "This does not open anything here.")

	p.enter(second) // the passphrase is forgotten
	p.WaitText("Recovery words opened this. Choose a new passphrase.")
	p.allReachable("a new passphrase after recovery words")
	p.data("Leave…")
	p.WaitText("Your partner may notice.")
	p.allReachable("leaving")
	p.tabTo("Passphrase")
	p.enter(newerWords)
	p.WaitFocus("Stay")
	p.allReachable("leaving for good")
	p.choose("Leave for good")
	p.WaitText("You have left.")
	p.WaitFocus("Go on")
	p.Key("Return")
	p.says(newerWords, "This does not open anything here.")
}
