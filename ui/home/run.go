package home

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// RunPage leads through an exercise, over the whole window: opening words, the spoken
// check, the steps one at a time, and the closing. "Pause, please" and "Stop" are
// always in view and on single keys.
type RunPage struct {
	d       Desk
	e       *exercises.Exercise
	run     store.Run
	part    int    // -2 opening, -1 the spoken check, steps from 0, then the closing
	done    func() // leaves the run
	content *kit.Container
	first   fyne.Focusable
	timer   *dialTimer
	shown   bool // it is in the window, which gives the keyboard to what comes first at the beginning
	holds   bool // a pause: no arrow leads to another step
	over    bool // it came to its end, or was stopped: no key leads back
}

// NewRun builds the page for a run. done shows what comes after it.
func NewRun(d Desk, e *exercises.Exercise, run store.Run, done func()) *RunPage {
	p := &RunPage{d: d, e: e, run: run, part: -2, done: done, content: kit.Stretch(kit.Spacer())}
	if run.Step > 0 {
		p.part = min(run.Step, len(e.Steps)) // a crash in the middle
	}
	p.fill()
	p.shown = true
	return p
}

// Content implements [Page].
func (p *RunPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *RunPage) First() fyne.Focusable { return p.first }

// Leave implements [Page]: what is under way stays under way, until it is ended or
// the day is over.
func (p *RunPage) Leave(bool) func(context.Context) error {
	p.stopTimer()
	return nothing
}

func (p *RunPage) fill() {
	p.stopTimer()
	p.holds = false
	switch {
	case p.part == -2:
		p.stage(p.e.Title, p.e.Opening, nil, lang.T("run.begin"))
	case p.part == -1:
		p.stage(lang.T("run.check"), p.e.Consent+"\n\n"+p.spoken(), nil, lang.T("run.all-right"))
	case p.part < len(p.e.Steps):
		step := p.e.Steps[p.part]
		var above []fyne.CanvasObject
		if step.Alone && p.e.Who != exercises.Alone {
			above = append(above, kit.Mid(kit.IconLine(kit.IconLock, kit.Small, lang.T("run.alone"), kit.ColorMuted)))
		}
		p.stage(step.Title, step.Text, above, lang.T("run.ready"))
	default:
		p.closing()
	}
}

// spoken is what is asked aloud before anything begins, for this closeness; what is
// only for one person has nobody to ask.
func (p *RunPage) spoken() string {
	if p.e.Who == exercises.Alone {
		return lang.T("run.alone-check")
	}
	return p.d.Home.Menu.Library().Texts().Spoken[p.e.Closeness]
}

// stageWidth is how wide the words of a run become.
const stageWidth float32 = 720

// stage is one page of the run.
func (p *RunPage) stage(title, text string, above []fyne.CanvasObject, forward string) {
	on := kit.NewButton(kit.Quiet, forward, p.forward).WithIconEnd(kit.IconNext)
	p.first = on
	turns := []fyne.CanvasObject{on}
	if p.part > -2 {
		turns = append([]fyne.CanvasObject{kit.NewButton(kit.Quiet, lang.T("run.before"), p.back).WithIcon(kit.IconBack)}, turns...)
	}
	role, measure := kit.Step, stageWidth
	if kit.Folded() { // large enough, and more of it is in view
		role, measure = kit.Reading, kit.Measure
	}
	words := kit.NewText(role, text)
	if p.part < 0 {
		words = words.Centered()
	}
	rows := append(above, kit.NewText(kit.Display, title).Centered(), kit.Centered(measure, words), kit.Gap(0))
	if p.part >= 0 && p.e.Steps[p.part].Minutes > 0 {
		rows = append(rows, p.timed(p.e.Steps[p.part].Minutes))
	}
	rows = append(rows, kit.Mid(kit.Flow(kit.SpaceXL, turns...)))
	p.show(kit.Middle(stageWidth, kit.Column(kit.SpaceL, rows...)), p.stops())
}

// stops is the bar that is always in view.
func (p *RunPage) stops() fyne.CanvasObject {
	pause := kit.NewButton(kit.Plain, lang.T("run.pause"), p.pause).WithIcon(kit.IconPause)
	if kit.Folded() {
		p.first = pause // the keyboard would scroll the step away from its beginning
	}
	return kit.Centered(560, kit.Column(kit.SpaceM,
		kit.Row(kit.SpaceL, kit.Stretch(pause),
			kit.Stretch(kit.NewButton(kit.Plain, lang.T("run.stop"), p.stop).WithIcon(kit.IconStop))),
		kit.NewText(kit.Small, lang.T("run.either")).Centered()))
}

// tideOfRun is how high the water stands behind the stop bar.
const tideOfRun float32 = 260

// show puts a stage above the water, with what stands at its foot.
func (p *RunPage) show(middle, foot fyne.CanvasObject) {
	head := kit.Row(kit.SpaceL, kit.Stretch(kit.NewText(kit.Sub, p.e.Title).In(kit.ColorMuted)),
		kit.NewButton(kit.Quiet, lang.T("run.put-back"), p.putBack).WithIcon(kit.IconDoor))
	// Only what is between them scrolls: the head and the stop bar stay in view.
	water := kit.NewGround(kit.ColorPaper, kit.Column(0, kit.Spacer(), kit.NewTide(tideOfRun)))
	page := kit.Layers(water, kit.Inset(kit.PageMargin, 28, kit.PageMargin, 24, kit.Column(kit.SpaceM, head, kit.Stretch(kit.NewScroll(middle)), foot)))
	p.content.SetObjects(kit.NewKeys(page, p.key))
	if p.shown {
		p.d.Canvas.Focus(p.first)
	}
}

// key is a key that no button had a use for.
func (p *RunPage) key(name fyne.KeyName) bool {
	if p.over {
		return false
	}
	switch name {
	case fyne.KeyP:
		p.pause()
	case fyne.KeyS:
		p.stop()
	case fyne.KeyRight, fyne.KeyPageDown:
		if !p.holds {
			p.forward()
		}
	case fyne.KeyLeft, fyne.KeyPageUp:
		if !p.holds {
			p.back()
		}
	default:
		return false
	}
	return true
}

func (p *RunPage) forward() {
	if p.part >= len(p.e.Steps) {
		return
	}
	p.part++
	p.note()
	p.fill()
}

func (p *RunPage) back() {
	if p.part <= -2 {
		return
	}
	p.part--
	p.note()
	p.fill()
}

// note keeps where the run has come to, so that a crash loses no step.
func (p *RunPage) note() {
	var err error
	if p.run, err = p.d.Home.Menu.At(context.Background(), p.run, max(p.part, 0)); err != nil {
		p.d.Failed(err)
	}
}

// pause rests the run: whoever said it chooses how near. With a strict stop it ends.
func (p *RunPage) pause() {
	if p.e.Stop == exercises.StrictStop {
		p.stop()
		return
	}
	p.stopTimer()
	p.holds = true
	on := kit.NewButton(kit.Plain, lang.T("run.go-on"), p.fill)
	stop := kit.NewButton(kit.Plain, lang.T("run.stop"), p.stop).WithIcon(kit.IconStop)
	p.first = stop
	p.show(kit.Middle(stageWidth, kit.Column(kit.SpaceL,
		kit.NewText(kit.Display, lang.T("run.paused")).Centered(),
		kit.NewText(kit.Lead, lang.T("run.paused-about")).In(kit.ColorMuted).Centered())),
		kit.Centered(560, kit.Column(kit.SpaceM, kit.Row(kit.SpaceL, kit.Stretch(on), kit.Stretch(stop)), kit.NewText(kit.Small, lang.T("run.no-hurry")).Centered())))
}

// stop ends it at once.
func (p *RunPage) stop() {
	p.stopTimer()
	p.end()
	close := kit.NewButton(kit.Plain, lang.T("run.close"), p.done)
	p.first = close
	p.show(kit.Middle(stageWidth, kit.Column(kit.SpaceL,
		kit.NewText(kit.Display, lang.T("run.stopped")).Centered(),
		kit.NewText(kit.Lead, lang.T("run.stopped-about")).In(kit.ColorMuted).Centered(),
		kit.NewText(kit.Body, p.e.After.Stop).In(kit.ColorMuted).Centered())),
		p.after(close))
}

// closing is the last page of a run that came to its end.
func (p *RunPage) closing() {
	p.end()
	close := kit.NewButton(kit.Plain, lang.T("run.close"), p.done)
	p.first = close
	p.show(kit.Middle(stageWidth, kit.Column(kit.SpaceL,
		kit.NewText(kit.Display, lang.T("run.ended")).Centered(),
		kit.NewText(kit.Lead, p.e.After.Closing).In(kit.ColorMuted).Centered())),
		p.after(close))
}

// after is what can be done when a run is over, whichever way.
func (p *RunPage) after(close *kit.Button) fyne.CanvasObject {
	texts := p.d.Home.Menu.Library().Texts()
	ways := kit.Mid(kit.Flow(kit.SpaceM, close,
		kit.NewButton(kit.Plain, lang.T("run.reflect"), p.reflect).WithIcon(kit.IconPen),
		kit.NewButton(kit.Quiet, lang.T("run.badly"), func() { p.tellBadly() }),
		kit.NewButton(kit.Quiet, texts.NotHeard.Title, func() { p.d.tellPage(texts.NotHeard) })))
	if !p.e.NeedsOpening() {
		return ways
	}
	return kit.Column(kit.SpaceM, ways, kit.NewText(kit.Small, lang.T("resting.locks")).Centered())
}

func (p *RunPage) tellBadly() {
	p.d.tellPage(exercises.Page{Title: lang.T("run.badly"), Paragraphs: []string{p.e.After.Badly}})
}

// reflect opens a new entry in this person's own journal, with the two questions.
func (p *RunPage) reflect() {
	var b strings.Builder
	b.WriteString("# " + p.e.Title + "\n\n")
	for _, question := range p.e.After.Reflect {
		b.WriteString("*" + question + "*\n\n")
	}
	if !p.e.NeedsOpening() {
		p.done()
		p.d.Write(Start{New: true, Text: b.String()})
		return
	}
	// The window locks now; what was begun is there when this person is back, alone.
	e := p.d.Home.Journal.New()
	e.Text = b.String()
	if err := p.d.Home.Journal.SaveDraft(context.Background(), e); err != nil {
		p.d.Failed(err)
		return
	}
	p.done()
}

// putBack ends the run and keeps nothing of it.
func (p *RunPage) putBack() {
	p.stopTimer()
	p.end()
	p.done()
	if !p.e.NeedsOpening() { // that locks
		p.d.Toast(lang.T("run.was-put-back"))
	}
}

func (p *RunPage) end() {
	p.over = true
	if err := p.d.Home.Menu.End(context.Background(), p.run); err != nil {
		p.d.Failed(err)
	}
}

// dialTimer is a timer that somebody set for a step.
type dialTimer struct {
	began time.Time
	whole time.Duration
	dial  *kit.Dial
	stop  func()
}

// dialEvery is how often the dial is set anew: often enough to be believed, seldom
// enough to move nothing in the corner of an eye.
const dialEvery = 5 * time.Second

// timed offers a timer for a step.
func (p *RunPage) timed(minutes int) fyne.CanvasObject {
	place := kit.Stretch(kit.Spacer())
	set := kit.NewButton(kit.Quiet, lang.N("run.timer", minutes, nil), nil).WithIcon(kit.IconClock)
	set.OnTapped = func() {
		p.stopTimer()
		t := &dialTimer{began: p.d.Now(), whole: time.Duration(minutes) * time.Minute, dial: kit.NewDial(timeWord(minutes))}
		p.timer = t
		place.SetObjects(kit.Mid(t.dial))
		p.tick(t)
		p.d.Canvas.Focus(p.first)
	}
	place.SetObjects(kit.Mid(set))
	return place
}

func (p *RunPage) tick(t *dialTimer) {
	if p.timer != t {
		return
	}
	left := t.whole - p.d.Now().Sub(t.began)
	if left <= 0 {
		t.dial.Set(0, lang.T("run.time-is-up"))
		return
	}
	t.dial.Set(float32(left)/float32(t.whole), timeWord(int((left+time.Minute-1)/time.Minute)))
	t.stop = p.d.After(dialEvery, func() { p.tick(t) })
}

func (p *RunPage) stopTimer() {
	if p.timer != nil && p.timer.stop != nil {
		p.timer.stop()
	}
	p.timer = nil
}
