package editor

import (
	"sort"

	"ebb/ui/kit/editor/text"
)

// hit returns the boundary of a grapheme cluster in the line p[start:end] that
// lies nearest to x.
func (r *ruler) hit(p []byte, start, end int, x float32, s style) int {
	if x <= 0 || start >= end {
		return start
	}
	runs := r.split(nil, p, start, end, s)
	r.place(runs, p, s, true)
	i := sort.Search(len(runs), func(i int) bool { return runs[i].x+runs[i].width > x })
	if i == len(runs) {
		return end
	}
	u := runs[i]
	if u.kind == tabRun || u.kind == markRun {
		if x-u.x < u.width/2 {
			return u.from
		}
		return u.to
	}

	// The boundaries of the run, and the last of them that is not beyond x. A
	// share of the run's bytes is a good first guess, so few are measured.
	bounds := []int{u.from}
	for at := u.from; at < u.to; {
		at = min(text.NextCluster(p, at), u.to)
		bounds = append(bounds, at)
	}
	known := map[int]float32{0: u.x, len(bounds) - 1: u.x + u.width}
	pos := func(i int) float32 {
		v, ok := known[i]
		if !ok {
			part := u
			part.to = bounds[i]
			v = u.x + r.runWidth(&part, p[part.from:part.to], s)
			known[i] = v
		}
		return v
	}
	low, high := 0, len(bounds)-1
	for high-low > 1 {
		share := (x - pos(low)) / (pos(high) - pos(low))
		mid := low + int(share*float32(high-low)+0.5)
		mid = max(low+1, min(mid, high-1))
		if pos(mid) > x {
			high = mid
		} else {
			low = mid
		}
	}
	if x-pos(low) < pos(high)-x {
		return bounds[low]
	}
	return bounds[high]
}
