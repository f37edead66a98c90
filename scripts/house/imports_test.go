package house

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// tags are the build tags of the Makefile.
const tags = "sqlite_fts5 sqlite_omit_load_extension no_animations migrated_fynedo"

// A room says what the packages below a path may import of ours; the longest path
// that holds a package is its room. Within a room packages import each other as they
// like, but for ebb itself and ebb/vault, whose other packages stand above them.
type room struct {
	path string
	may  []string // these and what is below them
}

// rooms are the house: main -> ui -> vault, exercises, assets, and the nouns of a
// vault on the vault, never the other way round.
var rooms = []room{
	{"ebb", []string{"ebb/ui", "ebb/vault", "ebb/exercises", "ebb/assets"}},
	{"ebb/assets", nil},
	{"ebb/exercises", nil},
	{"ebb/ui", []string{"ebb/ui", "ebb/vault", "ebb/exercises", "ebb/assets"}},
	{"ebb/ui/lang", nil},
	{"ebb/ui/kit", []string{"ebb/ui/kit", "ebb/ui/lang", "ebb/assets"}},
	{"ebb/vault", []string{"ebb/vault/drawer", "ebb/vault/keys", "ebb/vault/guard"}},
	{"ebb/vault/drawer", nil},
	{"ebb/vault/keys", nil},
	{"ebb/vault/guard", nil},
	{"ebb/vault/backup", []string{"ebb/vault"}},
	{"ebb/vault/home", []string{"ebb/vault", "ebb/exercises"}},
	{"ebb/vault/practice", []string{"ebb/vault", "ebb/exercises"}},
	{"ebb/vault/kinds", []string{"ebb/vault"}},
	{"ebb/scripts", []string{"ebb"}},
}

// walls are imports that a room's permission does not cover: a home knows nothing
// of a practice, and a backup nothing of what is in it.
var walls = [][2]string{
	{"ebb/vault/home", "ebb/vault/practice"},
	{"ebb/vault/practice", "ebb/vault/home"},
	{"ebb/vault/backup", "ebb/vault/home"},
	{"ebb/vault/backup", "ebb/vault/practice"},
	{"ebb/vault/home", "ebb/vault/kinds"},
	{"ebb/vault/practice", "ebb/vault/kinds"},
	{"ebb/ui/home", "ebb/ui/practice"},
	{"ebb/ui/practice", "ebb/ui/home"},
}

func roomOf(pkg string) room {
	var of room
	for _, r := range rooms {
		if within(pkg, r.path) && len(r.path) > len(of.path) {
			of = r
		}
	}
	return of
}

// mayImport reports whether a package of ours may import another of ours.
func mayImport(pkg, imported string) bool {
	for _, wall := range walls {
		if within(pkg, wall[0]) && within(imported, wall[1]) {
			return false
		}
	}
	of := roomOf(pkg)
	if of.path != "ebb/vault" && of.path != module && within(imported, of.path) {
		return true
	}
	for _, may := range of.may {
		if within(imported, may) {
			return true
		}
	}
	return false
}

// Ours import ours in one direction only; tests are free to use what they test.
func TestDirections(t *testing.T) {
	for _, s := range readSources(t) {
		for _, imported := range s.imports() {
			if !s.test && within(imported, module) && !mayImport(s.pkg(), imported) {
				t.Errorf("%s imports %s, against the direction of the house", s.path, imported)
			}
		}
	}
}

func TestDirectionsOfTheHouse(t *testing.T) {
	for _, c := range []struct {
		pkg, imported string
		want          bool
	}{
		{"ebb", "ebb/ui/window", true},
		{"ebb", "ebb/vault/guard", true},
		{"ebb", "ebb/scripts/window", false},
		{"ebb/ui/window", "ebb/ui/home", true},
		{"ebb/ui/window", "ebb/vault/home", true},
		{"ebb/ui/kit", "ebb/assets", true},
		{"ebb/ui/kit/editor", "ebb/ui/kit", true},
		{"ebb/ui/kit", "ebb/vault", false},
		{"ebb/ui/kit", "ebb/ui/window", false},
		{"ebb/ui/lang", "ebb/vault", false},
		{"ebb/vault", "ebb/vault/drawer", true},
		{"ebb/vault", "ebb/vault/home", false},
		{"ebb/vault", "ebb/ui/lang", false},
		{"ebb/vault/drawer", "ebb/vault/keys", false},
		{"ebb/vault/drawer", "ebb/vault", false},
		{"ebb/vault/drawer/faults", "ebb/vault/drawer", true},
		{"ebb/vault/guard", "ebb/vault/keys", false},
		{"ebb/vault/backup", "ebb/vault", true},
		{"ebb/vault/backup", "ebb/vault/guard", true},
		{"ebb/vault/backup", "ebb/vault/home", false},
		{"ebb/vault", "ebb/vault/backup", false},
		{"ebb/vault/home", "ebb/vault", true},
		{"ebb/vault/home", "ebb/vault/backup", true},
		{"ebb/vault/home", "ebb/exercises", true},
		{"ebb/vault/home", "ebb/vault/practice", false},
		{"ebb/vault/home", "ebb/ui/lang", false},
		{"ebb/vault", "ebb/vault/kinds", false},
		{"ebb/vault/kinds", "ebb/vault/home", true},
		{"ebb/vault/practice", "ebb/vault/kinds", false},
		{"ebb/vault/portable", "ebb/vault/home", false},
		{"ebb/exercises", "ebb/vault", false},
		{"ebb/assets", "ebb/ui/kit", false},
		{"ebb/scripts/window", "ebb/ui/kit/probe", true},
		{"ebb/ui/home", "ebb/ui/practice", false},
	} {
		if got := mayImport(c.pkg, c.imported); got != c.want {
			t.Errorf("%s may import %s: %v, want %v", c.pkg, c.imported, got, c.want)
		}
	}
}

// foreign lists who may import what is not ours, directly: nobody else may.
var foreign = []struct {
	what string
	fits func(imported string) bool
	by   func(s source) bool
}{
	{
		"the window toolkit, below ui",
		func(imported string) bool { return within(imported, "fyne.io/fyne/v2") },
		func(s source) bool {
			return within(s.pkg(), "ebb/ui") && !within(s.pkg(), "ebb/ui/lang") && !within(s.pkg(), "ebb/ui/sentence") && !within(s.pkg(), "ebb/ui/command") || s.path == "main.go"
		},
	},
	{
		"Fyne's app, outside main.go",
		func(imported string) bool { return within(imported, "fyne.io/fyne/v2/app") },
		func(s source) bool { return s.path == "main.go" },
	},
	{
		"a dialog of Fyne's, which remembers folders in plain text",
		func(imported string) bool { return within(imported, "fyne.io/fyne/v2/dialog") },
		func(source) bool { return false },
	},
	{
		"the database, outside the vault",
		func(imported string) bool {
			return within(imported, "database/sql") || within(imported, "github.com/mattn/go-sqlite3")
		},
		func(s source) bool { return within(s.pkg(), "ebb/vault") },
	},
	{
		"the network",
		func(imported string) bool {
			return imported != "net/url" && within(imported, "net") || within(imported, "golang.org/x/net") || imported == "log/syslog"
		},
		func(source) bool { return false },
	},
	{
		"other programs",
		func(imported string) bool { return imported == "os/exec" },
		// The harness of the real-window tests is no part of the program.
		func(s source) bool { return within(s.pkg(), "ebb/scripts") },
	},
}

// foreignPermitted are single files that may do what a list above refuses.
var foreignPermitted = []exception{}

func TestForeignImports(t *testing.T) {
	needed := make(map[exception]bool)
	for _, s := range readSources(t) {
		for _, imported := range s.imports() {
			for _, f := range foreign {
				if s.test || !f.fits(imported) || f.by(s) || permit(foreignPermitted, needed, s.path, imported) {
					continue
				}
				t.Errorf("%s imports %s: %s", s.path, imported, f.what)
			}
		}
	}
	checkNeeded(t, foreignPermitted, needed)
}

// A listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Deps       []string
	Module     *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// list runs go list and returns the packages that it tells.
func list(t *testing.T, goos string, args ...string) (packages []listed) {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-json=ImportPath,Deps,Module", "-tags", tags}, args...)...)
	command.Dir = "../.."
	command.Env = append(command.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=1")
	var problems strings.Builder
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v\n%s", goos, err, problems.String())
	}
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

var systems = []string{"linux", "windows", "darwin"}

// Not even through others does anything below ui come to the toolkit, to the
// network's protocols or to other programs' doors.
func TestWhatLiesBelow(t *testing.T) {
	for _, goos := range systems {
		for _, p := range list(t, goos, "./...") {
			if within(p.ImportPath, "ebb/ui") || within(p.ImportPath, "ebb/scripts") || p.ImportPath == module {
				continue
			}
			for _, dependency := range p.Deps {
				if within(dependency, "fyne.io/fyne/v2") || within(dependency, "net/http") {
					t.Errorf("%s: %s comes to %s", goos, p.ImportPath, dependency)
				}
			}
		}
	}
}
