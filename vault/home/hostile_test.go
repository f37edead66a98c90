package home_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
)

// Whoever has the key of a shared drawer can write anything there, past every
// limit that this program keeps to.
func TestHostileWordsInTheSharedDrawer(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	visit(t, c, dir, passB, func(s *vault.Session, _ *home.Home) {
		circles, err := s.Circles(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		err = circles[0].Drawer.Update(t.Context(), func(tx *drawer.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE person SET name = ?, pronouns = ?, about = ? WHERE seat = 1`,
				"B\u202eo"+strings.Repeat("x", 1<<20), "a\nb"+strings.Repeat("y", 1<<20), strings.Repeat("é", 1<<20))
			if err != nil {
				return err
			}
			for _, text := range []string{"", "short", strings.Repeat("ü", 1<<20)} {
				id := home.NewID()
				_, ins := tx.Exec(t.Context(), `INSERT INTO line (id, seat, text, shared_on) VALUES (?, 1, ?, 'no day')`, id[:], text)
				err = errors.Join(err, ins)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		all, err := h.People.All(t.Context())
		if err != nil || len(all) != 2 {
			t.Fatalf("%d people, %v", len(all), err)
		}
		bo := all[1]
		if bo.Name != "Bo" || bo.Pronouns != "" || utf8.RuneCountInString(bo.About) != home.MaxAbout {
			t.Errorf("a name of %d bytes, pronouns of %d, %d characters about", len(bo.Name), len(bo.Pronouns), utf8.RuneCountInString(bo.About))
		}
		lines, err := h.Lines.All(t.Context())
		if err != nil || len(lines) != 3 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		for _, l := range lines {
			if n := utf8.RuneCountInString(l.Text); n > home.MaxLine {
				t.Errorf("a line of %d characters", n)
			}
		}
	})
}
