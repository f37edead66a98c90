package page

import (
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/sentence"
)

// ExerciseForm is where an exercise of one's own is written, with the same fields that
// keep people safe as the library's: none of them may stay empty.
type ExerciseForm struct {
	// Says answers about what is missing.
	Says *kit.Text

	from                             exercises.Exercise // what was there; what the form has no field for stays
	title, purpose, minutes, consent *kit.Field
	drawsOn                          *kit.Field // nil at home
	areas                            map[string]*editor.Editor
	labels                           map[string]string
	who                              exercises.Who
	energy                           exercises.Energy
	closeness                        exercises.Closeness
	notWith                          map[exercises.Contraindication]*kit.Chip
	rows                             []fyne.CanvasObject
	began                            *exercises.Exercise // what the form said when it was shown
}

// ExerciseFormSpec is what a form begins with.
type ExerciseFormSpec struct {
	From   *exercises.Exercise // keeps its id; nil: a new one
	Copied func()              // words were put on the clipboard
	// Office: it comes as close as the library does, and has a topic and sources. At
	// home it goes up to closeness 1.
	Office bool
}

// The fields of several lines, in order.
var exerciseAreas = []string{"needs", "opening", "steps", "leave", "tired", "distance", "body", "calm", "closing", "stop", "badly", "reflect"}

// NewExerciseForm builds a form.
func NewExerciseForm(s ExerciseFormSpec) *ExerciseForm {
	p := &ExerciseForm{Says: kit.NewAnswer(), areas: map[string]*editor.Editor{}, labels: map[string]string{}, notWith: map[exercises.Contraindication]*kit.Chip{}}
	p.from = exercises.Exercise{
		Who: exercises.Together, Energy: exercises.Some, Minutes: 15, NotWith: []exercises.Contraindication{exercises.Coercion, exercises.Quarrel},
		Category: exercises.Closer, Settings: []exercises.Setting{exercises.AtHome}, Stop: exercises.DefaultStop, DrawsOn: []string{lang.T("own.draws-on")},
	}
	if s.From != nil {
		p.from = *s.From
	}
	p.build(s)
	p.began = p.exercise()
	return p
}

// Changed reports whether the form says something else than when it was shown.
func (p *ExerciseForm) Changed() bool { return !reflect.DeepEqual(p.exercise(), p.began) }

// Rows are the cards of the form, with what it answers below them.
func (p *ExerciseForm) Rows() []fyne.CanvasObject { return p.rows }

// First is the field that has the keyboard first.
func (p *ExerciseForm) First() fyne.Focusable { return p.title.Focusable() }

// Wipe empties the fields; what was not kept is gone.
func (p *ExerciseForm) Wipe() {
	for _, f := range []*kit.Field{p.title, p.purpose, p.minutes, p.consent, p.drawsOn} {
		if f != nil {
			f.SetText("")
		}
	}
	for _, a := range p.areas {
		a.Wipe()
	}
}

func (p *ExerciseForm) build(s ExerciseFormSpec) {
	from := p.from
	field := func(label, text string) *kit.Field {
		f := kit.NewField(label)
		f.SetText(text)
		return f
	}
	p.title, p.purpose = field(lang.T("own.title-field"), from.Title), field(lang.T("own.purpose"), from.Purpose)
	p.minutes, p.consent = field(lang.T("own.minutes"), strconv.Itoa(from.Minutes)), field(lang.T("own.consent"), from.Consent)
	most, closer := exercises.Closeness(1), lang.T("own.closeness-about")
	if s.Office {
		most, closer = exercises.MostCloseness, lang.T("practice-own.closeness-about")
	}
	p.who, p.energy, p.closeness = from.Who, from.Energy, min(from.Closeness, most)

	whos := []exercises.Who{exercises.Alone, exercises.AloneThenTogether, exercises.Together}
	energies := []exercises.Energy{exercises.Low, exercises.Some, exercises.More}
	var near []string
	for c := exercises.Closeness(0); c <= most; c++ {
		near = append(near, ClosenessWord(c))
	}
	closeness := kit.NewSegmented(lang.T("own.closeness"), near, int(p.closeness), func(i int) { p.closeness = exercises.Closeness(i) })
	facts := []fyne.CanvasObject{
		Row(lang.T("menu.who"), lang.T("own.who-about"), kit.NewSegmented(lang.T("menu.who"),
			[]string{lang.T("menu.alone"), lang.T("menu.alone-first"), lang.T("menu.together")}, place(whos, p.who), func(i int) { p.who = whos[i] })),
		Row(lang.T("own.energy"), lang.T("own.energy-about"), kit.NewSegmented(lang.T("own.energy"),
			[]string{lang.T("menu.low"), lang.T("menu.some"), lang.T("menu.more")}, place(energies, p.energy), func(i int) { p.energy = energies[i] })),
		Row(lang.T("own.closeness"), closer, closeness),
	}
	head := []fyne.CanvasObject{p.title, p.purpose, p.consent, kit.MaxWidth(200, p.minutes)}
	if s.Office {
		// Five words take a line of their own.
		facts[2] = kit.Column(kit.SpaceS, kit.Column(0, kit.NewText(kit.Strong, lang.T("own.closeness")), kit.NewText(kit.Small, closer).In(kit.ColorMuted)), closeness)
		facts = append(facts, p.topic())
		p.drawsOn = field(lang.T("practice-own.draws-on"), strings.Join(from.DrawsOn, "; "))
		head = append(head, p.drawsOn)
	}
	texts := map[string]string{
		"needs": strings.Join(from.Needs, "\n"), "opening": from.Opening, "steps": stepsText(from.Steps), "leave": from.LeaveIt,
		"tired": from.Variations.Tired, "distance": from.Variations.Distance, "body": from.Variations.Body, "calm": from.Variations.Calm,
		"closing": from.After.Closing, "stop": from.After.Stop, "badly": from.After.Badly, "reflect": strings.Join(from.After.Reflect, "\n"),
	}
	var areas []fyne.CanvasObject
	for _, name := range exerciseAreas {
		areas = append(areas, p.area(name, texts[name], s.Copied))
	}
	p.rows = []fyne.CanvasObject{
		kit.NewCard(kit.Column(kit.SpaceL, head...)),
		kit.NewCard(kit.Column(kit.SpaceM, facts...)),
		kit.NewCard(kit.Column(kit.SpaceM, kit.NewText(kit.Sub, lang.T("own.not-with")),
			kit.NewText(kit.Small, lang.T("own.not-with-about")).In(kit.ColorMuted), p.chips(from.NotWith))),
		kit.NewCard(kit.Column(kit.SpaceL, areas...)), p.Says,
	}
}

// topic is where it stands in the library. One is always chosen.
func (p *ExerciseForm) topic() fyne.CanvasObject {
	chips := make([]*kit.Chip, len(exercises.Categories))
	var row []fyne.CanvasObject
	for i, c := range exercises.Categories {
		chips[i] = kit.NewChip(CategoryWord(c), func(bool) {
			p.from.Category = c
			for k, chip := range chips {
				chip.SetChosen(k == i)
			}
		})
		chips[i].SetChosen(c == p.from.Category)
		row = append(row, chips[i])
	}
	return kit.Column(kit.SpaceS, kit.NewText(kit.Strong, lang.T("menu.shelf")), kit.Flow(kit.SpaceS, row...))
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
func (p *ExerciseForm) chips(chosen []exercises.Contraindication) fyne.CanvasObject {
	var row []fyne.CanvasObject
	for _, c := range []exercises.Contraindication{
		exercises.Coercion, exercises.Betrayal, exercises.Pain, exercises.Trauma,
		exercises.Crisis, exercises.Quarrel, exercises.Recovery, exercises.Intoxication,
	} {
		chip := kit.NewChip(ContraindicationWord(c), nil)
		for _, x := range chosen {
			if x == c {
				chip.SetChosen(true)
			}
		}
		p.notWith[c] = chip
		row = append(row, chip)
	}
	return kit.Flow(kit.SpaceS, row...)
}

var ownWords = lang.Dynamic("own.area.")

func (p *ExerciseForm) area(name, text string, copied func()) fyne.CanvasObject {
	e := editor.New()
	p.labels[name] = ownWords.T(name)
	e.Label, e.MinLines = p.labels[name], 3
	e.SetText(text)
	e.OnCopied = copied
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

// parseSteps reads them. A step that has kept its name keeps its timer and whether it
// is done alone.
func parseSteps(text string, before []exercises.Step) (steps []exercises.Step) {
	for _, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		title, rest, _ := strings.Cut(strings.TrimSpace(part), "\n")
		if title == "" {
			continue
		}
		if strings.TrimSpace(rest) == "" {
			rest = title
		}
		step := exercises.Step{Title: strings.TrimSpace(title), Text: strings.TrimSpace(rest)}
		for _, b := range before {
			if b.Title == step.Title {
				step.Minutes, step.Alone = b.Minutes, b.Alone
			}
		}
		steps = append(steps, step)
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
func (p *ExerciseForm) exercise() *exercises.Exercise {
	text := func(name string) string { return strings.TrimSpace(p.areas[name].Text()) }
	e := p.from
	e.Title, e.Purpose, e.Consent = strings.TrimSpace(p.title.Text()), strings.TrimSpace(p.purpose.Text()), strings.TrimSpace(p.consent.Text())
	e.Minutes, _ = strconv.Atoi(strings.TrimSpace(p.minutes.Text())) // 0 is refused below
	e.Energy, e.Closeness, e.Who, e.Gate = p.energy, p.closeness, p.who, exercises.Self
	if e.Closeness >= 2 { // never at home from the start, and both words end it for the day
		e.Gate, e.Stop = exercises.Practitioner, exercises.StrictStop
	}
	if p.drawsOn != nil {
		e.DrawsOn = nil
		for _, source := range strings.Split(p.drawsOn.Text(), ";") {
			if source = strings.TrimSpace(source); source != "" {
				e.DrawsOn = append(e.DrawsOn, source)
			}
		}
	}
	e.Needs, e.LeaveIt, e.Opening, e.Steps = lines(text("needs")), text("leave"), text("opening"), parseSteps(text("steps"), p.from.Steps)
	e.Variations = exercises.Variations{Tired: text("tired"), Distance: text("distance"), Body: text("body"), Calm: text("calm")}
	e.After = exercises.After{Closing: text("closing"), Stop: text("stop"), Badly: text("badly"), Reflect: lines(text("reflect")), Literal: p.from.After.Literal}
	e.NotWith = nil
	for x, chip := range p.notWith {
		if chip.Chosen() {
			e.NotWith = append(e.NotWith, x)
		}
	}
	exercises.SortContraindications(e.NotWith)
	if e.ID == "" {
		e.ID = exercises.NewID()
		p.from.ID = e.ID
	}
	return &e
}

// missing names what is still empty.
func (p *ExerciseForm) missing() (names []string) {
	for _, f := range []struct {
		field *kit.Field
		label string
	}{{p.title, lang.T("own.title-field")}, {p.purpose, lang.T("own.purpose")}, {p.consent, lang.T("own.consent")}} {
		if strings.TrimSpace(f.field.Text()) == "" {
			names = append(names, f.label)
		}
	}
	for _, name := range exerciseAreas {
		if strings.TrimSpace(p.areas[name].Text()) == "" {
			names = append(names, p.labels[name])
		}
	}
	return names
}

// Written returns the exercise as a file, or nil after saying what is missing.
func (p *ExerciseForm) Written() []byte {
	if missing := p.missing(); len(missing) > 0 {
		p.Says.Say(kit.ColorWarn, lang.F("own.missing", map[string]any{"Names": List(missing)}))
		return nil
	}
	e := p.exercise()
	if len(e.After.Reflect) != 2 {
		p.Says.Say(kit.ColorWarn, lang.T("own.two-questions"))
		return nil
	}
	if err := e.Check(); err != nil {
		p.Says.Say(kit.ColorWarn, lang.T("own.not-right"))
		return nil
	}
	text, err := e.Encode()
	if err != nil {
		p.Says.Say(kit.ColorWarn, sentence.Of(err))
		return nil
	}
	return text
}

// ReadExercise reads a file, and refuses one that is too long to be an exercise before
// it is read.
func ReadExercise(path string) ([]byte, error) {
	info, err := os.Stat(filepath.Clean(path))
	if err != nil {
		return nil, err
	}
	if info.Size() > exercises.MaxFile || !info.Mode().IsRegular() {
		return nil, exercises.ErrNotExercise
	}
	return os.ReadFile(path)
}
