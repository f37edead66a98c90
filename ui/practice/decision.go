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

// DecisionsPage is what one person decided about each form, and the ways to ask them.
// There is no such page about two people.
type DecisionsPage struct {
	page.Still
	d       Desk
	c       *store.Case
	member  store.Member
	scroll  *kit.Scroll
	content *kit.Container
}

func newDecisions(d Desk, c *store.Case, id store.ID) *DecisionsPage {
	p := &DecisionsPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	all, err := c.People.All(context.Background())
	p.tried(err)
	for _, m := range all {
		if m.ID == id {
			p.member = m
		}
	}
	p.fill()
	return p
}

// Content implements [Page].
func (p *DecisionsPage) Content() fyne.CanvasObject { return p.content }

func (p *DecisionsPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

func (p *DecisionsPage) fill() {
	ctx := context.Background()
	stand, err := p.c.Standing(ctx)
	p.tried(err)
	decisions, err := p.c.Consents.Of(ctx, p.member.ID)
	p.tried(err)
	issued, err := p.c.Consents.Documents(ctx)
	p.tried(err)
	var rows []fyne.CanvasObject
	there := map[string]bool{}
	for _, doc := range p.inForce(ctx, issued) {
		there[doc.Name] = true
		rows = append(rows, p.row(doc, decisions, stand.ClosedOn != ""))
	}
	body := []fyne.CanvasObject{
		group(lang.T("practice-consent.forms"), lang.T("practice-consent.none"), rows, p.putBefore(ctx, there, stand.ClosedOn != "")...),
		p.alone(ctx, stand.ClosedOn != ""),
	}
	if history := p.history(decisions, issued); len(history) > 0 {
		body = append(body, group(lang.T("practice-consent.history"), "", history))
	}
	was := p.scroll
	p.scroll = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)),
			kit.NewText(kit.Title, lang.F("practice-case.forms", map[string]any{"Name": p.member.Name})),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-consent.intro")).In(kit.ColorMuted))),
		kit.Column(kit.SpaceXL, body...)))
	p.d.replace(p.content, was, p.scroll)
}

// inForce are the forms that count now: of the policies the one that was chosen.
func (p *DecisionsPage) inForce(ctx context.Context, issued []store.Document) (all []store.Document) {
	policy, err := p.c.Consents.Policy(ctx)
	if err == nil {
		all = append(all, policy)
	}
	last := policy.Name
	for _, doc := range issued {
		first := doc.Name != last
		last = doc.Name
		if first && !isPolicy(doc.Name) && !notice(doc.Name) {
			all = append(all, doc)
		}
	}
	return all
}

func isPolicy(name string) bool {
	for _, policy := range store.Policies {
		if name == policy {
			return true
		}
	}
	return false
}

var kindWords = lang.Dynamic("practice-consent.kind.")

func (p *DecisionsPage) row(doc store.Document, decisions []store.Decision, closed bool) fyne.CanvasObject {
	state, given := lang.T("practice-consent.undecided"), false
	for _, dec := range decisions {
		if dec.Document != doc.Name {
			continue
		}
		given = dec.Kind == store.Given
		state = lang.F("practice-consent.decided", map[string]any{"What": kindWords.T(string(dec.Kind)), "Day": p.d.dayWords(dec.Day), "Version": dec.Version})
		if given && dec.Hash != doc.Hash {
			state = lang.F("practice-consent.newer", map[string]any{"State": state, "Version": doc.Version})
		}
		break // the latest
	}
	var verbs []fyne.CanvasObject
	if !closed {
		verbs = append(verbs,
			kit.NewButton(kit.Plain, lang.T("practice-consent.hand-over"), func() { p.handOver(doc, given) }),
			kit.NewButton(kit.Quiet, lang.T("practice-consent.on-paper"), func() { p.byHand(doc) }))
	}
	if given {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-consent.withdrawn-spoken"), func() { p.withdraw(doc) }))
	}
	verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-consent.read"), func() { p.read(doc) }))
	return kit.Column(kit.SpaceS, kit.NewText(kit.Strong, p.d.documentTitle(doc.Name)), kit.NewText(kit.Small, state).In(kit.ColorMuted), kit.Flow(kit.SpaceS, verbs...))
}

func (p *DecisionsPage) read(doc store.Document) {
	p.d.tell(p.d.documentTitle(doc.Name), lang.T("practice-case.close-sheet"), append(formText(doc.Text),
		kit.NewText(kit.Caption, lang.F("practice-consent.version", map[string]any{"Version": doc.Version, "Hash": page.HashWord(doc.Hash)})).In(kit.ColorMuted))...)
}

// formText sets the very text of a form: blocks between empty lines, of which the first
// line is a heading where it is short and ends without a full stop.
func formText(text string) (parts []fyne.CanvasObject) {
	for _, block := range strings.Split(text, "\n\n") {
		heading, rest, more := strings.Cut(strings.TrimSpace(block), "\n")
		if !more || strings.HasSuffix(heading, ".") || len(heading) > store.MaxName {
			parts = append(parts, kit.NewText(kit.Body, strings.TrimSpace(block)))
			continue
		}
		parts = append(parts, kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, heading), kit.NewText(kit.Body, rest)))
	}
	return parts
}

// handOver gives the computer to this person for this one form.
func (p *DecisionsPage) handOver(doc store.Document, given bool) {
	p.d.ask(page.Question{
		Title: lang.F("practice-consent.hand-over-to", map[string]any{"Name": p.member.Name}), About: lang.T("practice-consent.hand-over-about"),
		Verb: lang.T("practice-consent.hand-over-verb"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			p.tried(p.d.Practice.StepDown(context.Background()))
			p.d.HandOver(func() Page {
				return newHandOver(p.d, &decisionForm{d: p.d, c: p.c, member: p.member, doc: doc, given: given}, func() Page { return newDecisions(p.d, p.c, p.member.ID) })
			})
		},
	})
}

// byHand records what somebody decided on paper.
func (p *DecisionsPage) byHand(doc store.Document) {
	what := kit.NewSegmented(lang.T("practice-consent.what"), []string{kindWords.T(string(store.Given)), kindWords.T(string(store.Declined))}, 1, nil)
	remark, says := kit.NewField(lang.T("practice-consent.where-paper")), kit.NewAnswer()
	var err error
	p.d.ask(page.Question{
		Title: lang.T("practice-consent.on-paper"), About: p.d.documentTitle(doc.Name), Body: []fyne.CanvasObject{what, remark, says},
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"), First: remark.Focusable(),
		Yes: func() {
			kind := []store.DecisionKind{store.Given, store.Declined}[what.Chosen()]
			if err = p.decide(doc, kind, store.OnPaper, remark.Text()); err != nil {
				say(says, err, remark.Focus)
			}
		},
		Keep: func() bool { return err != nil },
	})
}

// withdraw records that this person took something back. No reason is asked for.
func (p *DecisionsPage) withdraw(doc store.Document) {
	stops, err := p.c.Consents.Stops(context.Background(), p.member.ID, doc.Name)
	p.tried(err)
	about := lang.T("practice-consent.withdraw-about")
	if stops.IndividualInput {
		about += " " + lang.T("practice-consent.stops-input")
	}
	if n := len(stops.Exercises); n > 0 {
		about += " " + lang.N("practice-consent.stops-exercises", n, nil)
	}
	p.d.ask(page.Question{
		Title: lang.T("practice-consent.withdrawn-spoken"), About: about,
		Verb: lang.T("practice-consent.withdraw-verb"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() { p.tried(p.decide(doc, store.Withdrawn, store.Spoken, "")) },
	})
}

func (p *DecisionsPage) decide(doc store.Document, kind store.DecisionKind, method, remark string) error {
	err := p.c.Consents.Decide(context.Background(), store.Decision{
		Member: p.member.ID, Document: doc.Name, Version: doc.Version, Hash: doc.Hash, Kind: kind, Method: method, Remark: remark,
	})
	if err == nil {
		p.fill()
	}
	return err
}

// putBefore puts forms of the practice before the people of this case: ones that were
// not yet, and later versions.
func (p *DecisionsPage) putBefore(ctx context.Context, there map[string]bool, closed bool) (verbs []fyne.CanvasObject) {
	if closed {
		return nil
	}
	all, err := p.d.Practice.Documents.All(ctx)
	p.tried(err)
	issued, err := p.c.Consents.Documents(ctx)
	p.tried(err)
	newest := map[string]int{}
	for _, doc := range issued {
		newest[doc.Name] = max(newest[doc.Name], doc.Version)
	}
	last := ""
	for _, doc := range all {
		if doc.Name == last {
			continue // an earlier version
		}
		last = doc.Name
		if notice(doc.Name) || isPolicy(doc.Name) && !there[doc.Name] || doc.Version <= newest[doc.Name] {
			continue
		}
		words, about := lang.F("practice-consent.put-before", map[string]any{"Form": p.d.documentTitle(doc.Name)}), lang.T("practice-consent.put-before-about")
		if newest[doc.Name] > 0 {
			words = lang.F("practice-consent.put-newer", map[string]any{"Form": p.d.documentTitle(doc.Name), "Version": doc.Version})
		}
		if doc.Name == store.IndividualInput {
			about += " " + lang.T("practice-consent.put-input")
		}
		verbs = append(verbs, quiet(kit.IconPlus, words, func() {
			p.d.ask(page.Question{
				Title: p.d.documentTitle(doc.Name), About: about,
				Verb: lang.T("practice-consent.put-before-verb"), Cancel: lang.T("practice-case.not-now"),
				Yes: func() {
					_, err := p.c.Consents.Issue(context.Background(), doc.Name)
					p.tried(err)
					p.fill()
				},
			})
		}))
	}
	return verbs
}

// alone notes that this person was seen alone, and nothing of what was said.
func (p *DecisionsPage) alone(ctx context.Context, closed bool) fyne.CanvasObject {
	seen, err := p.c.Screening.State(ctx)
	p.tried(err)
	words := lang.T("practice-case.seen-not")
	for _, s := range seen {
		if s.Member == p.member.ID && s.Last != "" {
			words = lang.F("practice-case.seen", map[string]any{"Day": p.d.dayWords(s.Last)})
		}
	}
	var verb fyne.CanvasObject = kit.Gap(0)
	if !closed {
		verb = kit.NewButton(kit.Plain, lang.T("practice-consent.alone-today"), func() {
			p.tried(p.c.Screening.SeenAlone(context.Background(), p.member.ID, p.d.today()))
			p.fill()
		})
	}
	return page.Group(lang.T("practice-consent.alone"), page.Row(words, lang.T("practice-consent.alone-about"), verb))
}

var methodWords = lang.Dynamic("practice-consent.method.")

// history is every decision of this person, the latest first.
func (p *DecisionsPage) history(decisions []store.Decision, issued []store.Document) (rows []fyne.CanvasObject) {
	for _, dec := range decisions {
		about := lang.F("practice-consent.decided", map[string]any{"What": kindWords.T(string(dec.Kind)), "Day": p.d.dayWords(dec.Day), "Version": dec.Version})
		about = joined(about, joined(methodWords.T(dec.Method), dec.Remark))
		var verb fyne.CanvasObject = kit.Gap(0)
		for _, doc := range issued {
			if doc.Name == dec.Document && doc.Hash == dec.Hash {
				verb = kit.NewButton(kit.Quiet, lang.T("practice-consent.read"), func() { p.read(doc) })
			}
		}
		rows = append(rows, page.Row(p.d.documentTitle(dec.Document), about, verb))
	}
	return rows
}
