package practice

import (
	"context"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
)

// unkept is what Leave of a form returns while what it says is kept with its verb only:
// it asks before that is forgotten. forget marks it as forgotten, and goes back to where
// the form was opened.
func (d Desk) unkept(forget func()) func(context.Context) error {
	return func(context.Context) error {
		page.PutAway(d.Canvas) // whoever goes away twice is asked once
		d.ask(page.Question{
			Title: lang.T("practice.unkept.title"), About: lang.T("practice.unkept.about"),
			Verb: lang.T("practice.unkept.forget"), Cancel: lang.T("practice.unkept.stay"),
			Yes: forget,
		})
		return page.ErrStay
	}
}

// onSheet is for sheets with fields: it reports once, and says there, that what stands in
// them was changed and would go with the sheet.
func onSheet(says *kit.Text, fields ...*kit.Field) func() bool {
	began := make([]string, len(fields))
	for i, f := range fields {
		began[i] = f.Text()
	}
	told := false
	return func() bool {
		for i, f := range fields {
			if !told && f.Text() != began[i] {
				told = true
				says.Say(kit.ColorWarn, lang.T("practice.unkept.sheet"))
				return true
			}
		}
		return false
	}
}

// keptNow lets a form whose leaving keeps what was written keep it and stay: leave is its
// Leave.
func (d Desk) keptNow(leave func(locking bool) func(context.Context) error) bool {
	if err := leave(false)(context.Background()); err != nil {
		return false // the page has said why
	}
	d.Toast(lang.T("practice.unkept.kept"))
	return true
}
