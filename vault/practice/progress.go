package practice

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ebb/vault/drawer"
)

// Domain is what an observation is about: four, and none of them counts anything.
type Domain string

// The domains.
const (
	Communication Domain = "communication"
	Closeness     Domain = "closeness" // how much is wished for, in own words
	Affection     Domain = "affection" // how content with it
	// HowOften is in own words alone: it has no bands, and stays in that person's record.
	// It can not be released, so it never stands beside another's.
	HowOften Domain = "how often"
)

// Bands are the words that a domain may be put in beside the person's own. They are
// words and no numbers, and never compared between two people.
var Bands = map[Domain][]string{
	Communication: often,
	Closeness:     append(slices.Clone(more), "not part of what I want"),
	Affection:     content,
	HowOften:      nil,
}

// Where an observation comes from.
const (
	Observed = "observed" // by the practitioner
	Told     = "told"     // by that person
	Answered = "check-in" // by that person, on paper
)

// An Observation is a line of the progress log: about one person, words first.
type Observation struct {
	ID      ID // none for a new one
	Member  ID
	Day     string
	Domain  Domain
	Words   string   // needed
	Band    string   // one of Bands, or empty
	Context []string // what was taking up room, as in item 8
	Lasting string   // passing, season, longer, not sure, or empty: the person's own judgement
	Source  string
	// Released: this person chose to have this very line on the table.
	Released bool
}

// Progress is the progress log of a case.
type Progress struct{ c *Case }

// Put keeps an observation, new or changed. What a person told waits for their policy
// (ErrPolicy); only that can be released.
func (r *Progress) Put(ctx context.Context, o Observation) (Observation, error) {
	bands, known := Bands[o.Domain]
	if !known || o.Band != "" && !slices.Contains(bands, o.Band) {
		return o, ErrUnknown
	}
	if err := errors.Join(among(o.Source, Observed, Told, Answered), among(o.Lasting, append([]string{""}, CheckInChoices[9]...)...)); err != nil {
		return o, err
	}
	for _, word := range o.Context {
		if err := among(word, CheckInChoices[8]...); err != nil {
			return o, err
		}
	}
	if o.Released && (o.Source == Observed || o.Domain == HowOften) {
		return o, ErrUnknown // it is not theirs to release, or nobody's
	}
	if err := errors.Join(texts(&o.Words), dayOr(&o.Day, r.c.p.today())); err != nil {
		return o, err
	}
	if !seen(o.Words) {
		return o, ErrEmpty
	}
	if len(o.Context) > len(CheckInChoices[8]) {
		return o, ErrTooLong
	}
	if o.Source != Observed {
		if err := r.c.Consents.input(ctx, o.Member); err != nil {
			return o, err
		}
	}
	room, err := json.Marshal(append([]string{}, o.Context...))
	if err != nil {
		return o, err
	}
	if o.ID == (ID{}) {
		o.ID = NewID()
	}
	return o, r.c.write(ctx, func(tx *drawer.Tx) error {
		if err := memberIn(ctx, tx, o.Member); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, `INSERT INTO observation (id, member, day, domain, words, band, context, lasting, source, released) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
			ON CONFLICT (id) DO UPDATE SET day = ?3, domain = ?4, words = ?5, band = ?6, context = ?7, lasting = ?8, source = ?9, released = ?10 WHERE member = ?2`,
			o.ID[:], o.Member[:], o.Day, string(o.Domain), o.Words, o.Band, string(room), o.Lasting, o.Source, o.Released))
	})
}

// TakeBack ends the release of a line. It waits for nothing: not for a policy, and not
// for an open case.
func (r *Progress) TakeBack(ctx context.Context, id ID) error {
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE observation SET released = 0 WHERE id = ?`, id[:]))
	})
}

// Remove removes an observation for good.
func (r *Progress) Remove(ctx context.Context, id ID) error {
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM observation WHERE id = ?`, id[:]))
	})
}

func scanObservation(row scanner) (o Observation, err error) {
	var id, member []byte
	var room string
	if err = row.Scan(&id, &member, &o.Day, &o.Domain, &o.Words, &o.Band, &room, &o.Lasting, &o.Source, &o.Released); err != nil {
		return o, err
	}
	o.ID, o.Member = idOf(id), idOf(member)
	return o, json.Unmarshal([]byte(room), &o.Context)
}

const observationColumns = `SELECT id, member, day, domain, words, band, context, lasting, source, released FROM observation `

// Of returns the observations about one person, the latest day first.
func (r *Progress) Of(ctx context.Context, member ID, page Page) ([]Observation, error) {
	size, from := page.limits()
	return list(ctx, r.c.record, scanObservation, observationColumns+`WHERE member = ? ORDER BY day DESC, seq DESC LIMIT ? OFFSET ?`, member[:], size, from)
}

// Released returns what two people each released, for the one page that shows both
// side by side, behind a confirmation. A line that is not released is not there, and
// nothing says that there is one.
func (r *Progress) Released(ctx context.Context, first, second ID) (of [2][]Observation, err error) {
	for i, member := range [2]ID{first, second} {
		if of[i], err = list(ctx, r.c.record, scanObservation, observationColumns+`WHERE member = ? AND released = 1 ORDER BY day DESC, seq DESC LIMIT ?`, member[:], MostRows); err != nil {
			return of, err
		}
	}
	return of, nil
}

// A FeedbackEntry is what one person said about the work, to the practitioner alone,
// and what came of it.
type FeedbackEntry struct {
	ID        ID // none for a new one
	Member    ID
	Day       string
	About     string
	Keep      string
	Change    string
	Drop      string
	Changed   string // "what I changed"
	ChangedOn string
}

// Feedback is what each person said about the work.
type Feedback struct{ c *Case }

// Put keeps one person's feedback, new or changed, without what came of it.
func (r *Feedback) Put(ctx context.Context, f FeedbackEntry) (FeedbackEntry, error) {
	if err := errors.Join(lines(MaxLine, &f.About), texts(&f.Keep, &f.Change, &f.Drop), dayOr(&f.Day, r.c.p.today())); err != nil {
		return f, err
	}
	if !seen(f.Keep) && !seen(f.Change) && !seen(f.Drop) {
		return f, ErrEmpty
	}
	if err := r.c.Consents.input(ctx, f.Member); err != nil {
		return f, err
	}
	if f.ID == (ID{}) {
		f.ID = NewID()
	}
	return f, r.c.write(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `INSERT INTO feedback (id, member, day, about, keep, change, drop_it, changed, changed_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '')
			ON CONFLICT (id) DO UPDATE SET day = ?3, about = ?4, keep = ?5, change = ?6, drop_it = ?7 WHERE member = ?2`,
			f.ID[:], f.Member[:], f.Day, f.About, f.Keep, f.Change, f.Drop))
	})
}

// Remove removes one person's feedback for good, with what came of it.
func (r *Feedback) Remove(ctx context.Context, id ID) error {
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM feedback WHERE id = ?`, id[:]))
	})
}

// Reply keeps "what I changed".
func (r *Feedback) Reply(ctx context.Context, id ID, text string) error {
	if err := texts(&text); err != nil {
		return err
	}
	if !seen(text) {
		return ErrEmpty
	}
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE feedback SET changed = ?, changed_on = ? WHERE id = ?`, text, r.c.p.today(), id[:]))
	})
}

func scanFeedback(row scanner) (f FeedbackEntry, err error) {
	var id, member []byte
	err = row.Scan(&id, &member, &f.Day, &f.About, &f.Keep, &f.Change, &f.Drop, &f.Changed, &f.ChangedOn)
	f.ID, f.Member = idOf(id), idOf(member)
	return f, err
}

const feedbackColumns = `SELECT id, member, day, about, keep, change, drop_it, changed, changed_on FROM feedback `

// Of returns the feedback of one person, the latest day first.
func (r *Feedback) Of(ctx context.Context, member ID, page Page) ([]FeedbackEntry, error) {
	size, from := page.limits()
	return list(ctx, r.c.record, scanFeedback, feedbackColumns+`WHERE member = ? ORDER BY day DESC, seq DESC LIMIT ? OFFSET ?`, member[:], size, from)
}
