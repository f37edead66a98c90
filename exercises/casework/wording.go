package casework

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

// Wording says what the hints are, where a practitioner turns them on.
type Wording struct {
	Title   string   `toml:"title"`
	About   string   `toml:"about"`
	DrawsOn []string `toml:"draws_on"`
}

// A Hint is a gentler way to say something that notes often say. It blocks nothing and
// is never kept; the word may be the right one.
type Hint struct {
	ID string `toml:"id"`
	// Pattern is a regular expression of package regexp, for whole words in any case.
	Pattern string   `toml:"pattern"`
	Instead []string `toml:"instead"` // gentler ways to say it
	Why     string   `toml:"why"`
	Finds   []string `toml:"finds"`  // texts that the pattern finds something in
	Spares  []string `toml:"spares"` // texts that it does not
	words   *regexp.Regexp
}

// compile reads the pattern.
func (h *Hint) compile() (err error) {
	if h.words, err = regexp.Compile(`(?i)\b(?:` + h.Pattern + `)\b`); err != nil {
		return fmt.Errorf("hint %s: %w", h.ID, err)
	}
	if at := h.words.FindStringIndex("a"); at != nil && at[0] == at[1] {
		return fmt.Errorf("hint %s finds nothing everywhere", h.ID)
	}
	return nil
}

// A Found is a place in a text that there is a hint for: bytes Start to End.
type Found struct {
	Hint       *Hint
	Start, End int
}

// quoted is what somebody else said, in the quotation marks of several languages. An
// apostrophe is none.
var quoted = regexp.MustCompile(`"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|»[^«\n]*«`)

// Look returns the places of a note that there are hints for, in order. What stands in
// quotation marks is somebody's own word and is left alone.
func (c *Casework) Look(text string) []Found {
	var all []Found
	theirs := quoted.FindAllStringIndex(text, -1)
	for i := range c.Hints {
		for _, at := range c.Hints[i].words.FindAllStringIndex(text, -1) {
			if !slices.ContainsFunc(theirs, func(q []int) bool { return q[0] <= at[0] && at[1] <= q[1] }) {
				all = append(all, Found{&c.Hints[i], at[0], at[1]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Found) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return all
}
