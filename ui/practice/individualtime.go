package practice

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// A planning of time alone is for every person of a case at once and of the same length,
// so that nobody has to ask for it and nobody can be asked why. It stands on the page of
// time alone.
type planning struct {
	d       Desk
	c       *store.Case
	rhythm  *kit.Segmented
	minutes *kit.Field
	each    []timeAlone
	says    *kit.Text
	dirty   bool // something on it was changed
	content fyne.CanvasObject
}

// timeAlone is when one person comes next.
type timeAlone struct {
	member     store.Member
	day, clock *kit.Field
}

// rhythms are the weeks until it comes round again.
var rhythms = []int{4, 6, 8, 12}

func newPlanning(d Desk, c *store.Case) *planning {
	p := &planning{d: d, c: c, minutes: kit.NewField(lang.T("practice-meeting.minutes")), says: kit.NewAnswer()}
	words := make([]string, len(rhythms))
	for i, weeks := range rhythms {
		words[i] = lang.F("practice-individual.weeks", map[string]any{"Weeks": weeks})
	}
	p.rhythm = kit.NewSegmented(lang.T("practice-individual.rhythm"), words, 1, func(int) { p.dirty = true })
	p.minutes.SetText("50")
	members, planned := p.people()
	at := d.Now().Truncate(time.Hour).AddDate(0, 0, 7)
	var rows []fyne.CanvasObject
	for i, m := range members {
		t := timeAlone{m, kit.NewField(lang.T("practice-meeting.day")), kit.NewField(lang.T("practice-meeting.clock"))}
		when := at.Add(time.Duration(i) * time.Hour)
		t.day.SetText(when.Format(time.DateOnly))
		t.clock.SetText(when.Format("15:04"))
		p.each = append(p.each, t)
		next := lang.T("practice-individual.none-planned")
		if !planned[m.ID].IsZero() {
			next = lang.F("practice-individual.planned", map[string]any{"When": d.moment(planned[m.ID])})
		}
		rows = append(rows, kit.NewRule(), kit.Column(kit.SpaceM,
			kit.Column(0, kit.NewText(kit.Strong, m.Name).MaxLines(2), kit.NewText(kit.Small, next).In(kit.ColorMuted)),
			kit.Grid(2, kit.SpaceL, t.day, t.clock)))
	}
	p.keys()
	body := []fyne.CanvasObject{
		kit.NewText(kit.Small, lang.T("practice-individual.intro")).In(kit.ColorMuted),
		labelled(lang.T("practice-individual.rhythm"), kit.Start(p.rhythm)),
		kit.NewText(kit.Small, lang.T("practice-individual.rhythm-about")).In(kit.ColorMuted),
		kit.MaxWidth(kit.Measure/3, p.minutes),
	}
	body = append(append(body, rows...), p.says, kit.Start(kit.NewButton(kit.Primary, lang.T("practice-individual.plan"), p.plan)))
	body = append(body, d.guides(casework.IndividualTime)...)
	p.content = page.Group(lang.T("practice-individual.title"), kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, body...)))
	return p
}

// people are those who are part of the case, whoever came last alone being the first
// now, and when each comes next alone.
func (p *planning) people() (all []store.Member, planned map[store.ID]time.Time) {
	ctx := context.Background()
	all, err := p.c.People.Present(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	meetings, err := p.c.Meetings.All(ctx, store.Page{Size: store.MostRows})
	if err != nil {
		p.d.Failed(err)
	}
	planned = map[store.ID]time.Time{}
	last := store.ID{}
	for _, m := range meetings { // the latest first
		if m.Member == (store.ID{}) || m.State == store.Cancelled || m.State == store.NotHeld {
			continue
		}
		if m.At.After(p.d.Now()) {
			planned[m.Member] = m.At
		}
		if last == (store.ID{}) {
			last = m.Member
		}
	}
	for i, m := range all {
		if m.ID == last {
			all = append(append([]store.Member{m}, all[:i]...), all[i+1:]...)
			break
		}
	}
	return all, planned
}

// keys lets Enter go from field to field.
func (p *planning) keys() {
	fields := []*kit.Field{p.minutes}
	for _, t := range p.each {
		fields = append(fields, t.day, t.clock)
	}
	for i, f := range fields {
		f.OnChanged = func(string) { p.dirty = true }
		f.OnSubmitted = func(string) {
			if i+1 < len(fields) {
				fields[i+1].Focus()
				return
			}
			p.plan()
		}
	}
}

// plan keeps a meeting alone with each, and lets it come round again. Every day is read
// before the first is kept: it is for everybody or not at all.
func (p *planning) plan() {
	minutes, err := strconv.Atoi(strings.TrimSpace(p.minutes.Text()))
	if err != nil || minutes < 1 {
		p.says.Say(kit.ColorWarn, lang.T("practice-meeting.not-minutes"))
		p.minutes.Focus()
		return
	}
	var meetings []store.Meeting
	last := p.d.Now()
	for _, t := range p.each {
		at, err := p.d.parseMoment(t.day.Text(), t.clock.Text())
		if err != nil {
			p.says.Say(kit.ColorWarn, lang.F("practice-individual.each", map[string]any{"Name": t.member.Name}))
			t.day.Focus()
			return
		}
		if at.After(last) {
			last = at
		}
		meetings = append(meetings, store.Meeting{At: at, Minutes: minutes, Member: t.member.ID})
	}
	if err := p.keep(meetings, last.AddDate(0, 0, 7*rhythms[p.rhythm.Chosen()]).Format(time.DateOnly)); err != nil {
		say(p.says, err, nil)
		return
	}
	p.dirty = false
	p.d.Toast(lang.T("practice-individual.done"))
	p.d.Go(func() Page { return newCase(p.d, p.c) })
}

// keep stores the meetings, and the day on which to plan the next round in the place of
// those that were to be looked at so far.
func (p *planning) keep(meetings []store.Meeting, due string) error {
	ctx := context.Background()
	for _, m := range meetings {
		if _, err := p.c.Meetings.Put(ctx, m); err != nil {
			return err
		}
	}
	reviews, err := p.c.Reviews.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if r.Kind == store.ReviewIndividual && r.Done == "" {
			if err := p.c.Reviews.Done(ctx, r.ID); err != nil {
				return err
			}
		}
	}
	_, err = p.c.Reviews.Put(ctx, store.ReviewIndividual, due)
	return err
}
