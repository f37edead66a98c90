package home

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// draftEvery is how long words may be in the editor alone.
const draftEvery = 2 * time.Second

// writer is the editor of one entry, with all that belongs to it. While somebody
// writes, the words are sealed as a draft every few seconds.
type writer struct {
	d     Desk
	entry store.Entry // all but the text, which the editor holds
	isNew bool        // not kept yet
	dirty bool        // changed since it was opened or kept
	left  bool        // the page shows something else; nothing is written any more
	timer func()      // set while a draft is to be saved; stops it

	turns turns // of writes, which run beside the window
	kept  bool  // the entry is in the journal; only used in a turn

	editor *editor.Editor
	state  *kit.SaveState
	tags   *kit.Text
	when   *kit.Text

	onKept    func(store.Entry)
	onDiscard func()
	onRead    func(store.Entry)
	content   fyne.CanvasObject
}

// newWriter opens an entry for writing. draft says that its text is what was
// being written and not what is kept.
func newWriter(d Desk, e store.Entry, isNew, draft bool) *writer {
	w := &writer{d: d, entry: e, isNew: isNew, dirty: draft}
	w.editor = editor.New()
	w.editor.Placeholder = lang.T("journal.placeholder")
	w.editor.SetText(e.Text)
	w.editor.Margin, w.editor.MinLines = 0, 3
	w.editor.OnChanged = w.changed
	w.editor.OnCopied = d.Copied
	w.state = kit.NewSaveState()
	if draft {
		w.state.Kept(lang.T("journal.drafted"))
	}
	w.entry.Text = ""
	w.when = kit.NewText(kit.Caption, when(e, d.Now())).In(kit.ColorMuted)
	w.content = w.build()
	return w
}

func (w *writer) build() fyne.CanvasObject {
	head := kit.Column(kit.SpaceS,
		kit.Row(kit.SpaceM, kit.NewAudiencePill(w.d.reader(), lang.T("journal.private")), kit.Spacer(), w.state),
		kit.Flow(kit.SpaceS,
			w.when,
			kit.NewIconButton(kit.IconCalendar, lang.T("journal.when.button"), w.askWhen),
			kit.NewIconButton(kit.IconQuote, lang.T("journal.quote"), w.tool(w.editor.ToggleQuote)),
			kit.NewIconButton(kit.IconList, lang.T("journal.list"), w.tool(w.editor.ToggleList)),
			kit.NewButton(kit.Quiet, lang.T("journal.heading"), w.tool(w.editor.CycleHeading)),
			kit.NewButton(kit.Quiet, lang.T("journal.read"), w.read).WithIcon(kit.IconEye),
		),
		kit.NewRule(),
	)
	column := kit.Column(kit.SpaceM, head, kit.Stretch(w.editor), w.foot())
	if kit.Folded() {
		// Large text in a small window: what has no room is scrolled to.
		return kit.NewGround(kit.ColorCard, kit.NewScroll(kit.Inset(44, 12, 44, 12, column)))
	}
	return kit.NewGround(kit.ColorCard, kit.NewScroll(kit.Inset(44, 36, 44, 20, column)))
}

// tool runs a tool of the editor and gives the keyboard back to it.
func (w *writer) tool(run func()) func() {
	return func() {
		run()
		w.d.Canvas.Focus(w.editor)
	}
}

// foot holds what goes with the text. At large text it is folded into a sheet, so
// that the words keep their room.
func (w *writer) foot() fyne.CanvasObject {
	w.tags = kit.NewText(kit.Caption, "").In(kit.ColorMuted)
	w.showTags()
	verbs := []fyne.CanvasObject{
		kit.NewButton(kit.Quiet, lang.T("journal.use-line"), w.useLine),
		kit.NewButton(kit.Quiet, lang.T("journal.tags.button"), w.askTags),
	}
	discard := kit.NewButton(kit.Quiet, lang.T("journal.discard"), func() { w.onDiscard() })
	if kit.Folded() {
		about := kit.NewButton(kit.Quiet, lang.T("journal.mood.button"), func() {
			tell(w.d, lang.T("journal.mood.label"), lang.T("journal.mood.done"), w.feelings())
		})
		return kit.Column(kit.SpaceS, kit.NewRule(), flush(kit.Flow(kit.SpaceM, about, verbs[0], verbs[1], discard)))
	}
	return kit.Column(kit.SpaceM, kit.NewRule(), kit.NewText(kit.Kicker, lang.T("journal.mood.label")), w.feelings(),
		flush(kit.Row(kit.SpaceS, verbs[0], verbs[1], kit.Stretch(w.tags), discard)))
}

// showTags shows the tags beside the verb that changes them.
func (w *writer) showTags() { w.tags.SetText(strings.Join(w.entry.Tags, ", ")) }

func (w *writer) askTags() {
	field := kit.NewField(lang.T("journal.tags.label"))
	field.SetText(strings.Join(w.entry.Tags, ", "))
	ask(w.d, question{
		title: lang.T("journal.tags.title"), body: []fyne.CanvasObject{field},
		verb: lang.T("journal.tags.set"), cancel: lang.T("journal.when.cancel"), first: field.Focusable(),
		yes: func() {
			w.entry.Tags = splitTags(field.Text())
			w.showTags()
			w.changed()
		},
	})
}

func splitTags(s string) []string {
	var tags []string
	for _, t := range strings.Split(s, ",") {
		if t = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(t), "#")); t != "" {
			tags = append(tags, t)
		}
	}
	return tags
}

// offered are the mood words that are offered; anybody may add their own.
func offered() []string {
	return []string{
		lang.T("journal.mood.lighter"), lang.T("journal.mood.tired"), lang.T("journal.mood.tender"), lang.T("journal.mood.restless"),
	}
}

// feelings are the mood words as chips: the offered ones, and those of the entry.
func (w *writer) feelings() fyne.CanvasObject {
	words := offered()
	for _, own := range w.entry.Moods {
		if !containsWord(words, own) {
			words = append(words, own)
		}
	}
	flow := kit.Flow(kit.SpaceM)
	var fill func()
	fill = func() {
		var chips []fyne.CanvasObject
		for _, word := range words {
			chip := kit.NewChip(word, nil)
			chip.SetChosen(containsWord(w.entry.Moods, word))
			chip.OnChanged = func(on bool) {
				w.setMood(word, on)
			}
			chips = append(chips, chip)
		}
		flow.SetObjects(append(chips, kit.NewChipButton(kit.IconPlus, lang.T("journal.mood.own"), func() {
			w.askMood(func(word string) {
				if !containsWord(words, word) {
					words = append(words, word)
				}
				w.setMood(word, true)
				fill()
			})
		}))...)
	}
	fill()
	return flow
}

func containsWord(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func (w *writer) setMood(word string, on bool) {
	var moods []string
	for _, m := range w.entry.Moods {
		if m != word {
			moods = append(moods, m)
		}
	}
	if on {
		moods = append(moods, word)
	}
	w.entry.Moods = moods
	w.changed()
}

func (w *writer) askMood(add func(string)) {
	field := kit.NewField(lang.T("journal.mood.own-label"))
	ask(w.d, question{
		title: lang.T("journal.mood.own"), body: []fyne.CanvasObject{field},
		verb: lang.T("journal.mood.add"), cancel: lang.T("journal.when.cancel"), first: field.Focusable(),
		yes: func() {
			if word := strings.TrimSpace(field.Text()); word != "" {
				add(word)
			}
		},
	})
}

// askWhen changes the moment that the entry is about.
func (w *writer) askWhen() {
	date, clock := kit.NewField(lang.T("journal.when.date")), kit.NewField(lang.T("journal.when.time"))
	date.SetText(w.entry.Written.Format(time.DateOnly))
	if !w.entry.AllDay {
		clock.SetText(w.entry.Written.Format("15:04"))
	}
	says := kit.NewAnswer()
	wrong := false
	ask(w.d, question{
		title: lang.T("journal.when.title"), body: []fyne.CanvasObject{date, clock, says},
		verb: lang.T("journal.when.set"), cancel: lang.T("journal.when.cancel"), first: date.Focusable(),
		yes: func() {
			at, allDay, err := parseWhen(date.Text(), clock.Text(), w.entry.Written.Location())
			if wrong = err != nil; wrong {
				says.Say(kit.ColorWarn, lang.T("journal.when.wrong"))
				date.Focus()
				return
			}
			zone := w.entry.Zone
			w.entry.SetWritten(at)
			w.entry.Zone, w.entry.AllDay = zone, allDay
			w.when.SetText(when(w.entry, w.d.Now()))
			w.changed()
		},
		keep: func() bool { return wrong },
	})
}

func parseWhen(date, clock string, zone *time.Location) (at time.Time, allDay bool, err error) {
	date, clock = strings.TrimSpace(date), strings.TrimSpace(clock)
	if clock == "" {
		at, err = time.ParseInLocation(time.DateOnly, date, zone)
		return at.Add(12 * time.Hour), true, err // noon: the same day in every zone near
	}
	at, err = time.ParseInLocation("2006-01-02 15:04", date+" "+clock, zone)
	return at, false, err
}

// useLine offers the selected words, or the first sentence, as a line to share.
func (w *writer) useLine() {
	text := strings.TrimSpace(w.editor.SelectedText())
	if text == "" {
		text = firstSentence(w.editor.Text())
	}
	shareLine(w.d, w.entry.ID, text)
}
