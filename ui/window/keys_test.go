package window

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const passNew = "copper lanterns walk slowly north"

// writesDown reads the recovery words from the screen, as onto paper, and types the
// two that are asked for.
func (p *person) writesDown() string {
	p.t.Helper()
	lines := strings.Split(p.reads(), "\n")
	words := map[int]string{}
	for i := range len(lines) - 1 {
		if n, err := strconv.Atoi(lines[i]); err == nil {
			words[n] = lines[i+1]
		}
	}
	asked := regexp.MustCompile(`Type words (\d+) and (\d+)`).FindStringSubmatch(p.reads())
	if len(words) != 11 || asked == nil {
		p.t.Fatalf("%d words and %v in\n%s", len(words), asked, p.reads())
	}
	first, _ := strconv.Atoi(asked[1])
	second, _ := strconv.Atoi(asked[2])
	p.types("not these\n")
	p.sees("Not the same yet.")
	p.focusOn("Type words")
	for range 20 {
		p.presses("BackSpace")
	}
	p.types(words[first] + " " + words[second] + "\n")
	var paper []string
	for n := 1; n <= 11; n++ {
		paper = append(paper, words[n])
	}
	return strings.Join(paper, " ")
}

// Recovery words open what the passphrase opens, lead to a new passphrase, and end
// with it.
func TestRecoveryWords(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("# Mine\n")
	p.menu("Keep what I wrote")
	p.menu("My data")
	p.sees("You have none.")
	p.chooses("Recovery words…")
	p.types("not this\n")
	p.sees("This does not open anything here.")
	p.types(passA + "\n")
	paper := p.writesDown()
	p.sees("You have recovery words.")
	p.seesNot(strings.Fields(paper)[0] + " ")
	p.locks()

	p = sit(t, "", dir)
	p.types(paper + "\n")
	p.sees("Recovery words opened this.")
	p.chooses("I would rather use my own")
	p.focusOn("Your recovery words")
	p.types(paper + "\n")
	p.types(passNew + "\n")
	p.types(passNew + "\n")
	p.sees("Your recovery words are new, too")
	paper2 := p.writesDown()
	p.menu("Journal")
	p.sees("Mine")
	p.locks()

	for _, old := range []string{passA, paper} {
		p = sit(t, "", dir)
		p.types(old + "\n")
		p.sees("This does not open anything here.")
	}
	for _, now := range []string{passNew, paper2} {
		p = sit(t, "", dir)
		p.types(now + "\n")
		p.menu("Journal")
		p.sees("Mine")
		p.locks()
	}
}

func TestNewPassphrase(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("# Before\n")
	p.menu("Keep what I wrote")
	p.menu("My data")
	p.chooses("Change it…")
	p.chooses("I would rather use my own")
	p.focusOn("The passphrase of now")
	p.types("not this\n")
	p.types(passNew + "\n")
	p.types(passNew + "\n")
	p.sees("This does not open anything here.")
	p.types(passA + "\n")
	p.types("\n")
	p.types("\n")
	p.sees("Changed. From now on only the new one opens what is yours.")
	p.menu("New entry")
	p.types("# After\n")
	p.menu("Keep what I wrote")
	p.locks()
	q := sit(t, "", dir)
	q.types(passA + "\n")
	q.sees("This does not open anything here.")
	q.types(passNew + "\n")
	q.menu("Journal")
	q.sees("Before")
	q.sees("After")
	q.locks()
}

// Who leaves takes nothing of the others' with them, and nothing of theirs is left.
func TestLeave(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	joins(t, dir)
	p = unlocked(t, dir, passB)
	p.menu("My data")
	p.chooses("Leave…")
	p.sees("Your partner may notice.")
	p.focusOn("Passphrase")
	p.types("not this\n")
	p.chooses("Leave for good")
	p.sees("This does not open anything here.")
	p.types(passB + "\n")
	p.chooses("Stay")
	p.types("\n")
	p.chooses("Leave for good")
	p.sees("You have left.")
	p.chooses("Go on")
	if len(p.replaced) != 1 {
		t.Error("the process that knew the keys goes on")
	}
	q := sit(t, "", dir)
	q.types(passB + "\n")
	q.sees("This does not open anything here.")
	q.types(passA + "\n")
	q.sees("Good evening.")
	q.menu("People")
	q.seesNot("Bo")
	q.locks()
}
