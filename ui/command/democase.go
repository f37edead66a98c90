package command

import (
	"bytes"
	"context"
	"slices"
	"time"

	"ebb/exercises"
	"ebb/ui/command/demodata"
	"ebb/vault/practice"
)

// furnished is a case that is being filled.
type furnished struct {
	p          *practice.Practice
	from       demodata.Case
	today      time.Time
	folder     string
	letter     []byte
	passphrase []byte
	c          *practice.Case
	members    []practice.ID
}

// plan puts everything that is done in the case on the agenda.
func (f *furnished) plan(all *agenda) {
	from := f.from
	all.add(from.Opened, f.begin)
	for _, p := range from.Papers {
		all.add(p.At, func(ctx context.Context) error { return f.paper(ctx, p) })
		for _, b := range p.Back {
			all.add(b.At, func(ctx context.Context) error {
				return f.c.Consents.Decide(ctx, practice.Decision{Member: f.members[b.Member], Document: p.Name, Kind: practice.Withdrawn, Method: practice.Spoken})
			})
		}
	}
	for _, s := range from.SeenAlone {
		all.add(s.At, func(ctx context.Context) error { return f.c.Screening.SeenAlone(ctx, f.members[s.Member], "") })
	}
	for _, l := range from.Limits {
		all.add(l.At, func(ctx context.Context) error { return f.limit(ctx, l) })
	}
	for _, change := range from.Menu {
		all.add(change.At, func(ctx context.Context) error { return f.offer(ctx, change) })
	}
	for _, version := range from.Plans {
		all.add(version.At, func(ctx context.Context) error { return f.c.Plan.Put(ctx, version.Text) })
	}
	f.planSaid(all)
	f.planMeetings(all)
	for _, one := range from.Files {
		all.add(one.At, func(ctx context.Context) error {
			_, err := f.c.Files.Attach(ctx, one.Title, f.members[one.Member], bytes.NewReader(f.letter))
			return err
		})
	}
	for _, k := range from.Contacts {
		all.add(k.At, func(ctx context.Context) error {
			contact := practice.Contact{At: k.At, Way: k.Way, Incoming: k.Incoming, Words: k.Words}
			if k.Member != nil {
				contact.Member = f.members[*k.Member]
			}
			_, err := f.c.Contacts.Put(ctx, contact)
			return err
		})
	}
	if !from.Closed.IsZero() {
		all.add(from.Closed, func(ctx context.Context) error {
			if err := f.c.Close(ctx); err != nil {
				return err
			}
			return f.c.Keep(ctx, from.KeepUntil, false)
		})
	}
}

// planSaid is what each person said, or handed in on paper.
func (f *furnished) planSaid(all *agenda) {
	for _, o := range f.from.Observed {
		all.add(o.At, func(ctx context.Context) error {
			_, err := f.c.Progress.Put(ctx, practice.Observation{
				Member: f.members[o.Member], Domain: practice.Domain(o.Domain), Words: o.Words, Band: o.Band,
				Context: o.Room, Lasting: o.Lasting, Source: practice.Told, Released: o.Released,
			})
			return err
		})
	}
	for _, b := range f.from.Feedback {
		all.add(b.At, func(ctx context.Context) error {
			kept, err := f.c.Feedback.Put(ctx, practice.FeedbackEntry{Member: f.members[b.Member], About: b.About, Keep: b.Keep, Change: b.Change, Drop: b.Drop})
			if err == nil && b.Reply != "" {
				err = f.c.Feedback.Reply(ctx, kept.ID, b.Reply)
			}
			return err
		})
	}
	for _, i := range f.from.Intake {
		all.add(i.At, func(ctx context.Context) error { return f.c.Intake.Put(ctx, f.members[i.Member], i.Area, i.Text) })
	}
	for _, k := range f.from.CheckIns {
		all.add(k.At, func(ctx context.Context) error {
			if k.Typed != nil || k.Answers[practice.ItemPressure] != nil || k.Answers[practice.ItemKeepingPeace] != nil {
				if err := f.stepUp(ctx); err != nil {
					return err
				}
			}
			sheet := practice.CheckIn{ID: practice.NewID(), Member: f.members[k.Member], Answers: k.Answers}
			if k.Typed == nil {
				return f.c.CheckIns.Enter(ctx, sheet)
			}
			sheet.Answers = k.Typed
			if err := f.c.CheckIns.Enter(ctx, sheet); err != nil {
				return err
			}
			sheet.Answers, sheet.Day = k.Answers, k.At.Format(time.DateOnly)
			return f.c.CheckIns.Correct(ctx, sheet)
		})
	}
}

// stepUp makes sure of the second unlock.
func (f *furnished) stepUp(ctx context.Context) error {
	if !f.p.StepUpUntil().IsZero() {
		return nil
	}
	return f.p.StepUp(ctx, f.passphrase)
}

// begin makes the case with its people.
func (f *furnished) begin(ctx context.Context) error {
	if err := f.stepUp(ctx); err != nil {
		return err
	}
	fresh := practice.NewCase{Code: f.from.Code, Label: f.from.Label}
	for _, m := range f.from.Members {
		fresh.Members = append(fresh.Members, practice.Member{
			Name: m.Name, Pronouns: m.Pronouns, Description: m.Description, Ask: m.Ask, Level: m.Level, Access: m.Access,
		})
	}
	id, err := f.p.NewCase(ctx, fresh)
	if err != nil {
		return err
	}
	if f.c, err = f.p.OpenCase(ctx, id); err != nil {
		return err
	}
	all, err := f.c.People.All(ctx)
	if err != nil {
		return err
	}
	for i, m := range all {
		f.members = append(f.members, m.ID)
		from := f.from.Members[i]
		if err := f.c.People.SetSheet(ctx, m.ID, practice.Sheet{
			Number: from.Number, Voicemail: from.Voicemail, Times: from.Times, Post: from.Post, CodeWord: from.CodeWord,
			EmergencyName: from.EmergencyName, EmergencyNumber: from.EmergencyNumber, EmergencyBounds: from.EmergencyBounds,
		}); err != nil {
			return err
		}
	}
	for _, pair := range f.from.Pairs {
		if err := f.c.People.SetPair(ctx, practice.Pair{First: f.members[pair.First], Second: f.members[pair.Second], Words: pair.Words}); err != nil {
			return err
		}
	}
	for _, r := range f.from.Reviews {
		if _, err := f.c.Reviews.Put(ctx, practice.ReviewKind(r.Kind), r.At.Format(time.DateOnly)); err != nil {
			return err
		}
	}
	return nil
}

// paper puts a form before the people and keeps what each decided.
func (f *furnished) paper(ctx context.Context, p demodata.Paper) (err error) {
	var d practice.Document
	if slices.Contains(practice.Policies, p.Name) {
		d, err = f.c.Consents.Choose(ctx, p.Name)
	} else {
		d, err = f.c.Consents.Issue(ctx, p.Name)
	}
	if err != nil {
		return err
	}
	for _, of := range []struct {
		kind    practice.DecisionKind
		members []int
	}{{practice.Given, p.Agreed}, {practice.Declined, p.Declined}} {
		for _, i := range of.members {
			if err := f.c.Consents.Decide(ctx, practice.Decision{
				Member: f.members[i], Document: d.Name, Version: d.Version, Kind: of.kind, Method: practice.OnPaper, Remark: f.folder,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *furnished) limit(ctx context.Context, from demodata.Limit) error {
	l := practice.Limit{Closeness: exercises.MostCloseness}
	if from.Member != nil {
		l.Member = f.members[*from.Member]
	}
	if from.Closeness != nil {
		l.Closeness = exercises.Closeness(*from.Closeness)
	}
	for _, topic := range from.Topics {
		l.Categories = append(l.Categories, exercises.Category(topic))
	}
	return f.c.Limits.Set(ctx, l)
}

// offer puts an exercise on the menu; one that rests was offered first.
func (f *furnished) offer(ctx context.Context, change demodata.Change) error {
	err := f.c.Menu.Offer(ctx, practice.Offer{Exercise: change.Exercise, Note: change.Note})
	if err == nil && practice.ItemState(change.State) == practice.Resting {
		err = f.c.Menu.Rest(ctx, change.Exercise)
	}
	return err
}
