package reader

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
)

// Two programs that were written apart see the same in a damaged vault: either both
// find all of it whole, and the same words in it, or neither does. What happens to the
// vault are bytes that change, files that end early, and pieces that were taken from
// another place or an earlier time.
func TestDamageCampaign(t *testing.T) {
	c := proof.Start(t, "reader")
	names := goldenNames(t)
	older := map[string]string{}
	for _, name := range names {
		older[name], _ = unpack(t, name)
		_, people := unpack(t, name)
		export(t, older[name], people[0].Passphrase)
	}
	for i := range proof.Size(7, 28, 5000) {
		if !c.TimeLeft() {
			break
		}
		name := names[i%len(names)]
		dir, people := unpack(t, name)
		what := damage(t, c, dir, older[name])
		passphrase := people[0].Passphrase
		survey := read(t, dir, passphrase)
		written := read(t, dir, passphrase, "--json")
		journal, whole := openedByEbb(t, dir, passphrase)
		note := "neither finds it whole"
		switch {
		case (survey.code == 0) != whole:
			c.Failure("run %d, %s, %s: the reader ends with %d, and for Ebb the vault is whole: %v\n%s%s", i, name, what, survey.code, whole, survey.out, survey.notes)
		case whole && journal != written.out:
			c.Failure("run %d, %s, %s: the reader writes\n%s\nand ebb\n%s", i, name, what, written.out, journal)
		case whole:
			note = "both find it whole"
		}
		c.Ran(true, note)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// damage does something to one file of a vault and says what.
func damage(t *testing.T, c *proof.Campaign, dir, older string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, f := range files {
		if f.Name() != "lock" {
			named = append(named, f.Name())
		}
	}
	name := named[c.IntN(len(named))]
	file := filepath.Join(dir, name)
	// Most of what counts lies at the head of a file.
	place := func(b []byte) int { return c.IntN(min(len(b), 1<<(13+c.IntN(6)))) }
	what := ""
	change(t, file, func(b []byte) []byte {
		switch c.IntN(5) {
		case 0, 1:
			at := place(b)
			b[at] ^= byte(1 + c.IntN(255))
			what = fmt.Sprintf("byte %d of %s", at, name)
		case 2:
			at := place(b)
			what = fmt.Sprintf("%s ends at %d", name, at)
			return b[:at]
		case 3:
			from, to, n := place(b)&^4095, place(b)&^4095, 1+c.IntN(4096)
			copy(b[to:], b[from:min(from+n, len(b))])
			what = fmt.Sprintf("%d bytes at %d of %s come from %d", n, to, name, from)
		case 4:
			old, err := os.ReadFile(filepath.Join(older, name))
			if err != nil {
				t.Fatal(err)
			}
			at, n := place(b)&^4095, 4096<<c.IntN(4)
			copy(b[at:min(at+n, len(b))], old[min(at, len(old)):])
			what = fmt.Sprintf("%d bytes at %d of %s are of another time", n, at, name)
		}
		return b
	})
	return what
}

// openedByEbb is the journal, and whether Ebb finds every drawer of the person whole.
func openedByEbb(t *testing.T, dir, passphrase string) (journal string, whole bool) {
	t.Helper()
	o := home.Options(nil)
	o.Insecure = true
	v, err := vault.Open(dir, o)
	if err != nil {
		return "", false
	}
	s, _, err := v.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		return "", false
	}
	report, err := s.Check(t.Context(), nil)
	whole = err == nil && report.Sound()
	_ = s.Lock(context.WithoutCancel(t.Context())) // of damage that was seen by then
	if whole {
		journal = export(t, dir, passphrase)
	}
	return journal, whole
}
