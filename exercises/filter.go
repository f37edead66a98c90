package exercises

import (
	"slices"
	"strings"
)

// A Filter chooses from the menu. The zero value chooses everything.
type Filter struct {
	Energy     Energy               // empty: any
	MaxMinutes int                  // 0: any
	Setting    Setting              // empty: any; an exercise for anywhere fits every setting but apart
	Closeness  *Closeness           // exactly this one; nil: any
	Alone      *bool                // true: can be done by oneself; false: together; nil: any
	Categories []Category           // none: all
	Words      string               // all of these words in title or purpose, in any case
	TiredDay   bool                 // only what is fit for one
	Hidden     func(id string) bool // what this person put out of their own sight; nil: nothing
}

// Fits reports whether the exercise is chosen.
func (f *Filter) Fits(e *Exercise) bool {
	switch {
	case f.Energy != "" && e.Energy != f.Energy,
		f.MaxMinutes > 0 && e.Minutes > f.MaxMinutes,
		f.Setting != "" && !e.fits(f.Setting),
		f.Closeness != nil && e.Closeness != *f.Closeness,
		f.Alone != nil && *f.Alone != (e.Who != Together),
		len(f.Categories) > 0 && !slices.Contains(f.Categories, e.Category),
		f.TiredDay && !e.TiredDay(),
		f.Hidden != nil && f.Hidden(e.ID):
		return false
	}
	if f.Words == "" {
		return true
	}
	text := typed(e.Title + " " + e.Purpose)
	for word := range strings.FieldsSeq(typed(f.Words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// typed is a text as it is typed: in small letters, with the apostrophe of a keyboard.
func typed(text string) string {
	return strings.ReplaceAll(strings.ToLower(text), "’", "'")
}

func (e *Exercise) fits(s Setting) bool {
	return slices.Contains(e.Settings, s) || s != Apart && slices.Contains(e.Settings, Anywhere)
}

// Choose returns what fits, in the order of the menu.
func (f *Filter) Choose(all []*Exercise) []*Exercise {
	var chosen []*Exercise
	for _, e := range all {
		if f.Fits(e) {
			chosen = append(chosen, e)
		}
	}
	return chosen
}
