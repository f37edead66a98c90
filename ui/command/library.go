package command

import (
	"context"
	"fmt"
	"strings"

	"ebb/exercises"
	"ebb/ui/lang"
)

// library prints the exercises, as data or to be read. It opens no vault.
func library(_ context.Context, c *call) error {
	l, err := exercises.English()
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(struct {
			Exercises []*exercises.Exercise `json:"exercises"`
			Versions  []*exercises.Exercise `json:"versions"` // for one person
			Texts     *exercises.Texts      `json:"texts"`
		}{l.All(), versions(l), l.Texts()})
	}
	for _, e := range l.All() {
		fmt.Fprintf(c.Stdout, "%-3s %s\n    %s\n    %s\n", e.ID, e.Title, strings.TrimSpace(e.Purpose),
			lang.F("command.library.facts", map[string]any{"Closeness": int(e.Closeness), "Minutes": e.Minutes}))
	}
	return nil
}

// versions are the exercises of the menu that stand for others.
func versions(l *exercises.Library) (all []*exercises.Exercise) {
	for _, e := range l.Menu() {
		if e.VersionOf != "" {
			all = append(all, e)
		}
	}
	return all
}
