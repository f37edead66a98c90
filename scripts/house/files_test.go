package house

import (
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// longest is how many lines a file may have; longer ones are more than one room.
const longest = 500

var longPermitted = []exception{}

func TestFilesAreShort(t *testing.T) {
	needed := make(map[exception]bool)
	for _, s := range readSources(t) {
		if lines := strings.Count(s.text, "\n"); lines > longest && !s.test && !permit(longPermitted, needed, s.path, "length") {
			t.Errorf("%s has %d lines, more than %d: is it one room?", s.path, lines, longest)
		}
	}
	checkNeeded(t, longPermitted, needed)
}

// unfinished is written in pieces, so that this file does not have the words.
var unfinished = regexp.MustCompile(`TO` + `DO|FIX` + `ME|XX` + `X|not ` + `implemented|un` + `implemented|[^a-z]st` + `ub[^a-z]`)

func TestNothingIsLeftForLater(t *testing.T) {
	check := func(name, text string) {
		for i, line := range strings.Split(text, "\n") {
			if found := unfinished.FindString(line); found != "" {
				t.Errorf("%s:%d has %q: finish it, or say it in the commit", name, i+1, found)
			}
		}
	}
	for _, s := range readSources(t) {
		check(s.path, s.text)
	}
	for _, pattern := range []string{"Makefile", ".ci/*", "scripts/*", "vault/*/*.c", "vault/*/*.h", "ui/lang/*/*.toml", "exercises/data/*/*.toml", "exercises/casework/data/*/*.toml"} {
		files, err := fs.Glob(root, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			info, err := fs.Stat(root, file)
			if err != nil {
				t.Fatal(err)
			}
			if info.IsDir() {
				continue
			}
			text, err := fs.ReadFile(root, file)
			if err != nil {
				t.Fatal(err)
			}
			check(file, string(text))
		}
	}
}

// Every package says in one place what it is.
func TestPackagesAreDescribed(t *testing.T) {
	described := make(map[string][]string)
	for _, s := range readSources(t) {
		if strings.HasSuffix(s.file.Name.Name, "_test") {
			continue
		}
		if _, seen := described[s.pkg()]; !seen {
			described[s.pkg()] = nil
		}
		if s.file.Doc == nil {
			continue
		}
		described[s.pkg()] = append(described[s.pkg()], s.path)
		begins := "Package " + s.file.Name.Name + " "
		if s.file.Name.Name == "main" {
			begins = "Command "
		}
		if !strings.HasPrefix(s.file.Doc.Text(), begins) {
			t.Errorf("%s: the comment on the package does not begin with %q", s.path, begins)
		}
	}
	for pkg, files := range described {
		if len(files) != 1 {
			t.Errorf("package %s is described in %d files %v, want one", pkg, len(files), files)
		}
	}
}

// Every exported type and function says what it is for. (Methods that a toolkit's
// interface asks for need not.)
func TestExportedNamesAreDescribed(t *testing.T) {
	for _, s := range readSources(t) {
		if s.test {
			continue
		}
		for _, declaration := range s.file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() && strings.TrimSpace(d.Doc.Text()) == "" && s.file.Name.Name != "main" {
					t.Errorf("%s: %s is not described", positions.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					named, ok := spec.(*ast.TypeSpec)
					if ok && d.Tok == token.TYPE && named.Name.IsExported() && d.Doc.Text() == "" && named.Doc.Text() == "" {
						t.Errorf("%s: %s is not described", positions.Position(named.Pos()), named.Name.Name)
					}
				}
			}
		}
	}
}

// paints is what compares pictures, or paints them, with Fyne's test driver.
var paints = regexp.MustCompile(`\.Capture\(\)|\bAssert(Image|Object|Renders|Rendered)[A-Z]`)

func TestPackagesThatPaintKeepStill(t *testing.T) {
	const still = module + "/ui/kit/still"
	painting, keeping := make(map[string]string), make(map[string]bool)
	for _, s := range readSources(t) {
		if !s.test || !slices.Contains(s.imports(), "fyne.io/fyne/v2/test") && !strings.HasPrefix(s.pkg(), module+"/ui/") {
			continue
		}
		if paints.MatchString(s.text) {
			painting[s.pkg()] = s.path
		}
		if slices.Contains(s.imports(), still) {
			keeping[s.pkg()] = true
		}
	}
	if len(painting) < 3 {
		t.Fatalf("only %d packages paint", len(painting))
	}
	for pkg, file := range painting {
		if !keeping[pkg] {
			t.Errorf("%s paints, and no test of %s imports %s", file, pkg, still)
		}
	}
}

// skipsPermitted are tests that may skip, and never do in the CI.
var skipsPermitted = []exception{}

func TestNoTestSkips(t *testing.T) {
	needed := make(map[exception]bool)
	for _, s := range readSources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !s.test {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, selector.Sel.Name) {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && slices.Contains([]string{"t", "b", "f", "tb"}, x.Name) && !permit(skipsPermitted, needed, s.path, "skip") {
				t.Errorf("%s: a test that skips tests nothing", positions.Position(n.Pos()))
			}
			return true
		})
	}
	checkNeeded(t, skipsPermitted, needed)
}

// A fuzz target without seeds starts from nothing.
func TestFuzzTargetsHaveSeeds(t *testing.T) {
	for _, s := range readSources(t) {
		for _, declaration := range s.file.Decls {
			target, ok := declaration.(*ast.FuncDecl)
			if !ok || !s.test || !strings.HasPrefix(target.Name.Name, "Fuzz") {
				continue
			}
			corpus, err := fs.Glob(root, path.Join(path.Dir(s.path), "testdata/fuzz", target.Name.Name, "*"))
			if err != nil {
				t.Fatal(err)
			}
			begin, end := positions.Position(target.Pos()).Offset, positions.Position(target.End()).Offset
			if len(corpus) == 0 && !strings.Contains(s.text[begin:end], ".Add(") {
				t.Errorf("%s: %s has no seeds, neither by f.Add nor in testdata/fuzz", s.path, target.Name.Name)
			}
		}
	}
}

// Whoever comes to the tree learns how it is tested, and the CI does the same.
func TestPapersNameTheTest(t *testing.T) {
	for _, name := range []string{"README.md", "CONTRIBUTING.md", ".ci/run"} {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(text), "make test") {
			t.Errorf("%s does not name make test", name)
		}
	}
}

// The version stands in FyneApp.toml, in the program and in the list of changes;
// the program's name for its folders in the first two.
func TestVersionIsOne(t *testing.T) {
	read := func(name string) string {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	meta, program := read("FyneApp.toml"), read("main.go")
	for name, in := range map[string][2]*regexp.Regexp{
		"version": {regexp.MustCompile(`Version = "([^"]+)"`), regexp.MustCompile(`version = "([^"]+)"`)},
		"ID":      {regexp.MustCompile(`ID = "([^"]+)"`), regexp.MustCompile(`appID = "([^"]+)"`)},
	} {
		a, b := in[0].FindStringSubmatch(meta), in[1].FindStringSubmatch(program)
		if a == nil || b == nil || a[1] != b[1] {
			t.Errorf("the %s is %q in FyneApp.toml and %q in main.go", name, a, b)
		}
	}
}
