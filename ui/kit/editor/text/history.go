package text

import (
	"bytes"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// historyBytes bounds the text that the history holds. A single change
	// larger than this cannot be undone.
	historyBytes = 8 << 20
	// historySteps bounds the number of steps, whatever their size.
	historySteps = 10_000
	// pause is how long a rest between two keys ends a step.
	pause = 1500 * time.Millisecond
	// stepBytes ends a step of keys that run on without a space or a rest.
	stepBytes = 256
)

// Kind says how a change came about, for grouping.
type Kind uint8

const (
	Whole   Kind = iota // a paste, a cut, a command: a step of its own
	Typed               // one typed character
	Erased              // backspace: the text before the caret
	Deleted             // delete: the text behind the caret
)

// Selection is the caret and the other end of what is selected; they are the
// same place when nothing is.
type Selection struct {
	Anchor, Caret Position
}

// Span is the selected text.
func (s Selection) Span() Span { return Between(s.Anchor, s.Caret) }

// At is a selection of nothing, with the caret at p.
func At(p Position) Selection { return Selection{Anchor: p, Caret: p} }

// step is one replacement that can be taken back: at start, removed gave way
// to inserted.
type step struct {
	start             Position
	removed, inserted []byte
	before, after     Selection
	kind              Kind
	last              time.Time
}

func (s *step) size() int { return len(s.removed) + len(s.inserted) }

func (s *step) scrub() {
	scrub(s.removed)
	scrub(s.inserted)
	s.removed, s.inserted = nil, nil
}

// history is a list of steps with a place in it: steps before the place can be
// undone, those behind it redone.
type history struct {
	steps []step
	place int
	bytes int
	open  bool // the last step may still grow
}

func (h *history) wipe() {
	for i := range h.steps {
		h.steps[i].scrub()
	}
	*h = history{}
}

// drop forgets steps[from:to].
func (h *history) drop(from, to int) {
	for i := from; i < to; i++ {
		h.bytes -= h.steps[i].size()
		h.steps[i].scrub()
	}
	n := copy(h.steps[from:], h.steps[to:])
	clear(h.steps[from+n:])
	h.steps = h.steps[:from+n]
	if h.place >= to {
		h.place -= to - from
	} else {
		h.place = min(h.place, from)
	}
}

// Replace puts insert (normalized by the caller, see [Normalize]) in place of
// a span and notes it in the history. before is the selection to return to
// when the change is undone. It reports what changed; a span that is not in
// the document changes nothing.
func (d *Document) Replace(s Span, insert []byte, kind Kind, before Selection) (Change, bool) {
	if !d.valid(s) || s.Empty() && len(insert) == 0 {
		return Change{}, false
	}
	removed := d.slice(s)
	c := d.splice(s, insert)
	d.record(step{
		start: s.Start, removed: removed, inserted: bytes.Clone(insert),
		before: before, after: At(c.NewEnd), kind: kind, last: d.Now(),
	})
	return c, true
}

// SetAfter notes the selection to return to when the last change is redone, if
// it is another than the end of the inserted text.
func (d *Document) SetAfter(s Selection) {
	if h := &d.history; h.place > 0 {
		h.steps[h.place-1].after = s
	}
}

// EndStep ends the running step: what is typed next can be undone alone. Call
// it when the caret was moved.
func (d *Document) EndStep() { d.history.open = false }

func (d *Document) record(s step) {
	h := &d.history
	h.drop(h.place, len(h.steps))
	if h.open && h.place > 0 && h.steps[h.place-1].join(s) {
		h.bytes += s.size()
		s.scrub()
	} else {
		h.steps = append(h.steps, s)
		h.place = len(h.steps)
		h.bytes += s.size()
	}
	h.open = s.kind != Whole

	n := 0
	for rest := h.bytes; n < len(h.steps) && (rest > historyBytes || len(h.steps)-n > historySteps); n++ {
		rest -= h.steps[n].size()
	}
	// Forget a few more at once, so that a long list is not moved at each key.
	if n > 0 {
		h.drop(0, min(len(h.steps), n+min(64, len(h.steps)/8)))
	}
}

// join lets a step grow by the next one, if they are one run of keys.
func (s *step) join(next step) bool {
	if s.kind != next.kind || next.last.Sub(s.last) > pause || s.size() > stepBytes {
		return false
	}
	if bytes.IndexByte(s.removed, '\n') >= 0 || bytes.IndexByte(next.removed, '\n') >= 0 {
		return false
	}
	switch next.kind {
	case Typed:
		if len(next.removed) > 0 || s.after.Caret != next.start || startsWord(s.inserted, next.inserted) {
			return false
		}
		s.inserted = grow(s.inserted, len(s.inserted), next.inserted)
		s.after = next.after
	case Erased:
		if len(s.inserted)+len(next.inserted) > 0 || startsWord(next.removed, s.removed) {
			return false
		}
		end := next.start
		end.Offset += len(next.removed)
		if s.start != end {
			return false
		}
		s.removed = grow(s.removed, 0, next.removed)
		s.start, s.after = next.start, next.after
	case Deleted:
		if len(s.inserted)+len(next.inserted) > 0 || s.start != next.start || startsWord(s.removed, next.removed) {
			return false
		}
		s.removed = grow(s.removed, len(s.removed), next.removed)
	default:
		return false
	}
	s.last = next.last
	return true
}

func grow(b []byte, at int, more []byte) []byte { return splice(b, at, at, more) }

// startsWord says that a ends in space and b begins a word: the joint at which
// a step ends.
func startsWord(a, b []byte) bool {
	l, _ := utf8.DecodeLastRune(a)
	f, _ := utf8.DecodeRune(b)
	return unicode.IsSpace(l) && !unicode.IsSpace(f)
}

// CanUndo says whether there is a step to take back.
func (d *Document) CanUndo() bool { return d.history.place > 0 }

// CanRedo says whether there is a step to do again.
func (d *Document) CanRedo() bool { return d.history.place < len(d.history.steps) }

// Undo takes the last step back and returns the selection from before it.
func (d *Document) Undo() (Change, Selection, bool) {
	h := &d.history
	if h.place == 0 {
		return Change{}, Selection{}, false
	}
	h.place--
	h.open = false
	s := &h.steps[h.place]
	return d.splice(Span{Start: s.start, End: advance(s.start, s.inserted)}, s.removed), s.before, true
}

// Redo does the step again that was taken back last, and returns the selection
// from after it.
func (d *Document) Redo() (Change, Selection, bool) {
	h := &d.history
	if h.place == len(h.steps) {
		return Change{}, Selection{}, false
	}
	s := &h.steps[h.place]
	h.place++
	h.open = false
	return d.splice(Span{Start: s.start, End: advance(s.start, s.removed)}, s.inserted), s.after, true
}

// advance is the position behind b when b stands at p.
func advance(p Position, b []byte) Position {
	n := bytes.Count(b, []byte{'\n'})
	if n == 0 {
		return Position{Paragraph: p.Paragraph, Offset: p.Offset + len(b)}
	}
	return Position{Paragraph: p.Paragraph + n, Offset: len(b) - 1 - bytes.LastIndexByte(b, '\n')}
}
