package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// OwnPage lists the exercises that the practitioner wrote or was given, for every case.
type OwnPage struct {
	page.Still
	d       Desk
	c       *store.Case // whose menu leads back; nil: none does
	content *kit.Container
}

// NewOwn builds the page.
func NewOwn(d Desk) *OwnPage { return newOwn(d, nil) }

func newOwn(d Desk, c *store.Case) *OwnPage {
	p := &OwnPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *OwnPage) Content() fyne.CanvasObject { return p.content }

func (p *OwnPage) fill() {
	all, err := p.d.Practice.Exercises.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, e := range all {
		rows = append(rows, kit.Column(kit.SpaceXS,
			kit.NewText(kit.Strong, e.Title).MaxLines(3),
			kit.NewText(kit.Small, joined(page.CategoryWord(e.Category), page.ClosenessWord(e.Closeness))).In(kit.ColorMuted),
			kit.NewText(kit.Small, e.Purpose).In(kit.ColorMuted).MaxLines(3),
			page.Flush(kit.Flow(kit.SpaceS,
				quiet(kit.IconEye, lang.T("practice-own.read"), func() { p.read(e) }),
				quiet(kit.IconPen, lang.T("practice-own.change"), func() { p.write(e) }),
				quiet(kit.IconBin, lang.T("practice-own.remove"), func() { p.remove(e) })))))
	}
	head := []fyne.CanvasObject{kit.NewText(kit.Title, lang.T("practice-own.title"))}
	if p.c != nil {
		head = append([]fyne.CanvasObject{backLine(p.d.toMenu(p.c))}, head...)
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, append(head,
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-own.intro")).In(kit.ColorMuted)))...),
		kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Primary, lang.T("own.new"), func() { p.write(nil) }).WithIcon(kit.IconPlus),
			kit.NewButton(kit.Plain, lang.T("own.bring"), p.bring).WithIcon(kit.IconFolder)),
		group(lang.T("practice-own.list"), lang.T("practice-own.none"), rows))))
}

// read lays an exercise over the page.
func (p *OwnPage) read(e *exercises.Exercise) {
	parts := []fyne.CanvasObject{kit.NewText(kit.Body, e.Purpose).In(kit.ColorMuted)}
	p.d.tell(e.Title, lang.T("practice-case.close-sheet"), kit.Column(kit.SpaceM, append(append(parts, page.Asked(e)...), page.Reading(e)...)...))
}

func (p *OwnPage) write(e *exercises.Exercise) {
	p.d.Go(func() Page { return newOwnForm(p.d, p.c, e) })
}

// remove takes an exercise away at once, and for a while it can be brought back. Menus
// that have it keep it in any case.
func (p *OwnPage) remove(e *exercises.Exercise) {
	ctx := context.Background()
	text, err := e.Encode()
	if err == nil {
		err = p.d.Practice.Exercises.Remove(ctx, e.ID)
	}
	if err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
	p.d.Undo(lang.T("practice-own.removed"), lang.T("practice-own.undo"), func() {
		if _, err := p.d.Practice.Exercises.Add(ctx, text); err != nil {
			p.d.Failed(err)
		}
		p.fill()
	}, nil)
}

// bring takes an exercise from a file, with the same checks as one that is written.
func (p *OwnPage) bring() {
	p.d.Pick(lang.T("own.bring-title"), false, func(path string) {
		text, err := page.ReadExercise(path)
		if err == nil {
			_, err = p.d.Practice.Exercises.Add(context.Background(), text)
		}
		if err != nil {
			p.d.Failed(err)
			return
		}
		p.d.Toast(lang.T("practice-own.kept"))
		p.fill()
	})
}

// OwnFormPage is where an exercise of the practice is written.
type OwnFormPage struct {
	d       Desk
	c       *store.Case // see [OwnPage]
	form    *page.ExerciseForm
	kept    bool // or forgotten
	content fyne.CanvasObject
}

// newOwnForm opens the form, empty or with an exercise, whose place what is kept takes.
func newOwnForm(d Desk, c *store.Case, from *exercises.Exercise) *OwnFormPage {
	p := &OwnFormPage{d: d, c: c, form: page.NewExerciseForm(page.ExerciseFormSpec{From: from, Copied: d.Copied, Office: true})}
	p.content = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(kit.NewButton(kit.Quiet, lang.T("practice-own.title"), p.back).WithIcon(kit.IconBack)),
			kit.NewText(kit.Title, lang.T("own.title")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-own.form-intro")).In(kit.ColorMuted))),
		kit.Column(kit.SpaceCards, append(p.form.Rows(), kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep),
			kit.NewButton(kit.Plain, lang.T("own.save-file"), p.saveFile)))...)))
	return p
}

// Content implements [Page].
func (p *OwnFormPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *OwnFormPage) First() fyne.Focusable { return p.form.First() }

// Leave implements [Page]: half an exercise is none, so leaving asks first; then the
// fields are emptied.
func (p *OwnFormPage) Leave(locking bool) func(context.Context) error {
	if !locking && !p.kept && p.form.Changed() {
		return p.d.unkept(func() {
			p.kept = true
			p.back()
		})
	}
	p.form.Wipe()
	return page.Nothing
}

func (p *OwnFormPage) back() { p.d.Go(func() Page { return newOwn(p.d, p.c) }) }

func (p *OwnFormPage) keep() {
	text := p.form.Written()
	if text == nil {
		return
	}
	if _, err := p.d.Practice.Exercises.Add(context.Background(), text); err != nil {
		p.form.Says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	p.d.Toast(lang.T("practice-own.kept"))
	p.kept = true
	p.back()
}

// Keep is what the menu calls to keep what the page says.
func (p *OwnFormPage) Keep() { p.keep() }

// saveFile writes it as a file, to hand to somebody.
func (p *OwnFormPage) saveFile() {
	if text := p.form.Written(); text != nil {
		p.d.printer().SaveExercise(text)
	}
}
