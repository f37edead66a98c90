package house

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// practices is how many practices the article has.
const practices = 61

var (
	inBackticks = regexp.MustCompile("`([^`]+)`")
	exerciseID  = regexp.MustCompile(`^[A-M][0-9]a?$`)
	guideID     = regexp.MustCompile("guide `([^`]+)`")
)

// docs/practices.md has a row for every practice, and names nothing that is not there.
func TestPracticesAreWhereTheyAreSaidToBe(t *testing.T) {
	text, err := fs.ReadFile(root, "docs/practices.md")
	if err != nil {
		t.Fatal(err)
	}
	day, err := fs.ReadFile(root, "exercises/casework/data/en/practice-day.toml")
	if err != nil {
		t.Fatal(err)
	}
	guides := make(map[string]bool)
	for _, found := range guideID.FindAllStringSubmatch(string(text), -1) {
		guides[found[1]] = true
		if !strings.Contains(string(day), fmt.Sprintf("[[guide]]\nid = %q\n", found[1])) {
			t.Errorf("there is no guide %s", found[1])
		}
	}
	row := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "| P") {
			row++
			if !strings.HasPrefix(line, fmt.Sprintf("| P%02d |", row)) {
				t.Errorf("in the place of P%02d stands %.20q", row, line)
			}
			if columns := strings.Count(line, "|") - 1; columns != 5 {
				t.Errorf("P%02d has %d columns", row, columns)
			}
		}
		for _, found := range inBackticks.FindAllStringSubmatch(line, -1) {
			name := found[1]
			switch {
			case exerciseID.MatchString(name):
				if files, err := fs.Glob(root, "exercises/data/en/"+strings.ToLower(name)+"-*.toml"); err != nil || len(files) != 1 {
					t.Errorf("there is no exercise %s", name)
				}
			case guides[name]:
			default:
				if _, err := fs.Stat(root, name); err != nil {
					t.Errorf("P%02d: there is no %s", row, name)
				}
			}
		}
	}
	if row != practices {
		t.Errorf("%d practices, want %d", row, practices)
	}
}
