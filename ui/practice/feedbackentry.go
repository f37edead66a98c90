package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// asked are the boxes for what one person would keep, change and drop, in the order of
// the form.
type asked struct {
	editors []*editor.Editor
	content fyne.CanvasObject
}

func newAsked(d Desk, changed func()) *asked {
	a := &asked{}
	var rows []fyne.CanvasObject
	for _, ask := range d.Texts.Feedback.Asks {
		e := editor.New()
		e.Label, e.Placeholder, e.Margin, e.MinLines = ask.Heading, ask.Prompt, 0, 3
		e.OnChanged, e.OnCopied = changed, d.Copied
		a.editors = append(a.editors, e)
		rows = append(rows, kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, ask.Heading), e))
	}
	a.content = kit.Column(kit.SpaceL, rows...)
	return a
}

// into reads the boxes into an entry.
func (a *asked) into(d Desk, f store.FeedbackEntry) store.FeedbackEntry {
	for i, ask := range d.Texts.Feedback.Asks {
		*map[string]*string{"keep": &f.Keep, "change": &f.Change, "drop": &f.Drop}[ask.ID] = a.editors[i].Text()
	}
	return f
}

// blank reports whether nothing was written.
func (a *asked) blank() bool {
	for _, e := range a.editors {
		if !blank(e.Text()) {
			return false
		}
	}
	return true
}

func (a *asked) wipe() {
	for _, e := range a.editors {
		e.Wipe()
	}
}

// FeedbackEntryPage is where the practitioner writes down what one person said, or handed
// in on paper.
type FeedbackEntryPage struct {
	d       Desk
	c       *store.Case
	m       store.Member
	id      store.ID // drawn once, so that keeping it twice keeps it once
	about   *kit.Segmented
	day     *kit.Field
	asked   *asked
	dirty   bool
	says    *kit.Text
	content fyne.CanvasObject
}

func newFeedbackEntry(d Desk, c *store.Case, m store.Member) *FeedbackEntryPage {
	p := &FeedbackEntryPage{d: d, c: c, m: m, id: store.NewID(), says: kit.NewAnswer(), day: kit.NewField(lang.T("practice-feedback.day"))}
	var words []string
	for _, about := range d.Texts.Feedback.About {
		words = append(words, about.Heading)
	}
	p.about = kit.NewSegmented(lang.T("practice-feedback.about"), words, 0, func(int) { p.dirty = true })
	p.asked = newAsked(d, func() { p.dirty = true })
	p.day.SetText(d.today())
	p.day.OnSubmitted = func(string) { p.keep() }
	name := map[string]any{"Name": m.Name}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(d.toFeedback(c, m)), kit.NewText(kit.Title, lang.F("practice-feedback.enter-title", name)),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-feedback.enter-intro")).In(kit.ColorMuted)),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
			kit.Start(kit.NewAudiencePill(d.readerOf(c, m.ID), lang.F("practice-feedback.pill", name))),
			labelled(lang.T("practice-feedback.about"), kit.Start(p.about)),
			p.asked.content, kit.MaxWidth(260, p.day), p.says,
			kit.Start(kit.NewButton(kit.Primary, lang.T("practice-feedback.keep"), p.keep)))))))
	return p
}

// Content implements [Page].
func (p *FeedbackEntryPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *FeedbackEntryPage) First() fyne.Focusable { return p.about }

// Leave implements [Page]: what was written is kept.
func (p *FeedbackEntryPage) Leave(locking bool) func(context.Context) error {
	f := p.now()
	write := p.dirty && !p.asked.blank()
	if locking {
		p.asked.wipe()
	}
	return func(ctx context.Context) error {
		if !write {
			return nil
		}
		_, err := p.c.Feedback.Put(ctx, f)
		if err != nil && !locking {
			say(p.says, err, nil)
			return page.ErrStay
		}
		p.dirty = false
		if !locking {
			p.asked.wipe()
		}
		return err
	}
}

func (p *FeedbackEntryPage) now() store.FeedbackEntry {
	return p.asked.into(p.d, store.FeedbackEntry{ID: p.id, Member: p.m.ID, Day: p.day.Text(), About: p.d.Texts.Feedback.About[p.about.Chosen()].ID})
}

// Keep is what the menu calls to keep what the page says.
func (p *FeedbackEntryPage) Keep() { p.keep() }

func (p *FeedbackEntryPage) keep() {
	if p.asked.blank() {
		p.says.Say(kit.ColorWarn, lang.T("practice-feedback.needed"))
		p.d.Canvas.Focus(p.asked.editors[0])
		return
	}
	if _, err := p.c.Feedback.Put(context.Background(), p.now()); err != nil {
		say(p.says, err, nil)
		return
	}
	p.asked.wipe()
	p.dirty = false // wiping is a change, too
	p.d.Go(func() Page { return newFeedbackOf(p.d, p.c, p.m) })
	p.d.Toast(lang.T("practice-feedback.kept"))
}

// FeedbackReplyPage is where the practitioner writes what came of one person's feedback,
// for that person alone.
type FeedbackReplyPage struct {
	d       Desk
	c       *store.Case
	m       store.Member
	f       store.FeedbackEntry
	words   *editor.Editor
	dirty   bool
	says    *kit.Text
	content fyne.CanvasObject
}

func newFeedbackReply(d Desk, c *store.Case, m store.Member, f store.FeedbackEntry) *FeedbackReplyPage {
	p := &FeedbackReplyPage{d: d, c: c, m: m, f: f, words: editor.New(), says: kit.NewAnswer()}
	p.words.Label, p.words.Margin, p.words.MinLines = lang.T("practice-feedback.reply-words"), 0, 5
	p.words.SetText(f.Changed)
	p.words.OnChanged, p.words.OnCopied = func() { p.dirty = true }, d.Copied
	said := f
	said.ChangedOn = "" // the answer stands in the box
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(d.toFeedback(c, m)), kit.NewText(kit.Title, lang.T("practice-feedback.reply-title")), d.prompts(casework.FeedbackReply),
		kit.MaxWidth(kit.Measure+80, kit.NewCard(d.feedbackWords(said))),
		kit.MaxWidth(kit.Measure+80, kit.NewCard(kit.Column(kit.SpaceL,
			kit.Start(kit.NewAudiencePill(d.readerOf(c, m.ID), lang.F("practice-feedback.reply-pill", map[string]any{"Name": m.Name}))),
			kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, lang.T("practice-feedback.reply-words")), p.words), p.says,
			kit.Start(kit.NewButton(kit.Primary, lang.T("practice-feedback.reply-keep"), p.keep)))))))
	return p
}

// Content implements [Page].
func (p *FeedbackReplyPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *FeedbackReplyPage) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.words
}

// Leave implements [Page]: what was written is kept.
func (p *FeedbackReplyPage) Leave(locking bool) func(context.Context) error {
	text := p.words.Text()
	write := p.dirty && !blank(text)
	if locking {
		p.words.Wipe()
	}
	return func(ctx context.Context) error {
		if !write {
			return nil
		}
		err := p.c.Feedback.Reply(ctx, p.f.ID, text)
		if err != nil && !locking {
			say(p.says, err, nil)
			return page.ErrStay
		}
		if !locking {
			p.words.Wipe()
		}
		return err
	}
}

// Keep is what the menu calls to keep what the page says.
func (p *FeedbackReplyPage) Keep() { p.keep() }

func (p *FeedbackReplyPage) keep() {
	if blank(p.words.Text()) {
		p.says.Say(kit.ColorWarn, lang.T("practice-feedback.reply-needed"))
		p.d.Canvas.Focus(p.words)
		return
	}
	if !p.dirty {
		p.dirty = true // an answer that is kept again is an answer of today
	}
	p.d.Go(func() Page { return newFeedbackOf(p.d, p.c, p.m) })
}
