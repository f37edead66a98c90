package house

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostPictures is how much the pictures of the documentation may weigh together, in
// bytes: everybody who fetches the source fetches them.
const mostPictures = 12 << 20

// The index of the pictures names those that are there, each by the name that its looks
// share, and no others; and together they stay small.
func TestPicturesAreListed(t *testing.T) {
	folder := filepath.Join("..", "..", "docs", "pictures")
	index, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	there, size := map[string]bool{}, int64(0)
	for _, f := range files {
		name, picture := strings.CutSuffix(f.Name(), ".png")
		if !picture {
			continue
		}
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
		name = strings.TrimSuffix(strings.TrimSuffix(name, "-200"), "-dark")
		there[name] = true
	}
	for _, problem := range indexProblems(string(index), there) {
		t.Error(problem)
	}
	if size == 0 || size > mostPictures {
		t.Errorf("the pictures have %d bytes; up to %d are fine", size, mostPictures)
	}
}

// named finds what a table's first column names.
var named = regexp.MustCompile("`([a-z0-9-]+)`")

// indexProblems compares an index with the pictures that are there.
func indexProblems(index string, there map[string]bool) (problems []string) {
	listed := map[string]bool{}
	for line := range strings.Lines(index) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, found := range named.FindAllStringSubmatch(cells[1], -1) {
			listed[found[1]] = true
		}
	}
	for name := range listed {
		if !there[name] {
			problems = append(problems, fmt.Sprintf("the index names %s, and there is no such picture", name))
		}
	}
	for name := range there {
		if !listed[name] {
			problems = append(problems, fmt.Sprintf("%s is in no table of the index", name))
		}
	}
	slices.Sort(problems)
	return problems
}

func TestIndexProblems(t *testing.T) {
	const index = "takes `-dark` too\n\n| picture | what |\n|---|---|\n| `one`, `two` | with `three` |\n\n`paper` is drawn.\n"
	there := map[string]bool{"one": true, "three": true}
	want := []string{"the index names two, and there is no such picture", "three is in no table of the index"}
	if got := indexProblems(index, there); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
