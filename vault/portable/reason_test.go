package portable

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// A reason without a key could not be translated.
func TestEveryReasonHasAKeyOfItsOwn(t *testing.T) {
	code, err := os.ReadFile("reason.go")
	if err != nil {
		t.Fatal(err)
	}
	constants := regexp.MustCompile(`(?m)^\t(reason|note)[A-Z]\w* += "`).FindAll(code, -1)
	keys := ReasonKeys()
	if len(constants) == 0 || len(keys) != len(constants) {
		t.Errorf("%d reasons and %d keys", len(constants), len(keys))
	}
	if distinct := slices.Compact(slices.Clone(keys)); len(distinct) != len(keys) {
		t.Errorf("a key stands for two reasons: %q", keys)
	}
	for _, key := range keys {
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(key) {
			t.Errorf("the key %q", key)
		}
	}
}
