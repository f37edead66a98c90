package practice

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// What can be done with a note as a whole, and what stands beside it.

// actions are the verbs of the open note, at the end of the title's line.
func (p *NotePage) actions() []fyne.CanvasObject {
	l := p.open
	if l == nil || l.held != "" {
		return nil
	}
	switch {
	case l.amending:
		return []fyne.CanvasObject{
			kit.NewButton(kit.Plain, lang.T("practice-note.amend-drop"), p.dropAmendment),
			kit.NewButton(kit.Primary, lang.T("practice-note.amend-ask"), p.finishAmendment).WithIcon(kit.IconLock),
		}
	case l.note.State == store.OpenNote:
		return []fyne.CanvasObject{
			kit.NewButton(kit.Plain, lang.F("practice-note.form", map[string]any{"Form": p.shortForm()}), p.askForm).WithIcon(kit.IconDown),
			kit.NewButton(kit.Primary, lang.T("practice-note.sign"), p.sign).WithIcon(kit.IconLock),
		}
	case l.note.State == store.LockedNote:
		return []fyne.CanvasObject{
			kit.NewButton(kit.Plain, lang.T("practice-note.reopen"), p.reopen),
			kit.NewButton(kit.Primary, lang.T("practice-note.sign"), p.sign).WithIcon(kit.IconLock),
		}
	}
	return []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("practice-note.amend"), p.amend).WithIcon(kit.IconPen)}
}

// shortForm is the name of the template up to what explains it.
func (p *NotePage) shortForm() string {
	switch name := p.open.note.Template; name {
	case store.DAP, store.SOAP, store.BIRP:
		return name
	default:
		return p.templateTitle(name)
	}
}

// sign asks whether a note is to be signed, or locked without that.
func (p *NotePage) sign() {
	var sheet *kit.Sheet
	says := kit.NewAnswer()
	l := p.open
	finish := func(do func(context.Context, store.ID) error) func() {
		return func() {
			if l.note.State == store.OpenNote {
				if err := l.keep(); err != nil {
					says.Say(kit.ColorWarn, sentence.Of(err))
					return
				}
			}
			if err := do(context.Background(), l.note.ID); err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				return
			}
			sheet.Close()
			p.reread()
		}
	}
	no := kit.NewButton(kit.Plain, lang.T("practice-case.not-now"), func() { sheet.Close() })
	answers := []*kit.Button{kit.NewButton(kit.Plain, lang.T("practice-note.sign-verb"), finish(l.notes.Sign))}
	if l.note.State == store.OpenNote {
		answers = append(answers, kit.NewButton(kit.Plain, lang.T("practice-note.lock-verb"), finish(l.notes.Lock)))
	}
	sheet = kit.NewSheet(lang.T("practice-note.sign-title"), kit.Column(kit.SpaceL,
		kit.NewText(kit.Body, lang.T("practice-note.sign-about")).In(kit.ColorMuted), says), no, append(answers, no)...)
	sheet.Open(p.d.Canvas)
}

// reread shows the note as it lies in its drawer now.
func (p *NotePage) reread() {
	l := p.open
	note, err := l.notes.Note(context.Background(), l.note.ID)
	if err != nil {
		p.d.Failed(err)
		return
	}
	l.rest()
	l.wipe()
	p.open = &leaf{d: p.d, notes: l.notes, note: note, state: kit.NewSaveState()}
	p.showOpen()
	if p.first != nil {
		p.d.Canvas.Focus(p.first)
	}
}

// askReason asks why, and then does something; the sheet stays where it could not.
func (p *NotePage) askReason(title, about, verb string, do func(reason string) error) {
	field, says := kit.NewField(lang.T("practice-note.reason")), kit.NewAnswer()
	var err error
	p.d.ask(page.Question{
		Title: title, About: about, Body: []fyne.CanvasObject{field, says},
		Verb: verb, Cancel: lang.T("practice-case.not-now"), First: field.Focusable(),
		Yes: func() {
			if err = do(field.Text()); err != nil {
				say(says, err, field.Focus)
			}
		},
		Keep: func() bool { return err != nil },
	})
}

func (p *NotePage) reopen() {
	p.askReason(lang.T("practice-note.reopen"), lang.T("practice-note.reopen-about"), lang.T("practice-note.reopen-verb"), func(reason string) error {
		err := p.open.notes.Reopen(context.Background(), p.open.note.ID, reason)
		if err == nil {
			p.reread()
		}
		return err
	})
}

// amend lets a signed note be written in. What was signed stays.
func (p *NotePage) amend() {
	p.open.amending = true
	p.showOpen()
	if p.first != nil {
		p.d.Canvas.Focus(p.first)
	}
}

func (p *NotePage) finishAmendment() {
	p.askReason(lang.T("practice-note.amend"), lang.T("practice-note.amend-about"), lang.T("practice-note.amend-finish"), func(reason string) error {
		note := p.open.now()
		err := p.open.notes.Amend(context.Background(), note.ID, note.Sections, reason)
		if err == nil {
			p.reread()
		}
		return err
	})
}

func (p *NotePage) dropAmendment() {
	if err := p.open.notes.DropDraft(context.Background(), p.open.note.ID); err != nil {
		p.d.Failed(err)
		return
	}
	p.reread()
}

// discard takes a note away that was never locked, with ten seconds to bring it back.
func (p *NotePage) discard() {
	l := p.open
	if err := l.keep(); err != nil { // so that it can be brought back whole
		p.d.Failed(err)
		return
	}
	id, notes := l.note.ID, l.notes
	if err := notes.Discard(context.Background(), id); err != nil {
		p.d.Failed(err)
		return
	}
	l.wipe()
	p.open = nil
	wanted := store.NoteRow{Audience: p.wanted.Audience, Member: p.wanted.Member}
	d, c, meeting := p.d, p.c, p.meeting
	d.Go(func() Page { return newCase(d, c) })
	d.Undo(lang.T("practice-note.discarded"), lang.T("practice-note.bring-back"), func() {
		if err := notes.Restore(context.Background(), id); err != nil {
			d.Failed(err)
			return
		}
		wanted.ID = id
		d.write(c, meeting, wanted)
	}, nil)
}

var actWords = lang.Dynamic("practice-note.act.")

// history shows every version of the note, and whether they hold together.
func (p *NotePage) history() {
	ctx := context.Background()
	versions, err := p.open.notes.Versions(ctx, p.open.note.ID)
	if err != nil {
		p.d.Failed(err)
		return
	}
	var rows []fyne.CanvasObject
	for _, v := range versions {
		about := p.d.moment(v.At.In(p.d.Now().Location()))
		if v.Reason != "" {
			about = lang.F("practice-note.because", map[string]any{"When": about, "Reason": v.Reason})
		}
		rows = append(rows, page.Row(lang.F("practice-note.version", map[string]any{"Number": v.Number, "Act": actWords.T(string(v.Act))}), about,
			kit.NewButton(kit.Quiet, lang.T("practice-note.read"), func() { p.readVersion(v) })))
	}
	sound := kit.NewText(kit.Small, lang.T("practice-note.history-sound")).In(kit.ColorMuted)
	if err := p.open.notes.Verify(ctx, p.open.note.ID); errors.Is(err, store.ErrHistory) {
		sound = kit.NewText(kit.Small, sentence.Of(err)).In(kit.ColorWarn)
	} else if err != nil {
		p.d.Failed(err)
	}
	p.d.tell(lang.T("practice-note.history"), lang.T("practice-case.close-sheet"), append(rows, sound)...)
}

func (p *NotePage) readVersion(v store.Version) {
	var rows []fyne.CanvasObject
	for _, s := range v.Sections {
		if s.Text != "" {
			heading, _ := p.section(s.Key)
			rows = append(rows, kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, heading), kit.NewText(kit.Body, s.Text)))
		}
	}
	rows = append(rows, kit.NewText(kit.Caption, lang.F("practice-note.hash", map[string]any{"Hash": page.HashWord(v.Hash)})).In(kit.ColorMuted))
	p.d.tell(lang.F("practice-note.version", map[string]any{"Number": v.Number, "Act": actWords.T(string(v.Act))}), lang.T("practice-case.close-sheet"), rows...)
}

// side is what stands beside the note.
func (p *NotePage) side() []fyne.CanvasObject {
	panels := []fyne.CanvasObject{p.about()}
	if p.open != nil {
		panels = append(panels, p.tools())
	}
	if answers := p.pressure(); answers != nil {
		panels = append(panels, answers)
	}
	if p.open != nil || !apart(p.wanted.Audience) { // else the middle of the page asks for it
		panels = append(panels, p.unlocked())
	}
	panels = append(panels, p.policy())
	if earlier := p.earlier(); earlier != nil {
		panels = append(panels, earlier)
	}
	return panels
}

func panel(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewPanel(kit.Column(kit.SpaceS, append([]fyne.CanvasObject{kit.NewText(kit.Kicker, title).In(kit.ColorMuted)}, rows...)...))
}

// about says what belongs in a note of this audience.
func (p *NotePage) about() fyne.CanvasObject {
	return panel(audienceWords.T(string(p.wanted.Audience)), kit.NewText(kit.Small, p.belongs()))
}

// belongs is what belongs in a note of this audience, in words.
func (p *NotePage) belongs() (words string) {
	for _, s := range p.d.Texts.Audiences {
		if s.ID == string(p.wanted.Audience) {
			words = s.Prompt
		}
	}
	if p.wanted.Audience == store.SafetyNote && p.wanted.Member == (store.ID{}) {
		words = p.d.Texts.Formulation.About
	}
	return words
}

// tools are the lesser verbs of the open note.
func (p *NotePage) tools() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	add := func(label string, do func()) {
		rows = append(rows, page.Flush(kit.Start(kit.NewButton(kit.Quiet, label, do))))
	}
	l := p.open
	if l.editable() && !l.amending && (p.wanted.Audience == store.Joint || p.wanted.Audience == store.Individual) {
		add(lang.T("practice-note.heading"), p.askHeading)
	}
	if l.editable() {
		rows = append(rows, kit.Row(kit.SpaceS, kit.Stretch(kit.NewText(kit.Small, lang.T("practice-note.hints"))), kit.NewSwitch(lang.T("practice-note.hints"), lang.T("practice-case.yes"), lang.T("practice-case.no"), p.hints, func(on bool) {
			p.hints = on
			if err := p.d.Practice.SetHints(context.Background(), on); err != nil {
				p.d.Failed(err)
			}
			p.look()
		})))
		p.found = kit.Column(kit.SpaceM)
		rows = append(rows, p.found)
		p.look()
	}
	if w := p.wanted; w.Audience == store.SafetyNote && w.Member != (store.ID{}) && l.note.Template != store.SafetyPlan {
		add(lang.F("practice-case.safety-plan", map[string]any{"Name": nameOf(p.members, w.Member)}), func() {
			p.d.write(p.c, p.meeting, store.NoteRow{Audience: store.SafetyNote, Member: w.Member, Template: store.SafetyPlan})
		})
	}
	if l.note.State == store.OpenNote && l.held == "" && !l.isNew {
		add(lang.T("practice-note.discard"), p.discard)
	}
	if !l.isNew {
		add(lang.T("practice-note.history"), p.history)
	}
	return panel(lang.F("practice-note.state-is", map[string]any{"State": noteStates.T(string(l.note.State))}), rows...)
}

// policy says which policy is in force, and whether it is in place.
func (p *NotePage) policy() fyne.CanvasObject {
	ctx := context.Background()
	title := lang.T("practice-case.no-policy")
	d, err := p.c.Consents.Policy(ctx)
	switch {
	case err == nil:
		title = p.d.documentTitle(d.Name)
	case !errors.Is(err, store.ErrNotFound):
		p.d.Failed(err)
	}
	states, err := p.c.Consents.State(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	in := len(states) > 0
	for _, s := range states {
		in = in && s.Policy
	}
	words := lang.T("practice-note.policy-not-in-place")
	if in {
		words = lang.T("practice-note.policy-in-place")
	}
	return panel(lang.T("practice-note.policy"), kit.NewText(kit.Small, title), kit.NewText(kit.Small, words).In(kit.ColorMuted))
}

// earlier are the last notes of this drawer, so that an apart one can be found: no
// other page lists them.
func (p *NotePage) earlier() fyne.CanvasObject {
	if p.open == nil {
		return nil
	}
	all, err := p.open.notes.List(context.Background(), store.NoteFilter{Audience: p.wanted.Audience, Member: p.wanted.Member}, store.Page{Size: few + 1})
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, n := range all {
		if n.ID == p.open.note.ID {
			continue
		}
		row := store.NoteRow{ID: n.ID, Audience: n.Audience, Member: n.Member}
		rows = append(rows, page.Flush(kit.Start(kit.NewButton(kit.Quiet, p.d.dayWords(n.Date), func() {
			meeting := store.Meeting{}
			if n.Meeting != (store.ID{}) {
				if meeting, err = p.c.Meetings.Meeting(context.Background(), n.Meeting); err != nil {
					p.d.Failed(err)
				}
			}
			p.d.write(p.c, meeting, row)
		}))))
	}
	if len(rows) == 0 {
		return nil
	}
	return panel(lang.T("practice-note.earlier"), rows...)
}
