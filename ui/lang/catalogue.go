package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/BurntSushi/toml"
)

// A catalogue holds the texts of one language by key.
type catalogue map[string]text

// A text is what one key says.
type text struct {
	forms  map[string]string // by plural category; without a plural, "other" alone
	plural bool              // written as a table of categories
	fields []string          // names of its fields over all forms, sorted
}

// categories are CLDR's plural categories, in its order.
var categories = []string{"zero", "one", "two", "few", "many", "other"}

var keySyntax = regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$`)

// readCatalogue reads all files of a language. It returns every sound text
// together with one error that lists all that is wrong.
func readCatalogue(fsys fs.FS, tag string) (catalogue, error) {
	files, err := fs.Glob(fsys, tag+"/*.toml")
	if err != nil {
		return nil, fmt.Errorf("language %s: %w", tag, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("language %s has no catalogue", tag)
	}
	c := make(catalogue)
	var problems []error
	for _, file := range files {
		if err := c.add(fsys, file); err != nil {
			problems = append(problems, err)
		}
	}
	return c, errors.Join(problems...)
}

// add reads one file into c.
func (c catalogue) add(fsys fs.FS, file string) error {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return fmt.Errorf("%s: %w", file, err) // TOML itself refuses a key given twice
	}
	area := strings.TrimSuffix(path.Base(file), ".toml")
	var problems []error
	for _, l := range leaves("", tree) {
		t, err := readText(l)
		if err == nil {
			err = checkKey(l.key, area)
		}
		if _, taken := c[l.key]; taken && err == nil {
			err = errors.New("the key is there twice")
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %w", file, l.key, err))
			continue
		}
		c[l.key] = t
	}
	return errors.Join(problems...)
}

func checkKey(key, area string) error {
	if !keySyntax.MatchString(key) {
		return errors.New("a key has two or more parts of lower-case letters, digits and hyphens")
	}
	if first, _, _ := strings.Cut(key, "."); first != area {
		return fmt.Errorf("the key belongs in %s.toml", first)
	}
	return nil
}

// A leaf is a value of a catalogue that is to be one text: a string, or a table
// that has a plural category among its keys.
type leaf struct {
	key   string
	value any
}

// leaves lists what lies in a table, in the order of the keys.
func leaves(prefix string, table map[string]any) (out []leaf) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		key := prefix + name
		child, isTable := table[name].(map[string]any)
		if isTable && !slices.ContainsFunc(categories, func(c string) bool { _, ok := child[c]; return ok }) {
			out = append(out, leaves(key+".", child)...)
			continue
		}
		out = append(out, leaf{key, table[name]})
	}
	return out
}

func readText(l leaf) (text, error) {
	t := text{forms: make(map[string]string)}
	switch v := l.value.(type) {
	case string:
		t.forms["other"] = v
	case map[string]any:
		t.plural = true
		for name, form := range v {
			s, ok := form.(string)
			if !ok || !slices.Contains(categories, name) {
				return text{}, fmt.Errorf("%q stands among plural forms", name)
			}
			t.forms[name] = s
		}
		if _, ok := t.forms["other"]; !ok {
			return text{}, errors.New(`a plural needs the form "other"`)
		}
	default:
		return text{}, fmt.Errorf("not a text but a %T", v)
	}
	for category, form := range t.forms {
		fields, err := readForm(form)
		if err != nil {
			return text{}, fmt.Errorf("%s: %w", category, err)
		}
		t.fields = append(t.fields, fields...)
	}
	slices.Sort(t.fields)
	t.fields = slices.Compact(t.fields)
	return t, nil
}

// readForm checks one text and lists its fields.
func readForm(form string) (fields []string, err error) {
	if strings.TrimSpace(form) != form || form == "" {
		return nil, errors.New("empty, or with space at an end")
	}
	trees, err := parse.Parse("text", form, "{{", "}}")
	if err != nil {
		return nil, err
	}
	for _, node := range trees["text"].Root.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
		case *parse.ActionNode:
			field := strings.TrimPrefix(n.Pipe.String(), ".")
			if !fieldSyntax.MatchString(field) {
				return nil, fmt.Errorf("%s is not a plain field such as {{.Name}}", n)
			}
			fields = append(fields, field)
		default:
			return nil, fmt.Errorf("%s is not a plain field such as {{.Name}}", n)
		}
	}
	return fields, nil
}

var fieldSyntax = regexp.MustCompile(`^[A-Z][A-Za-z]*$`)
