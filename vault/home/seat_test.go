package home_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

const (
	passNew = "cobalt ferry whistle amber knitting"
	passC   = "pebble choir outline sudden mango"
)

// drawerFiles lists the main files of a folder.
func drawerFiles(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, strings.Repeat("[0-9a-f]", 16)))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// keysOf are the drawers that a passphrase gives keys to, in the key file of a
// folder, with copies of the keys.
func keysOf(t testing.TB, dir, passphrase string) (all []keys.Drawer) {
	t.Helper()
	f, err := keys.Open(filepath.Join(dir, "keys"), keys.InsecureCheapKDF(), keys.Detached())
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := f.Unlock(context.Background(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer seat.Close()
	for _, d := range seat.Ring().Drawers {
		key := *d.Key
		d.Key = &key
		all = append(all, d)
	}
	return all
}

// whatOpens tries each key on every file of a folder, and returns the texts of all
// that opens: entries, drafts and shared lines.
func whatOpens(t testing.TB, dir string, with []keys.Drawer) (texts []string) {
	t.Helper()
	dir = copyFolder(t, dir) // opening writes
	for _, path := range drawerFiles(t, dir) {
		for _, d := range with {
			open, err := drawer.Open(context.Background(), path, drawer.ID(d.ID), drawer.Key(*d.Key), home.Schema(d.Role), drawer.Options{})
			if errors.Is(err, drawer.ErrDamaged) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			query := `SELECT text FROM line`
			if d.Role == keys.Private {
				query = `SELECT text FROM entry UNION ALL SELECT text FROM draft`
			}
			err = open.View(context.Background(), func(tx *drawer.Tx) error {
				rows, err := tx.Query(context.Background(), query)
				if err != nil {
					return err
				}
				defer rows.Close()
				for rows.Next() {
					var text string
					if err := rows.Scan(&text); err != nil {
						return err
					}
					texts = append(texts, text)
				}
				return rows.Err()
			})
			if err = errors.Join(err, open.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return texts
}

func share(t testing.TB, h *home.Home, text string) {
	t.Helper()
	if _, err := h.Lines.Share(context.Background(), home.NewID(), text); err != nil {
		t.Fatal(err)
	}
}

// linesOf are the texts of the shared lines that somebody sees, sorted.
func linesOf(t testing.TB, h *home.Home) (texts []string) {
	t.Helper()
	all, err := h.Lines.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all {
		texts = append(texts, line.Text)
	}
	slices.Sort(texts)
	return texts
}

// opensNot fails if a passphrase opens anything in the vault.
func opensNot(t testing.TB, c *clock, dir, passphrase string) {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, _, err := v.Unlock(context.Background(), []byte(passphrase)); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("it opens something: %v", err)
	}
}

// sound fails if anything that the session opens is damaged.
func sound(t testing.TB, s *vault.Session) {
	t.Helper()
	if report, err := s.Check(context.Background(), nil); err != nil || !report.Sound() {
		t.Errorf("the check finds %+v, %v", report, err)
	}
}

// joinAs lets one more person in, with a code that the person of a passphrase
// makes.
func joinAs(t testing.TB, c *clock, dir, by, passphrase, name string) {
	t.Helper()
	var code string
	visit(t, c, dir, by, func(s *vault.Session, _ *home.Home) {
		var err error
		if code, err = s.Invite(nil); err != nil {
			t.Fatal(err)
		}
	})
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	_, invitation, err := v.Unlock(context.Background(), []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	s, err := invitation.Join(context.Background(), []byte(passphrase), name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.Open(context.Background(), s, c.now); err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// couple makes a vault for two who have both been there, and shared a line each.
func couple(t testing.TB, c *clock) string {
	t.Helper()
	dir := newVault(t, c)
	join(t, c, dir)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { share(t, h, "a line of Ada") })
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { share(t, h, "a line of Bo") })
	return dir
}

func TestChangePassphraseGoesOn(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	files := len(drawerFiles(t, dir))
	var want []home.Entry
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		for i := range 20 {
			want = append(want, save(t, h, crashText(i)))
		}
		var last, total int64
		words, err := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), func(done, all int64) {
			if done < last || done > all {
				t.Errorf("%d of %d after %d", done, all, last)
			}
			last, total = done, all
		})
		if err != nil || words != "" {
			t.Fatalf("%q, %v", words, err)
		}
		if last != total || total == 0 {
			t.Errorf("the progress ended with %d of %d", last, total)
		}
		// The same home goes on.
		want = append(want, save(t, h, "written after the change"))
		share(t, h, "shared after the change")
		if err := h.Journal.Discard(t.Context(), want[0].ID); err != nil {
			t.Error(err)
		}
		if err := h.Journal.Restore(t.Context(), want[0].ID); err != nil {
			t.Error(err)
		}
		if found, err := h.Journal.Search(t.Context(), "written"); err != nil || len(found) != 1 {
			t.Errorf("%d found, %v", len(found), err)
		}
		sound(t, s)
	})
	sameSizes(t, dir)
	opensNot(t, c, dir, passA)
	visit(t, c, dir, passNew, func(s *vault.Session, h *home.Home) {
		for _, e := range want {
			if got, err := h.Journal.Entry(t.Context(), e.ID); err != nil || got.Text != e.Text {
				t.Errorf("%.20q, %v", got.Text, err)
			}
		}
		if n, err := h.Journal.Count(t.Context()); err != nil || n != len(want) {
			t.Errorf("%d entries of %d, %v", n, len(want), err)
		}
		sound(t, s)
		if len(s.Notices()) != 0 {
			t.Errorf("notices: %v", s.Notices())
		}
	})
	visit(t, c, dir, passB, func(s *vault.Session, h *home.Home) {
		if got := linesOf(t, h); !slices.Equal(got, []string{"a line of Ada", "a line of Bo", "shared after the change"}) {
			t.Errorf("lines %q", got)
		}
		if len(s.Notices()) != 0 {
			t.Errorf("notices: %v", s.Notices())
		}
		share(t, h, "an answer")
	})
	// When both have been there, nothing is left of what was replaced.
	visit(t, c, dir, passNew, func(_ *vault.Session, h *home.Home) {
		if got := linesOf(t, h); len(got) != 4 {
			t.Errorf("lines %q", got)
		}
	})
	if n := len(drawerFiles(t, dir)); n != files {
		t.Errorf("%d drawers, %d before", n, files)
	}
	sameSizes(t, dir)
}

// TestChangePassphraseWhileWriting: what is acknowledged meanwhile is there after.
func TestChangePassphraseWhileWriting(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	s, h := unlock(t, c, dir, passA)
	for i := range 30 {
		save(t, h, crashText(i))
	}
	var mu sync.Mutex
	kept := map[home.ID]string{}
	var writers sync.WaitGroup
	done := make(chan struct{})
	begun := make(chan struct{}, 3)
	for w := range 3 {
		writers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				text := fmt.Sprint("writer ", w, " entry ", n)
				e, err := h.Journal.Save(context.Background(), entry(h, text))
				if err != nil {
					t.Errorf("writing: %v", err)
					return
				}
				mu.Lock()
				kept[e.ID] = text
				mu.Unlock()
				if n == 2 {
					begun <- struct{}{}
				}
			}
		})
	}
	for range 3 {
		<-begun
	}
	current := passA
	for n := range 3 {
		fresh := fmt.Sprint(passNew, " ", n)
		if _, err := s.ChangePassphrase(t.Context(), []byte(current), []byte(fresh), nil); err != nil {
			t.Fatal(err)
		}
		current = fresh
	}
	close(done)
	writers.Wait()
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	visit(t, c, dir, current, func(s *vault.Session, h *home.Home) {
		found := map[home.ID]string{}
		if err := h.Journal.Each(t.Context(), func(e home.Entry) error { found[e.ID] = e.Text; return nil }); err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(found, func(id home.ID, text string) bool { return strings.Contains(text, canary) })
		if !maps.Equal(found, kept) || len(kept) < 9 {
			t.Errorf("%d entries, %d acknowledged", len(found), len(kept))
		}
		sound(t, s)
	})
}

// TestOldPassphraseOpensNothingNew: with the old key file, the old passphrase and
// every file of the vault as it is now, nothing opens that was written since.
func TestOldPassphraseOpensNothingNew(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "written before") })
	old := keysOf(t, dir, passA)
	before := readKeys(t, dir)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if _, err := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), nil); err != nil {
			t.Fatal(err)
		}
		save(t, h, "secret since")
		share(t, h, "secret shared")
	})
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { share(t, h, "secret of Bo") })
	for _, when := range []string{"while the old shared drawer is kept", "when it is gone"} {
		for _, text := range whatOpens(t, dir, old) {
			if strings.HasPrefix(text, "secret") || text == "written before" {
				t.Errorf("%s: the old keys open %q", when, text)
			}
		}
		visit(t, c, dir, passNew, func(*vault.Session, *home.Home) {})
	}
	// The old key file in its place does not even open a home.
	writeKeys(t, dir, before)
	if err := tryVisit(t, c, dir, passA); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("the old key file: %v", err)
	}
	if texts := whatOpens(t, dir, keysOf(t, dir, passA)); len(texts) != 0 {
		t.Errorf("it opens %q", texts)
	}
}

func TestRecoveryWords(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	var words string
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		save(t, h, "mine")
		if s.HasRecovery() || s.Recovered() {
			t.Error("there are words from the start")
		}
		for _, wrong := range []string{passB, "nothing here"} {
			if _, err := s.NewRecovery(t.Context(), []byte(wrong)); !errors.Is(err, vault.ErrWrongPassphrase) {
				t.Errorf("words without the passphrase: %v", err)
			}
		}
		var err error
		if words, err = s.NewRecovery(t.Context(), []byte(passA)); err != nil || !s.HasRecovery() {
			t.Fatal(err)
		}
	})
	list := strings.Fields(words)
	slices.Reverse(list)
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := v.Unlock(t.Context(), []byte(strings.Join(list, " "))); !errors.Is(err, vault.ErrMistyped) || !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("words in another order: %v", err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	var fresh string
	visit(t, c, dir, words, func(s *vault.Session, h *home.Home) {
		if !s.Recovered() || !s.HasRecovery() {
			t.Error("the session does not know that it was recovered")
		}
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
		if fresh, err = s.ChangePassphrase(t.Context(), []byte(words), []byte(passNew), nil); err != nil || fresh == "" || s.Recovered() {
			t.Errorf("%q, %v", fresh, err)
		}
	})
	opensNot(t, c, dir, words)
	opensNot(t, c, dir, passA)
	for _, passphrase := range []string{passNew, fresh} {
		visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
			if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 || len(s.Notices()) != 0 {
				t.Errorf("%d entries, %v, notices %v", n, err, s.Notices())
			}
		})
	}
}

func TestStepUpAsksAgain(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	s, _ := unlock(t, c, dir, passA)
	if _, err := s.StepUp(t.Context(), []byte(passB)); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("with another's passphrase: %v", err)
	}
	u, err := s.StepUp(t.Context(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	key := [32]byte{1}
	wrapped, err := u.Wrap([16]byte{2}, &key)
	if err != nil {
		t.Fatal(err)
	}
	var got [32]byte
	if err := u.Unwrap([16]byte{2}, wrapped, &got); err != nil || got != key {
		t.Error(err)
	}
	if err := errors.Join(u.Close(), s.Lock(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := s.StepUp(t.Context(), []byte(passA)); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("after locking: %v", err)
	}
}

// TestChangesAfterLocking: a session that is over changes nothing.
func TestChangesAfterLocking(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	s, _ := unlock(t, c, dir, passA)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := readKeys(t, dir)
	_, changed := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), nil)
	_, words := s.NewRecovery(t.Context(), []byte(passA))
	for what, err := range map[string]error{
		"change": changed, "words": words, "re-key": s.Rekey(t.Context(), nil), "leave": s.Leave(t.Context(), []byte(passA)), "settle": s.Settle(t.Context(), nil),
	} {
		if !errors.Is(err, vault.ErrLocked) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if s.HasRecovery() || !slices.Equal(before, readKeys(t, dir)) {
		t.Error("something was written")
	}
}

// TestChangeOfPassphraseRefused: with the wrong passphrase, a bad new one, or
// without room, everything is as it was and the session goes on.
func TestChangeOfPassphraseRefused(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		files := len(drawerFiles(t, dir))
		for name, row := range map[string]struct {
			current, fresh string
			want           error
		}{
			"wrong":          {passB, passNew, vault.ErrWrongPassphrase},
			"to the other's": {passA, passB, vault.ErrWeakPassphrase},
			"to the same":    {passA, passA, vault.ErrWeakPassphrase},
			"to none":        {passA, " ", keys.ErrPassphraseForm},
		} {
			if _, err := s.ChangePassphrase(t.Context(), []byte(row.current), []byte(row.fresh), nil); !errors.Is(err, row.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		// Stopped while the first drawer is copied, and while the second one is.
		for stop := range 2 {
			ctx, end := context.WithCancel(t.Context())
			before := int64(-1)
			_, err := s.ChangePassphrase(ctx, []byte(passA), []byte(passNew), func(done, total int64) {
				if stop == 0 || before >= total/2 {
					end()
				}
				before = done
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("stopped in the middle: %v", err)
			}
			end()
		}
		if n := len(drawerFiles(t, dir)); n != files {
			t.Errorf("%d drawers, %d before", n, files)
		}
		save(t, h, "it goes on")
		share(t, h, "so do lines")
	})
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 || len(s.Notices()) != 0 {
			t.Errorf("%d entries, %v, %v", n, err, s.Notices())
		}
	})
}

// TestKeyFileFromTheMiddleOfAChange: a key file that was copied while a passphrase
// was being changed, and put back later, calls the drawer in use an unfinished one.
// It must not be destroyed for that.
func TestKeyFileFromTheMiddleOfAChange(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	var middle []byte
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		save(t, h, "kept")
		if _, err := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), func(int64, int64) { middle = readKeys(t, dir) }); err != nil {
			t.Fatal(err)
		}
		save(t, h, "kept since")
	})
	after := readKeys(t, dir)
	writeKeys(t, dir, middle)
	for range 2 {
		if err := tryVisit(t, c, dir, passA); !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("with the key file of the middle: %v", err)
		}
	}
	v, err := vault.Open(dir, options(c)) // and not by somebody either who opens no drawer first
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Settle(t.Context(), nil), s.Lock(t.Context())); err != nil {
		t.Fatal(err)
	}
	writeKeys(t, dir, after)
	visit(t, c, dir, passNew, func(_ *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 2 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

// TestRestoredCopyAfterAChange: a whole copy from before opens as it did.
func TestRestoredCopyAfterAChange(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "kept") })
	before := copyFolder(t, dir)
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if _, err := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), nil); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, before, passA, func(s *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 || len(s.Notices()) != 0 {
			t.Errorf("%d entries, %v, %v", n, err, s.Notices())
		}
		sound(t, s)
	})
	opensNot(t, c, before, passNew)
}
