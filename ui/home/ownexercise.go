package home

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
)

// OwnExercisePage is where people write an exercise of their own, with the same fields
// that keep them safe as the library's.
type OwnExercisePage struct {
	d       Desk
	id      string
	content fyne.CanvasObject
	says    *kit.Text

	title, purpose, minutes, consent *kit.Field
	areas                            map[string]*editor.Editor
	labels                           map[string]string
	who                              exercises.Who
	energy                           exercises.Energy
	closeness                        exercises.Closeness
	notWith                          map[exercises.Contraindication]*kit.Chip
}

// The fields of several lines, in order.
var ownAreas = []string{"needs", "opening", "steps", "leave", "tired", "distance", "body", "calm", "closing", "stop", "badly", "reflect"}

// newOwnExercise opens the form, empty or with what an exercise holds; edit keeps its
// id, so that keeping it takes the place of what was there.
func newOwnExercise(d Desk, from *exercises.Exercise, edit bool) *OwnExercisePage {
	p := &OwnExercisePage{
		d: d, says: kit.NewAnswer(), areas: map[string]*editor.Editor{}, labels: map[string]string{},
		who: exercises.Together, energy: exercises.Some, notWith: map[exercises.Contraindication]*kit.Chip{},
	}
	if from == nil {
		from = &exercises.Exercise{Who: p.who, Energy: p.energy, Minutes: 15, NotWith: []exercises.Contraindication{exercises.Coercion, exercises.Quarrel}}
	} else if edit {
		p.id = from.ID
	}
	p.build(from)
	return p
}

// Content implements [Page].
func (p *OwnExercisePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *OwnExercisePage) First() fyne.Focusable { return p.title.Focusable() }

// Leave implements [Page]: the fields are emptied; what was not kept is gone.
func (p *OwnExercisePage) Leave(bool) func(context.Context) error {
	for _, f := range []*kit.Field{p.title, p.purpose, p.minutes, p.consent} {
		f.SetText("")
	}
	for _, a := range p.areas {
		a.SetText("")
	}
	return nothing
}

func (p *OwnExercisePage) build(from *exercises.Exercise) {
	field := func(label, text string) *kit.Field {
		f := kit.NewField(label)
		f.SetText(text)
		return f
	}
	p.title, p.purpose = field(lang.T("own.title-field"), from.Title), field(lang.T("own.purpose"), from.Purpose)
	p.minutes, p.consent = field(lang.T("own.minutes"), strconv.Itoa(from.Minutes)), field(lang.T("own.consent"), from.Consent)
	p.who, p.energy, p.closeness = from.Who, from.Energy, min(from.Closeness, 1)

	whos := []exercises.Who{exercises.Alone, exercises.AloneThenTogether, exercises.Together}
	energies := []exercises.Energy{exercises.Low, exercises.Some, exercises.More}
	facts := kit.Column(kit.SpaceM,
		row(lang.T("menu.who"), lang.T("own.who-about"), kit.NewSegmented(lang.T("menu.who"),
			[]string{lang.T("menu.alone"), lang.T("menu.alone-first"), lang.T("menu.together")}, place(whos, p.who), func(i int) { p.who = whos[i] })),
		row(lang.T("own.energy"), lang.T("own.energy-about"), kit.NewSegmented(lang.T("own.energy"),
			[]string{lang.T("menu.low"), lang.T("menu.some"), lang.T("menu.more")}, place(energies, p.energy), func(i int) { p.energy = energies[i] })),
		row(lang.T("own.closeness"), lang.T("own.closeness-about"), kit.NewSegmented(lang.T("own.closeness"),
			[]string{lang.T("menu.closeness-0"), lang.T("menu.closeness-1")}, int(p.closeness), func(i int) { p.closeness = exercises.Closeness(i) })))
	texts := map[string]string{
		"needs": strings.Join(from.Needs, "\n"), "opening": from.Opening, "steps": stepsText(from.Steps), "leave": from.LeaveIt,
		"tired": from.Variations.Tired, "distance": from.Variations.Distance, "body": from.Variations.Body, "calm": from.Variations.Calm,
		"closing": from.After.Closing, "stop": from.After.Stop, "badly": from.After.Badly, "reflect": strings.Join(from.After.Reflect, "\n"),
	}
	rows := []fyne.CanvasObject{
		kit.NewCard(kit.Column(kit.SpaceL, p.title, p.purpose, p.consent, kit.MaxWidth(200, p.minutes))),
		kit.NewCard(facts),
		kit.NewCard(kit.Column(kit.SpaceM, kit.NewText(kit.Sub, lang.T("own.not-with")),
			kit.NewText(kit.Small, lang.T("own.not-with-about")).In(kit.ColorMuted), p.chips(from.NotWith))),
	}
	var areas []fyne.CanvasObject
	for _, name := range ownAreas {
		areas = append(areas, p.area(name, texts[name]))
	}
	verbs := kit.Flow(kit.SpaceM, kit.NewButton(kit.Primary, lang.T("own.keep"), p.keep),
		kit.NewButton(kit.Plain, lang.T("own.save-file"), p.saveFile))
	rows = append(rows, kit.NewCard(kit.Column(kit.SpaceL, areas...)), p.says, verbs)
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("own.title"), Intro: lang.T("own.intro"),
		Actions: []fyne.CanvasObject{p.d.backToMenu()}, Body: rows,
	})
}

func place[T comparable](all []T, one T) int {
	for i, x := range all {
		if x == one {
			return i
		}
	}
	return 0
}

// chips are the reasons to leave it closed; every exercise has at least one.
func (p *OwnExercisePage) chips(chosen []exercises.Contraindication) fyne.CanvasObject {
	var row []fyne.CanvasObject
	for _, c := range []struct {
		x    exercises.Contraindication
		word string
	}{
		{exercises.Coercion, lang.T("own.x-coercion")},
		{exercises.Betrayal, lang.T("own.x-betrayal")},
		{exercises.Pain, lang.T("own.x-pain")},
		{exercises.Trauma, lang.T("own.x-trauma")},
		{exercises.Crisis, lang.T("own.x-crisis")},
		{exercises.Quarrel, lang.T("own.x-quarrel")},
		{exercises.Recovery, lang.T("own.x-recovery")},
		{exercises.Intoxication, lang.T("own.x-intoxication")},
	} {
		chip := kit.NewChip(c.word, nil)
		for _, x := range chosen {
			if x == c.x {
				chip.SetChosen(true)
			}
		}
		p.notWith[c.x] = chip
		row = append(row, chip)
	}
	return kit.Flow(kit.SpaceS, row...)
}

var ownWords = lang.Dynamic("own.area.")

func (p *OwnExercisePage) area(name, text string) fyne.CanvasObject {
	e := editor.New()
	p.labels[name] = ownWords.T(name)
	e.Label, e.MinLines = p.labels[name], 3
	e.SetText(text)
	e.OnCopied = p.d.Copied
	p.areas[name] = e
	return kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, p.labels[name]), kit.NewPanel(e))
}

// stepsText is steps as they are written in the form: a line that names the step, and
// below it what to do; an empty line between two.
func stepsText(steps []exercises.Step) string {
	var parts []string
	for _, s := range steps {
		parts = append(parts, s.Title+"\n"+strings.TrimSpace(s.Text))
	}
	return strings.Join(parts, "\n\n")
}

func parseSteps(text string) (steps []exercises.Step) {
	for _, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		title, rest, _ := strings.Cut(strings.TrimSpace(part), "\n")
		if title == "" {
			continue
		}
		if strings.TrimSpace(rest) == "" {
			rest = title
		}
		steps = append(steps, exercises.Step{Title: strings.TrimSpace(title), Text: strings.TrimSpace(rest)})
	}
	return steps
}

func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// exercise is what the form says.
func (p *OwnExercisePage) exercise() *exercises.Exercise {
	text := func(name string) string { return strings.TrimSpace(p.areas[name].Text()) }
	minutes, _ := strconv.Atoi(strings.TrimSpace(p.minutes.Text())) // 0 is refused below
	e := &exercises.Exercise{
		ID: p.id, Title: strings.TrimSpace(p.title.Text()), Category: exercises.Closer, Purpose: strings.TrimSpace(p.purpose.Text()),
		Minutes: minutes, Energy: p.energy, Settings: []exercises.Setting{exercises.AtHome}, Closeness: p.closeness, Who: p.who,
		Gate: exercises.Self, Stop: exercises.DefaultStop, DrawsOn: []string{lang.T("own.draws-on")},
		Needs: lines(text("needs")), LeaveIt: text("leave"), Consent: strings.TrimSpace(p.consent.Text()), Opening: text("opening"),
		Steps:      parseSteps(text("steps")),
		Variations: exercises.Variations{Tired: text("tired"), Distance: text("distance"), Body: text("body"), Calm: text("calm")},
		After:      exercises.After{Closing: text("closing"), Stop: text("stop"), Badly: text("badly"), Reflect: lines(text("reflect"))},
	}
	for x, chip := range p.notWith {
		if chip.Chosen() {
			e.NotWith = append(e.NotWith, x)
		}
	}
	exercises.SortContraindications(e.NotWith)
	if e.ID == "" {
		e.ID = exercises.NewID()
		p.id = e.ID
	}
	return e
}

// missing names what is still empty.
func (p *OwnExercisePage) missing() (names []string) {
	for _, f := range []struct {
		field *kit.Field
		label string
	}{{p.title, lang.T("own.title-field")}, {p.purpose, lang.T("own.purpose")}, {p.consent, lang.T("own.consent")}} {
		if strings.TrimSpace(f.field.Text()) == "" {
			names = append(names, f.label)
		}
	}
	for _, name := range ownAreas {
		if strings.TrimSpace(p.areas[name].Text()) == "" {
			names = append(names, p.labels[name])
		}
	}
	return names
}

// written returns the form as a file, or says what is missing.
func (p *OwnExercisePage) written() []byte {
	if missing := p.missing(); len(missing) > 0 {
		p.says.Say(kit.ColorWarn, lang.F("own.missing", map[string]any{"Names": List(missing)}))
		return nil
	}
	e := p.exercise()
	if len(e.After.Reflect) != 2 {
		p.says.Say(kit.ColorWarn, lang.T("own.two-questions"))
		return nil
	}
	if err := e.Check(); err != nil {
		p.says.Say(kit.ColorWarn, lang.T("own.not-right"))
		return nil
	}
	text, err := e.Encode()
	if err != nil {
		p.d.Failed(err)
		return nil
	}
	return text
}

func (p *OwnExercisePage) keep() {
	text := p.written()
	if text == nil {
		return
	}
	if _, err := p.d.Home.Menu.Add(context.Background(), text); err != nil {
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	p.d.Toast(lang.T("own.kept"))
	p.d.Menu()
}

// saveFile writes it as a file, to hand to somebody.
func (p *OwnExercisePage) saveFile() {
	text := p.written()
	if text == nil {
		return
	}
	p.d.saveExercise(text)
}

// saveExercise writes the file of an exercise to a folder that the person chooses.
func (d Desk) saveExercise(text []byte) {
	d.Pick(lang.T("print.folder"), true, func(folder string) {
		name, err := page.SaveNew(folder, "exercise", ".toml", func(f *os.File) error {
			_, err := f.Write(text)
			return err
		})
		if err != nil {
			d.Failed(err)
			return
		}
		d.Toast(lang.F("print.saved", map[string]any{"Name": name}))
	})
}

// bringExercise takes an exercise from a file onto the menu.
func (d Desk) bringExercise() {
	d.Pick(lang.T("own.bring-title"), false, func(path string) {
		text, err := readExercise(path)
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

// readExercise reads a file, and refuses one that is too long to be an exercise before
// it is read.
func readExercise(path string) ([]byte, error) {
	info, err := os.Stat(filepath.Clean(path))
	if err != nil {
		return nil, err
	}
	if info.Size() > exercises.MaxFile || !info.Mode().IsRegular() {
		return nil, exercises.ErrNotExercise
	}
	return os.ReadFile(path)
}
