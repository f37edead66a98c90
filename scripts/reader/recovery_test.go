package reader

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"ebb/ui/command"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// ends is how a command of Ebb ends with a passphrase.
func ends(t *testing.T, passphrase string, args ...string) int {
	t.Helper()
	var out, problems bytes.Buffer
	env := command.Env{Stdin: strings.NewReader(passphrase + "\n"), Stdout: &out, Stderr: &problems, Insecure: true}
	return command.Run(t.Context(), append(args, "--passphrase-file", "-"), "0.0.0-test", env)
}

// Recovery words are taken in capitals, by Ebb and by the reader, and nothing else is.
func TestReaderTakesRecoveryWordsInCapitals(t *testing.T) {
	const eleven = "abacus abdomen abdominal abide abiding ability ablaze able abnormal abrasion abrasion"
	dir := filepath.Join(t.TempDir(), "Words.ebb")
	ebb(t, keys.InsecureParams, eleven+"\n", "create", dir, "--name", "Anna")
	words := lastLine(ebb(t, keys.Params{}, eleven+"\n", "recovery", dir))
	upper := strings.ToUpper(words)
	slip := strings.Replace(upper, "A", "B", 1)
	if slip == upper {
		slip = strings.Replace(upper, "E", "A", 1)
	}
	title := strings.ToUpper(words[:1]) + words[1:]
	for typed, opens := range map[string]bool{
		words: true, upper: true, title: true,
		" \t" + strings.ReplaceAll(upper, " ", "\u00a0\u2003") + "\u3000": true,
		strings.ReplaceAll(upper, "I", "\u0130"):                          true, // as a Turkish keyboard has it
		strings.ReplaceAll(upper, "K", "\u212a"):                          true, // a kelvin sign is a K in its normal form
		slip:                                                              false,
		upper + "S":                                                       false,
		strings.ToUpper(eleven):                                           false, // a passphrase is typed as it is
		eleven:                                                            true,
	} {
		want := 3
		if opens {
			want = 0
		}
		if code := ends(t, typed, "check", dir); code != want {
			t.Errorf("with %q Ebb ends with %d, want %d", typed, code, want)
		}
		if r := read(t, dir, typed); r.code != want {
			t.Errorf("with %q the reader ends with %d, want %d: %s", typed, r.code, want, r.notes)
		}
	}
}

// Of two private drawers in a ring, which no program makes, Ebb and the reader take the
// same one.
func TestReaderTakesThePrivateDrawerInUse(t *testing.T) {
	dir := fresh(t, keys.InsecureParams)
	file, err := keys.Open(filepath.Join(dir, "keys"), keys.InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := file.Unlock(t.Context(), []byte(anna))
	if err != nil {
		t.Fatal(err)
	}
	d, err := seat.Ring().Add(keys.Private, "", seat.Ring().Seat)
	if err != nil {
		t.Fatal(err)
	}
	made, err := drawer.Create(t.Context(), filepath.Join(dir, d.Name), drawer.ID(d.ID), drawer.Key(*d.Key), home.Schema(keys.Private), drawer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	d.Founding = false
	if err := seat.Save(); err != nil {
		t.Fatal(err)
	}
	if err := seat.Close(); err != nil {
		t.Fatal(err)
	}
	journal := export(t, dir, anna)
	if r := read(t, dir, anna, "--json").must(t); r.out != journal || strings.Contains(journal, "text") {
		t.Errorf("the reader writes\n%s\nand ebb\n%s", r.out, journal)
	}
}
