package portable

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// redDay reads one day: a mapping of a number to a mapping in which text is the
// text and every other name a category (RedNotebook shows them as tags), with
// entries of its own or without. A category without entries is a tag. One with
// entries is a tag, and its entries follow the text as a list.
func redDay(block []byte, w when) (e Entry, left Left, notes []string, reason string) {
	if crowded(block) {
		return e, nil, nil, reasonYAML
	}
	yml := string(block)
	if !utf8.Valid(block) {
		yml = western(block)
		notes = append(notes, noteWestern)
	}
	day, sound := oneDay(yml)
	if !sound {
		return e, nil, nil, reasonYAML
	}
	text, categories, whole, ok := redContent(day)
	if !ok {
		return e, nil, nil, reasonText
	}
	if !whole {
		notes = append(notes, noteField)
	}
	page := tagsText(text)
	e.Text = page.text()
	tags := page.categories(categories, strings.TrimSpace(e.Text) == "")
	if len(categories) > 0 {
		e.Text = page.text()
	}
	switch noWords := strings.TrimSpace(e.Text) == ""; {
	case noWords && len(page.left) > 0:
		return e, page.left, nil, reasonOnlyMedia
	case noWords: // spaces that do not break are white space, too
		return e, nil, nil, reasonNoText
	case len(e.Text) > MaxText:
		return e, page.left, nil, reasonTooLarge
	}
	var fit bool
	if e.Tags, fit = oneLineWords(append(tags, hashtags(text)...)); !fit {
		notes = append(notes, noteTags)
	}
	e.Written, e.Zone, e.LocalDate, e.AllDay = w.at, w.zone, w.day, true
	e.SourceID = redID(w.day, text, categories)
	return e, page.left, notes, ""
}

// oneDay parses a block of YAML. Aliases are refused: RedNotebook writes none, and
// what they multiply has no bound.
func oneDay(yml string) (day *yaml.Node, sound bool) {
	yml = strings.Map(func(r rune) rune { // YAML has no place for these, and RedNotebook escapes them
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F || r == '\uFEFF' {
			return -1
		}
		return r
	}, yml)
	documents := yaml.NewDecoder(strings.NewReader(yml))
	var document, more yaml.Node
	if documents.Decode(&document) != nil || !errors.Is(documents.Decode(&more), io.EOF) {
		return nil, false
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode || len(document.Content[0].Content) != 2 {
		return nil, false
	}
	day = document.Content[0].Content[1]
	return day, !aliased(day)
}

func aliased(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, aliased)
}

// A category is what stands beside a day's text.
type category struct {
	name    string
	entries []string
}

// redContent takes a day apart. whole is false if something was left that is
// neither text nor category; ok is false if the text is none.
func redContent(day *yaml.Node) (text string, categories []category, whole, ok bool) {
	whole = true
	switch {
	case isNothing(day):
		return "", nil, true, true
	case day.Kind == yaml.ScalarNode:
		return day.Value, nil, true, true
	case day.Kind != yaml.MappingNode:
		return "", nil, false, false
	}
	for i := 0; i+1 < len(day.Content); i += 2 {
		name, value := day.Content[i], day.Content[i+1]
		switch {
		case name.Kind != yaml.ScalarNode:
			whole = false
		case name.Value == "text" && isNothing(value):
		case name.Value == "text" && value.Kind == yaml.ScalarNode:
			whole = whole && text == "" // twice is once too often
			text = value.Value
		case name.Value == "text":
			return "", nil, false, false
		default:
			entries, sound := redEntries(value)
			whole = whole && sound
			categories = append(categories, category{name.Value, entries})
		}
	}
	return text, categories, whole, true
}

// redEntries lists what a category holds: the names of a mapping to nothing.
func redEntries(value *yaml.Node) (entries []string, sound bool) {
	sound = true
	switch {
	case isNothing(value):
	case value.Kind == yaml.ScalarNode:
		entries = append(entries, value.Value)
	case value.Kind == yaml.SequenceNode:
		for _, item := range value.Content {
			sound = sound && item.Kind == yaml.ScalarNode
			entries = append(entries, item.Value)
		}
	default:
		for i := 0; i+1 < len(value.Content); i += 2 {
			sound = sound && value.Content[i].Kind == yaml.ScalarNode && isNothing(value.Content[i+1])
			entries = append(entries, value.Content[i].Value)
		}
	}
	return slices.DeleteFunc(entries, func(s string) bool { return strings.TrimSpace(s) == "" }), sound
}

func isNothing(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// categories adds the categories that have entries below the text, as a list, and
// returns the tags. Where there is no text, all of them are the text.
func (p *tagsPage) categories(all []category, alone bool) (tags []string) {
	var list []richLine
	add := func(level int, text string) {
		if runs := p.runs(strings.Join(strings.Fields(plainLines(text)), " ")); !onlyPictures(runs) {
			list = append(list, richLine{attributes: richLineAttributes{ListStyle: "bulleted", IndentLevel: level}, runs: runs})
		}
	}
	for _, c := range all {
		switch {
		case c.name == "Tags": // as RedNotebook 1 kept them
			tags = append(tags, c.entries...)
			continue
		case len(c.entries) > 0 || alone:
			add(0, c.name)
		}
		tags = append(tags, c.name)
		for _, entry := range c.entries {
			add(1, entry)
		}
	}
	switch {
	case alone: // of the text at most white space is left
		p.lines = nil
	case list != nil: // a line keeps it apart from a list at the end of the text
		p.lines = append(p.lines, richLine{block: "---"})
	}
	p.lines = append(p.lines, list...)
	return tags
}

// redID is a hash of the day and of all that was written. A day that was changed
// since is a new entry, and the journal of another person is another one.
func redID(day, text string, categories []category) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s", day, strings.TrimSpace(text))
	sorted := slices.Clone(categories)
	slices.SortStableFunc(sorted, func(a, b category) int { return strings.Compare(a.name, b.name) })
	for _, c := range sorted {
		fmt.Fprintf(h, "\x00%s", c.name)
		for _, entry := range c.entries {
			fmt.Fprintf(h, "\x01%s", entry)
		}
	}
	return fmt.Sprintf("rednotebook:%x", h.Sum(nil))
}

// hashtag fits a #tag as RedNotebook finds it in a text: some letter in it, and no
// letter, digit, & or # in front.
var (
	hashtag   = regexp.MustCompile(`(?:^|[^\p{L}\p{M}\p{N}_&#＃])[#＃]([\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)`)
	noHashtag = regexp.MustCompile(`^(?i:[0-9a-f]{6}|include|define|ifdef|ifndef|endif)$`) // colours and C
)

func hashtags(text string) (tags []string) {
	for _, m := range hashtag.FindAllStringSubmatch(text, -1) {
		if !noHashtag.MatchString(m[1]) {
			tags = append(tags, strings.ToLower(m[1]))
		}
	}
	return tags
}
