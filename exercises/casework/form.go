package casework

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A CheckIn is the check-in as a form on paper, for one person. What was handed in is
// entered by hand.
type CheckIn struct {
	Version   int      `toml:"version"`
	Title     string   `toml:"title"`
	Period    string   `toml:"period"`
	Intro     string   `toml:"intro"`
	Blank     string   `toml:"blank"`      // that leaving out leaves nothing
	RatherNot string   `toml:"rather_not"` // beside every item that has choices; kept like a blank: not at all
	Sheets    []Sheet  `toml:"sheet"`      // one that may go home, one that does not
	KeptApart Part     `toml:"kept_apart"` // stands above the items that are kept apart
	Closing   string   `toml:"closing"`    // the same for everybody
	KeepTitle string   `toml:"keep_heading"`
	Keep      []string `toml:"keep"` // to think about, never handed in
	DrawsOn   []string `toml:"draws_on"`
}

// Ids of the sheets of a check-in.
const (
	AnySheet  = "any"  // may be filled in at home
	HereSheet = "here" // is filled in at the practice, alone, and stays there
)

// A Sheet is a page of a check-in that is cut off and handed in by itself.
type Sheet struct {
	ID       string `toml:"id"` // AnySheet or HereSheet
	Heading  string `toml:"heading"`
	Audience string `toml:"audience"` // who reads it
	About    string `toml:"about"`
	Items    []Item `toml:"item"`
}

// An Item is one question of a check-in.
type Item struct {
	// Number names the item wherever an answer is kept (content.md, 3.3); it is no order.
	Number  int      `toml:"number"`
	Text    string   `toml:"text"`
	Choices []Choice `toml:"choices" may:"be empty"` // none: a line to write on
	Several bool     `toml:"several"`                // as many choices as one likes
	Apart   bool     `toml:"apart"`                  // goes to the safety record
}

// A Choice is an answer to tick.
type Choice struct {
	ID   string `toml:"id"` // the answer as a vault keeps it
	Text string `toml:"text"`
}

// Item returns the item with the number, or nil.
func (c *CheckIn) Item(number int) *Item {
	for s := range c.Sheets {
		for i := range c.Sheets[s].Items {
			if item := &c.Sheets[s].Items[i]; item.Number == number {
				return item
			}
		}
	}
	return nil
}

// mostItems is how many items a check-in has (content.md, 3.3).
const mostItems = 14

func (c *CheckIn) check() error {
	var problems []error
	var numbers []int
	for _, s := range c.Sheets {
		if s.ID != AnySheet && s.ID != HereSheet {
			problems = append(problems, fmt.Errorf("check_in: sheet %q is not known", s.ID))
		}
		for _, i := range s.Items {
			numbers = append(numbers, i.Number)
			if i.Apart && s.ID != HereSheet {
				problems = append(problems, fmt.Errorf("check_in: item %d is kept apart and goes home", i.Number))
			}
			if i.Several && len(i.Choices) == 0 {
				problems = append(problems, fmt.Errorf("check_in: item %d has several of no choices", i.Number))
			}
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+1 {
			problems = append(problems, fmt.Errorf("check_in: the numbers are %d, not 1 to %d", numbers, mostItems))
			break
		}
	}
	if len(numbers) != mostItems {
		problems = append(problems, fmt.Errorf("check_in: %d items, not %d", len(numbers), mostItems))
	}
	return errors.Join(problems...)
}

// Feedback is what one person is asked about the work, alone: each of Asks about each
// of About.
type Feedback struct {
	Title    string    `toml:"title"`
	Intro    string    `toml:"intro"`
	Audience string    `toml:"audience"`
	Asks     []Section `toml:"ask"`   // keep, change, drop
	About    []Section `toml:"about"` // meetings, exercises, practitioner, papers
	Closing  string    `toml:"closing"`
	DrawsOn  []string  `toml:"draws_on"`
}

// HandOver is what stands on the screen while one person has the computer for one
// form.
type HandOver struct {
	WelcomeTitle string `toml:"welcome_title"`
	WelcomeText  string `toml:"welcome_text"`
	WelcomeFree  string `toml:"welcome_free"` // that nothing has to be filled in
	Begin        string `toml:"begin"`
	Next         string `toml:"next"`
	Earlier      string `toml:"earlier"`
	Blank        string `toml:"blank"`
	HandBack     string `toml:"hand_back"`
	// EndTitle and EndText stand at the end, whatever was written.
	EndTitle string `toml:"end_title"`
	EndText  string `toml:"end_text"`
	// RestTitle and RestText stand where nobody has the form any more, until the
	// practitioner unlocks.
	RestTitle string `toml:"rest_title"`
	RestText  string `toml:"rest_text"`
	// Audiences say above a form who reads it, by the kind of form.
	Audiences []Part `toml:"audience"`
}

// Forms are the kinds of forms that a computer is handed over for. "apart" is not one
// by itself: it stands above the items of a check-in that are kept apart.
var Forms = []string{"policy", "consent", "check-in", "apart", "feedback", "intake"}

// Audience returns what stands above a form of the kind, or nil.
func (h *HandOver) Audience(form string) *Part {
	for i := range h.Audiences {
		if h.Audiences[i].ID == form {
			return &h.Audiences[i]
		}
	}
	return nil
}

func (h *HandOver) check() error {
	var ids []string
	for _, a := range h.Audiences {
		ids = append(ids, a.ID)
	}
	if !slices.Equal(ids, Forms) {
		return errors.New("hand_over.audience: not one for every kind of form")
	}
	return nil
}

// A Certificate is what is said when a case was destroyed (vault.md, "Erasing"). It
// never claims more than was done.
type Certificate struct {
	Title          string `toml:"title"`
	Intro          string `toml:"intro"`
	Number         string `toml:"number"`
	Day            string `toml:"day"`
	Rule           string `toml:"rule"`
	Keys           string `toml:"keys"`
	Here           string `toml:"here"`
	Files          string `toml:"files"`
	Left           string `toml:"left"`
	LeftNone       string `toml:"left_none"`
	Reached        string `toml:"reached"`
	ReachedNone    string `toml:"reached_none"`
	NotReached     string `toml:"not_reached"`
	NotReachedNone string `toml:"not_reached_none"`
	Older          string `toml:"older"`
	Remnants       string `toml:"remnants"`
	Elsewhere      string `toml:"elsewhere"`
	Meaning        string `toml:"meaning"`
}

// Destroyed is what is known of a case that was destroyed, without any name.
type Destroyed struct {
	ID         string   // of the certificate, random
	Day        string   // as the reader writes days
	Rule       string   // by which it was destroyed, in the practitioner's words
	Keys       string   // a fingerprint of its drawers
	Files      []string // names of the files it had
	Left       []string // those of Files that are still there
	Reached    []string // backups that the case was removed from
	NotReached []string // backups known to hold it still
}

// Lines are the paragraphs of the certificate below its title. A backup stands on a
// line of its own that begins with a dash.
func (c *Certificate) Lines(d Destroyed) []string {
	fill := strings.NewReplacer("{id}", d.ID, "{day}", d.Day, "{rule}", d.Rule, "{keys}", d.Keys)
	lines := []string{c.Intro, fill.Replace(c.Number), fill.Replace(c.Day), fill.Replace(c.Rule), fill.Replace(c.Keys), c.Here}
	lines = append(lines, listed(c.Left, c.LeftNone, d.Left)...)
	if len(d.Files) > 0 {
		lines = append(lines, listed(c.Files, "", d.Files)...)
	}
	lines = append(lines, listed(c.Reached, c.ReachedNone, d.Reached)...)
	lines = append(lines, listed(c.NotReached, c.NotReachedNone, d.NotReached)...)
	return append(lines, c.Older, c.Remnants, c.Elsewhere, c.Meaning)
}

// listed is a heading with its list, or what is said of an empty one.
func listed(heading, none string, of []string) []string {
	if len(of) == 0 {
		return []string{none}
	}
	lines := []string{heading}
	for _, one := range of {
		lines = append(lines, "- "+one)
	}
	return lines
}

// check reports a text of the certificate that fills in what it does not have, or not
// what it has.
func (c *Certificate) check() error {
	var problems []error
	for text, field := range map[string]string{c.Number: "{id}", c.Day: "{day}", c.Rule: "{rule}", c.Keys: "{keys}"} {
		if strings.Count(text, "{") != 1 || !strings.Contains(text, field) {
			problems = append(problems, fmt.Errorf("certificate: the text with %s has another field, or none", field))
		}
	}
	return errors.Join(problems...)
}
