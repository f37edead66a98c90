package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// A stray is a text in the Go code of the window and the commands that looks like
// words for a person.
type stray struct{ at, text string }

// notWords are texts that look so and are not, each with its reason.
var notWords = map[string]string{
	"google drive":               "part of a path that a program copies to other computers",
	"mobile documents":           "part of a path that a program copies to other computers",
	"heron reeds evening bench":  "passphrase of the demo",
	"kettle gravel window coat":  "passphrase of the demo",
	"slate willow lamp corridor": "passphrase of the demo",
}

// Words for a person lie in the catalogues and nowhere else.
func TestNoStrayWords(t *testing.T) {
	found := straysIn(t, os.DirFS("../.."))
	for _, s := range found {
		if notWords[s.text] == "" {
			t.Errorf("%s: %q belongs in a catalogue", s.at, s.text)
		}
	}
	for text := range notWords {
		if !slices.ContainsFunc(found, func(s stray) bool { return s.text == text }) {
			t.Errorf("%q is nowhere any more: take it off the list", text)
		}
	}
}

// looksLikeWords fits two words in a row; a flag's dashes make a text a usage line.
var looksLikeWords = regexp.MustCompile(`\p{L}{2,}[,;:]? \p{Ll}{2,}`)

// straysIn reads main.go and what is below ui, without tests.
func straysIn(t *testing.T, tree fs.FS) (strays []stray) {
	t.Helper()
	positions := token.NewFileSet()
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			inUI := name == "." || name == "ui" || strings.HasPrefix(name, "ui/")
			if !inUI || entry.Name() == "testdata" || name == "ui/lang" || name == "ui/kit/probe" {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(positions, name, data, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && forProgrammers(call) {
				return false
			}
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err == nil && looksLikeWords.MatchString(text) && !strings.Contains(text, "--") {
				strays = append(strays, stray{positions.Position(literal.Pos()).String(), text})
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strays
}

// forProgrammers reports calls whose words a person does not see: errors (what is
// shown of them is said by kind), panics and the toolkit's log.
func forProgrammers(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		from, ok := f.X.(*ast.Ident)
		return ok && slices.Contains([]string{"errors.New", "fmt.Errorf", "fyne.LogError"}, from.Name+"."+f.Sel.Name)
	}
	return false
}

func TestStraysAreSeen(t *testing.T) {
	tree := fstest.MapFS{
		"main.go": {Data: []byte("package main\nvar _ = \"Opens the window\"")},
		"ui/window/a.go": {Data: []byte(`package window
import "fyne.io/fyne/v2/widget"
var _ = widget.NewLabel("Nothing here yet")
var _ = lang.T("journal.empty.title")
var _ = fmt.Errorf("reading the list: %w", err)
var _ = errors.New("no such page")
var _ = "VAULT --kind home"
var _ = "Ebb"
type a struct { b int ` + "`json:\"x,omitempty\"`" + ` }
`)},
		"ui/window/a_test.go":  {Data: []byte("package window\nvar _ = \"only in tests\"")},
		"ui/lang/b.go":         {Data: []byte("package lang\nvar _ = \"of the catalogue itself\"")},
		"vault/c.go":           {Data: []byte("package vault\nvar _ = \"select a from b\"")},
		"ui/kit/testdata/d.go": {Data: []byte("not Go")},
	}
	want := []stray{{"main.go:2:9", "Opens the window"}, {"ui/window/a.go:3:25", "Nothing here yet"}}
	if got := straysIn(t, tree); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
