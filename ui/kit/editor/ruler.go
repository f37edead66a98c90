package editor

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ebb/ui/kit/editor/text"
)

const (
	// cachedWords bounds the widths that a ruler remembers for one typeface.
	cachedWords = 16_384
	// cachedBytes is the longest word that is worth remembering.
	cachedBytes = 64
	// tabSpaces is the distance between two tab stops, in spaces.
	tabSpaces = 8
	// markScale is the size of a stand-in for a control character, as a part of
	// the size of the text around it.
	markScale = 0.62
)

// ruler measures text in the faces that draw it. It remembers the widths of
// words and so holds what a person wrote: see [ruler.wipe].
type ruler struct {
	faces [styles]face
	words [styles]map[string]float32
	key   []byte // scratch for looking up a word without making a string
	runs  []run  // scratch for lines that are only measured
}

func newRuler() *ruler {
	r := &ruler{}
	r.restyle(faces())
	return r
}

// restyle measures in other faces from now on.
func (r *ruler) restyle(now [styles]face) {
	if now != r.faces {
		r.faces = now
		r.wipe()
	}
}

func (r *ruler) wipe() {
	for i := range r.words {
		r.words[i] = make(map[string]float32)
	}
	clear(r.key[:cap(r.key)])
	r.runs = nil
}

// runKind says how a run is drawn.
type runKind uint8

const (
	ownRun   runKind = iota // in the typeface of the paragraph
	otherRun                // in the toolkit's chain of typefaces
	markRun                 // one control character, by its stand-in
	tabRun                  // one tab: nothing is drawn
)

// run is a stretch p[from:to] of one line that is drawn as one.
type run struct {
	kind     runKind
	from, to int
	x, width float32
}

// kindAt returns the kind and the end of the cluster at offset i.
func (r *ruler) kindAt(p []byte, i int, f *face) (runKind, int) {
	if c := p[i]; c >= ' ' && c < 0x7F && (i+1 == len(p) || p[i+1] < utf8.RuneSelf) {
		return ownRun, i + 1
	}
	end := text.NextCluster(p, i)
	first, _ := utf8.DecodeRune(p[i:])
	switch {
	case first == '\t':
		return tabRun, end
	case text.Mark(first) != "":
		return markRun, end
	case f.covers(p[i:end]):
		return ownRun, end
	}
	return otherRun, end
}

// split appends the runs of p[from:to] to list, not measured yet.
func (r *ruler) split(list []run, p []byte, from, to int, s style) []run {
	f := &r.faces[s]
	for i := from; i < to; {
		kind, end := r.kindAt(p, i, f)
		end = min(end, to)
		if n := len(list); n > 0 && kind <= otherRun && list[n-1].kind == kind && list[n-1].to == i {
			list[n-1].to = end
		} else {
			list = append(list, run{kind: kind, from: i, to: end})
		}
		i = end
	}
	return list
}

// place measures runs and sets them side by side. The last one is measured
// only if last is set: drawing does not need it.
func (r *ruler) place(list []run, p []byte, s style, last bool) float32 {
	x := float32(0)
	for i := range list {
		u := &list[i]
		u.x = x
		if i < len(list)-1 || last {
			u.width = r.runWidth(u, p[u.from:u.to], s)
			x += u.width
		}
	}
	return x
}

func (r *ruler) runWidth(u *run, b []byte, s style) float32 {
	f := &r.faces[s]
	switch u.kind {
	case tabRun:
		return f.tab(u.x)
	case markRun:
		return r.markWidth(b, s)
	case otherRun:
		return measure(string(b), f.size, nil)
	}
	return measure(string(b), f.size, f.font)
}

// tab is the distance from x to the next tab stop.
func (f *face) tab(x float32) float32 {
	stop := f.space * tabSpaces
	return stop - (x - float32(int(x/stop))*stop)
}

func (r *ruler) markWidth(b []byte, s style) float32 {
	first, _ := utf8.DecodeRune(b)
	f := &r.faces[s]
	return measure(text.Mark(first), f.size*markScale, nil) + 2*f.markPad()
}

// markPad is the room at either side of a stand-in.
func (f *face) markPad() float32 { return f.size / 9 }

func measure(s string, size float32, source fyne.Resource) float32 {
	if s == "" {
		return 0
	}
	box, _ := rendered(s, size, source)
	return box.Width
}

// width measures p[from:to] exactly as it is drawn from the start of a line.
func (r *ruler) width(p []byte, from, to int, s style) float32 {
	r.runs = r.split(r.runs[:0], p, from, to, s)
	return r.place(r.runs, p, s, true)
}

// word measures a piece of a line between two spaces, with the kerning that it
// has towards them, so that words and spaces add up to their line.
func (r *ruler) word(p []byte, s style) float32 {
	if len(p) == 0 {
		return 0
	}
	if len(p) > cachedBytes {
		return r.width(p, 0, len(p), s)
	}
	r.key = append(append(append(r.key[:0], ' '), p...), ' ')
	if w, ok := r.words[s][string(r.key)]; ok {
		return w
	}
	own := true
	f := &r.faces[s]
	for i := 0; own && i < len(p); {
		var kind runKind
		kind, i = r.kindAt(p, i, f)
		own = kind == ownRun
	}
	key := string(r.key)
	var w float32
	if own {
		w = measure(key, f.size, f.font) - 2*f.space
	} else {
		w = r.width(p, 0, len(p), s)
	}
	r.remember(s, key, w)
	return w
}

// cluster measures one grapheme cluster alone.
func (r *ruler) cluster(p []byte, from, to int, s style) float32 {
	if w, ok := r.words[s][string(p[from:to])]; ok {
		return w
	}
	w := r.width(p, from, to, s)
	if to-from <= cachedBytes && p[from] != '\t' {
		r.remember(s, string(p[from:to]), w)
	}
	return w
}

func (r *ruler) remember(s style, key string, w float32) {
	if len(r.words[s]) >= cachedWords {
		clear(r.words[s])
	}
	r.words[s][key] = w
}

// blank measures the space p[from:to] that begins at x.
func (r *ruler) blank(p []byte, from, to int, x float32, s style) float32 {
	f := &r.faces[s]
	start := x
	for i := from; i < to; {
		switch p[i] {
		case ' ':
			x += f.space
			i++
		case '\t':
			x += f.tab(x)
			i++
		default:
			end := text.NextCluster(p, i)
			x += r.cluster(p, i, min(end, to), s)
			i = end
		}
	}
	return x - start
}
