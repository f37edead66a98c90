package command

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/keys"
)

// The key file of a person whose program is not Ebb may hold any name; it must
// not reach the terminal of somebody who joins.
func TestAHostileNameDoesNothingToATerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	env := Env{KDF: keys.InsecureParams, Insecure: true}
	if err := vault.Create(t.Context(), dir, keys.Home, "R\x1b[2Job\u202Ein\a", []byte("the words of one"), env.options()); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	run := func(stdin string, args ...string) {
		t.Helper()
		stdout.Reset()
		stderr.Reset()
		env.Stdin, env.Stdout, env.Stderr = strings.NewReader(stdin), &stdout, &stderr
		if code := Run(t.Context(), append(args, "--passphrase-file", "-"), "", env); code != exitDone {
			t.Fatalf("exit code %d: %s", code, stderr.String())
		}
	}
	run("the words of one\n", "invite", dir)
	run(stdout.String()+"other words of another\n", "join", dir, "--name", "Kim")
	if want := lang.F("command.joined", map[string]any{"Names": "R[2Jobin, Kim"}) + "\n"; stderr.String() != want {
		t.Errorf("%q, want %q", stderr.String(), want)
	}
}
