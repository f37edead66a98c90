package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// Every key in the program has a text, every text is shown somewhere, and the
// fields that a call fills are those that its text has.
func TestEveryKeyAndTextMeet(t *testing.T) {
	texts, err := readCatalogue(shipped, source)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range misuses(t, os.DirFS("../.."), texts) {
		t.Error(problem)
	}
}

// A use is one call of T, F, N or Dynamic.
type use struct {
	at     string   // file:line
	verb   string   // T, F, N or Dynamic
	key    string   // "" if it is not a literal
	fields []string // keys of the data, if they are written out at the call
	known  bool     // whether they are
}

// misuses lists where the tree's Go files and the texts do not meet.
func misuses(t *testing.T, tree fs.FS, texts catalogue) (problems []string) {
	used := make(map[string]bool)
	for _, u := range usesIn(t, tree) {
		complain := func(format string, args ...any) {
			problems = append(problems, u.at+": "+fmt.Sprintf(format, args...))
		}
		if u.key == "" {
			complain("lang.%s wants its key as a literal or a constant of this package; for a family of keys there is lang.Dynamic", u.verb)
			continue
		}
		if u.verb == "Dynamic" {
			family := slices.DeleteFunc(slices.Collect(maps.Keys(texts)), func(key string) bool { return !strings.HasPrefix(key, u.key) })
			for _, key := range family {
				used[key] = true
			}
			if !strings.HasSuffix(u.key, ".") || len(family) == 0 {
				complain("lang.Dynamic(%q) wants a beginning of keys with its dot, and no key begins so", u.key)
			}
			continue
		}
		text, there := texts[u.key]
		used[u.key] = true
		filled := slices.DeleteFunc(slices.Clone(text.fields), func(f string) bool { return text.plural && f == "Count" })
		switch {
		case !there:
			complain("no text has the key %q", u.key)
		case text.plural != (u.verb == "N"):
			complain("%q: a text with a plural is said by lang.N, and by nothing else", u.key)
		case u.verb == "T" && len(text.fields) > 0:
			complain("%q has the fields %v, which lang.T does not fill", u.key, text.fields)
		case u.verb == "F" && len(text.fields) == 0:
			complain("%q has no fields: lang.T says it", u.key)
		case u.verb != "T" && u.known && !slices.Equal(filled, u.fields):
			complain("%q has the fields %v, the call fills %v", u.key, filled, u.fields)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if !used[key] {
			problems = append(problems, fmt.Sprintf("nothing shows the text %q", key))
		}
	}
	return problems
}

// usesIn reads the Go files of the tree, without tests, whatever their build
// constraints.
func usesIn(t *testing.T, tree fs.FS) (uses []use) {
	t.Helper()
	packages := make(map[string][]string)
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || name == "build" || name == "ui/lang") {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			packages[path.Dir(name)] = append(packages[path.Dir(name)], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		positions := token.NewFileSet()
		var files []*ast.File
		for _, name := range packages[dir] {
			data, err := fs.ReadFile(tree, name)
			if err != nil {
				t.Fatal(err)
			}
			file, err := parser.ParseFile(positions, name, data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		constants := stringConstants(files)
		for _, file := range files {
			uses = append(uses, usesInFile(positions, file, constants)...)
		}
	}
	return uses
}

func usesInFile(positions *token.FileSet, file *ast.File, constants map[string]string) (uses []use) {
	imported := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"ebb/ui/lang"` {
			imported = "lang"
			if spec.Name != nil {
				imported = spec.Name.Name
			}
		}
	}
	if imported == "" {
		return nil
	}
	literal := func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.BasicLit:
			if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
				return s
			}
		case *ast.Ident:
			return constants[e.Name]
		}
		return ""
	}
	// called holds the functions that are called; one that is handed on as a
	// value would say keys that nobody has checked.
	called := make(map[*ast.SelectorExpr]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		call, _ := n.(*ast.CallExpr)
		selector := verbOf(n, call, imported)
		if selector == nil || called[selector] {
			return true
		}
		u := use{at: positions.Position(n.Pos()).String(), verb: selector.Sel.Name}
		if call != nil {
			called[selector] = true
			if len(call.Args) > 0 {
				u.key = literal(call.Args[0])
				u.fields, u.known = fieldsOf(call.Args[len(call.Args)-1], literal)
			}
		}
		uses = append(uses, u)
		return true
	})
	return uses
}

// verbOf returns the selector lang.T, F, N or Dynamic that the node is, or that
// the call calls, and nil for all other nodes.
func verbOf(n ast.Node, call *ast.CallExpr, imported string) *ast.SelectorExpr {
	if call != nil {
		n = call.Fun
	}
	selector, ok := n.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"T", "F", "N", "Dynamic"}, selector.Sel.Name) {
		return nil
	}
	if x, ok := selector.X.(*ast.Ident); !ok || x.Name != imported {
		return nil
	}
	return selector
}

// fieldsOf lists the keys of a map that is written out at the call, or of nil.
func fieldsOf(e ast.Expr, literal func(ast.Expr) string) (fields []string, known bool) {
	if id, ok := e.(*ast.Ident); ok && id.Name == "nil" {
		return nil, true
	}
	composite, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	for _, element := range composite.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return nil, false
		}
		fields = append(fields, literal(pair.Key))
	}
	slices.Sort(fields)
	return fields, true
}

// stringConstants collects the string constants that a package declares at its
// top level.
func stringConstants(files []*ast.File) map[string]string {
	constants := make(map[string]string)
	for _, file := range files {
		for _, declaration := range file.Decls {
			general, ok := declaration.(*ast.GenDecl)
			if !ok || general.Tok != token.CONST {
				continue
			}
			for _, spec := range general.Specs {
				values := spec.(*ast.ValueSpec)
				for i, value := range values.Values {
					if l, ok := value.(*ast.BasicLit); ok && l.Kind == token.STRING {
						constants[values.Names[i].Name], _ = strconv.Unquote(l.Value)
					}
				}
			}
		}
	}
	return constants
}

func TestMisusesAreSeen(t *testing.T) {
	texts := catalogue{
		"a.plain":  {forms: map[string]string{"other": "x"}},
		"a.filled": {forms: map[string]string{"other": "{{.Name}}"}, fields: []string{"Name"}},
		"a.many":   {forms: map[string]string{"other": "{{.Count}} {{.Name}}"}, plural: true, fields: []string{"Count", "Name"}},
		"mood.a":   {forms: map[string]string{"other": "x"}},
		"mood.b":   {forms: map[string]string{"other": "x"}},
	}
	const sound = `package ui
import words "ebb/ui/lang"
const key = "a.plain"
func f(data map[string]any) {
	words.T(key)
	words.F("a.filled", map[string]any{"Name": words.T("a.plain")})
	words.F("a.filled", data)
	words.N("a.many", 2, map[string]any{"Name": 1})
	words.Dynamic("mood.").T(data["x"].(string))
	other.T("a.gone")
}`
	tree := func(line string) fs.FS {
		return fstest.MapFS{
			"ui/sound.go":         {Data: []byte(sound)},
			"ui/sound_test.go":    {Data: []byte("not Go")},
			"ui/testdata/a.go":    {Data: []byte("not Go")},
			"ui/windows/other.go": {Data: []byte("//go:build windows\n\npackage windows\nimport \"ebb/ui/lang\"\nfunc g(k string) {\n" + line + "\n}")},
		}
	}
	if problems := misuses(t, tree(""), texts); len(problems) > 0 {
		t.Errorf("sound uses are refused: %q", problems)
	}
	for line, says := range map[string]string{
		`lang.T("a.gone")`:        `no text has the key "a.gone"`,
		`lang.T(k)`:               "as a literal",
		`lang.T("a." + k)`:        "as a literal",
		`show(lang.T)`:            "as a literal",
		`lang.T("a.filled")`:      "which lang.T does not fill",
		`lang.F("a.plain", nil)`:  "lang.T says it",
		`lang.F("a.filled", nil)`: "the call fills []",
		`lang.F("a.filled", map[string]any{"Nome": 1})`: "the call fills [Nome]",
		`lang.T("a.many")`:                                    "lang.N, and by nothing else",
		`lang.N("a.plain", 1, nil)`:                           "lang.N, and by nothing else",
		`lang.N("a.many", 1, map[string]any{"A": 1})`:         "the call fills [A]",
		`lang.Dynamic("mod.").T(k)`:                           "no key begins so",
		`lang.Dynamic("mood").T(k)`:                           "no key begins so",
		`lang.Dynamic(k).T(k)`:                                "as a literal",
		`lang.F("a.filled", map[string]any{k: 1, "Name": 2})`: "the call fills",
	} {
		problems := misuses(t, tree(line), texts)
		if len(problems) != 1 || !strings.Contains(problems[0], says) || !strings.HasPrefix(problems[0], "ui/windows/other.go:6") {
			t.Errorf("%s: %q, want one problem that says %q", line, problems, says)
		}
	}
	texts["a.idle"] = text{}
	if problems := misuses(t, tree(""), texts); !slices.Equal(problems, []string{`nothing shows the text "a.idle"`}) {
		t.Errorf("an idle text: %q", problems)
	}
}
