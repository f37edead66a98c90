package editor

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// Insert puts s in place of the selection, as one step.
func (e *Editor) Insert(s string) {
	if !e.readOnly {
		e.replace(e.span(), text.Normalize(s), text.Whole)
	}
}

// replace changes the text and puts the caret behind what is new.
func (e *Editor) replace(span text.Span, insert []byte, kind text.Kind) {
	if !span.Empty() && kind == text.Typed {
		kind = text.Whole // a step of its own: what was replaced comes back whole
	}
	ch, ok := e.doc.Replace(span, insert, kind, e.selection())
	clear(insert)
	if ok {
		e.changed(ch, text.At(ch.NewEnd))
	}
}

// changed follows a change of the document with the view.
func (e *Editor) changed(ch text.Change, after text.Selection) {
	e.column.change(ch)
	e.anchor = e.doc.Clamp(after.Anchor)
	e.caret = spot{Position: e.doc.Clamp(after.Caret)}
	e.goal, e.placed = -1, true
	e.reveal()
	e.draw()
	e.revealInPage()
	if e.OnChanged != nil {
		e.OnChanged()
	}
	e.caretMoved()
}

// TypedRune implements [fyne.Focusable].
func (e *Editor) TypedRune(r rune) {
	kit.Touched()
	if e.readOnly || unicode.IsControl(r) || !utf8.ValidRune(r) {
		return
	}
	e.replace(e.span(), []byte(string(r)), text.Typed)
}

// enter ends the paragraph. A list goes on, and ends at an item without words.
func (e *Editor) enter(keepList bool) {
	if !keepList {
		e.replace(e.span(), []byte("\n"), text.Whole)
		return
	}
	span := e.span()
	p := e.doc.Paragraph(span.Start.Paragraph)
	insert, ends := text.Continue(p, span.Start.Offset)
	if ends {
		if span.End.Paragraph > span.Start.Paragraph || span.End.Offset < len(p) {
			insert, ends = "\n", false
		}
	}
	if ends {
		span.Start.Offset = 0
		if ch, ok := e.doc.Replace(span, nil, text.Whole, e.selection()); ok {
			e.changed(ch, text.At(ch.NewEnd))
		}
		return
	}
	e.replace(span, []byte(insert), text.Whole)
}

// erase removes the selection or, without one, the text between the caret and
// the position that to returns.
func (e *Editor) erase(to func(text.Position) text.Position, kind text.Kind) {
	if e.readOnly {
		return
	}
	if span := e.span(); !span.Empty() {
		e.replace(span, nil, text.Whole)
		return
	}
	e.replace(text.Between(e.caret.Position, to(e.caret.Position)), nil, kind)
}

// Undo takes the last step back.
func (e *Editor) Undo() {
	if e.readOnly {
		return
	}
	if ch, after, ok := e.doc.Undo(); ok {
		e.changed(ch, after)
	}
}

// Redo does the step again that was undone last.
func (e *Editor) Redo() {
	if e.readOnly {
		return
	}
	if ch, after, ok := e.doc.Redo(); ok {
		e.changed(ch, after)
	}
}

// CanUndo says whether there is a step to take back.
func (e *Editor) CanUndo() bool { return !e.readOnly && e.doc.CanUndo() }

// CanRedo says whether there is a step to do again.
func (e *Editor) CanRedo() bool { return !e.readOnly && e.doc.CanRedo() }

// ToggleQuote makes the selected paragraphs a quotation, or plain again.
func (e *Editor) ToggleQuote() { e.apply(text.Quote) }

// ToggleList makes the selected paragraphs items of a list, or plain again.
func (e *Editor) ToggleList() { e.apply(text.List) }

// CycleHeading makes the selected paragraphs headings of the first, second and
// third level, and then plain again.
func (e *Editor) CycleHeading() { e.apply(text.Heading) }

// InQuote says whether the caret is in a quotation, InList whether it is in an
// item that ToggleList made, and HeadingLevel in what heading it is: 1 to 6, or
// 0 for none. They are for lighting a toolbar in OnCaretMoved.
func (e *Editor) InQuote() bool { return text.IsQuote(e.paragraph()) }

// InList: see InQuote.
func (e *Editor) InList() bool { return text.IsItem(e.paragraph()) }

// HeadingLevel: see InQuote.
func (e *Editor) HeadingLevel() int { return text.HeadingLevel(e.paragraph()) }

func (e *Editor) paragraph() []byte { return e.doc.Paragraph(e.caret.Paragraph) }

func (e *Editor) apply(c text.Command) {
	if e.readOnly {
		return
	}
	if ch, after, ok := e.doc.Apply(c, e.selection()); ok {
		e.changed(ch, after)
	}
}

// Copy puts the selected text on the clipboard.
func (e *Editor) Copy() { e.copyTo(fyne.CurrentApp().Clipboard()) }

// Cut moves the selected text to the clipboard.
func (e *Editor) Cut() { e.cutTo(fyne.CurrentApp().Clipboard()) }

// Paste puts the text of the clipboard in place of the selection.
func (e *Editor) Paste() { e.pasteFrom(fyne.CurrentApp().Clipboard()) }

func (e *Editor) copyTo(c fyne.Clipboard) {
	if !e.HasSelection() || c == nil {
		return
	}
	c.SetContent(e.SelectedText())
	if e.OnCopied != nil {
		e.OnCopied()
	}
}

func (e *Editor) cutTo(c fyne.Clipboard) {
	if e.readOnly || c == nil {
		return
	}
	e.copyTo(c)
	e.replace(e.span(), nil, text.Whole)
}

func (e *Editor) pasteFrom(c fyne.Clipboard) {
	if c == nil {
		return
	}
	if s := c.Content(); s != "" {
		e.Insert(s)
	}
}
