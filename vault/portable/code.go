package portable

import "strings"

// A codePart is a stretch of Markdown that is either code or not.
type codePart struct {
	text string
	code bool
}

// splitCode parts a text into code (fenced blocks with their fences, spans
// between backticks with the backticks) and the rest. Joined, the parts are the
// text again. Lines indented by four spaces count as prose: Day One does not
// write code that way, people do indent.
func splitCode(s string) []codePart {
	var parts []codePart
	var prose strings.Builder
	flush := func() {
		if prose.Len() > 0 {
			parts = appendSpans(parts, prose.String())
			prose.Reset()
		}
	}
	var fence string // the opening run of the block we are in
	var block strings.Builder
	for line := range strings.SplitAfterSeq(s, "\n") {
		run := fenceRun(line)
		switch {
		case fence != "":
			block.WriteString(line)
			if strings.HasPrefix(run, fence) && strings.Trim(line, " \t\n>"+fence[:1]) == "" {
				parts = append(parts, codePart{block.String(), true})
				block.Reset()
				fence = ""
			}
		case run != "":
			flush()
			fence = run
			block.WriteString(line)
		default:
			prose.WriteString(line)
		}
	}
	if fence != "" { // a block that is never closed lasts to the end
		parts = append(parts, codePart{block.String(), true})
	}
	flush()
	return parts
}

// fenceRun is the run of three or more backticks or tildes that a line begins
// with, behind any indentation and quote marks, or "".
func fenceRun(line string) string {
	line = strings.TrimLeft(line, " \t>")
	for _, c := range []string{"`", "~"} {
		rest := strings.TrimLeft(line, c)
		if n := len(line) - len(rest); n >= 3 {
			if c == "`" && strings.Contains(rest, "`") {
				return "" // the info string of a fence holds no backtick: this is a span
			}
			return line[:n]
		}
	}
	return ""
}

// appendSpans parts prose at its code spans. A span opens and closes with runs
// of the same length and does not cross a blank line.
func appendSpans(parts []codePart, s string) []codePart {
	runs := tickRuns(s)
	from := 0
	for i := 0; i < len(runs); i++ {
		open := runs[i]
		if open.close < 0 {
			continue
		}
		closing := runs[open.close]
		if from < open.at {
			parts = append(parts, codePart{s[from:open.at], false})
		}
		from = closing.at + closing.n
		parts = append(parts, codePart{s[open.at:from], true})
		i = open.close
	}
	if from < len(s) {
		parts = append(parts, codePart{s[from:], false})
	}
	return parts
}

// A tickRun is a run of n backticks; close is the index of the next run of the
// same length in the same paragraph, or -1. A run behind a backslash can close
// a span but cannot open one.
type tickRun struct{ at, n, close int }

func tickRuns(s string) []tickRun {
	var runs []tickRun
	var shut []bool          // behind a backslash
	waiting := map[int]int{} // length -> the last run that awaits a closing one
	lineBlank := true
	for i := 0; i < len(s); {
		c := s[i]
		if c == '\n' {
			if lineBlank {
				clear(waiting)
			}
			lineBlank = true
			i++
			continue
		}
		lineBlank = lineBlank && (c == ' ' || c == '\t')
		if c != '`' {
			i++
			continue
		}
		at := i
		for i < len(s) && s[i] == '`' {
			i++
		}
		k := len(runs)
		runs = append(runs, tickRun{at, i - at, -1})
		shut = append(shut, oddBackslashes(s, at))
		if open, ok := waiting[i-at]; ok && !shut[open] {
			runs[open].close = k
		}
		waiting[i-at] = k
	}
	return runs
}

// oddBackslashes tells whether the character at i is escaped.
func oddBackslashes(s string, i int) bool {
	n := 0
	for i-n-1 >= 0 && s[i-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}
