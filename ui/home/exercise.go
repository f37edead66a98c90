package home

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	store "ebb/vault/home"
)

// ExercisePage is one exercise before it begins: what it is, how it goes, and beside
// it what this person can do with it.
type ExercisePage struct {
	d       Desk
	item    store.Item
	content *kit.Container
	first   fyne.Focusable
}

func newExercise(d Desk, item store.Item) *ExercisePage {
	p := &ExercisePage{d: d, item: item, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *ExercisePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *ExercisePage) First() fyne.Focusable { return p.first }

// Leave implements [Page].
func (p *ExercisePage) Leave(bool) func(context.Context) error { return nothing }

func (p *ExercisePage) fill() {
	e := p.item.Exercise
	facts := kit.Flow(kit.SpaceXL,
		kit.IconLine(kit.Closeness(int(e.Closeness)), kit.Small, closenessWord(e.Closeness), kit.ColorMuted),
		kit.IconLine(kit.IconClock, kit.Small, timeWord(e.Minutes), kit.ColorMuted),
		kit.IconLine(kit.IconPerson, kit.Small, whoWord(e.Who), kit.ColorMuted))
	head := []fyne.CanvasObject{
		kit.NewText(kit.Display, e.Title),
		kit.NewText(kit.Lead, e.Purpose).In(kit.ColorMuted),
		facts,
	}
	if p.item.Note != "" {
		head = append(head, kit.NewQuoted(kit.NewText(kit.Body, p.item.Note)))
	}
	told := page.Reading(e)
	// The keyboard begins at the top: on the way out, and on no answer.
	back := kit.NewButton(kit.Quiet, lang.T("menu.title"), p.d.Menu).WithIcon(kit.IconBack)
	p.first = back
	beside := p.beside()
	last := len(beside) - 1
	if kit.Folded() { // what can be done stands above how it goes, and not below all of it
		p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, flush(kit.Start(back)), kit.Column(kit.SpaceM, head...),
			kit.Column(kit.SpaceL, beside[:last]...), kit.Column(kit.SpaceM, told...), beside[last])))
		return
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, flush(kit.Start(back)),
		kit.Grid(2, 60, kit.Column(kit.SpaceM, append(head, told...)...), kit.Column(kit.SpaceL, beside...)))))
}

// beside is the card with what can be done, and the quiet ways below it.
func (p *ExercisePage) beside() []fyne.CanvasObject {
	card := p.spokenCard
	switch {
	case p.readsFirst():
		card = p.notToolCard
	case p.item.NeedsOpening():
		card = p.openingCard
	}
	hide := lang.T("exercise.hide")
	if p.item.Hidden {
		hide = lang.T("exercise.show-again")
	}
	quiet := []fyne.CanvasObject{
		kit.NewButton(kit.Quiet, hide, p.hide).WithIcon(kit.IconEye),
		kit.NewButton(kit.Quiet, lang.T("exercise.rest"), p.rest).WithIcon(kit.IconMoon),
		kit.NewButton(kit.Quiet, lang.T("print.save"), p.print).WithIcon(kit.IconPrint),
		kit.NewButton(kit.Quiet, lang.T("menu.not-the-tool"), func() { p.d.tellPage(p.d.Home.Menu.Library().Texts().NotTool) }).WithIcon(kit.IconHelp),
	}
	if p.item.Own {
		quiet = append(quiet,
			kit.NewButton(kit.Quiet, lang.T("own.edit"), func() { p.d.Show(newOwnExercise(p.d, p.item.Exercise)) }).WithIcon(kit.IconPen),
			kit.NewButton(kit.Quiet, lang.T("own.remove"), p.remove).WithIcon(kit.IconBin))
	}
	quiet = append(quiet, kit.NewButton(kit.Quiet, lang.T("own.save-file"), p.saveFile).WithIcon(kit.IconFolder))
	var beside []fyne.CanvasObject
	if p.item.Closeness > 0 {
		beside = p.d.painNote()
	}
	return append(beside, card(), flush(kit.Column(0, starts(quiet)...)))
}

func starts(objects []fyne.CanvasObject) []fyne.CanvasObject {
	for i, o := range objects {
		objects[i] = kit.Start(o)
	}
	return objects
}

// spokenCard is for closeness 0 and 1: the check is spoken, on the first page.
func (p *ExercisePage) spokenCard() fyne.CanvasObject {
	begin := kit.NewButton(kit.Plain, lang.T("exercise.begin"), func() { p.d.Begin(p.item.Exercise) })
	about := lang.T("exercise.spoken")
	if p.item.Who == exercises.Alone {
		about = lang.T("exercise.alone")
	}
	return kit.NewCard(kit.Column(kit.SpaceM,
		kit.NewText(kit.Caption, lang.T("exercise.before")).In(kit.ColorMuted),
		kit.NewText(kit.Quote, p.item.Consent),
		pair(begin, kit.NewButton(kit.Plain, lang.T("exercise.another-day"), p.d.Menu)),
		kit.NewText(kit.Small, about).In(kit.ColorMuted)))
}

// pair is two answers of one size beside each other.
func pair(one, other *kit.Button) fyne.CanvasObject {
	return kit.Column(0, kit.Gap(kit.SpaceXS), kit.Row(kit.SpaceM, kit.Stretch(one), kit.Stretch(other)))
}

// openingCard is for what each person opens for themselves beforehand.
func (p *ExercisePage) openingCard() fyne.CanvasObject {
	opened, err := p.d.Home.Menu.Opened(context.Background(), p.item.ID)
	if err != nil {
		p.d.Failed(err)
	}
	rows := []fyne.CanvasObject{
		kit.Start(kit.NewAudiencePill(p.d.reader(), lang.T("exercise.only-you"))),
		kit.NewText(kit.Caption, lang.T("exercise.before")).In(kit.ColorMuted),
		kit.NewText(kit.Quote, p.item.Consent),
	}
	yes := kit.NewButton(kit.Plain, lang.T("exercise.open"), func() { p.d.Show(newOpening(p.d, p.item)) })
	no := kit.NewButton(kit.Plain, lang.T("exercise.not-now"), func() { p.close(lang.T("exercise.kept-closed")) })
	if opened {
		rows = append(rows, kit.IconLine(kit.IconCheck, kit.Body, lang.T("exercise.opened"), kit.ColorInk))
		yes = kit.NewButton(kit.Plain, lang.T("exercise.take-back"), func() { p.close(lang.T("exercise.taken-back")) })
		no = kit.NewButton(kit.Plain, lang.T("exercise.leave-open"), p.d.Menu)
	}
	rows = append(rows, pair(yes, no),
		kit.NewText(kit.Small, lang.T("exercise.until-tonight")).In(kit.ColorMuted),
		kit.NewText(kit.Small, p.d.Home.Menu.Library().Texts().Resting.Honest).In(kit.ColorMuted),
		kit.NewRule(),
		kit.NewText(kit.Small, lang.T("exercise.sit-about")).In(kit.ColorMuted),
		kit.Start(kit.NewButton(kit.Plain, lang.T("exercise.sit"), func() { p.d.Show(newSitDown(p.d, p.item.Exercise)) })))
	return kit.NewCard(kit.Column(kit.SpaceM, rows...))
}

// close takes an opening back; where there was none, it looks the same.
func (p *ExercisePage) close(said string) {
	if err := p.d.Home.Menu.Close(context.Background(), p.item.ID); err != nil {
		p.d.Failed(err)
		return
	}
	p.d.Toast(said)
	p.fill()
	p.d.Canvas.Focus(p.first)
}

func (p *ExercisePage) print() {
	p.d.savePDF(func(w io.Writer, o print.Options) error {
		return print.Exercise(w, p.item.Exercise, p.d.Home.Menu.Library().Texts(), o)
	})
}

func (p *ExercisePage) saveFile() {
	text, err := p.item.Encode()
	if err != nil {
		p.d.Failed(err)
		return
	}
	p.d.saveExercise(text)
}

func (p *ExercisePage) remove() {
	ask(p.d, question{
		title: lang.T("own.remove-title"), about: lang.T("own.remove-about"),
		verb: lang.T("own.remove-verb"), cancel: lang.T("exercise.rest-no"), destroys: true,
		yes: func() {
			if err := p.d.Home.Menu.Remove(context.Background(), p.item.ID); err != nil {
				p.d.Failed(err)
				return
			}
			p.d.Menu()
		},
	})
}

func (p *ExercisePage) hide() {
	hide := !p.item.Hidden
	if err := p.d.Home.Menu.Hide(context.Background(), p.item.ID, hide); err != nil {
		p.d.Failed(err)
		return
	}
	p.item.Hidden = hide
	if hide {
		p.d.Toast(lang.T("exercise.hidden"))
		p.d.Menu()
		return
	}
	p.d.Toast(lang.T("exercise.back-again"))
	p.fill()
}

// rest puts it to rest for everybody, who will see that it rests.
func (p *ExercisePage) rest() {
	ask(p.d, question{
		title: lang.T("exercise.rest-title"), about: lang.T("exercise.rest-about"),
		verb: lang.T("exercise.rest-verb"), cancel: lang.T("exercise.rest-no"),
		yes: func() {
			if err := p.d.Home.Menu.Set(context.Background(), p.item.ID, store.Resting, p.item.Note); err != nil {
				p.d.Failed(err)
				return
			}
			p.d.Menu()
		},
	})
}

// OpeningPage asks one person, alone, what would make another day better, and then
// opens the exercise for them until the end of the day.
type OpeningPage struct {
	d       Desk
	item    store.Item
	asked   []exercises.Contraindication
	at      int
	content *kit.Container
	first   fyne.Focusable
}

func newOpening(d Desk, item store.Item) *OpeningPage {
	p := &OpeningPage{d: d, item: item, asked: item.Questions(), content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *OpeningPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *OpeningPage) First() fyne.Focusable { return p.first }

// Leave implements [Page].
func (p *OpeningPage) Leave(bool) func(context.Context) error { return nothing }

func (p *OpeningPage) fill() {
	texts := p.d.Home.Menu.Library().Texts()
	document, err := p.d.Home.Consents.Exercises(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	consented, err := p.d.Home.Consents.InForce(context.Background(), document)
	if err != nil {
		p.d.Failed(err)
	}
	switch {
	case !consented:
		p.show(lang.T("consent.title"), document.Summary, lang.T("consent.give"), lang.T("exercise.not-now"), lang.T("consent.kept"), func() {
			if err := p.d.Home.Consents.Decide(context.Background(), document, store.Given); err != nil {
				p.d.Failed(err)
				return
			}
			p.again()
		}, p.back, kit.NewText(kit.Body, document.Text))
	case p.at < len(p.asked):
		p.show(lang.F("exercise.question", map[string]any{"Number": p.at + 1, "Of": len(p.asked)}), texts.Questions[p.asked[p.at]],
			lang.T("exercise.no"), lang.T("exercise.yes"), lang.T("exercise.answers-go"), p.next, p.notToday)
	default:
		p.open()
	}
}

// show is one question with two answers of the same size, and under them what becomes
// of the answer. The keyboard is on neither.
func (p *OpeningPage) show(kicker, text, one, other, foot string, onOne, onOther func(), more ...fyne.CanvasObject) {
	up := kit.NewButton(kit.Quiet, p.item.Title, p.back).WithIcon(kit.IconBack)
	p.first = up
	rows := append([]fyne.CanvasObject{
		kit.Start(kit.NewAudiencePill(p.d.reader(), lang.T("exercise.only-you"))),
		kit.NewText(kit.Caption, kicker).In(kit.ColorMuted),
		kit.NewText(kit.Heading, text),
	}, more...)
	rows = append(rows, pair(kit.NewButton(kit.Plain, one, onOne), kit.NewButton(kit.Plain, other, onOther)),
		kit.NewText(kit.Small, foot).In(kit.ColorMuted))
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL,
		flush(kit.Start(up)),
		kit.Middle(640, kit.NewCard(kit.Column(kit.SpaceL, rows...))))))
}

func (p *OpeningPage) next() {
	p.at++
	p.again()
}

// again shows what comes after an answer. Once the exercise is open, that is another
// page, which has the keyboard.
func (p *OpeningPage) again() {
	p.fill()
	if p.at < len(p.asked) {
		p.d.Canvas.Focus(p.first)
	}
}

// notToday closes the exercise for today, for this person alone.
func (p *OpeningPage) notToday() {
	if err := p.d.Home.Menu.Close(context.Background(), p.item.ID); err != nil {
		p.d.Failed(err)
		return
	}
	texts := p.d.Home.Menu.Library().Texts()
	menu := kit.NewButton(kit.Plain, lang.T("resting.menu"), p.d.Menu)
	p.first = menu
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Heading, lang.T("exercise.another-day-title")),
		kit.NewText(kit.Body, strings.TrimSpace(texts.NotToday)),
	}
	rows = append(rows, kit.Flow(kit.SpaceM, menu,
		kit.NewButton(kit.Plain, texts.Medical.Title, p.d.medical),
		kit.NewButton(kit.Plain, lang.T("window.rail.help"), p.d.Help)))
	p.content.SetObjects(kit.NewFrame(kit.Middle(640, kit.NewCard(kit.Column(kit.SpaceL, rows...)))))
	p.d.Canvas.Focus(p.first)
}

func (p *OpeningPage) open() {
	if err := p.d.Home.Menu.Open(context.Background(), p.item.ID); err != nil {
		p.d.Failed(err)
		return
	}
	p.d.Toast(lang.T("exercise.is-open"))
	p.back()
}

func (p *OpeningPage) back() { p.d.Show(newExercise(p.d, p.item)) }

// tellPage lays a page of text over what is there.
func (d Desk) tellPage(told exercises.Page) {
	var parts []fyne.CanvasObject
	for _, text := range told.Paragraphs {
		parts = append(parts, kit.NewText(kit.Body, text))
	}
	tell(d, told.Title, lang.T("menu.close"), parts...)
}
