package practice

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// choosePolicy puts one of the three policies before the people of the case.
func (p *CasePage) choosePolicy() {
	var names, titles []string
	for _, name := range store.Policies {
		if _, err := p.d.Practice.Documents.Current(context.Background(), name); err == nil {
			names, titles = append(names, name), append(titles, p.d.documentTitle(name))
		}
	}
	if len(names) == 0 {
		p.d.tell(lang.T("practice-case.choose-policy"), lang.T("practice-case.close-sheet"),
			kit.NewText(kit.Body, lang.T("practice-case.policy-none-in-use")))
		return
	}
	which := kit.NewSegmented(lang.T("practice-case.choose-policy"), titles, 0, nil)
	p.form(lang.T("practice-case.choose-policy"), lang.T("practice-case.choose-about"), nil, func() error {
		_, err := p.c.Consents.Choose(context.Background(), names[which.Chosen()])
		return err
	}, which)
}

// limits is how far the menu goes, which is set on a page of its own. Why is kept nowhere.
func (p *CasePage) limits() fyne.CanvasObject {
	current, err := p.c.Limits.Current(context.Background())
	p.tried(err)
	var rows []fyne.CanvasObject
	of := func(who store.ID, name string) {
		words := lang.T("practice-case.limit-none")
		for _, l := range current {
			if l.Member == who {
				words = lang.F("practice-case.limit", map[string]any{"Closeness": page.ClosenessWord(l.Closeness), "Day": p.d.dayWords(l.Day)})
			}
		}
		rows = append(rows, kit.Column(0, kit.NewText(kit.Strong, name).MaxLines(2), kit.NewText(kit.Small, words).In(kit.ColorMuted)))
	}
	of(store.ID{}, lang.T("practice-case.limit-case"))
	for _, m := range p.present() {
		of(m.ID, m.Name)
	}
	off, err := p.c.Limits.SwitchedOff(context.Background())
	p.tried(err)
	if len(off) > 0 {
		rows = append(rows, kit.NewText(kit.Small, lang.N("practice-case.switched-off", len(off), nil)).In(kit.ColorMuted))
	}
	var verbs []fyne.CanvasObject
	if !p.closed() {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-case.limit-change"), func() { p.d.limits(p.c) }).WithName(lang.T("practice-case.limit-change-name")))
	}
	return pane(lang.T("practice-case.limits"), "", rows, verbs...)
}

var meetingStates = lang.Dynamic("practice-meeting.state.")

func meetingState(s store.MeetingState) string {
	return meetingStates.T(strings.ReplaceAll(string(s), " ", "-"))
}

// meetings are the next one and the latest that were, and more of both when asked.
func (p *CasePage) meetings() fyne.CanvasObject {
	all, err := p.c.Meetings.All(context.Background(), store.Page{Size: store.MostRows})
	p.tried(err)
	past := all // the latest first
	for len(past) > 0 && past[0].At.After(p.d.Now()) {
		past = past[1:]
	}
	coming := slices.Clone(all[:len(all)-len(past)])
	slices.Reverse(coming)
	next := coming[:min(1+p.moreMeetings, len(coming))]
	last := past[:min(max(brief-len(next), brief-1)+p.moreMeetings, len(past))]
	var rows []fyne.CanvasObject
	for _, m := range slices.Concat(next, last) {
		with := lang.T("practice-meeting.everybody")
		if m.Member != (store.ID{}) {
			with = lang.F("practice-meeting.alone-with", map[string]any{"Name": nameOf(p.members, m.Member)})
		}
		state := m.State
		if state == store.Planned && m.At.Before(p.d.Now()) {
			state = store.Held // until something else is said
		}
		rows = append(rows, page.Row(p.d.moment(m.At), joined(with, meetingState(state)), kit.NewButton(kit.Plain, lang.T("practice-case.open"), func() {
			whole, err := p.c.Meetings.Meeting(context.Background(), m.ID)
			if err != nil {
				p.tried(err)
				return
			}
			p.d.Go(func() Page { return newMeeting(p.d, p.c, whole) })
		})))
	}
	return pane(lang.T("practice-case.meetings"), lang.T("practice-case.meetings-none"), rows, p.shows(&p.moreMeetings, lang.T("practice-case.more-meetings"), len(rows) < len(all))...)
}

// shows is the verb that shows more of many, where there are more.
func (p *CasePage) shows(of *int, name string, are bool) []fyne.CanvasObject {
	if !are {
		return nil
	}
	return []fyne.CanvasObject{kit.NewButton(kit.Quiet, lang.T("practice-case.more"), func() {
		*of += more
		p.fill()
	}).WithName(name)}
}

var noteStates = lang.Dynamic("practice-note.state.")

// notes are the latest of the record. Those of the apart drawers stand in no list that
// opens without the second unlock.
func (p *CasePage) notes() fyne.CanvasObject {
	ctx := context.Background()
	all, err := p.c.Notes.List(ctx, store.NoteFilter{}, store.Page{Size: brief})
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, n := range all {
		rows = append(rows, p.noteRow(n))
	}
	drafts, err := p.c.Notes.Drafts(ctx)
	p.tried(err)
	for _, draft := range drafts {
		kept := false
		for _, n := range all {
			kept = kept || n.ID == draft.Note.ID
		}
		if !kept {
			rows = append([]fyne.CanvasObject{p.noteRow(store.NoteRow{
				ID: draft.Note.ID, Audience: draft.Note.Audience, Member: draft.Note.Member,
				Meeting: draft.Note.Meeting, Template: draft.Note.Template, Date: draft.Note.Date, State: store.OpenNote,
			})}, rows...)
		}
	}
	var verbs []fyne.CanvasObject
	if len(rows) > 0 {
		verbs = append(verbs, quiet(kit.IconSearch, lang.T("practice-case.notes-all"), func() { p.d.Go(func() Page { return newNotes(p.d, p.c) }) }))
	}
	return pane(lang.T("practice-case.notes"), lang.T("practice-case.notes-none"), rows, verbs...)
}

func (p *CasePage) noteRow(n store.NoteRow) fyne.CanvasObject { return p.d.noteRow(p.c, p.members, n) }

// noteRow is a note in a list.
func (d Desk) noteRow(c *store.Case, members []store.Member, n store.NoteRow) fyne.CanvasObject {
	whose := lang.T("practice-note.audience.joint")
	if n.Member != (store.ID{}) {
		whose = nameOf(members, n.Member)
	}
	about := joined(whose, noteStates.T(string(n.State)))
	open := kit.NewButton(kit.Plain, lang.T("practice-case.open"), func() {
		meeting := store.Meeting{}
		if n.Meeting != (store.ID{}) {
			var err error
			if meeting, err = c.Meetings.Meeting(context.Background(), n.Meeting); err != nil {
				d.Failed(err)
			}
		}
		d.write(c, meeting, n)
	})
	return page.Row(d.dayWords(n.Date), about, open)
}

// contacts is the log of calls, letters and messages.
func (p *CasePage) contacts() fyne.CanvasObject {
	most := brief + p.moreContacts
	all, err := p.c.Contacts.All(context.Background(), store.Page{Size: most + 1})
	p.tried(err)
	verbs := p.shows(&p.moreContacts, lang.T("practice-case.more-contacts"), len(all) > most)
	verbs = append(verbs, quiet(kit.IconPlus, lang.T("practice-case.contact-add"), func() { p.d.Go(func() Page { return newContact(p.d, p.c) }) }))
	all = all[:min(most, len(all))]
	var rows []fyne.CanvasObject
	for _, k := range all {
		who := lang.T("practice-contact.somebody-else")
		if k.Member != (store.ID{}) {
			who = nameOf(p.members, k.Member)
		}
		parts := []fyne.CanvasObject{kit.NewText(kit.Strong, p.d.moment(k.At)), kit.NewText(kit.Small, joined(who, k.Way)).In(kit.ColorMuted)}
		if k.Words != "" {
			parts = append(parts, kit.NewText(kit.Body, k.Words).MaxLines(3))
		}
		rows = append(rows, kit.Column(0, parts...))
	}
	return pane(lang.T("practice-case.contacts"), lang.T("practice-case.contacts-none"), rows, verbs...)
}

// rename changes the code and the private label, which is there against taking one case
// for another.
func (p *CasePage) rename() {
	code, label := kit.NewField(lang.T("practice-caseload.code")), kit.NewField(lang.T("practice-caseload.label"))
	code.SetText(p.c.Code)
	label.SetText(p.stand.Label)
	code.OnSubmitted = func(string) { label.Focus() }
	says := kit.NewAnswer()
	var err error
	p.d.ask(page.Question{
		Title: lang.T("practice-case.rename"), About: lang.T("practice-caseload.label-about"), Body: []fyne.CanvasObject{code, label, says},
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"), First: code.Focusable(),
		Yes: func() {
			ctx := context.Background()
			err = p.d.Practice.Relabel(ctx, p.c.ID, label.Text())
			if err == nil {
				err = p.d.Practice.Recode(ctx, p.c.ID, code.Text())
			}
			if err != nil {
				say(says, err, code.Focus)
				return
			}
			// The case that is open goes by its old code: it is opened anew.
			p.tried(p.d.Cases.Close(ctx))
			p.d.openCase(p.c.ID)
		},
		Keep: func() bool { return err != nil }, Stays: onSheet(says, code, label),
	})
}
