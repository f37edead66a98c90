package portable

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline writes the runs of one line. Emphasis opens and closes inside each
// other; spaces at the edge of a run move out of it, because Markdown sees no
// emphasis beside a space.
func inline(runs []richRun) string {
	var whole strings.Builder
	for _, run := range runs {
		whole.WriteString(run.text)
	}
	line := whole.String()
	// Elsewhere in the text there may always be a partner for a lone sign.
	lit := newLiteral(line)
	lit.stars, lit.lines, lit.tildes, lit.ticks = 2, 2, 2, 2

	var b strings.Builder
	var open []string
	at, done := 0, 0 // how much of the line was looked at, and written
	for i, run := range runs {
		end := at + len(run.text)
		lead, core, tail := edges(run.text)
		if core == "" {
			at = end
			continue
		}
		start := at + len(lead)
		stop := start + len(core)
		var want []string
		if emphasisHolds(line, start, stop) {
			want = run.style.signs()
		}
		keep := 0
		for keep < len(open) && slices.Contains(want, open[keep]) {
			keep++
		}
		for len(open) > keep {
			b.WriteString(open[len(open)-1])
			open = open[:len(open)-1]
		}
		b.WriteString(line[done:start]) // white space
		for _, sign := range want {
			if !slices.Contains(open, sign) {
				b.WriteString(sign)
				open = append(open, sign)
			}
		}
		beforeLink := i+1 < len(runs) && runs[i+1].style.LinkURL != "" && tail == ""
		b.WriteString(span(core, start, run.style, lit, beforeLink))
		done, at = stop, end
	}
	slices.Reverse(open)
	return b.String() + strings.Join(open, "") + line[done:]
}

// signs lists the emphasis of a run, outermost first.
func (s richStyle) signs() []string {
	var signs []string
	if s.Strikethrough {
		signs = append(signs, "~~")
	}
	if s.Bold {
		signs = append(signs, "**")
	}
	if s.Italic {
		signs = append(signs, "*")
	}
	return signs
}

// span writes the core of one run: as code, as a link, or with backslashes
// where its characters would otherwise format something.
func span(core string, start int, style richStyle, lit *literal, beforeLink bool) string {
	if style.InlineCode {
		ticks := strings.Repeat("`", longestTicks(core)+1)
		if strings.HasPrefix(core, "`") || strings.HasSuffix(core, "`") {
			core = " " + core + " "
		}
		return ticks + core + ticks
	}
	if style.Autolink {
		if target := linkTarget(core); target != "" {
			return target
		}
	}
	var b strings.Builder
	for i := range len(core) {
		last := i == len(core)-1
		// A backslash at the end of a line would be a line break.
		atEnd := core[i] == '\\' && start+i == len(lit.s)-1
		if isPunct(core[i]) && (lit.formats(start+i) || atEnd || last && beforeLink && core[i] == '!') {
			b.WriteByte('\\')
		}
		b.WriteByte(core[i])
	}
	if target := linkTarget(style.LinkURL); target != "" {
		if !strings.ContainsAny(style.LinkURL, `()\`) { // no need for angle brackets
			target = style.LinkURL
		}
		return "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(unbracket.Replace(b.String())) + "](" + target + ")"
	}
	return b.String()
}

// unbracket undoes the escaping of brackets, so that it is not done twice.
var unbracket = strings.NewReplacer(`\\`, `\\`, `\[`, "[", `\]`, "]")

// edges parts a run into the white space around it and the rest.
func edges(s string) (lead, core, tail string) {
	core = strings.TrimLeftFunc(s, unicode.IsSpace)
	lead = s[:len(s)-len(core)]
	core = strings.TrimRightFunc(core, unicode.IsSpace)
	return lead, core, s[len(lead)+len(core):]
}

// emphasisHolds tells whether signs around line[start:stop] would be seen as
// emphasis: beside a letter outside they need a letter inside (CommonMark 0.31.2,
// section 6.2, flanking). Where they would not, plain words are better than
// words with stray stars.
func emphasisHolds(line string, start, stop int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:start])
	first, _ := utf8.DecodeRuneInString(line[start:])
	last, _ := utf8.DecodeLastRuneInString(line[:stop])
	after, _ := utf8.DecodeRuneInString(line[stop:])
	isSign := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	isOpen := func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || isSign(r) }
	return (!isSign(first) || isOpen(before)) && (!isSign(last) || isOpen(after))
}
