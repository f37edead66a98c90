package practice

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	store "ebb/vault/practice"
)

// CheckInsPage is what one person handed in on paper, one sheet under another, and the
// form to print. Nothing on it is added up or compared, and what goes to the person's
// safety drawer is not on it.
type CheckInsPage struct {
	page.Still
	onePerson
	most    int // how many sheets are shown
	content *kit.Container
}

// openCheckIns leads from a case to the check-ins of the first of its people.
func (p *CasePage) openCheckIns() {
	p.d.Go(func() Page { return newCheckIns(p.d.about(p.c)) })
}

func newCheckIns(of onePerson) *CheckInsPage {
	p := &CheckInsPage{onePerson: of, most: few, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *CheckInsPage) Content() fyne.CanvasObject { return p.content }

func (p *CheckInsPage) fill() {
	whose := p.choice(func(id store.ID) {
		p.id, p.most = id, few
		p.fill()
	})
	rows := []fyne.CanvasObject{
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.NewText(kit.Title, lang.T("practice-checkin.title")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-checkin.intro")).In(kit.ColorMuted))),
		kit.Start(whose), p.pill(),
	}
	if blocked := p.blocked(); blocked != nil {
		rows = append(rows, blocked, p.earlier())
	} else {
		enter := lang.T("practice-checkin.enter")
		if _, begun := p.begun(); begun {
			enter = lang.T("practice-checkin.go-on")
		}
		rows = append(rows, kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Plain, lang.T("practice-checkin.print"), p.print).WithIcon(kit.IconPrint),
			kit.NewButton(kit.Primary, enter, p.enter).WithIcon(kit.IconPen)), beside(p.earlier(), p.paper()))
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, rows...)))
}

// paper is how to go about paper.
func (p *CheckInsPage) paper() fyne.CanvasObject {
	var prompts []fyne.CanvasObject
	for _, prompt := range p.d.Texts.Guide(casework.Paper).Prompts {
		prompts = append(prompts, kit.Column(0, kit.NewText(kit.Chips, prompt.Heading), kit.NewText(kit.Small, prompt.Prompt)))
	}
	return panel(lang.T("practice-checkin.paper"), prompts...)
}

// earlier is what was handed in, the latest first.
func (p *CheckInsPage) earlier() fyne.CanvasObject {
	all, err := p.c.CheckIns.Of(context.Background(), p.id, store.Page{Size: p.most + 1})
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, k := range all[:min(len(all), p.most)] {
		rows = append(rows, kit.Column(kit.SpaceM, append(append([]fyne.CanvasObject{kit.NewText(kit.Strong, p.d.dayWords(k.Day))}, p.answers(k)...), p.verbs(k))...))
	}
	var verbs []fyne.CanvasObject
	if len(all) > p.most {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-checkin.more"), func() {
			p.most = min(p.most*2, store.MostRows-1)
			p.fill()
		}))
	}
	return group(lang.T("practice-checkin.earlier"), lang.F("practice-checkin.earlier-none", p.who()), rows, verbs...)
}

// verbs are what can be done with what was typed of a sheet.
func (p *CheckInsPage) verbs(k store.CheckIn) fyne.CanvasObject {
	day := map[string]any{"Day": p.d.dayWords(k.Day)}
	var verbs []fyne.CanvasObject
	stand, err := p.c.Standing(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	if stand.ClosedOn == "" {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-checkin.fix"), func() {
			p.d.Go(func() Page { return newCheckInFix(p.onePerson, k) })
		}).WithName(lang.F("practice-checkin.fix-of", day)))
	}
	before, err := p.c.CheckIns.Earlier(context.Background(), k.ID)
	if err != nil {
		p.d.Failed(err)
	}
	if len(before) > 0 {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-checkin.before"), func() { p.before(before) }).WithName(lang.F("practice-checkin.before-of", day)))
	}
	return page.Flush(kit.Flow(kit.SpaceS, verbs...))
}

// before shows how a sheet was typed before it was corrected.
func (p *CheckInsPage) before(all []store.EarlierCheckIn) {
	var rows []fyne.CanvasObject
	for _, e := range all {
		rows = append(rows, kit.NewText(kit.Strong, lang.F("practice-checkin.before-until", map[string]any{"When": p.d.moment(e.At.In(p.d.Now().Location()))})),
			kit.NewText(kit.Small, p.d.dayWords(e.Day)).In(kit.ColorMuted))
		rows = append(rows, p.answers(store.CheckIn{Answers: e.Answers})...)
	}
	p.d.tell(lang.T("practice-checkin.before"), lang.T("practice-case.close-sheet"), rows...)
}

// answers are those of one sheet, in the order of the form, each under its question.
func (p *CheckInsPage) answers(k store.CheckIn) (rows []fyne.CanvasObject) {
	for _, sheet := range p.d.Texts.CheckIn.Sheets {
		for _, item := range sheet.Items {
			answers := k.Answers[item.Number]
			if item.Apart || len(answers) == 0 {
				continue
			}
			rows = append(rows, kit.MaxWidth(kit.Measure, kit.Column(0,
				kit.NewText(kit.Small, item.Text).In(kit.ColorMuted), kit.NewText(kit.Body, answered(&item, answers)))))
		}
	}
	return rows
}

// answered is what somebody answered, in the words of the form.
func answered(item *casework.Item, answers []string) string {
	var words []string
	for _, answer := range answers {
		for _, choice := range item.Choices {
			if choice.ID == answer {
				answer = choice.Text
				break
			}
		}
		words = append(words, answer)
	}
	return strings.Join(words, " · ")
}

func (p *CheckInsPage) enter() {
	p.d.Go(func() Page { return newCheckInEntry(p.onePerson) })
}

// print saves the form. Whose it is stands on it only where that is wanted: paper can
// be found.
func (p *CheckInsPage) print() {
	marks := []string{"", p.name(), p.c.Code}
	var form print.Form
	whose := kit.NewSegmented(lang.T("practice-checkin.whose"), []string{lang.T("practice-checkin.whose-line"), p.name(), p.c.Code}, 0, func(i int) { form.Mark = marks[i] })
	which := kit.NewSegmented(lang.T("practice-checkin.which"), []string{lang.T("practice-checkin.which-all"), lang.T("practice-checkin.which-home")}, 0, func(i int) { form.Home = i == 1 })
	p.d.printer().SavePDF(func(w io.Writer, o print.Options) error {
		return print.CheckIn(w, &p.d.Texts.CheckIn, form, o)
	}, labelled(lang.T("practice-checkin.whose"), kit.Start(whose)),
		kit.Column(kit.SpaceS, labelled(lang.T("practice-checkin.which"), kit.Start(which)), kit.NewText(kit.Small, lang.T("practice-checkin.which-about")).In(kit.ColorMuted)))
}
