package drawer

import (
	"testing"

	"ebb/scripts/proof"
)

// plainWords would be in the files of a drawer that did not seal them: what was
// written, what SQLite writes, and what the schema says.
var plainWords = []string{canary, "CREATE TABLE", "SQLite format 3", "line_text"}

// findPlain searches every file of a folder for words in the plain.
func findPlain(t testing.TB, folder string) []string {
	t.Helper()
	found, err := proof.Find(folder, plainWords...)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
