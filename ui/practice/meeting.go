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

// MeetingPage is one meeting: when, with whom, who was there and from where.
type MeetingPage struct {
	d                         Desk
	c                         *store.Case
	m                         store.Meeting
	day, clock, minutes, aide *kit.Field
	with, state               *kit.Segmented
	members                   []store.Member
	present                   []attendance
	says                      *kit.Text
	dirty                     bool
	content                   fyne.CanvasObject
}

// attendance is what is asked about one person and a meeting.
type attendance struct {
	member         store.ID
	state          *kit.Segmented
	video          *kit.Switch
	byVideo        bool
	place, earshot *kit.Field
}

var (
	attendances = []string{"", store.Present, store.Part, store.Absent}
	states      = []store.MeetingState{store.Planned, store.Held, store.Cancelled, store.NotHeld}
)

func newMeeting(d Desk, c *store.Case, m store.Meeting) *MeetingPage {
	p := &MeetingPage{
		d: d, c: c, m: m, says: kit.NewAnswer(),
		day: kit.NewField(lang.T("practice-meeting.day")), clock: kit.NewField(lang.T("practice-meeting.clock")),
		minutes: kit.NewField(lang.T("practice-meeting.minutes")), aide: kit.NewField(lang.T("practice-meeting.interpreter")),
	}
	var err error
	if p.members, err = c.People.Present(context.Background()); err != nil {
		d.Failed(err)
	}
	title := lang.T("practice-meeting.title")
	at, minutes := m.At, m.Minutes
	if m.ID == (store.ID{}) {
		title = lang.T("practice-case.new-meeting")
		at, minutes = d.Now().Truncate(time.Hour).Add(time.Hour), 50
	}
	p.day.SetText(at.Format(time.DateOnly))
	p.clock.SetText(at.Format("15:04"))
	p.minutes.SetText(strconv.Itoa(minutes))
	p.aide.SetText(m.Interpreter)
	people := []string{lang.T("practice-meeting.everybody")}
	alone := 0
	for i, member := range p.members {
		people = append(people, lang.F("practice-meeting.alone", map[string]any{"Name": member.Name}))
		if member.ID == m.Member {
			alone = i + 1
		}
	}
	p.with = kit.NewSegmented(lang.T("practice-meeting.with"), people, alone, p.chose)
	words, chosen := make([]string, len(states)), 0
	for i, s := range states {
		words[i] = meetingState(s)
		if s == m.State {
			chosen = i
		}
	}
	p.state = kit.NewSegmented(lang.T("practice-meeting.what-became"), words, chosen, p.chose)
	for _, f := range []*kit.Field{p.day, p.clock, p.minutes, p.aide} {
		f.OnChanged = p.typed
	}
	p.day.OnSubmitted = func(string) { p.clock.Focus() }
	p.clock.OnSubmitted = func(string) { p.minutes.Focus() }
	p.minutes.OnSubmitted = func(string) { p.keep() }
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep)}
	body := []fyne.CanvasObject{
		backLine(d.toCase(c)), kit.NewText(kit.Title, title),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
			kit.Grid(3, kit.SpaceL, p.day, p.clock, p.minutes),
			labelled(lang.T("practice-meeting.with"), kit.Start(p.with)),
			labelled(lang.T("practice-meeting.what-became"), kit.Start(p.state)),
			kit.Column(kit.SpaceS, p.aide, kit.NewText(kit.Small, lang.T("practice-meeting.interpreter-about")).In(kit.ColorMuted)),
			kit.Column(0, d.guides(casework.Interpreter)...)))),
	}
	if m.ID != (store.ID{}) {
		body = append(body, p.attendances())
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-meeting.write"), p.write).WithIcon(kit.IconPen))
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, append(body, p.says, kit.Flow(kit.SpaceM, verbs...))...))
	return p
}

func (p *MeetingPage) typed(string) { p.dirty = true }
func (p *MeetingPage) chose(int)    { p.dirty = true }

// labelled sets a name above a choice.
func labelled(name string, choice fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(kit.SpaceS, kit.NewText(kit.Kicker, name), choice)
}

// attendances asks of everybody who the meeting is with whether they were there.
func (p *MeetingPage) attendances() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Sub, lang.T("practice-meeting.attendance"))}
	for _, m := range p.members {
		if p.m.Member != (store.ID{}) && p.m.Member != m.ID {
			continue
		}
		a := attendance{member: m.ID, place: kit.NewField(lang.T("practice-meeting.place")), earshot: kit.NewField(lang.T("practice-meeting.earshot"))}
		was := 0
		for _, kept := range p.m.Attendance {
			if kept.Member != m.ID {
				continue
			}
			a.byVideo = kept.Video
			a.place.SetText(kept.Place)
			a.earshot.SetText(kept.Earshot)
			for i, s := range attendances {
				if s == kept.State {
					was = i
				}
			}
		}
		a.place.OnChanged, a.earshot.OnChanged = p.typed, p.typed
		a.state = kit.NewSegmented(m.Name, []string{
			lang.T("practice-meeting.unsaid"), lang.T("practice-meeting.present"), lang.T("practice-meeting.part"), lang.T("practice-meeting.absent"),
		}, was, p.chose)
		where := kit.Column(kit.SpaceM, p.codeWord(m), a.place, a.earshot)
		where.Hidden = !a.byVideo
		at := len(p.present)
		a.video = kit.NewSwitch(lang.F("practice-meeting.video-of", map[string]any{"Name": m.Name}), lang.T("practice-case.yes"), lang.T("practice-case.no"), a.byVideo, func(on bool) {
			p.present[at].byVideo, p.dirty = on, true
			where.Hidden = !on
			where.Changed()
			where.Refresh()
		})
		p.present = append(p.present, a)
		rows = append(rows, kit.NewRule(), kit.Column(kit.SpaceM, kit.NewText(kit.Strong, m.Name).MaxLines(2), kit.Start(a.state),
			page.Row(lang.T("practice-meeting.video"), lang.T("practice-meeting.video-about"), a.video), where, page.Flush(p.ways(m))))
	}
	rows = append(rows, p.d.guides(casework.Video, casework.Attendance)...)
	return kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceM, rows...)))
}

// codeWord is what this person says by video when somebody listens.
func (p *MeetingPage) codeWord(m store.Member) fyne.CanvasObject {
	sheet, err := p.c.People.Sheet(context.Background(), m.ID)
	if err != nil {
		p.d.Failed(err)
	}
	words, color := sheet.CodeWord, kit.ColorInk
	if words == "" {
		words, color = lang.T("practice-member.not-asked"), kit.ColorMuted
	}
	return kit.Column(0, kit.NewText(kit.Caption, lang.T("practice-member.code-word")).In(kit.ColorMuted), kit.NewText(kit.Body, words).In(color))
}

// ways lead from a meeting to what may be needed at once about somebody.
func (p *MeetingPage) ways(m store.Member) fyne.CanvasObject {
	on := &CasePage{d: p.d, c: p.c}
	return kit.Flow(kit.SpaceS,
		kit.NewButton(kit.Quiet, lang.F("practice-case.call", map[string]any{"Name": m.Name}), func() { on.call(m) }),
		kit.NewButton(kit.Quiet, lang.F("practice-case.safety-plan", map[string]any{"Name": m.Name}), func() { on.safetyPlan(m) }))
}

// ofTheCase reports whether an interpreter bears the name of somebody of the case.
func (p *MeetingPage) ofTheCase(interpreter string) bool {
	for _, m := range p.members {
		for _, name := range []string{m.Name, m.LegalName} {
			if name != "" && strings.EqualFold(strings.Join(strings.Fields(name), " "), strings.Join(strings.Fields(interpreter), " ")) {
				return true
			}
		}
	}
	return false
}

// Content implements [Page].
func (p *MeetingPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *MeetingPage) First() fyne.Focusable { return p.day.Focusable() }

// Leave implements [Page]: what was changed of a meeting is kept. A new one comes to be
// with its verb only, and leaving asks first.
func (p *MeetingPage) Leave(locking bool) func(context.Context) error {
	isNew := p.m.ID == (store.ID{})
	if !p.dirty || isNew && locking {
		return page.Nothing
	}
	if isNew {
		return p.d.unkept(func() {
			p.dirty = false
			p.d.Go(func() Page { return newCase(p.d, p.c) })
		})
	}
	m, there, problem := p.read()
	if problem != nil {
		if locking {
			return page.Nothing // a day that is none
		}
		return func(context.Context) error {
			problem()
			return page.ErrStay
		}
	}
	return func(ctx context.Context) error {
		_, err := p.put(ctx, m, there)
		if err != nil && !locking {
			say(p.says, err, p.day.Focus)
			return page.ErrStay
		}
		return err
	}
}

// read takes what the page says; problem answers what is no day, time or number.
func (p *MeetingPage) read() (m store.Meeting, there []store.Attendance, problem func()) {
	m = p.m
	at, err := p.d.parseMoment(p.day.Text(), p.clock.Text())
	if err != nil {
		return m, nil, func() {
			p.says.Say(kit.ColorWarn, lang.T("practice-meeting.not-a-day"))
			p.day.Focus()
		}
	}
	minutes, err := strconv.Atoi(strings.TrimSpace(p.minutes.Text()))
	if err != nil {
		return m, nil, func() {
			p.says.Say(kit.ColorWarn, lang.T("practice-meeting.not-minutes"))
			p.minutes.Focus()
		}
	}
	if p.ofTheCase(p.aide.Text()) {
		return m, nil, func() {
			p.says.Say(kit.ColorWarn, lang.T("practice-meeting.interpreter-never"))
			p.aide.Focus()
		}
	}
	m.At, m.Minutes, m.Interpreter = at, minutes, p.aide.Text()
	m.State, m.Member = states[p.state.Chosen()], store.ID{}
	if i := p.with.Chosen(); i > 0 {
		m.Member = p.members[i-1].ID
	}
	for _, a := range p.present {
		if state := attendances[a.state.Chosen()]; state != "" {
			there = append(there, store.Attendance{Member: a.member, State: state, Video: a.byVideo, Place: a.place.Text(), Earshot: a.earshot.Text()})
		}
	}
	return m, there, nil
}

// put keeps a meeting and who was there.
func (p *MeetingPage) put(ctx context.Context, m store.Meeting, there []store.Attendance) (store.Meeting, error) {
	m, err := p.c.Meetings.Put(ctx, m)
	for _, a := range there {
		if err == nil {
			err = p.c.Meetings.Attend(ctx, m.ID, a)
		}
	}
	return m, err
}

// save keeps what the page says, and answers on the page where it cannot.
func (p *MeetingPage) save() bool {
	if !p.dirty && p.m.ID != (store.ID{}) {
		return true // such as in a closed case
	}
	m, there, problem := p.read()
	if problem != nil {
		problem()
		return false
	}
	m, err := p.put(context.Background(), m, there)
	if err != nil {
		say(p.says, err, p.day.Focus)
		return false
	}
	p.m, p.dirty = m, false
	return true
}

// Keep is what the menu calls to keep what the page says.
func (p *MeetingPage) Keep() {
	isNew := p.m.ID == (store.ID{})
	if !p.dirty || !p.save() {
		return
	}
	p.d.Toast(lang.T("practice.unkept.kept"))
	if isNew { // and it asks now who was there
		p.d.Go(func() Page { return newMeeting(p.d, p.c, p.m) })
	}
}

func (p *MeetingPage) keep() {
	if p.save() {
		p.d.Go(func() Page { return newCase(p.d, p.c) })
	}
}

// write keeps the meeting and goes on to the note about it.
func (p *MeetingPage) write() {
	if p.save() {
		p.d.write(p.c, p.m, store.NoteRow{})
	}
}
