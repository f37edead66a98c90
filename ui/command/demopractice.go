package command

import (
	"context"
	"errors"
	"time"

	"ebb/exercises"
	"ebb/ui/command/demodata"
	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/practice"
)

// settle makes the practice of the demonstration. Its cases are opened on their days,
// and each takes a second unlock, so that this takes longer than anything else here.
func (d *demonstration) settle(ctx context.Context, dir string, office demodata.Office) (err error) {
	if err := practice.Create(ctx, dir, office.Practitioner, []byte(practicePassphrase), d.options()); err != nil {
		return err
	}
	v, err := vault.Open(dir, d.options())
	if err != nil {
		return err
	}
	s, _, err := v.Unlock(ctx, []byte(practicePassphrase))
	if err != nil {
		return errors.Join(err, v.Close())
	}
	at := d.now()
	p, err := practice.Open(ctx, s, func() time.Time { return at })
	if err != nil {
		return errors.Join(err, s.Lock(context.WithoutCancel(ctx)))
	}
	defer func() { err = errors.Join(err, p.Lock(context.WithoutCancel(ctx))) }()
	return settleIn(ctx, p, office, []byte(practicePassphrase), &at, func(done, total int) {
		d.bar.show(lang.T("command.furnishing-practice"), int64(done), int64(total))
	})
}

// settleIn fills a practice with the cases of the demonstration, through the same calls
// as the window. at is the clock of the practice: what was on a day is done on that day.
// The second unlock comes as often as that takes. progress is called with steps done
// and to do.
func settleIn(ctx context.Context, p *practice.Practice, office demodata.Office, passphrase []byte, at *time.Time, progress func(done, total int)) error {
	today, done := *at, 0
	step := func() {
		progress(done, 3*len(office.Cases))
		done++
	}
	*at = office.Cases[0].Opened.Add(-time.Hour)
	for name, text := range office.Documents {
		if _, err := p.Documents.Publish(ctx, name, "en", practice.Full, text); err != nil {
			return err
		}
	}
	templates, err := p.Templates.All(ctx)
	if err != nil {
		return err
	}
	var open []*furnished
	for _, c := range office.Cases {
		step()
		*at = c.Opened
		f := &furnished{p: p, from: c, at: at, templates: templates}
		if err := f.begin(ctx, passphrase); err != nil {
			return err
		}
		open = append(open, f)
	}
	for _, f := range open {
		step()
		if err := f.work(ctx); err != nil {
			return err
		}
	}
	*at = today
	for _, f := range open {
		step()
		if err := errors.Join(f.apart(ctx, passphrase), f.c.Done(ctx)); err != nil {
			return err
		}
	}
	return p.StepDown(ctx)
}

// furnished is a case that is being filled.
type furnished struct {
	p         *practice.Practice
	from      demodata.Case
	at        *time.Time
	templates []practice.Template
	c         *practice.Case
	members   []practice.ID
}

// stepUp makes sure of the second unlock.
func (f *furnished) stepUp(ctx context.Context, passphrase []byte) error {
	if !f.p.StepUpUntil().IsZero() {
		return nil
	}
	return f.p.StepUp(ctx, passphrase)
}

// begin makes the case with its people.
func (f *furnished) begin(ctx context.Context, passphrase []byte) error {
	if err := f.stepUp(ctx, passphrase); err != nil {
		return err
	}
	fresh := practice.NewCase{Code: f.from.Code, Label: f.from.Label}
	for _, m := range f.from.Members {
		fresh.Members = append(fresh.Members, practice.Member{Name: m.Name, Pronouns: m.Pronouns, Description: m.Description, Ask: m.Ask})
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
		if err := f.c.People.SetSheet(ctx, m.ID, practice.Sheet{Number: from.Number, Voicemail: from.Voicemail, CodeWord: from.CodeWord}); err != nil {
			return err
		}
	}
	for _, pair := range f.from.Pairs {
		if err := f.c.People.SetPair(ctx, practice.Pair{First: f.members[pair.First], Second: f.members[pair.Second], Words: pair.Words}); err != nil {
			return err
		}
	}
	return nil
}

// work does what was done in the case, each on its day.
func (f *furnished) work(ctx context.Context) error {
	c := f.c
	*f.at = f.from.Opened
	if err := f.papers(ctx); err != nil {
		return err
	}
	for _, s := range f.from.SeenAlone {
		*f.at = s.At
		if err := c.Screening.SeenAlone(ctx, f.members[s.Member], ""); err != nil {
			return err
		}
	}
	for _, change := range f.from.Menu {
		*f.at = change.At
		if err := f.offer(ctx, change); err != nil {
			return err
		}
	}
	if f.from.Limit != nil {
		if err := c.Limits.Set(ctx, practice.Limit{Closeness: exercises.Closeness(*f.from.Limit)}); err != nil {
			return err
		}
	}
	if f.from.Plan != "" {
		if err := c.Plan.Put(ctx, f.from.Plan); err != nil {
			return err
		}
	}
	if r := f.from.Review; r != nil {
		if _, err := c.Reviews.Put(ctx, practice.ReviewKind(r.Kind), r.At.Format(time.DateOnly)); err != nil {
			return err
		}
	}
	for _, o := range f.from.Observed {
		*f.at = o.At
		if _, err := c.Progress.Put(ctx, practice.Observation{
			Member: f.members[o.Member], Domain: practice.Domain(o.Domain), Words: o.Words, Band: o.Band, Source: practice.Told, Released: o.Released,
		}); err != nil {
			return err
		}
	}
	for _, b := range f.from.Feedback {
		*f.at = b.At
		kept, err := c.Feedback.Put(ctx, practice.FeedbackEntry{Member: f.members[b.Member], Keep: b.Keep, Change: b.Change})
		if err == nil && b.Reply != "" {
			err = c.Feedback.Reply(ctx, kept.ID, b.Reply)
		}
		if err != nil {
			return err
		}
	}
	for _, m := range f.from.Meetings {
		if err := f.meet(ctx, m); err != nil {
			return err
		}
	}
	for _, i := range f.from.Withdrawn {
		if err := c.Consents.Decide(ctx, practice.Decision{Member: f.members[i], Document: practice.ExercisesConsent, Kind: practice.Withdrawn, Method: practice.Spoken}); err != nil {
			return err
		}
	}
	if f.from.Closed.IsZero() {
		return nil
	}
	*f.at = f.from.Closed
	return c.Close(ctx)
}

// papers puts the documents before the people and keeps what each decided.
func (f *furnished) papers(ctx context.Context) error {
	if f.from.Policy == "" {
		return nil
	}
	policy, err := f.c.Consents.Choose(ctx, f.from.Policy)
	if err != nil {
		return err
	}
	consent, err := f.c.Consents.Issue(ctx, practice.ExercisesConsent)
	if err != nil {
		return err
	}
	for _, of := range []struct {
		document practice.Document
		members  []int
	}{{policy, f.from.Signed}, {consent, f.from.Exercises}} {
		for _, i := range of.members {
			if err := f.c.Consents.Decide(ctx, practice.Decision{
				Member: f.members[i], Document: of.document.Name, Version: of.document.Version, Kind: practice.Given, Method: practice.OnPaper,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// offer puts an exercise on the menu; one that rests was offered first.
func (f *furnished) offer(ctx context.Context, change demodata.Change) error {
	err := f.c.Menu.Offer(ctx, practice.Offer{Exercise: change.Exercise, Note: change.Note})
	if err == nil && practice.ItemState(change.State) == practice.Resting {
		err = f.c.Menu.Rest(ctx, change.Exercise)
	}
	return err
}

// meet keeps a meeting, who was there, and its note.
func (f *furnished) meet(ctx context.Context, m demodata.Meeting) error {
	*f.at = m.At.Add(time.Hour)
	meeting := practice.Meeting{At: m.At, Minutes: 75, State: practice.Planned}
	audience, there := practice.Joint, f.members
	if m.Alone != nil {
		meeting.Member, meeting.Minutes = f.members[*m.Alone], 50
		audience, there = practice.Individual, []practice.ID{meeting.Member}
	}
	if m.Note != "" {
		meeting.State = practice.Held
	}
	meeting, err := f.c.Meetings.Put(ctx, meeting)
	if err != nil || m.Note == "" {
		return err
	}
	for _, id := range there {
		if err := f.c.Meetings.Attend(ctx, meeting.ID, practice.Attendance{Member: id, State: practice.Present}); err != nil {
			return err
		}
	}
	note := f.c.Notes.New(audience, meeting.Member, f.template(m.Template))
	note.Meeting, note.Sections[0].Text = meeting.ID, m.Note
	if note, err = f.c.Notes.Save(ctx, note); err != nil || !m.Signed {
		return err
	}
	return f.c.Notes.Sign(ctx, note.ID)
}

func (f *furnished) template(name string) practice.Template {
	for _, t := range f.templates {
		if t.Name == name {
			return t
		}
	}
	return practice.Template{Name: practice.Free, Keys: []string{"text"}}
}

// apart keeps what lies behind the second unlock.
func (f *furnished) apart(ctx context.Context, passphrase []byte) error {
	keep := func(n *practice.Notes, err error, audience practice.Audience, template, text string) error {
		if err != nil {
			return err
		}
		note := n.New(audience, practice.ID{}, f.template(template))
		note.Sections[0].Text = text
		_, err = n.Save(ctx, note)
		return err
	}
	if f.from.Process == "" && f.from.Risk == "" && len(f.from.Safety) == 0 {
		return nil
	}
	if err := f.stepUp(ctx, passphrase); err != nil {
		return err
	}
	if f.from.Process != "" {
		n, err := f.c.Process(ctx)
		if err := keep(n, err, practice.ProcessNote, practice.Free, f.from.Process); err != nil {
			return err
		}
	}
	if f.from.Risk != "" {
		n, err := f.c.Risk(ctx)
		if err := keep(n, err, practice.SafetyNote, practice.Formulation, f.from.Risk); err != nil {
			return err
		}
	}
	for _, s := range f.from.Safety {
		n, err := f.c.Safety(ctx, f.members[s.Member])
		if err := keep(n, err, practice.SafetyNote, practice.Free, s.Text); err != nil {
			return err
		}
	}
	return nil
}
