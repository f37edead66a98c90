package casework

import (
	"errors"
	"fmt"
)

// A Guide is prompts for one thing of a practitioner's day: a call, a meeting by
// video, the end of a case.
type Guide struct {
	ID      string    `toml:"id"`
	Title   string    `toml:"title"`
	About   string    `toml:"about"`
	Prompts []Section `toml:"prompt"`
	Never   []string  `toml:"never" may:"be empty"`
	DrawsOn []string  `toml:"draws_on" may:"be empty"`
}

// Ids of the guides.
const (
	BeforeYouCall  = "before-you-call"
	ContactLog     = "contact-log"
	IndividualTime = "individual-time"
	Attendance     = "attendance"
	Video          = "video"
	Interpreter    = "interpreter"
	Carer          = "carer"
	Paper          = "paper"
	PrepTable      = "prep-table" // safe on the table, may be printed
	PrepMine       = "prep-mine"  // on the screen only
	FeedbackReply  = "feedback-reply"
	Progress       = "progress"
	PolicyChoice   = "policy"
	LimitsToSet    = "limits"
	Override       = "override" // of seeing everybody alone first
	MenuOffer      = "menu"
	HandingOver    = "hand-over"
	Withdrawal     = "withdrawal"
	Cover          = "cover" // supervision, and who stands in
	Closing        = "closing"
	Destroying     = "destroying"
	OtherRecords   = "other-records" // care.md, 19
	NotHere        = "not-here"      // what Ebb does not do
)

// guides are all ids, in the order of the file.
var guides = []string{
	BeforeYouCall, ContactLog, IndividualTime, Attendance, Video, Interpreter, Carer, Paper, PrepTable, PrepMine, FeedbackReply,
	Progress, PolicyChoice, LimitsToSet, Override, MenuOffer, HandingOver, Withdrawal, Cover, Closing, Destroying, OtherRecords, NotHere,
}

// Guide returns the guide with the id, or nil.
func (c *Casework) Guide(id string) *Guide {
	for i := range c.Guides {
		if c.Guides[i].ID == id {
			return &c.Guides[i]
		}
	}
	return nil
}

func (c *Casework) checkGuides() error {
	var problems []error
	for _, id := range guides {
		if c.Guide(id) == nil {
			problems = append(problems, fmt.Errorf("guide %s is missing", id))
		}
	}
	if len(c.Guides) != len(guides) {
		problems = append(problems, fmt.Errorf("%d guides, not %d", len(c.Guides), len(guides)))
	}
	for _, g := range c.Guides {
		problems = append(problems, unique(g.ID+".prompt", idsOf(g.Prompts)))
	}
	return errors.Join(problems...)
}

// An Intake is the sexual history of one person: areas with openers, each kept as a
// section of its own in that person's record.
type Intake struct {
	Title    string     `toml:"title"`
	About    string     `toml:"about"`
	Before   []string   `toml:"before"`
	Never    []string   `toml:"never"`
	Sections []Question `toml:"section"`
	DrawsOn  []string   `toml:"draws_on"`
}
