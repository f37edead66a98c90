package lang

import (
	"embed"
	"maps"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed */*.toml
var shipped embed.FS

// source is the language that the program is written in; every other one is
// measured against it.
const source = "en"

// english is read once, at the first word shown. Mistakes in a catalogue are the
// tests' business: here the sound texts are used and the others show their keys.
var english = sync.OnceValue(func() *speaker {
	c, _ := readCatalogue(shipped, source)
	return newSpeaker(language.English, c)
})

// T returns the text of key, which has no fields and no plural.
func T(key string) string { return english().plain(key) }

// F returns the text of key with its fields filled from data, whose keys are the
// field names without the dot. A field that data lacks is a mistake, and shows
// as one.
func F(key string, data map[string]any) string { return english().filled(key, data) }

// N returns the form of key that suits count in the language shown (1 entry, 2
// entries), with its fields filled from data, which may be nil. {{.Count}} is
// count.
func N(key string, count int, data map[string]any) string {
	return english().counted(key, count, data)
}

// A Family is a set of texts whose keys share a beginning and are chosen at run
// time.
type Family string

// Dynamic names the family of all keys that begin with prefix, which ends in a
// dot and is a string literal: Dynamic("mood.").T("calm") is the text mood.calm.
// Every text of the family counts as used.
func Dynamic(prefix string) Family { return Family(prefix) }

// T is [T] for the text of the family that rest names.
func (f Family) T(rest string) string { return english().plain(string(f) + rest) }

// F is [F] for the text of the family that rest names.
func (f Family) F(rest string, data map[string]any) string {
	return english().filled(string(f)+rest, data)
}

// N is [N] for the text of the family that rest names.
func (f Family) N(rest string, count int, data map[string]any) string {
	return english().counted(string(f)+rest, count, data)
}

// A speaker says the texts of one catalogue.
type speaker struct {
	texts     catalogue
	localizer *i18n.Localizer
}

func newSpeaker(tag language.Tag, c catalogue) *speaker {
	bundle := i18n.NewBundle(tag)
	for key, t := range c {
		bundle.MustAddMessages(tag, &i18n.Message{
			ID:   key,
			Zero: t.forms["zero"], One: t.forms["one"], Two: t.forms["two"],
			Few: t.forms["few"], Many: t.forms["many"], Other: t.forms["other"],
		})
	}
	return &speaker{texts: c, localizer: i18n.NewLocalizer(bundle, tag.String())}
}

// strict makes a field without a value an error instead of "<no value>".
var strict = &template.TextParser{Option: "missingkey=error"}

// unsaid is what stands on the screen in place of a text that cannot be said.
func unsaid(key string) string { return "[[" + key + "]]" }

func (s *speaker) plain(key string) string {
	t, ok := s.texts[key]
	if !ok || t.plural || len(t.fields) > 0 {
		return unsaid(key)
	}
	return t.forms["other"]
}

func (s *speaker) filled(key string, data map[string]any) string {
	if s.texts[key].plural {
		return unsaid(key)
	}
	return s.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data})
}

func (s *speaker) counted(key string, count int, data map[string]any) string {
	if !s.texts[key].plural {
		return unsaid(key)
	}
	with := make(map[string]any, len(data)+1)
	maps.Copy(with, data)
	with["Count"] = count
	return s.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: with, PluralCount: count})
}

func (s *speaker) localize(c *i18n.LocalizeConfig) string {
	c.TemplateParser = strict
	said, err := s.localizer.Localize(c)
	if err != nil {
		return unsaid(c.MessageID)
	}
	return said
}
