package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
)

// OwnExercisePage is where people write an exercise of their own.
type OwnExercisePage struct {
	d       Desk
	form    *page.ExerciseForm
	content fyne.CanvasObject
}

// newOwnExercise opens the form, empty or with an exercise, whose place what is kept
// takes.
func newOwnExercise(d Desk, from *exercises.Exercise) *OwnExercisePage {
	p := &OwnExercisePage{d: d, form: page.NewExerciseForm(page.ExerciseFormSpec{From: from, Copied: d.Copied})}
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("own.title"), Intro: lang.T("own.intro"),
		Actions: []fyne.CanvasObject{d.backToMenu()},
		Body: append(p.form.Rows(), kit.Flow(kit.SpaceM, kit.NewButton(kit.Primary, lang.T("own.keep"), p.keep),
			kit.NewButton(kit.Plain, lang.T("own.save-file"), p.saveFile))),
	})
	return p
}

// Content implements [Page].
func (p *OwnExercisePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *OwnExercisePage) First() fyne.Focusable { return p.form.First() }

// Leave implements [Page]: the fields are emptied; what was not kept is gone.
func (p *OwnExercisePage) Leave(bool) func(context.Context) error {
	p.form.Wipe()
	return nothing
}

func (p *OwnExercisePage) keep() {
	text := p.form.Written()
	if text == nil {
		return
	}
	if _, err := p.d.Home.Menu.Add(context.Background(), text); err != nil {
		p.form.Says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	p.d.Toast(lang.T("own.kept"))
	p.d.Menu()
}

// saveFile writes it as a file, to hand to somebody.
func (p *OwnExercisePage) saveFile() {
	if text := p.form.Written(); text != nil {
		p.d.saveExercise(text)
	}
}

// bringExercise takes an exercise from a file onto the menu.
func (d Desk) bringExercise() {
	d.Pick(lang.T("own.bring-title"), false, func(path string) {
		text, err := page.ReadExercise(path)
		if err == nil {
			_, err = d.Home.Menu.Add(context.Background(), text)
		}
		if err != nil {
			d.Failed(err)
			return
		}
		d.Toast(lang.T("own.kept"))
		d.Menu()
	})
}
