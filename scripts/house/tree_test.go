package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
)

const module = "ebb"

// root is the top of the source tree.
var root = os.DirFS("../..")

// A source is one Go file of ours, of any system and any build tag.
type source struct {
	path string // from the top of the tree, with slashes
	text string
	test bool
	file *ast.File
}

// pkg is the import path of the package that the file lies in.
func (s source) pkg() string { return path.Join(module, path.Dir(s.path)) }

// imports lists what the file imports.
func (s source) imports() (paths []string) {
	for _, spec := range s.file.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, `"`))
	}
	return paths
}

// within reports whether a package is top or below it.
func within(pkg, top string) bool { return pkg == top || strings.HasPrefix(pkg, top+"/") }

var positions = token.NewFileSet()

// sources reads all Go files of the module's packages, once.
var sources = sync.OnceValues(func() (all []source, err error) {
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && left(name, entry.Name()) {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(positions, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, source{name, string(text), strings.HasSuffix(name, "_test.go"), file})
		return nil
	})
	return all, err
})

// left reports folders that are no part of the module: what git and the build
// keep, test data, and the modules that the tools and the benchmarks have of their own.
func left(name, base string) bool {
	return name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || name == "build" || name == "scripts/tools" || name == "scripts/bench")
}

func readSources(t *testing.T) []source {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go files: is this the top of the tree?")
	}
	return all
}

// An exception permits one file something that a rule refuses.
type exception struct {
	path   string
	what   string
	reason string
}

// permit reports whether an exception is on the list, and marks it as needed.
func permit(list []exception, needed map[exception]bool, path, what string) bool {
	for _, e := range list {
		if e.path == path && e.what == what {
			needed[e] = true
			return true
		}
	}
	return false
}

// checkNeeded refuses exceptions without a reason, and those that nothing needed.
func checkNeeded(t *testing.T, list []exception, needed map[exception]bool) {
	t.Helper()
	for _, e := range list {
		if e.reason == "" {
			t.Errorf("%s: %s is permitted for no reason", e.path, e.what)
		}
		if !needed[e] {
			t.Errorf("%s: %s needs no permission any more: take it off the list", e.path, e.what)
		}
	}
}
