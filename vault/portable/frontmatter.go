package portable

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// maxFront is the most bytes of front matter.
const maxFront = 64 << 10

// front is what front matter says, with names in lower case and - as _.
type front struct {
	fields map[string]frontValue
	order  []string
}

type frontValue struct {
	words []string
	sound bool // false: present, but not a word or a list of words
}

// splitFront parts a text into front matter and the rest. Between lines of ---
// stands a small part of YAML: name: value, lists in brackets or on lines of
// their own, quotes of both kinds. Between lines of +++ stands TOML. found is
// false if the text does not begin with either, and sound is false if it does
// and cannot be understood: then the whole of it is text, so that no word goes
// missing.
func splitFront(text string) (f front, body string, found, sound bool) {
	first, rest, more := strings.Cut(text, "\n")
	mark := strings.TrimRight(first, " \t\r")
	if !more || mark != "---" && mark != "+++" {
		return front{}, text, false, true
	}
	var lines []string
	length := 0
	for {
		line, after, more := strings.Cut(rest, "\n")
		bare := strings.TrimRight(line, " \t\r")
		if bare == mark || mark == "---" && bare == "..." {
			rest = after
			break
		}
		if length += len(line); !more || length > maxFront {
			// --- alone is also a rule between paragraphs.
			return front{}, text, false, mark == "---"
		}
		lines = append(lines, bare)
		rest = after
	}
	if mark == "+++" {
		f, sound = readTOML(strings.Join(lines, "\n"))
	} else {
		f, sound = readYAML(lines)
	}
	if !sound {
		return front{}, text, true, false
	}
	return f, rest, true, true
}

var yamlKey = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_ -]{0,63}):(?:[ \t]+(.*))?$`)

func readYAML(lines []string) (front, bool) {
	f := front{fields: map[string]frontValue{}}
	for i := 0; i < len(lines); {
		line := lines[i]
		i++
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := yamlKey.FindStringSubmatch(line)
		if m == nil {
			return front{}, false
		}
		// What is indented, and list items, belong to the name above.
		var below []string
		for i < len(lines) && (lines[i] == "" || strings.HasPrefix(lines[i], " ") || strings.HasPrefix(lines[i], "-")) {
			if lines[i] != "" {
				below = append(below, strings.TrimSpace(lines[i]))
			}
			i++
		}
		f.set(m[1], yamlValue(strings.TrimSpace(m[2]), below))
	}
	return f, true
}

func yamlValue(s string, below []string) frontValue {
	if s == "" || strings.HasPrefix(s, "#") {
		v := frontValue{sound: true}
		for _, line := range below {
			item, isItem := strings.CutPrefix(line, "-")
			word, ok := yamlScalar(strings.TrimSpace(item))
			v.words = append(v.words, word)
			v.sound = v.sound && isItem && ok
		}
		return v
	}
	if len(below) > 0 {
		return frontValue{}
	}
	if inner, isList := strings.CutPrefix(s, "["); isList {
		return yamlList(inner)
	}
	word, ok := yamlScalar(s)
	return frontValue{[]string{word}, ok}
}

// yamlList reads what follows an opening bracket.
func yamlList(s string) frontValue {
	v := frontValue{}
	s = strings.TrimSpace(s)
	if s == "]" {
		return frontValue{sound: true}
	}
	for s != "" {
		item := s
		if s[0] == '"' || s[0] == '\'' {
			n := quotedLen(s)
			if n < 0 {
				return frontValue{}
			}
			item = s[:n]
		} else if n := strings.IndexAny(s, ",]"); n >= 0 {
			item = s[:n]
		}
		s = strings.TrimSpace(s[len(item):])
		word, ok := yamlScalar(strings.TrimSpace(item))
		if !ok || s == "" {
			return frontValue{}
		}
		v.words = append(v.words, word)
		if s[0] == ']' {
			rest := strings.TrimSpace(s[1:])
			v.sound = rest == "" || rest[0] == '#'
			return v
		}
		if s[0] != ',' {
			return frontValue{}
		}
		if s = strings.TrimSpace(s[1:]); strings.HasPrefix(s, "]") {
			v.sound = true // a comma behind the last
			return v
		}
	}
	return frontValue{}
}

// quotedLen is the length of the quoted word at the beginning of s, or -1.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[0] == '\'' && strings.HasPrefix(s[i:], "''"):
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return -1
}

func yamlScalar(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	switch s[0] {
	case '"', '\'':
		n := quotedLen(s)
		if n < 0 || n < len(s) && !strings.HasPrefix(strings.TrimSpace(s[n:]), "#") {
			return s, false
		}
		if s[0] == '\'' {
			return strings.ReplaceAll(s[1:n-1], "''", "'"), true
		}
		// Of the escapes of YAML, those that JSON has too.
		var word string
		err := json.Unmarshal([]byte(s[:n]), &word)
		return word, err == nil
	case '|', '>', '{', '[', '&', '!', '%', '@', '`':
		return s, false
	}
	if n := strings.Index(s, " #"); n >= 0 {
		s = strings.TrimSpace(s[:n])
	}
	return s, true
}

func readTOML(s string) (front, bool) {
	var table map[string]any
	if _, err := toml.Decode(s, &table); err != nil {
		return front{}, false
	}
	f := front{fields: map[string]frontValue{}}
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.set(name, tomlValue(table[name]))
	}
	return f, true
}

func tomlValue(v any) frontValue {
	switch v := v.(type) {
	case string:
		return frontValue{[]string{v}, true}
	case bool, int64, float64:
		return frontValue{[]string{fmt.Sprint(v)}, true}
	case time.Time:
		layout := time.RFC3339Nano
		switch v.Location().String() { // so toml tells its local kinds apart
		case "datetime-local":
			layout = wallClock[0]
		case "date-local":
			layout = time.DateOnly
		case "time-local":
			return frontValue{}
		}
		return frontValue{[]string{v.Format(layout)}, true}
	case []any:
		list := frontValue{sound: true}
		for _, item := range v {
			word := tomlValue(item)
			list.words = append(list.words, word.words...)
			list.sound = list.sound && word.sound && len(word.words) == 1
		}
		return list
	}
	return frontValue{}
}

func (f *front) set(name string, v frontValue) {
	name = strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(name))
	if _, twice := f.fields[name]; twice {
		v = frontValue{}
	} else {
		f.order = append(f.order, name)
	}
	f.fields[name] = v
}

// take removes the first of the names that is present and returns its value.
func (f *front) take(names ...string) (v frontValue, present bool) {
	for _, name := range names {
		if v, present = f.fields[name]; present {
			delete(f.fields, name)
			return v, true
		}
	}
	return frontValue{}, false
}

// word removes a field that is a single word.
func (f *front) word(names ...string) (s string, ok bool) {
	v, present := f.take(names...)
	if !present {
		return "", true
	}
	if !v.sound || len(v.words) > 1 {
		return "", false
	}
	return strings.Join(v.words, ""), true
}

// words removes a field that is a list; a single word may hold commas.
func (f *front) words(names ...string) (words []string, ok bool) {
	v, present := f.take(names...)
	if !present {
		return nil, true
	}
	if len(v.words) == 1 {
		v.words = strings.Split(v.words[0], ",")
	}
	for _, word := range v.words {
		words = append(words, strings.TrimPrefix(strings.TrimSpace(word), "#"))
	}
	return words, v.sound
}

// flag removes a field that is true or false.
func (f *front) flag(names ...string) (b, ok bool) {
	s, ok := f.word(names...)
	switch strings.ToLower(s) {
	case "true", "yes", "on", "1":
		return true, ok
	case "", "false", "no", "off", "0", "null", "~":
		return false, ok
	}
	return false, false
}
