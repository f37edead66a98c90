package editor

import (
	"slices"
	"sort"
	"unicode/utf8"

	"ebb/ui/kit/editor/text"
)

// breakReach is how many bytes before a place decide whether a line may end
// there: two runes.
const breakReach = 2 * utf8.UTFMax

// wrapped is a paragraph in lines. Without lines it has not been wrapped yet,
// and guess says how many there may be.
type wrapped struct {
	lines []int32 // where each starts
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
		return int(w.lines[i+1])
	}
	return size
}

// find returns the line that offset at lies in; a line's end is the start of
// the next one.
func (w *wrapped) find(at int) int {
	return max(0, sort.Search(len(w.lines), func(i int) bool { return int(w.lines[i]) > at })-1)
}

// wrap lays out a whole paragraph.
func (r *ruler) wrap(p []byte, width float32, s style) []int32 {
	lines := []int32{0}
	for at := 0; ; {
		at = r.nextLine(p, at, width, s)
		if at >= len(p) {
			return lines
		}
		lines = append(lines, int32(at))
	}
}

// rewrap brings the lines of a paragraph up to date after p[from:to] took the
// place of text that was to-from-delta bytes long. It starts at the line before
// the change, for a shorter word may move up, and stops as soon as a new line
// starts where an old one did: what follows is the same.
func (r *ruler) rewrap(p []byte, from, to, delta int, width float32, w *wrapped) {
	first := max(0, w.find(max(0, from-1))-1)
	old := w.lines
	next := first + 1 // the first old line that may be met again
	fresh := make([]int32, 0, 16)
	for at := int(old[first]); ; {
		at = r.nextLine(p, at, width, w.style)
		if at >= len(p) {
			w.lines = append(old[:first+1], fresh...)
			return
		}
		if at > to+breakReach {
			for next < len(old) && int(old[next])+delta < at {
				next++
			}
			if next < len(old) && int(old[next])+delta == at {
				w.lines = slices.Replace(old, first+1, next, fresh...)
				for i := first + 1 + len(fresh); i < len(w.lines); i++ {
					w.lines[i] += int32(delta)
				}
				return
			}
		}
		fresh = append(fresh, int32(at))
	}
}

// nextLine returns the end of the line that starts at offset start.
func (r *ruler) nextLine(p []byte, start int, width float32, s style) int {
	// Words add up to their line but for the kerning at its ends: near the edge
	// the line itself is measured.
	near := width - max(r.faces[s].size/4, width/64)
	x := float32(0)
	for at := start; at < len(p); {
		word, next := text.NextPiece(p, at)
		if word == at && x > width && at > start {
			return at // space that goes on and on
		}
		w := r.word(p[at:word], s)
		if x+w > near && word > at {
			switch {
			case at == start:
				if c := r.cut(p, start, word, width, s); c < word {
					return c
				}
			case x+w > width || r.width(p, start, word, s) > width:
				return at
			}
		}
		x += w
		x += r.blank(p, word, next, x, s)
		at = next
	}
	return len(p)
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
