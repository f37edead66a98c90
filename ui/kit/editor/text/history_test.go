package text

import (
	"strings"
	"testing"
	"time"
)

// typist types into a document with a clock of its own.
type typist struct {
	*Document
	now   time.Time
	caret Position
}

func newTypist() *typist {
	t := &typist{Document: NewDocument(), now: time.Unix(0, 0)}
	t.Now = func() time.Time { return t.now }
	return t
}

func (t *typist) write(s string) {
	for _, r := range s {
		t.now = t.now.Add(100 * time.Millisecond)
		c, _ := t.Replace(Span{t.caret, t.caret}, []byte(string(r)), Typed, At(t.caret))
		t.caret = c.NewEnd
	}
}

func (t *typist) backspace(n int) {
	for range n {
		t.now = t.now.Add(100 * time.Millisecond)
		to := Position{t.caret.Paragraph, PreviousCluster(t.Paragraph(t.caret.Paragraph), t.caret.Offset)}
		c, _ := t.Replace(Span{to, t.caret}, nil, Erased, At(t.caret))
		t.caret = c.NewEnd
	}
}

func (t *typist) undone() []string {
	var list []string
	for t.CanUndo() {
		_, sel, _ := t.Undo()
		t.caret = sel.Caret
		list = append(list, t.Text())
	}
	return list
}

func equal(a, b []string) bool {
	return strings.Join(a, "|") == strings.Join(b, "|") && len(a) == len(b)
}

func TestUndoGoesByWordsAndRests(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*typist)
		want []string
	}{
		{"words", func(p *typist) { p.write("being asked again") }, []string{"being asked ", "being ", ""}},
		{"a rest", func(p *typist) { p.write("bei"); p.now = p.now.Add(2 * time.Second); p.write("ng") }, []string{"bei", ""}},
		{"a caret that moved", func(p *typist) { p.write("bei"); p.EndStep(); p.write("ng") }, []string{"bei", ""}},
		{"elsewhere", func(p *typist) { p.write("bei"); p.caret.Offset = 0; p.write("x") }, []string{"bei", ""}},
		{"backspace", func(p *typist) { p.write("being"); p.backspace(3) }, []string{"being", ""}},
		{"backspace over words", func(p *typist) { p.write("one two"); p.backspace(5) }, []string{"one ", "one two", "one ", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newTypist()
			c.do(p)
			end := p.Text()
			if got := p.undone(); !equal(got, c.want) {
				t.Errorf("undo passed %q, want %q", got, c.want)
			}
			for p.CanRedo() {
				p.Redo()
			}
			if p.Text() != end {
				t.Errorf("redo ended at %q, want %q", p.Text(), end)
			}
		})
	}
}

func TestTypingForgetsWhatCouldBeRedone(t *testing.T) {
	p := newTypist()
	p.write("one two")
	_, sel, _ := p.Undo()
	p.caret = sel.Caret
	p.write("x")
	if p.CanRedo() {
		t.Error("a step from another course of events can be redone")
	}
	if p.Text() != "one x" {
		t.Errorf("text is %q", p.Text())
	}
}

func TestUndoBringsTheSelectionBack(t *testing.T) {
	p := newTypist()
	p.SetText("one two")
	sel := Selection{Anchor: Position{0, 7}, Caret: Position{0, 4}}
	p.Replace(sel.Span(), []byte("2"), Whole, sel)
	if _, got, _ := p.Undo(); got != sel {
		t.Errorf("selection is %v, want %v", got, sel)
	}
	if _, got, _ := p.Redo(); got != At(Position{0, 5}) {
		t.Errorf("after redo the selection is %v", got)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	d := NewDocument()
	big := []byte(strings.Repeat("x", 1<<20))
	for range 40 {
		if _, ok := d.Replace(Span{}, big, Whole, Selection{}); !ok {
			t.Fatal("not inserted")
		}
		if d.history.bytes > historyBytes {
			t.Fatalf("the history holds %d bytes", d.history.bytes)
		}
	}
	n := 0
	for d.CanUndo() {
		d.Undo()
		n++
	}
	if n == 0 || n > historyBytes>>20 {
		t.Errorf("%d steps could be undone", n)
	}

	d.SetText("")
	d.Replace(Span{}, []byte(strings.Repeat("x", historyBytes+1)), Whole, Selection{})
	if d.CanUndo() {
		t.Error("a step larger than the bound was kept")
	}

	d.SetText("")
	for range historySteps + 5000 {
		d.Replace(Span{}, []byte("x"), Whole, Selection{})
	}
	if len(d.history.steps) > historySteps {
		t.Errorf("%d steps kept", len(d.history.steps))
	}
	sum := 0
	for i := range d.history.steps {
		sum += d.history.steps[i].size()
	}
	if sum != d.history.bytes {
		t.Errorf("%d bytes counted, %d held", d.history.bytes, sum)
	}
}
