package practice

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// DocumentEditPage is the next version of a text, being written. It is kept as a draft
// and is in force nowhere until it is put in use.
type DocumentEditPage struct {
	d       Desk
	paper   paper
	text    *editor.Editor
	places  *kit.Container // what is not filled in
	open    []string       // the same, as it is shown
	words   map[string]*kit.Field
	state   *kit.SaveState
	says    *kit.Text
	dirty   bool
	timer   func() // set while a draft is to be saved; stops it
	turns   page.Turns
	content fyne.CanvasObject
}

func newDocumentEdit(d Desk, name string) *DocumentEditPage {
	p := &DocumentEditPage{d: d, paper: d.paperNamed(name), text: editor.New(), places: kit.Column(kit.SpaceM), state: kit.NewSaveState(), says: kit.NewAnswer()}
	begin := p.paper.text()
	if p.paper.drafted {
		begin = p.paper.draft
		p.state.Kept(lang.T("practice-note.drafted"))
	}
	p.text.SetText(begin)
	p.text.Label, p.text.Margin, p.text.MinLines = p.paper.title, 0, 16
	p.text.OnCopied, p.text.OnChanged = d.Copied, p.changed
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Primary, lang.T("practice-document.use"), p.use)}
	verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-document.drop"), p.drop))
	if p.paper.current.Version > 0 && !p.paper.ours() {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-document.from-ebbs"), p.fromTemplate))
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(kit.NewButton(kit.Quiet, lang.T("practice-document.back"), p.back).WithIcon(kit.IconBack)),
		kit.NewText(kit.Title, p.paper.title),
		p.d.paperMark(&p.paper, p.paper.ours()),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-document.edit-about")).In(kit.ColorMuted)),
		p.places,
		kit.NewCard(kit.Column(kit.SpaceM, kit.Row(kit.SpaceM, kit.Stretch(kit.NewText(kit.Sub, lang.T("practice-document.text"))), p.state), p.text)),
		p.says, kit.Flow(kit.SpaceM, verbs...)))
	p.showPlaces()
	return p
}

// Content implements [Page].
func (p *DocumentEditPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *DocumentEditPage) First() fyne.Focusable {
	if kit.Folded() || len(p.open) == 0 {
		return nil // the text would scroll the page away from its beginning
	}
	return p.words[p.open[0]].Focusable()
}

// showPlaces lists what the text still has in brackets, with a field for each that Ebb
// can say something about.
func (p *DocumentEditPage) showPlaces() {
	open := casework.Open(p.text.Text())
	if p.words != nil && strings.Join(open, "\n") == strings.Join(p.open, "\n") {
		return
	}
	was := p.words
	p.open, p.words = open, map[string]*kit.Field{}
	if len(open) == 0 {
		p.places.SetObjects()
		return
	}
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Sub, lang.N("practice-document.open-title", len(open), nil)),
		kit.NewText(kit.Small, lang.T("practice-document.places-about")).In(kit.ColorMuted),
	}
	for _, place := range open {
		f := kit.NewField(place)
		if earlier := was[place]; earlier != nil {
			f.SetText(earlier.Text())
		}
		f.OnSubmitted = func(string) { p.fillIn() }
		p.words[place] = f
		parts := []fyne.CanvasObject{f}
		if p.paper.law != nil {
			for _, known := range p.paper.law.Placeholders {
				if known.ID == place {
					parts = append(parts, kit.NewText(kit.Small, known.About).In(kit.ColorMuted))
				}
			}
		}
		rows = append(rows, kit.Column(kit.SpaceXS, parts...))
	}
	rows = append(rows, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-document.fill-in"), p.fillIn)))
	p.places.SetObjects(kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, rows...))))
}

// filled is the text with the words of the fields in their places.
func (p *DocumentEditPage) filled() string {
	text := p.text.Text()
	for _, place := range p.open {
		if words := strings.Join(strings.Fields(p.words[place].Text()), " "); words != "" {
			text = casework.Fill(text, place, words)
		}
	}
	return text
}

// fillIn puts the words of the fields in the text.
func (p *DocumentEditPage) fillIn() {
	filled := p.filled()
	if filled == p.text.Text() {
		p.words[p.open[0]].Focus()
		return
	}
	p.text.SetText(filled)
	p.changed()
	p.showPlaces()
	if len(p.open) > 0 {
		p.words[p.open[0]].Focus()
		return
	}
	p.d.Canvas.Focus(p.text)
}

// changed notes that something is to be saved, and sees that it soon is.
func (p *DocumentEditPage) changed() {
	p.dirty = true
	p.state.Clear()
	if p.timer == nil {
		p.timer = p.d.After(draftEvery, p.save)
	}
}

// save keeps the draft, beside the window.
func (p *DocumentEditPage) save() {
	if p.timer == nil {
		return // left meanwhile
	}
	p.timer = nil
	p.showPlaces()
	text, turn := p.text.Text(), p.turns.Next()
	p.d.Work(func(ctx context.Context) error {
		return turn(func() error { return p.d.Practice.Documents.SaveDraft(ctx, p.paper.name, text) })
	}, func(err error) {
		switch {
		case err != nil:
			p.state.Failed(sentence.Of(err))
		case p.timer == nil: // nothing was typed since
			p.state.Kept(lang.T("practice-note.drafted"))
		}
	})
}

func (p *DocumentEditPage) rest() {
	if p.timer != nil {
		p.timer()
		p.timer = nil
	}
}

// Leave implements [Page]: what was written stays as a draft, and so does what stands in
// the fields for its places.
func (p *DocumentEditPage) Leave(locking bool) func(context.Context) error {
	p.rest()
	text := p.filled()
	if !p.dirty && text == p.text.Text() {
		return page.Nothing
	}
	turn := p.turns.Next()
	return func(ctx context.Context) error {
		err := turn(func() error { return p.d.Practice.Documents.SaveDraft(ctx, p.paper.name, text) })
		if err != nil && !locking {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			return page.ErrStay
		}
		return err
	}
}

// Keep is what the menu calls to keep the draft now.
func (p *DocumentEditPage) Keep() {
	if p.dirty {
		p.d.keptNow(p.Leave)
	}
}

func (p *DocumentEditPage) back() { p.d.Go(func() Page { return newDocument(p.d, p.paper.name) }) }

// use puts the text in use, after a question.
func (p *DocumentEditPage) use() {
	p.rest()
	p.showPlaces()
	p.d.use(&p.paper, p.text.Text(), p.says, func() {
		p.dirty = false
		p.back()
	})
}

// drop forgets what was written, with ten seconds to bring it back.
func (p *DocumentEditPage) drop() {
	p.rest()
	text, d, name := p.text.Text(), p.d, p.paper.name
	err := p.turns.Next()(func() error { return d.Practice.Documents.DropDraft(context.Background(), name) })
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	changed := p.dirty || err == nil
	p.dirty = false
	p.back()
	if !changed {
		return
	}
	d.Undo(lang.T("practice-document.dropped"), lang.T("practice-note.bring-back"), func() { d.writeAgain(name, text) }, nil)
}

// writeAgain goes on with a text that was given up.
func (d Desk) writeAgain(name, text string) {
	d.Go(func() Page {
		if err := d.Practice.Documents.SaveDraft(context.Background(), name, text); err != nil {
			d.Failed(err)
		}
		return newDocumentEdit(d, name)
	})
}

// fromTemplate begins with Ebb's own text again. What was written can be brought back.
func (p *DocumentEditPage) fromTemplate() {
	was, d, name := p.text.Text(), p.d, p.paper.name
	p.text.SetText(p.paper.template)
	p.changed()
	p.showPlaces()
	d.Canvas.Focus(p.text)
	d.Undo(lang.T("practice-document.from-ebbs-done"), lang.T("practice-note.bring-back"), func() { d.writeAgain(name, was) }, nil)
}
