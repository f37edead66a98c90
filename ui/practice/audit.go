package practice

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// AuditPage says what happened in this vault and when, whether the list is unbroken, and
// how to see on another day that nothing of it was exchanged. No text, name or label of
// a case is on it.
type AuditPage struct {
	page.Still
	d       Desk
	from    int // how many later events are not shown
	codes   map[store.ID]string
	checked *kit.Text
	number  *kit.Field
	letters *kit.Field
	says    *kit.Text
	content *kit.Container
}

func newAudit(d Desk) *AuditPage {
	p := &AuditPage{
		d: d, codes: map[store.ID]string{}, content: kit.Stretch(kit.Spacer()),
		checked: kit.NewText(kit.Body, lang.T("practice-audit.checking")).In(kit.ColorMuted), says: kit.NewAnswer(),
		number: kit.NewField(lang.T("practice-audit.number")), letters: kit.NewField(lang.T("practice-audit.letters")),
	}
	for _, closed := range []bool{false, true} {
		all, err := d.Practice.Caseload(context.Background(), store.Query{Closed: closed})
		p.tried(err)
		for _, c := range all {
			p.codes[c.ID] = c.Code
		}
	}
	p.number.OnSubmitted = func(string) { p.letters.Focus() }
	p.letters.OnSubmitted = func(string) { p.compare() }
	p.fill()
	p.verify()
	return p
}

// Content implements [Page].
func (p *AuditPage) Content() fyne.CanvasObject { return p.content }

func (p *AuditPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// verify computes the whole chain, beside the window.
func (p *AuditPage) verify() {
	p.d.Work(func(ctx context.Context) error { return p.d.Practice.Audit.Verify(ctx, store.Event{}) }, func(err error) {
		switch {
		case err == nil:
			p.checked.In(kit.ColorInk).SetText(lang.T("practice-audit.unbroken"))
		case errors.Is(err, store.ErrAudit):
			p.checked.In(kit.ColorWarn).SetText(lang.T("practice-audit.broken"))
		default:
			p.checked.In(kit.ColorWarn).SetText(sentence.Of(err))
		}
	})
}

// letterGroups is how much of a hash is noted on paper: sixteen bytes, in groups of four
// letters.
const letterGroups = 8

// hashGroups are the letters of a hash that are noted.
func hashGroups(hash [32]byte) string {
	all := hex.EncodeToString(hash[:])
	groups := make([]string, letterGroups)
	for i := range groups {
		groups[i] = all[4*i : 4*i+4]
	}
	return strings.Join(groups, " ")
}

func (p *AuditPage) fill() {
	ctx := context.Background()
	head, err := p.d.Practice.Audit.Head(ctx)
	if !errors.Is(err, store.ErrNotFound) {
		p.tried(err)
	}
	events, err := p.d.Practice.Audit.Events(ctx, store.Page{From: p.from, Size: store.PageSize})
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, e := range events {
		rows = append(rows, p.row(e))
	}
	turn := func(by int) func() { return func() { p.from = max(p.from+by, 0); p.fill() } }
	var verbs []fyne.CanvasObject
	if p.from > 0 {
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-audit.later"), turn(-store.PageSize)))
	}
	if n := len(events); n > 0 && events[n-1].Seq > 1 {
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-audit.earlier"), turn(store.PageSize)))
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-audit.title"), Intro: lang.T("practice-audit.intro"),
		Actions: []fyne.CanvasObject{p.d.backToData()},
		Body: []fyne.CanvasObject{
			page.Group(lang.T("practice-audit.whether"), p.whether(head)...),
			group(lang.T("practice-audit.what"), lang.T("practice-audit.none"), rows),
			kit.Flow(kit.SpaceM, verbs...),
		},
	}))
}

// whether says whether the list is unbroken, and if anything is in it, what to note of
// it and a place to compare that with an earlier note.
func (p *AuditPage) whether(head store.Event) []fyne.CanvasObject {
	if head.Seq == 0 {
		return []fyne.CanvasObject{p.checked}
	}
	return []fyne.CanvasObject{
		p.checked,
		kit.Column(kit.SpaceXS, kit.NewText(kit.Small, lang.T("practice-audit.note-about")).In(kit.ColorMuted),
			kit.NewText(kit.Strong, lang.F("practice-audit.head", map[string]any{"Number": head.Seq, "Letters": hashGroups(head.Hash)}))),
		kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceM, kit.NewText(kit.Small, lang.T("practice-audit.compare-about")).In(kit.ColorMuted),
			p.number, p.letters, p.says, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-audit.compare"), p.compare)))),
	}
}

// compare looks whether an event that was noted on paper is in the list as it was.
func (p *AuditPage) compare() {
	number, err := strconv.ParseInt(strings.TrimSpace(p.number.Text()), 10, 64)
	if err != nil || number < 1 {
		p.says.Say(kit.ColorWarn, lang.T("practice-audit.no-number"))
		p.number.Focus()
		return
	}
	typed := strings.ToLower(strings.Join(strings.Fields(p.letters.Text()), ""))
	if len(typed) != 4*letterGroups || strings.Trim(typed, "0123456789abcdef") != "" {
		p.says.Say(kit.ColorWarn, lang.T("practice-audit.no-letters"))
		p.letters.Focus()
		return
	}
	var noted store.Event
	p.d.Work(func(ctx context.Context) (err error) {
		if noted, err = p.d.Practice.Audit.Event(ctx, number); err != nil {
			return err
		}
		return p.d.Practice.Audit.Verify(ctx, noted)
	}, func(err error) {
		same := strings.ReplaceAll(hashGroups(noted.Hash), " ", "") == typed
		switch {
		case errors.Is(err, store.ErrNotFound), err == nil && !same:
			p.says.Say(kit.ColorWarn, lang.T("practice-audit.differs"))
		case errors.Is(err, store.ErrAudit):
			p.says.Say(kit.ColorWarn, lang.T("practice-audit.broken"))
		case err != nil:
			p.says.Say(kit.ColorWarn, sentence.Of(err))
		default:
			p.says.Say(kit.ColorInk, lang.F("practice-audit.same", map[string]any{"Number": number}))
		}
	})
}

var eventWords = lang.Dynamic("practice-audit.event.")

// eventKeys name the sentence of what was done to what.
var eventKeys = map[store.Class]map[store.Verb]string{
	store.ClassCase: {
		store.Made: "case-made", store.Changed: "case-changed", store.Closed: "case-closed", store.Reopened: "case-reopened", store.Destroyed: "case-destroyed",
	},
	store.ClassRecord:     {store.Opened: "record-opened", store.Changed: "record-changed", store.Exported: "record-exported"},
	store.ClassMember:     {store.Made: "member-made", store.Changed: "member-changed", store.Closed: "member-closed"},
	store.ClassJoint:      {store.Changed: "joint-locked", store.Reopened: "joint-reopened", store.Signed: "joint-signed", store.Amended: "joint-amended"},
	store.ClassIndividual: {store.Changed: "individual-locked", store.Reopened: "individual-reopened", store.Signed: "individual-signed", store.Amended: "individual-amended"},
	store.ClassApart:      {store.SteppedUp: "second-unlock"},
	store.ClassFile:       {store.Attached: "file-attached", store.Removed: "file-removed"},
	store.ClassConsent:    {store.Made: "form-put-before", store.Decided: "form-decided"},
	store.ClassPolicy:     {store.Changed: "policy-chosen"},
	store.ClassLimit:      {store.Changed: "limit-set"},
	store.ClassMenu:       {store.Changed: "menu-changed"},
	store.ClassScreening:  {store.Changed: "seen-alone"},
	store.ClassDocument:   {store.Made: "form-in-use"},
	store.ClassHold:       {store.Changed: "kept-changed"},
	store.ClassCheckIn:    {store.Changed: "check-in-corrected", store.Removed: "check-in-removed"},
}

// eventSentence says what an event was. What happened behind the second unlock is one
// sentence, whatever it was: so that this list cannot be counted for it.
func eventSentence(e store.Event) string {
	if key, known := eventKeys[e.Class][e.Verb]; known {
		return eventWords.T(key)
	}
	if e.Class == store.ClassApart {
		return lang.T("practice-audit.apart")
	}
	return lang.T("practice-audit.unknown")
}

func (p *AuditPage) row(e store.Event) fyne.CanvasObject {
	about := lang.F("practice-audit.row", map[string]any{"Number": e.Seq, "When": p.d.moment(e.At.In(p.d.Now().Location()))})
	if e.Case != (store.ID{}) {
		code := p.codes[e.Case]
		if code == "" {
			code = lang.T("practice-audit.gone")
		}
		about = joined(about, code)
	}
	return kit.Column(0, kit.NewText(kit.Body, eventSentence(e)), kit.NewText(kit.Small, about).In(kit.ColorMuted))
}
