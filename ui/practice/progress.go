package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// ProgressPage leads to each person's log. It shows nothing of any of them.
type ProgressPage struct {
	page.Still
	d       Desk
	c       *store.Case
	members []store.Member
	content fyne.CanvasObject
}

func (p *CasePage) openProgress() { p.d.Go(func() Page { return newProgress(p.d, p.c) }) }

func newProgress(d Desk, c *store.Case) *ProgressPage {
	p := &ProgressPage{d: d, c: c}
	var err error
	if p.members, err = c.People.All(context.Background()); err != nil {
		d.Failed(err)
	}
	rows := d.eachPerson(p.members, func(m store.Member) string { return lang.F("practice-progress.of", map[string]any{"Name": m.Name}) },
		func(m store.Member) { d.Go(func() Page { return newProgressOf(d, c, m) }) })
	parts := []fyne.CanvasObject{page.Group(lang.T("practice-progress.whose"), rows...)}
	if len(p.pairs()) > 0 {
		parts = append(parts, page.Group(lang.T("practice-progress.both"),
			page.Row(lang.T("practice-progress.both"), lang.T("practice-progress.both-about"), kit.NewButton(kit.Plain, lang.T("practice-progress.both-open"), p.both))))
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, d.prepHead(c, lang.T("practice-progress.title"), lang.T("practice-progress.intro")), d.prompts(casework.Progress)),
		kit.MaxWidth(kit.Measure+80, kit.Column(kit.SpaceXL, parts...))))
	return p
}

// Content implements [Page].
func (p *ProgressPage) Content() fyne.CanvasObject { return p.content }

// eachPerson are the ways to a page about each person, also of those who left. Nothing
// beside a name says whether there is anything to read.
func (d Desk) eachPerson(members []store.Member, label func(store.Member) string, open func(store.Member)) (rows []fyne.CanvasObject) {
	for _, m := range members {
		about := ""
		if m.LeftOn != "" {
			about = lang.F("practice-case.left", map[string]any{"Day": d.dayWords(m.LeftOn)})
		}
		row := []fyne.CanvasObject{page.Flush(kit.Start(kit.NewButton(kit.Quiet, label(m), func() { open(m) }).WithIcon(kit.IconPerson)))}
		if about != "" {
			row = append(row, kit.NewText(kit.Small, about).In(kit.ColorMuted))
		}
		rows = append(rows, kit.Column(0, row...))
	}
	return rows
}

// pairs are the pairs of those who are part of the case now.
func (p *ProgressPage) pairs() (pairs [][2]store.Member) {
	for i, first := range p.members {
		for _, second := range p.members[i+1:] {
			if first.LeftOn == "" && second.LeftOn == "" {
				pairs = append(pairs, [2]store.Member{first, second})
			}
		}
	}
	return pairs
}

// both asks before two people's words stand beside each other, each time.
func (p *ProgressPage) both() {
	pairs := p.pairs()
	words := make([]string, len(pairs))
	for i, pair := range pairs {
		words[i] = lang.F("practice-progress.both-pair", map[string]any{"First": pair[0].Name, "Second": pair[1].Name})
	}
	which := kit.NewSegmented(lang.T("practice-progress.both-who"), words, 0, nil)
	q := page.Question{
		Title: lang.T("practice-progress.both-ask-title"), About: lang.T("practice-progress.both-ask"),
		Verb: lang.T("practice-progress.both-verb"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			pair := pairs[which.Chosen()]
			p.d.Go(func() Page { return newProgressBoth(p.d, p.c, pair) })
		},
	}
	if len(pairs) > 1 {
		q.Body = []fyne.CanvasObject{which}
	}
	p.d.ask(q)
}

// domains are what an observation can be about, in the order of the page.
var domains = []store.Domain{store.Communication, store.Closeness, store.Affection, store.HowOften}

var (
	domainWords = lang.Dynamic("practice-progress.domains.")
	sourceWords = lang.Dynamic("practice-progress.sources.")
)

func domainWord(d store.Domain) string {
	return domainWords.T(strings.ReplaceAll(string(d), " ", "-"))
}

// Items of the check-in on paper whose answers are the words of the log.
const (
	itemRoom    = 8 // what was taking up room
	itemLasting = 9
)

// bandItems are the items whose answers are the bands of a domain.
var bandItems = map[store.Domain]int{store.Communication: 1, store.Closeness: 6, store.Affection: 4}

// answerWord is how an answer to an item of the check-in is said.
func (d Desk) answerWord(item int, answer string) string {
	if i := d.Texts.CheckIn.Item(item); i != nil {
		for _, choice := range i.Choices {
			if choice.ID == answer {
				return choice.Text
			}
		}
	}
	return answer
}

func (d Desk) answerWords(item int, answers []string) []string {
	words := make([]string, len(answers))
	for i, a := range answers {
		words[i] = d.answerWord(item, a)
	}
	return words
}

// domainAndBand is what a line is about, and the word that was chosen for it. It is for
// that person's own page.
func (d Desk) domainAndBand(o store.Observation) string {
	band := ""
	if o.Band != "" {
		band = d.answerWord(bandItems[o.Domain], o.Band)
	}
	return joined(domainWord(o.Domain), band)
}

// observationWords is a line of one person's log on their own page: words first.
func (d Desk) observationWords(o store.Observation) fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Body, o.Words),
		kit.NewText(kit.Small, d.domainAndBand(o)),
		kit.NewText(kit.Small, joined(d.dayWords(o.Day), sourceWords.T(o.Source))).In(kit.ColorMuted),
	}
	if len(o.Context) > 0 {
		rows = append(rows, kit.NewText(kit.Small, lang.F("practice-progress.room-words", map[string]any{"Words": strings.Join(d.answerWords(itemRoom, o.Context), ", ")})).In(kit.ColorMuted))
	}
	if o.Lasting != "" {
		rows = append(rows, kit.NewText(kit.Small, lang.F("practice-progress.lasting-words", map[string]any{"Words": d.answerWord(itemLasting, o.Lasting)})).In(kit.ColorMuted))
	}
	if o.Released {
		rows = append(rows, kit.IconLine(kit.IconEye, kit.Small, lang.T("practice-progress.released"), kit.ColorAccentInk))
	}
	return kit.Column(0, rows...)
}

// ProgressBothPage is the one page on which two people's words stand beside each other:
// what both released, domain by domain. Their own words alone: words from a list, side by
// side, would be a comparison.
type ProgressBothPage struct {
	page.Still
	content *kit.Container
}

func newProgressBoth(d Desk, c *store.Case, pair [2]store.Member) *ProgressBothPage {
	of, err := c.Progress.Released(context.Background(), pair[0].ID, pair[1].ID)
	if err != nil {
		d.Failed(err)
	}
	names := map[string]any{"First": pair[0].Name, "Second": pair[1].Name}
	var parts []fyne.CanvasObject
	for _, domain := range domains {
		var sides [2][]fyne.CanvasObject
		for i := range of {
			for _, o := range of[i] {
				if o.Domain == domain {
					sides[i] = append(sides[i], kit.Column(0, kit.NewText(kit.Body, o.Words), kit.NewText(kit.Small, d.dayWords(o.Day)).In(kit.ColorMuted)))
				}
			}
		}
		if len(sides[0]) == 0 || len(sides[1]) == 0 {
			continue // only what both released; which of them did not is not said
		}
		parts = append(parts, kit.Column(kit.SpaceM, kit.NewText(kit.Sub, domainWord(domain)), kit.Grid(2, kit.SpaceCards,
			kit.NewCard(kit.Column(kit.SpaceM, append([]fyne.CanvasObject{kit.NewText(kit.Strong, pair[0].Name)}, sides[0]...)...)),
			kit.NewCard(kit.Column(kit.SpaceM, append([]fyne.CanvasObject{kit.NewText(kit.Strong, pair[1].Name)}, sides[1]...)...)))))
	}
	if len(parts) == 0 {
		parts = append(parts, kit.NewText(kit.Body, lang.T("practice-progress.both-none")).In(kit.ColorMuted))
	}
	back := kit.NewButton(kit.Quiet, lang.T("practice-progress.title"), func() { d.Go(func() Page { return newProgress(d, c) }) }).WithIcon(kit.IconBack)
	return &ProgressBothPage{content: kit.Stretch(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(back), kit.NewText(kit.Title, lang.F("practice-progress.both-title", names)),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-progress.both-intro")).In(kit.ColorMuted))),
		kit.Column(kit.SpaceXL, parts...))))}
}

// Content implements [Page].
func (p *ProgressBothPage) Content() fyne.CanvasObject { return p.content }
