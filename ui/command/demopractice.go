package command

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ebb/exercises/casework"
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

// An act is something that was done in the practice at a moment.
type act struct {
	at time.Time
	do func(context.Context) error
}

// An agenda is what was done, in the order in which it is told; each is done when its
// time comes, so that the practice has it in the order in which it happened.
type agenda struct{ acts []act }

func (a *agenda) add(at time.Time, do func(context.Context) error) {
	a.acts = append(a.acts, act{at, do})
}

// settleIn fills a practice with the cases of the demonstration, through the same calls
// as the window. at is the clock of the practice: what was on a day is done on that day,
// and nothing before what was earlier. The second unlock comes as often as that takes.
// progress is called with steps done and to do.
func settleIn(ctx context.Context, p *practice.Practice, office demodata.Office, passphrase []byte, at *time.Time, progress func(done, total int)) error {
	today := *at
	var all agenda
	if err := papers(&all, p, office); err != nil {
		return err
	}
	all.add(office.Documents[0].At, func(ctx context.Context) error { return furniture(ctx, p, office) })
	var cases []*furnished
	for _, c := range office.Cases {
		f := &furnished{p: p, from: c, today: today, folder: office.Folder, letter: office.Letter, passphrase: passphrase}
		cases = append(cases, f)
		f.plan(&all)
	}
	slices.SortStableFunc(all.acts, func(a, b act) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	for i, one := range all.acts {
		progress(i, len(all.acts))
		*at = one.at
		if err := one.do(ctx); err != nil {
			return err
		}
	}
	*at = today
	for _, f := range cases {
		if err := f.c.Done(ctx); err != nil {
			return err
		}
	}
	return p.StepDown(ctx)
}

// papers puts Ebb's texts in use, with what the practice wrote below or in them.
func papers(all *agenda, p *practice.Practice, office demodata.Office) error {
	texts, err := casework.English()
	if err != nil {
		return err
	}
	for _, d := range office.Documents {
		var text string
		if doc := texts.Document(d.Name); doc != nil {
			text = doc.Text()
		}
		for _, law := range texts.Jurisdictions() {
			if law.Document() == d.Name {
				text = law.Text()
			}
		}
		if d.Add != "" {
			text = strings.TrimSpace(text) + "\n\n" + d.Add + "\n"
		}
		for place, words := range d.Fill {
			text = casework.Fill(text, place, words)
		}
		all.add(d.At, func(ctx context.Context) error {
			_, err := p.Documents.Publish(ctx, d.Name, "en", practice.Full, text)
			return err
		})
	}
	return nil
}

// furniture is what the practice has for every case.
func furniture(ctx context.Context, p *practice.Practice, office demodata.Office) error {
	if _, err := p.Exercises.Add(ctx, office.Exercise); err != nil {
		return err
	}
	for _, r := range office.Referrals {
		if _, err := p.Referrals.Put(ctx, practice.Referral{Field: r.Field, Name: r.Name, Reach: r.Reach, Remark: r.Remark}); err != nil {
			return err
		}
	}
	for _, t := range office.Templates {
		own := practice.Template{Name: t.Name}
		for _, s := range t.Sections {
			own.Keys, own.Prompts = append(own.Keys, s[0]), append(own.Prompts, s[1])
		}
		if err := p.Templates.Put(ctx, own); err != nil {
			return err
		}
	}
	c := office.Cover
	return p.SetCover(ctx, practice.Cover{Supervisor: c.Supervisor, Hours: c.Hours, Locum: c.Locum, Away: c.Away, May: c.May})
}
