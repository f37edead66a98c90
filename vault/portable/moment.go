package portable

import (
	"strings"
	"unicode/utf8"
)

// A moment is the place of a photo, a recording or a document in one of Day One's
// texts: ![](dayone-moment://ID), with the kind in front of the ID where it is no
// photo, and ![](photos/NAME) in old exports. The words in the brackets are the
// caption. Nothing in it holds a line break, and what is longer than maxMomentPart
// is taken for words. An expression of all this keeps hundreds of places in mind at
// every letter of some texts; this looks for the middle, ](, and then both ways.

// maxMomentPart is the most letters of a caption, and of a name.
const maxMomentPart = 200

// replaceMoments puts what with gives in the place of each moment. kind is the
// Left… constant of what it stood for.
func replaceMoments(s string, with func(found, kind string) string) string {
	var b strings.Builder
	from := 0
	for at := 0; ; at += len("](") {
		n := strings.Index(s[at:], "](")
		if n < 0 {
			break
		}
		at += n
		kind, length := momentTarget(s[at+len("]("):])
		if length == 0 {
			continue
		}
		start := momentStart(s[from:at])
		if start < 0 {
			continue
		}
		end := at + len("](") + length
		b.WriteString(s[from : from+start])
		b.WriteString(with(s[from+start:end], kind))
		from, at = end, end-len("](")
	}
	b.WriteString(s[from:])
	return b.String()
}

// momentStart finds the first ![ from which nothing but a caption follows to the
// end of s, or -1.
func momentStart(s string) int {
	first := len(s)
	for range maxMomentPart {
		r, size := utf8.DecodeLastRuneInString(s[:first])
		if size == 0 || r == ']' || r == '\n' {
			break
		}
		first -= size
	}
	lead := max(first-len("!["), 0)
	if n := strings.Index(s[lead:], "!["); n >= 0 {
		return lead + n
	}
	return -1
}

// momentTarget reads what stands in the round brackets of a moment, whose length it
// returns, the closing one included; 0 if s does not begin with that.
func momentTarget(s string) (kind string, length int) {
	if rest, ok := strings.CutPrefix(s, "dayone-moment:"); ok {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "/"), "/")
		word := len(rest)
		for i := range len(rest) {
			if !isLetter(rest[i]) {
				word = i
				break
			}
		}
		kind, rest = momentKind(rest[:word]), strings.TrimPrefix(rest[word:], "/")
		end, _ := momentName(rest)
		if end < 0 {
			return "", 0
		}
		return kind, len(s) - len(rest) + end + 1
	}
	for _, folder := range []string{"photos", "videos", "audios", "pdfs"} {
		if rest, ok := strings.CutPrefix(s, folder+"/"); ok {
			if end, letters := momentName(rest); end >= 0 && letters > 0 {
				return momentKind(folder), len(s) - len(rest) + end + 1
			}
		}
	}
	return "", 0
}

// momentName finds the bracket that closes a name, or -1.
func momentName(s string) (end, letters int) {
	for i, r := range s {
		switch r {
		case ')':
			return i, letters
		case ' ', '\t', '\n', '\f', '\r':
			return -1, 0
		}
		if letters++; letters > maxMomentPart {
			return -1, 0
		}
	}
	return -1, 0
}

// momentKind is what a moment stood for: a photo, if it does not say.
func momentKind(word string) string {
	switch word {
	case "video", "videos":
		return LeftVideos
	case "audio", "audios":
		return LeftAudio
	case "pdf", "pdfs", "pdfAttachment":
		return LeftPDFs
	}
	return LeftPhotos
}
