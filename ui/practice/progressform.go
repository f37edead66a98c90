package practice

import (
	"slices"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// observationForm is where a line of the log is written.
type observationForm struct {
	d       Desk
	o       store.Observation // as it was when the form was shown
	signed  bool
	release bool
	room    []string
	dirty   bool

	domain, band, lasting, source *kit.Segmented
	words                         *editor.Editor
	day                           *kit.Field
	says                          *kit.Text
	bands, table                  *kit.Container // what depends on the domain, and on the source
	content                       fyne.CanvasObject
}

var sources = []string{store.Observed, store.Told, store.Answered}

func newObservationForm(d Desk, o store.Observation, signed bool, keep, drop func()) *observationForm {
	f := &observationForm{d: d, o: o, signed: signed, room: slices.Clone(o.Context), words: editor.New(), says: kit.NewAnswer(), bands: kit.Column(kit.SpaceS), table: kit.Column(kit.SpaceS)}
	changed := func(int) { f.dirty = true }
	var domainNames, sourceNames, lasting []string
	for _, known := range domains {
		domainNames = append(domainNames, domainWord(known))
	}
	f.domain = kit.NewSegmented(lang.T("practice-progress.domain"), domainNames, max(slices.Index(domains, o.Domain), 0), func(int) {
		f.dirty = true
		f.showBands("")
		f.showTable()
	})
	f.words.Label, f.words.Margin, f.words.MinLines = lang.T("practice-progress.words"), 0, 4
	f.words.SetText(o.Words)
	f.words.OnChanged, f.words.OnCopied = func() { f.dirty = true }, d.Copied
	for _, s := range sources {
		sourceNames = append(sourceNames, sourceWords.T(s))
	}
	f.source = kit.NewSegmented(lang.T("practice-progress.source"), sourceNames, max(slices.Index(sources, o.Source), 0), func(int) {
		f.dirty = true
		f.showTable()
	})
	lasting = append([]string{lang.T("practice-progress.lasting-none")}, d.answerWords(itemLasting, store.CheckInChoices[itemLasting])...)
	f.lasting = kit.NewSegmented(lang.T("practice-progress.lasting"), lasting, slices.Index(store.CheckInChoices[itemLasting], o.Lasting)+1, changed)
	f.day = kit.NewField(lang.T("practice-progress.day"))
	f.day.SetText(o.Day)
	f.day.OnChanged = func(string) { f.dirty = true }
	f.day.OnSubmitted = func(string) { keep() }
	f.showBands(o.Band)
	f.showTable()
	var room []fyne.CanvasObject
	for _, word := range store.CheckInChoices[itemRoom] {
		chip := kit.NewChip(d.answerWord(itemRoom, word), func(chosen bool) { f.takesRoom(word, chosen) })
		chip.SetChosen(slices.Contains(o.Context, word))
		room = append(room, chip)
	}
	title, verbs := lang.T("practice-progress.new"), []fyne.CanvasObject{kit.NewButton(kit.Primary, lang.T("practice-progress.keep"), keep)}
	if o.ID != (store.ID{}) {
		title = lang.T("practice-progress.change-title")
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-progress.drop"), drop))
	}
	parts := []fyne.CanvasObject{
		kit.NewText(kit.Sub, title),
		labelled(lang.T("practice-progress.domain"), kit.Start(f.domain)),
		kit.Column(kit.SpaceXS, kit.NewText(kit.Kicker, lang.T("practice-progress.words")), f.words, kit.NewText(kit.Small, lang.T("practice-progress.words-about")).In(kit.ColorMuted)),
		f.bands,
		labelled(lang.T("practice-progress.context"), kit.Flow(kit.SpaceS, room...)),
		labelled(lang.T("practice-progress.lasting"), kit.Start(f.lasting)),
	}
	if signed {
		parts = append(parts, labelled(lang.T("practice-progress.source"), kit.Start(f.source)), f.table)
	}
	f.content = kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, append(parts, kit.MaxWidth(260, f.day), f.says, kit.Flow(kit.SpaceM, verbs...))...)))
	return f
}

// prompt is what the guide asks about a domain.
func (f *observationForm) prompt(domain store.Domain) string {
	if guide := f.d.Texts.Guide(casework.Progress); guide != nil {
		for _, p := range guide.Prompts {
			if p.ID == string(domain) {
				return p.Prompt
			}
		}
	}
	return lang.T("practice-progress.how-often-prompt")
}

// showBands offers the words of the chosen domain, or says why it has none.
func (f *observationForm) showBands(chosen string) {
	domain := domains[f.domain.Chosen()]
	f.words.Placeholder = f.prompt(domain)
	f.words.Refresh()
	if len(store.Bands[domain]) == 0 {
		f.band = nil
		f.bands.SetObjects(kit.NewText(kit.Small, lang.T("practice-progress.how-often-about")).In(kit.ColorMuted))
		return
	}
	words := append([]string{lang.T("practice-progress.no-band")}, f.d.answerWords(bandItems[domain], store.Bands[domain])...)
	f.band = kit.NewSegmented(lang.T("practice-progress.band"), words, slices.Index(store.Bands[domain], chosen)+1, func(int) { f.dirty = true })
	f.bands.SetObjects(kit.NewText(kit.Kicker, lang.T("practice-progress.band")), kit.Start(f.band), kit.NewText(kit.Small, lang.T("practice-progress.band-about")).In(kit.ColorMuted))
}

// releasable reports whether what is written could be on the table at all.
func (f *observationForm) releasable() bool {
	return f.signed && sources[f.source.Chosen()] != store.Observed && domains[f.domain.Chosen()] != store.HowOften
}

// showTable offers the release where there can be one. It is off each time: a line that
// is changed is no longer the line that was released.
func (f *observationForm) showTable() {
	f.release = false
	if !f.releasable() {
		f.table.SetObjects()
		return
	}
	about := lang.T("practice-progress.release-about")
	if f.o.Released {
		about = lang.T("practice-progress.release-again")
	}
	f.table.SetObjects(page.Row(lang.T("practice-progress.release"), about,
		kit.NewSwitch(lang.T("practice-progress.release"), lang.T("practice-case.yes"), lang.T("practice-case.no"), false, func(on bool) { f.release, f.dirty = on, true })))
}

func (f *observationForm) takesRoom(word string, chosen bool) {
	f.dirty = true
	f.room = slices.DeleteFunc(f.room, func(w string) bool { return w == word })
	if chosen {
		f.room = append(f.room, word)
	}
}

// now is the observation as the form stands.
func (f *observationForm) now() store.Observation {
	o := f.o
	o.Domain, o.Words, o.Band, o.Day = domains[f.domain.Chosen()], f.words.Text(), "", f.day.Text()
	if f.band != nil && f.band.Chosen() > 0 {
		o.Band = store.Bands[o.Domain][f.band.Chosen()-1]
	}
	o.Lasting, o.Context, o.Source = "", slices.Clone(f.room), store.Observed
	if i := f.lasting.Chosen(); i > 0 {
		o.Lasting = store.CheckInChoices[itemLasting][i-1]
	}
	if f.signed {
		o.Source = sources[f.source.Chosen()]
	}
	o.Released = f.release && f.releasable()
	return o
}
