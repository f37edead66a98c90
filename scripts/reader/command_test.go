package reader

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/ui/command"
	"ebb/vault/keys"
)

// ebb runs a command of Ebb with what is typed, costs that are cheap unless they are
// given, and returns what it prints.
func ebb(t testing.TB, costs keys.Params, typed string, args ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	env := command.Env{Stdin: strings.NewReader(typed), Stdout: &out, Stderr: &problems, KDF: costs, Insecure: true}
	if code := command.Run(t.Context(), append(args, "--passphrase-file", "-"), "0.0.0-test", env); code != 0 {
		t.Fatalf("ebb %s ends with %d: %s%s", args[0], code, out.String(), problems.String())
	}
	return out.String()
}

// export is the journal that the command writes.
func export(t testing.TB, dir, passphrase string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "export")
	ebb(t, keys.Params{}, passphrase+"\n", "export", dir, "--format", "json", to)
	journal, err := os.ReadFile(filepath.Join(to, "journal.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(journal)
}

const (
	anna = "a kettle of small rain"
	ben  = "Ben's grüne\u00a0Passphrase, typed as he likes"
)

// fresh makes a vault with two people, who have the sample's entries and one's own.
func fresh(t testing.TB, costs keys.Params) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Fresh.ebb")
	ebb(t, costs, anna+"\n", "create", dir, "--name", "Anna")
	sample, err := filepath.Abs("../../vault/portable/testdata/dayone-made-up.json")
	if err != nil {
		t.Fatal(err)
	}
	ebb(t, costs, anna+"\n", "import", dir, "--format", "dayone", sample)
	code := lastLine(ebb(t, costs, anna+"\n", "invite", dir))
	ebb(t, costs, code+"\n"+ben+"\n", "join", dir, "--name", "Ben")
	return dir
}

// lastLine is the one in which a command prints what a script needs.
func lastLine(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// A vault that the commands have just made, at the costs that people's vaults have.
func TestReaderReadsFreshVault(t *testing.T) {
	dir := fresh(t, keys.Default)
	for _, passphrase := range []string{anna, "  Ben's gru\u0308ne Passphrase,\ttyped as  he likes"} {
		want := export(t, dir, passphrase)
		if got := read(t, dir, passphrase, "--json").must(t).out; got != want {
			t.Errorf("the reader writes\n%s\nand ebb\n%s", got, want)
		}
		if passphrase == anna && strings.Count(want, `"id"`) < 5 {
			t.Errorf("there is not much to compare: %s", want)
		}
	}
}
