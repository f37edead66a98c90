package portable

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A fuzz target without seeds under testdata/fuzz tests next to nothing in an
// ordinary run, and nobody would see it.
func TestEveryFuzzTargetHasACorpus(t *testing.T) {
	target := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	sources, err := filepath.Glob("*_test.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(sources, err)
	}
	targets := 0
	for _, source := range sources {
		code, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range target.FindAllSubmatch(code, -1) {
			targets++
			seeds, err := os.ReadDir(filepath.Join("testdata", "fuzz", string(m[1])))
			if err != nil || len(seeds) == 0 {
				t.Errorf("%s has no seeds: %v", m[1], err)
			}
		}
	}
	if targets == 0 {
		t.Error("no fuzz target was found")
	}
}
