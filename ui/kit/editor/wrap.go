package editor

import (
	"sort"

	"ebb/ui/kit/editor/text"
)

// line is where a line of a paragraph starts.
type line struct {
	start int32
	cut   bool // the line before was cut inside a word that is wider than a line
}

// wrapped is a paragraph in lines. Without lines it has not been wrapped yet,
// and guess says how many there may be.
type wrapped struct {
	lines []line
	guess int32
	style style
}

func (w *wrapped) count() int {
	if w.lines == nil {
		return int(w.guess)
	}
	return len(w.lines)
}

// end is where line i of a paragraph of size bytes ends.
func (w *wrapped) end(i, size int) int {
	if i+1 < len(w.lines) {
		return int(w.lines[i+1].start)
	}
	return size
}

// find returns the line that offset at lies in; a line's end is the start of
// the next one.
func (w *wrapped) find(at int) int {
	return max(0, sort.Search(len(w.lines), func(i int) bool { return int(w.lines[i].start) > at })-1)
}

// wrap lays out a whole paragraph.
func (r *ruler) wrap(p []byte, width float32, lines []line, s style) []line {
	lines = append(lines[:0], line{})
	for at := 0; ; {
		end, cut := r.nextLine(p, at, width, s)
		if end >= len(p) {
			return lines
		}
		lines = append(lines, line{start: int32(end), cut: cut})
		at = end
	}
}

// rewrap brings the lines of a paragraph up to date after p[from:to] took the
// place of text that was to-from-delta bytes long. It starts at the line before
// the change, for a shorter word may move up, and stops as soon as a new line
// starts where an old one did.
func (r *ruler) rewrap(p []byte, from, to, delta int, width float32, w *wrapped) {
	first := max(0, w.find(max(0, from-1))-1)
	// Within a word of several lines, two whole lines before the change prove
	// that it is wider than a line still.
	for n := 0; n < 3 && first > 0 && w.lines[first].cut; n++ {
		first--
	}

	old := w.lines
	next := first + 1 // the first old line that may be met again
	fresh := make([]line, 0, 16)
	for at := int(old[first].start); ; {
		end, cut := r.nextLine(p, at, width, w.style)
		if end >= len(p) {
			w.lines = append(old[:first+1], fresh...)
			return
		}
		l := line{start: int32(end), cut: cut}
		// The rules for breaking look two runes back.
		if end > to+8 {
			for next < len(old) && int(old[next].start)+delta < end {
				next++
			}
			if next < len(old) && int(old[next].start)+delta == end && old[next].cut == cut {
				w.lines = join(old, first+1, next, fresh)
				for i := first + 1 + len(fresh); i < len(w.lines); i++ {
					w.lines[i].start += int32(delta)
				}
				return
			}
		}
		fresh = append(fresh, l)
		at = end
	}
}

// join replaces lines[from:to].
func join(lines []line, from, to int, with []line) []line {
	if len(with) == to-from {
		copy(lines[from:], with)
		return lines
	}
	tail := lines[to:]
	if n := from + len(with) + len(tail); n <= cap(lines) {
		out := lines[:n]
		copy(out[from+len(with):], tail)
		copy(out[from:], with)
		return out
	}
	out := make([]line, 0, len(lines)+len(with)+16)
	out = append(append(out, lines[:from]...), with...)
	return append(out, tail...)
}

// nextLine returns the end of the line that starts at offset start, and whether
// it ends within a word because the word alone is too wide.
func (r *ruler) nextLine(p []byte, start int, width float32, s style) (end int, cut bool) {
	// Words add up to their line but for the kerning at its ends: near the edge
	// the line itself is measured.
	near := width - max(r.faces[s].size/4, width/64)
	x := float32(0)
	for at := start; at < len(p); {
		word, next := text.NextPiece(p, at)
		if word == at && x > width && at > start {
			return at, false // space that goes on and on
		}
		w := r.word(p[at:word], s)
		if x+w > near && word > at {
			switch {
			case at == start:
				if c := r.cut(p, start, word, width, s); c < word {
					return c, true
				}
			case x+w > width || r.width(p, start, word, s) > width:
				return at, false
			}
		}
		x += w
		x += r.blank(p, word, next, x, s)
		at = next
	}
	return len(p), false
}

// cut returns how much of the word p[start:end] fits on a line, at least one
// grapheme cluster.
func (r *ruler) cut(p []byte, start, end int, width float32, s style) int {
	x, at := float32(0), start
	for at < end {
		next := min(text.NextCluster(p, at), end)
		x += r.cluster(p, at, next, s)
		if x > width+r.faces[s].size && at > start {
			break
		}
		at = next
	}
	for {
		before := text.PreviousCluster(p, at)
		if before <= start || r.width(p, start, at, s) <= width {
			return at
		}
		at = before
	}
}
