package exercises

import (
	"errors"
	"fmt"
	"strings"
)

// Texts are what stands around the exercises, the same for all of them.
type Texts struct {
	// Spoken are the consent blocks by closeness, 0 to 4: what is asked aloud before
	// anything begins. Each holds what the ones before it hold.
	Spoken []string `toml:"spoken" json:"spoken"`
	// Questions are asked of one person alone, by contraindication.
	Questions map[Contraindication]string `toml:"questions" json:"questions"`
	// NotToday is what a person reads, alone, who answered one of them with yes.
	NotToday string `toml:"not_today" json:"notToday"`

	Consent  Consent  `toml:"consent" json:"consent"` // to doing exercises, each for themselves
	Resting  Resting  `toml:"resting" json:"resting"`
	NotTool  Page     `toml:"not_the_tool" json:"notTheTool"`     // "When this is not the right tool"
	NotHeard Page     `toml:"stop_not_heard" json:"stopNotHeard"` // a stop that was not heard
	Medical  Page     `toml:"medical" json:"medical"`             // questions for my clinician
	Cards    []Card   `toml:"cards" json:"cards"`                 // that desire differs, and what is known about it
	Lines    []string `toml:"lines" json:"lines"`                 // to read to each other on the resting page
}

// Consent is a document that a person can agree to, and take their agreement back.
type Consent struct {
	// Version counts up with every change of Text: whoever agreed to another one is
	// asked again.
	Version int    `toml:"version" json:"version"`
	Title   string `toml:"title" json:"title"`
	Summary string `toml:"summary" json:"summary"` // in plain words, read first
	Text    string `toml:"text" json:"text"`
}

// Resting is the one page for every reason why an exercise cannot start.
type Resting struct {
	Title  string `toml:"title" json:"title"`
	Text   string `toml:"text" json:"text"`
	Gentle []Step `toml:"gentle" json:"gentle"` // the gentle version, without touch
	Leave  string `toml:"leave" json:"leave"`
	Honest string `toml:"honest" json:"honest"` // what Ebb can and cannot promise
	// Why, Figures and Doubt are what the help says: for which reasons the page comes,
	// how likely it is that an exercise rested by itself, and what that is worth.
	Why     []string `toml:"why" json:"why"`
	Doubt   string   `toml:"doubt" json:"doubt"`
	Figures []Figure `toml:"figures" json:"figures"`
}

// A Figure is a sentence of the help with the shares that it speaks of, of all resting
// pages that couples of some kind see; the test of the simulation compares them.
type Figure struct {
	Text string `toml:"text" json:"text"`
	// Itself is the share of pages on days on which the exercise rests by itself.
	Itself float64 `toml:"itself" json:"itself"`
	// Opened is that share among the pages that somebody sees who had opened it.
	Opened float64 `toml:"opened" json:"opened"`
}

// A Page is a title with paragraphs.
type Page struct {
	Title      string   `toml:"title" json:"title"`
	Paragraphs []string `toml:"paragraphs" json:"paragraphs"`
}

// A Card says one thing that is good to know, with who wrote about it.
type Card struct {
	Title   string   `toml:"title" json:"title"`
	Text    string   `toml:"text" json:"text"`
	DrawsOn []string `toml:"draws_on" json:"drawsOn"`
}

func (t *Texts) check() error {
	c := &checker{}
	c.texts("spoken", t.Spoken, int(MostCloseness)+1, int(MostCloseness)+1)
	for _, x := range contraindications {
		if x != OnlyOne {
			c.text("questions."+string(x), t.Questions[x])
		}
	}
	for x := range t.Questions {
		if !strings.HasPrefix(string(x), "X") || x == OnlyOne {
			c.wrong("questions.%s asks for something that is not known", x)
		}
	}
	c.text("not_today", t.NotToday)
	c.between("consent.version", t.Consent.Version, 1, 1000)
	c.text("consent.title", t.Consent.Title)
	c.text("consent.summary", t.Consent.Summary)
	c.text("consent.text", t.Consent.Text)
	c.text("resting.title", t.Resting.Title)
	c.text("resting.text", t.Resting.Text)
	c.text("resting.leave", t.Resting.Leave)
	c.text("resting.honest", t.Resting.Honest)
	c.between("resting.gentle", len(t.Resting.Gentle), 2, 6)
	for i, s := range t.Resting.Gentle {
		c.text(fmt.Sprintf("resting.gentle[%d].text", i), s.Text)
	}
	c.texts("resting.why", t.Resting.Why, 2, 6)
	c.text("resting.doubt", t.Resting.Doubt)
	c.between("resting.figures", len(t.Resting.Figures), 1, 8)
	for i, f := range t.Resting.Figures {
		c.text(fmt.Sprintf("resting.figures[%d].text", i), f.Text)
	}
	for name, p := range map[string]Page{"not_the_tool": t.NotTool, "stop_not_heard": t.NotHeard, "medical": t.Medical} {
		c.text(name+".title", p.Title)
		c.texts(name+".paragraphs", p.Paragraphs, 2, 12)
	}
	c.between("cards", len(t.Cards), 12, 24)
	for i, card := range t.Cards {
		c.text(fmt.Sprintf("cards[%d].title", i), card.Title)
		c.text(fmt.Sprintf("cards[%d].text", i), card.Text)
		c.texts(fmt.Sprintf("cards[%d].draws_on", i), card.DrawsOn, 1, 4)
	}
	c.texts("lines", t.Lines, 8, 40)
	return errors.Join(c.problems...)
}
