package editor

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

var (
	_ fyne.Widget            = (*Editor)(nil)
	_ fyne.Focusable         = (*Editor)(nil)
	_ fyne.Shortcutable      = (*Editor)(nil)
	_ fyne.Scrollable        = (*Editor)(nil)
	_ fyne.Draggable         = (*Editor)(nil)
	_ fyne.SecondaryTappable = (*Editor)(nil)
	_ fyne.Accessible        = (*Editor)(nil)
	_ desktop.Keyable        = (*Editor)(nil)
	_ desktop.Mouseable      = (*Editor)(nil)
	_ desktop.Hoverable      = (*Editor)(nil)
	_ desktop.Cursorable     = (*Editor)(nil)
)

// Editor is a box of text over several lines. It fills the room that it is
// given and scrolls by itself. Make one with [New]; set its exported fields
// before it is shown or call Refresh afterwards. Like every widget it is used
// from the main goroutine only.
type Editor struct {
	kit.Part

	// OnChanged is called after every change of the text. It is called at every
	// key: let some time pass before reading [Editor.Text].
	OnChanged func()
	// OnFocus is called with true when the editor gets the keyboard and with
	// false when it loses it.
	OnFocus func(bool)
	// OnCaretMoved is called when the caret or the selection moved.
	OnCaretMoved func()
	// OnCopied is called when words of the text went to the clipboard.
	OnCopied func()

	// Placeholder is shown while there is no text. It is not a label: a box
	// needs one beside it, and Label for those who cannot see it.
	Placeholder string
	// Label names the box to a screen reader.
	Label string
	// Measure is the widest a line may get at 100 % text, in units of the
	// canvas; it grows with the text. 0 is no bound.
	Measure float32
	// Margin is left free at the start and the end of every line.
	Margin float32
	// Centered puts the column in the middle of the room; else it stands at its
	// start.
	Centered bool
	// MinLines is how many lines of plain text the smallest size holds.
	MinLines int

	readOnly bool
	focused  bool
	shift    bool
	placed   bool // somebody has put the caret somewhere

	doc    *text.Document
	ruler  *ruler
	column *column
	top    place   // what is at the upper edge
	height float32 // of the view that was laid out last; 0: none was

	caret  spot
	anchor text.Position
	goal   float32 // x that the caret wants to return to; negative: none

	mouse mouse
	scene *scene
}

// New returns an empty editor.
func New() *Editor {
	e := &Editor{Measure: kit.Measure, Margin: kit.SpaceM, MinLines: 3, goal: -1}
	e.doc = text.NewDocument()
	e.ruler = newRuler()
	e.column = newColumn(e.doc, e.ruler)
	e.mouse.now = time.Now
	e.ExtendBaseWidget(e)
	return e
}

// Text returns the whole text. It builds it anew: do not call it at every key.
func (e *Editor) Text() string { return e.doc.Text() }

// Len is the length of the text in bytes.
func (e *Editor) Len() int { return e.doc.Len() }

// SetText shows another text from its beginning and forgets the history. It
// does not call OnChanged.
func (e *Editor) SetText(s string) {
	e.doc.SetText(s)
	e.column.reset()
	e.start()
}

// Wipe empties the editor and overwrites what it knew: text, history,
// selection, and the words whose widths it remembered. It does not call
// OnChanged.
func (e *Editor) Wipe() {
	e.doc.Wipe()
	e.ruler.wipe()
	e.column.reset()
	if e.scene != nil {
		e.scene.wipe()
	}
	e.start()
}

// start puts caret and view at the start of a new text.
func (e *Editor) start() {
	e.caret, e.anchor, e.top = spot{}, text.Position{}, place{}
	e.goal, e.placed = -1, false
	e.stopDrag()
	e.draw()
}

// SelectedText returns what is selected, or "".
func (e *Editor) SelectedText() string { return e.doc.String(e.span()) }

// HasSelection says whether anything is selected.
func (e *Editor) HasSelection() bool { return !e.span().Empty() }

// Caret returns where the caret stands.
func (e *Editor) Caret() text.Position { return e.caret.Position }

// SetReadOnly says whether the text may be read and copied only.
func (e *Editor) SetReadOnly(readOnly bool) {
	e.readOnly = readOnly
	e.draw()
}

// ReadOnly says whether the text may be read and copied only.
func (e *Editor) ReadOnly() bool { return e.readOnly }

// Select selects the text between two positions and puts the caret at the
// second.
func (e *Editor) Select(anchor, caret text.Position) {
	e.placed = true
	e.anchor = e.doc.Clamp(anchor)
	e.moveTo(spot{Position: e.doc.Clamp(caret)}, true)
}

// SelectAll selects the whole text.
func (e *Editor) SelectAll() {
	e.anchor = text.Position{}
	e.caret = spot{Position: e.doc.End()}
	e.goal, e.placed = -1, true
	e.doc.EndStep()
	e.draw() // the view stays where it is
	e.caretMoved()
}

func (e *Editor) selection() text.Selection {
	return text.Selection{Anchor: e.anchor, Caret: e.caret.Position}
}

func (e *Editor) span() text.Span { return e.selection().Span() }

func (e *Editor) caretMoved() {
	if e.OnCaretMoved != nil {
		e.OnCaretMoved()
	}
}

// AccessibilityLabel implements [fyne.Accessible]. It never holds what was
// written.
func (e *Editor) AccessibilityLabel() string {
	if e.Label != "" {
		return e.Label
	}
	return e.Placeholder
}

// AccessibilityRole implements [fyne.Accessible].
func (e *Editor) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// FocusGained implements [fyne.Focusable]. In a text where nobody has placed
// the caret yet, writing goes on at its end.
func (e *Editor) FocusGained() {
	e.focused = true
	if !e.placed && !e.readOnly && e.doc.Len() > 0 {
		e.placed = true
		e.moveTo(spot{Position: e.doc.End()}, false)
	} else {
		e.draw()
	}
	if !e.mouse.focusing { // what is pressed is in sight, and stays where it is
		e.Reveal(e, 0, e.viewHeight())
		e.revealInPage()
	}
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost implements [fyne.Focusable].
func (e *Editor) FocusLost() {
	e.focused, e.shift = false, false
	e.stopDrag()
	e.doc.EndStep()
	e.draw()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

func (e *Editor) requestFocus() {
	if e.focused {
		return
	}
	e.placed = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e)
	}
}
