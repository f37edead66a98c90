package practice

import (
	"context"
	"errors"
	"strings"
	"time"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// draftEvery is how long words may be in the editors alone.
const draftEvery = 2 * time.Second

// A leaf is one note under the composer's hands. While somebody writes, the words are
// sealed as a draft, in the drawer of the note, every few seconds.
type leaf struct {
	d        Desk
	notes    *store.Notes
	note     store.Note // all but the words of what is being written, which the editors hold
	isNew    bool       // not kept yet
	held     string     // why a note that is open can only be read, in a sentence; empty if it can be written in
	amending bool       // the note is signed, and what is written becomes an amendment
	dirty    bool       // changed since it was opened or kept
	left     bool       // the page shows something else; nothing is written any more
	timer    func()     // set while a draft is to be saved; stops it
	turns    page.Turns // of writes, which run beside the window

	editors []*editor.Editor // one for each section; none while the note is read only
	state   *kit.SaveState
	saved   func() // after words were read for a draft
}

// editable reports whether the note can be written in.
func (l *leaf) editable() bool { return l.held == "" && l.note.State == store.OpenNote || l.amending }

// edit makes an editor for each section.
func (l *leaf) edit(placeholder func(key string) (heading, prompt string)) {
	l.editors = make([]*editor.Editor, len(l.note.Sections))
	for i := range l.note.Sections {
		e := editor.New()
		e.Label, e.Placeholder = placeholder(l.note.Sections[i].Key)
		e.SetText(l.note.Sections[i].Text)
		e.Margin, e.MinLines = 0, l.room(e)
		e.OnChanged, e.OnCopied = l.changed, l.d.Copied
		l.editors[i] = e
	}
}

// room is how many lines the editor of a section keeps, so that it grows with what is
// written and only a long section scrolls within itself. A note of one section has the
// room of three.
func (l *leaf) room(e *editor.Editor) int {
	least := 3
	if len(l.note.Sections) == 1 {
		least = 9
	}
	return max(least, min(2+e.Len()/60, 18))
}

// now is the note as it stands on the page.
func (l *leaf) now() store.Note {
	note := l.note
	note.Sections = append([]store.Section(nil), l.note.Sections...)
	for i, e := range l.editors {
		note.Sections[i].Text = e.Text()
	}
	return note
}

// empty reports whether there is no word in a note.
func empty(note store.Note) bool {
	for _, s := range note.Sections {
		if strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return true
}

// changed notes that something is to be saved, and sees that it soon is.
func (l *leaf) changed() {
	if l.left {
		return
	}
	l.dirty = true
	l.state.Clear()
	l.soon()
}

// soon sees that a draft is saved, and tried again where it could not be.
func (l *leaf) soon() {
	if l.timer == nil {
		l.timer = l.d.After(draftEvery, l.draft)
	}
}

// draft seals what is in the editors.
func (l *leaf) draft() {
	if l.timer == nil {
		return // left meanwhile
	}
	l.timer = nil
	note := l.now()
	for _, e := range l.editors {
		if lines := l.room(e); lines != e.MinLines {
			e.MinLines = lines
			e.Changed()
			e.Refresh()
		}
	}
	if l.saved != nil {
		l.saved()
	}
	l.write(func(ctx context.Context) error { return l.notes.SaveDraft(ctx, note) }, func() {
		if l.timer == nil { // nothing was typed since
			l.state.Kept(lang.T("practice-note.drafted"))
		}
	})
}

// write runs a write beside the window, after those that were asked for before it.
func (l *leaf) write(work func(context.Context) error, done func()) {
	turn := l.turns.Next()
	l.d.Work(func(ctx context.Context) error {
		return turn(func() error { return work(ctx) })
	}, func(err error) {
		switch {
		case l.left: // whatever came after has written what there is
		case errors.Is(err, store.ErrCaseGone):
			l.d.Failed(err)
		case err != nil:
			l.state.Failed(sentence.Of(err))
			l.soon()
		default:
			done()
		}
	})
}

func (l *leaf) rest() {
	if l.timer != nil {
		l.timer()
		l.timer = nil
	}
}

// keep stores the note, or the draft of an amendment, at once. What follows may need
// it in its drawer, so it does not run beside the window.
func (l *leaf) keep() error {
	l.rest()
	note := l.now()
	err := l.turns.Next()(func() error {
		ctx := context.Background()
		if l.amending {
			return l.notes.SaveDraft(ctx, note)
		}
		kept, err := l.notes.Save(ctx, note)
		if err != nil {
			return err
		}
		l.note, l.isNew, l.dirty = kept, false, false
		l.state.Kept(lang.T("practice-note.kept"))
		return nil
	})
	if err != nil {
		l.soon()
	}
	return err
}

// leave ends the writing. What it returns may run on any goroutine when locking, and
// on the main one otherwise; then the words stay in the editors until they are kept.
func (l *leaf) leave(locking bool) func(context.Context) error {
	l.rest()
	if !l.editable() {
		l.left = true
		return page.Nothing
	}
	write := l.last(locking || l.amending)
	if locking {
		l.wipe()
		return write
	}
	return func(ctx context.Context) error {
		err := write(ctx)
		if err != nil && !errors.Is(err, store.ErrCaseGone) {
			l.soon()
			return err
		}
		l.wipe()
		return nil
	}
}

// unkept reports whether a note cannot be kept now, and its words can be held: the second
// unlock has run out, the case was closed, or a policy was taken back.
func unkept(err error) bool {
	return errors.Is(err, store.ErrStepUp) || errors.Is(err, store.ErrCaseClosed) || errors.Is(err, store.ErrPolicy) || errors.Is(err, store.ErrInput)
}

// last is the last write of what stands on the page: as a draft, or else kept where that
// can be.
func (l *leaf) last(draft bool) func(context.Context) error {
	note, dirty, blank := l.now(), l.dirty, l.isNew && empty(l.now())
	turn := l.turns.Next()
	return func(ctx context.Context) error {
		return turn(func() error {
			switch {
			case !dirty:
				return nil
			case blank:
				return l.notes.DropDraft(ctx, note.ID)
			case draft:
				return l.notes.SealDraft(ctx, note)
			}
			_, err := l.notes.Save(ctx, note)
			if unkept(err) {
				err = l.notes.SealDraft(ctx, note)
			}
			return err
		})
	}
}

// seal writes a draft at once; the words stay until that has worked.
func (l *leaf) seal(ctx context.Context) error {
	l.rest()
	if !l.editable() {
		l.left = true
		return nil
	}
	err := l.last(true)(ctx)
	if err == nil {
		l.wipe()
	}
	return err
}

// wipe takes the words off the screen.
func (l *leaf) wipe() {
	l.left, l.dirty = true, false
	for _, e := range l.editors {
		e.Wipe()
	}
	for i := range l.note.Sections {
		l.note.Sections[i].Text = ""
	}
}

// find reads the note that the composer is to show: the one that is asked for, what was
// being written about this meeting, what was kept about it, or a new one.
func (d Desk) find(notes *store.Notes, wanted store.NoteRow, meeting store.Meeting, fresh store.Template) (*leaf, error) {
	ctx := context.Background()
	l := &leaf{d: d, notes: notes, state: kit.NewSaveState()}
	drafts, err := notes.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	same := func(audience store.Audience, member, about store.ID) bool {
		return audience == wanted.Audience && member == wanted.Member && about == meeting.ID
	}
	id := wanted.ID
	if id == (store.ID{}) && wanted.Template != "" { // such as the safety plan
		latest, err := notes.Latest(ctx, wanted.Template)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		// An interview that is signed stays as it is: the next one is another talk.
		if wanted.Template != store.Interview || latest.State != store.SignedNote {
			id = latest.ID
		}
	}
	for _, draft := range drafts {
		n := draft.Note
		fits := wanted.Template == "" || wanted.Template == n.Template
		if n.ID == id || id == (store.ID{}) && fits && same(n.Audience, n.Member, n.Meeting) {
			l.note, l.dirty, l.amending = n, true, n.State == store.SignedNote
			l.state.Kept(lang.T("practice-note.drafted"))
			_, err := notes.Note(ctx, n.ID)
			l.isNew = errors.Is(err, store.ErrNotFound)
			return l, nil
		}
	}
	if id == (store.ID{}) && wanted.Template == "" && meeting.ID != (store.ID{}) {
		all, err := notes.About(ctx, meeting.ID, store.Page{})
		if err != nil {
			return nil, err
		}
		for _, row := range all {
			if same(row.Audience, row.Member, row.Meeting) {
				id = row.ID
				break
			}
		}
	}
	if id != (store.ID{}) {
		l.note, err = notes.Note(ctx, id)
		return l, err
	}
	l.note = notes.New(wanted.Audience, wanted.Member, fresh)
	l.note.Meeting, l.isNew = meeting.ID, true
	if meeting.Date != "" {
		l.note.Date = meeting.Date
	}
	return l, nil
}
