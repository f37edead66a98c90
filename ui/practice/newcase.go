package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// NewCasePage begins a case: its code, a private label, and what two to six people are
// called. Everything else about them is asked on the page of the case.
type NewCasePage struct {
	d           Desk
	code, label *kit.Field
	names       []*kit.Field
	says        *kit.Text
	verb, more  *kit.Button
	people      *kit.Container
	left        bool // another page is shown
	done        bool // the case is there, or forgotten
	content     fyne.CanvasObject
}

func newNewCase(d Desk) *NewCasePage {
	p := &NewCasePage{
		d:     d,
		code:  kit.NewField(lang.T("practice-caseload.code")),
		label: kit.NewField(lang.T("practice-caseload.label")),
		says:  kit.NewAnswer(), people: kit.Column(kit.SpaceM),
	}
	p.verb = kit.NewButton(kit.Primary, lang.T("practice-caseload.make"), p.make)
	p.more = kit.NewButton(kit.Quiet, lang.T("practice-caseload.another"), func() {
		p.addName()
		p.d.Canvas.Focus(p.names[len(p.names)-1].Focusable())
	}).WithIcon(kit.IconPlus)
	p.code.OnSubmitted = func(string) { p.label.Focus() }
	p.label.OnSubmitted = func(string) { p.names[0].Focus() }
	for range store.MinMembers {
		p.addName()
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(kit.NewButton(kit.Quiet, lang.T("practice-caseload.title"), d.Caseload).WithIcon(kit.IconBack)),
		kit.NewText(kit.Title, lang.T("practice-caseload.new")),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
			kit.Column(kit.SpaceS, p.code, kit.NewText(kit.Small, lang.T("practice-caseload.code-about")).In(kit.ColorMuted)),
			kit.Column(kit.SpaceS, p.label, kit.NewText(kit.Small, lang.T("practice-caseload.label-about")).In(kit.ColorMuted)),
			kit.NewRule(),
			kit.NewText(kit.Sub, lang.T("practice-caseload.people")),
			kit.NewText(kit.Small, lang.T("practice-caseload.people-about")).In(kit.ColorMuted),
			p.people, page.Flush(kit.Start(p.more)),
			p.says, kit.Start(p.verb))))))
	return p
}

// Content implements [Page].
func (p *NewCasePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *NewCasePage) First() fyne.Focusable { return p.code.Focusable() }

// Leave implements [Page]: a case comes to be with its verb only, and leaving asks first.
func (p *NewCasePage) Leave(locking bool) func(context.Context) error {
	typed := p.code.Text() + p.label.Text()
	for _, f := range p.names {
		typed += f.Text()
	}
	if !locking && !p.done && !p.verb.Disabled() && !blank(typed) {
		return p.d.unkept(func() {
			p.done = true
			p.d.Caseload()
		})
	}
	p.left = true
	for _, f := range append([]*kit.Field{p.code, p.label}, p.names...) {
		f.SetText("")
	}
	return page.Nothing
}

// addName adds a field for one more person, up to six.
func (p *NewCasePage) addName() {
	n := len(p.names)
	field := kit.NewField(lang.F("practice-caseload.person", map[string]any{"Number": n + 1}))
	field.OnSubmitted = func(string) {
		if n+1 < len(p.names) {
			p.names[n+1].Focus()
			return
		}
		p.make()
	}
	p.names = append(p.names, field)
	if len(p.names) == store.MaxMembers {
		p.more.Hide()
	}
	fields := make([]fyne.CanvasObject, len(p.names))
	for i, f := range p.names {
		fields[i] = f
	}
	p.people.SetObjects(fields...)
}

// Keep is what the menu calls to keep what the page says.
func (p *NewCasePage) Keep() { p.make() }

func (p *NewCasePage) make() {
	if p.verb.Disabled() {
		return
	}
	wanted := store.NewCase{Code: p.code.Text(), Label: p.label.Text()}
	for _, f := range p.names {
		if strings.TrimSpace(f.Text()) != "" {
			wanted.Members = append(wanted.Members, store.Member{Name: f.Text()})
		}
	}
	switch {
	case strings.TrimSpace(wanted.Code) == "":
		p.says.Say(kit.ColorWarn, lang.T("practice-caseload.code-needed"))
		p.code.Focus()
		return
	case len(wanted.Members) < store.MinMembers:
		p.says.Say(kit.ColorWarn, lang.T("practice-caseload.two-needed"))
		p.names[len(wanted.Members)].Focus()
		return
	}
	p.says.Say(kit.ColorMuted, "")
	p.d.stepUp(lang.T("practice-caseload.second"), func() {
		p.verb.Disable()
		p.says.Say(kit.ColorMuted, lang.T("practice-caseload.making"))
		var id store.ID
		p.d.Work(func(ctx context.Context) (err error) {
			id, err = p.d.Practice.NewCase(ctx, wanted)
			return err
		}, func(err error) {
			p.verb.Enable()
			switch {
			case err != nil && p.left:
				p.d.Failed(err)
			case err != nil:
				say(p.says, err, p.code.Focus)
			case !p.left: // who went on meanwhile finds it in the caseload
				p.done = true
				p.d.openCase(id)
			}
		})
	})
}
