package window

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/drawer"
	store "ebb/vault/home"
	"ebb/vault/keys"
)

// killedWith is a vault as a kill leaves it after more was written to the drawer of a
// role, with a byte of that drawer's log damaged.
func killedWith(t *testing.T, dir string, role keys.Role) string {
	t.Helper()
	ctx := context.Background()
	session := func(dir string) *vault.Session {
		t.Helper()
		v, err := vault.Open(dir, cheap(func() time.Time { return evening }))
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(ctx, []byte(passA))
		if err != nil {
			t.Fatal(errors.Join(err, v.Close()))
		}
		return s
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s := session(dir)
	h, err := store.Open(ctx, s, func() time.Time { return evening })
	must(err)
	circles, err := s.Circles(ctx)
	must(err)
	for range 5 {
		e := h.Journal.New()
		e.Text = "words of the last minutes"
		_, err := h.Journal.Save(ctx, e)
		must(err)
		must(circles[0].Drawer.Update(ctx, func(tx *drawer.Tx) error {
			for range 5 {
				id := store.NewID()
				if _, err := tx.Exec(ctx, `INSERT INTO line (id, seat, text, shared_on) VALUES (?, 0, ?, '2026-03-04')`, id[:], strings.Repeat("a late line ", 80)); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	defer func() { must(s.Lock(ctx)) }()
	logs, err := filepath.Glob(filepath.Join(dir, "*-wal"))
	must(err)
	const firstFrame = 4096
	for _, log := range logs {
		hurt := filepath.Join(t.TempDir(), "Home.ebb")
		must(os.CopyFS(hurt, os.DirFS(dir)))
		b, err := os.ReadFile(log)
		must(err)
		b[firstFrame+99] ^= 1
		must(os.WriteFile(filepath.Join(hurt, filepath.Base(log)), b, 0o600))
		tried := filepath.Join(t.TempDir(), "Try.ebb")
		must(os.CopyFS(tried, os.DirFS(hurt)))
		try := session(tried)
		found, err := try.Damaged(ctx)
		must(err)
		must(try.Lock(ctx))
		if len(found) == 1 && found[0].Role == role {
			return hurt
		}
	}
	t.Fatal("no log of that drawer was written to")
	return ""
}

// withEntry is a vault with one entry, locked.
func withEntry(t *testing.T) (dir string) {
	t.Helper()
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("# Kept before\nand locked in order.")
	p.menu("Keep what I wrote")
	p.locks()
	return dir
}

// met sits down at a vault in which something is damaged.
func met(t *testing.T, dir string) *person {
	t.Helper()
	p := sit(t, filepath.Dir(dir), dir)
	p.types(passA + "\n")
	p.seesNot("Good evening.")
	return p
}

// A person's own drawer does not open: they hear what comes back and what does not,
// nothing happens before they agree twice, and afterwards they hear what is there.
func TestOwnDrawerIsDamaged(t *testing.T) {
	dir := killedWith(t, withEntry(t), keys.Private)
	p := met(t, dir)
	p.sees("Your own drawer is damaged")
	p.sees("Ebb can open it as it was when it was last closed in order.")
	p.sees("changes after that cannot be read.")
	p.seesNot("everyone who shares it")
	p.seesNot("Go on without it")
	p.presses("Return") // what has the keyboard changes nothing
	if len(p.replaced) != 1 {
		t.Fatalf("the first answer is not the one that changes nothing:\n%s", p.reads())
	}
	p = met(t, dir)
	p.chooses("Open it as it was…")
	p.sees("Open it as it was?")
	p.chooses("Not yet")
	p.menu("Help & contacts")
	p.chooses("Back")
	p.sees("Your own drawer is damaged")
	p.chooses("Not now")

	p = met(t, dir) // still
	p.chooses("Open it as it was…")
	p.chooses("Open it as it was")
	p.sees("It is open again")
	p.sees("What you kept last in it is from Wednesday, 4 March, 20:30.")
	p.chooses("Go on")
	p.sees("Good evening.")
	p.menu("Journal")
	p.sees("Kept before")
	p.seesNot("words of the last minutes")
	p.locks()
	again := unlocked(t, dir, passA)
	again.seesNot("A drawer was damaged")
	again.locks()
}

// What is shared is damaged: the person gets to what is theirs at once if they want,
// every page says why the rest is not there, and it can be opened later.
func TestSharedDrawerIsDamaged(t *testing.T) {
	dir := killedWith(t, withEntry(t), keys.Shared)
	p := met(t, dir)
	p.sees("What is shared is damaged")
	p.sees("It is gone for everyone who shares it")
	p.chooses("Go on without it")
	p.sees("Good evening.")
	p.sees("so what is shared cannot be read")
	p.menu("Journal")
	p.sees("Kept before")
	p.menu("Shared lines")
	p.sees("What is shared here cannot be read")
	for _, page := range []string{"Today", "People", "My data", "Settings", "Our menu"} {
		p.menu(page)
	}
	p.menu("New entry")
	p.types("this goes on")
	p.menu("Keep what I wrote")
	p.locks()

	p = met(t, dir)
	p.chooses("Open it as it was…")
	p.chooses("Open it as it was")
	p.sees("It is open again")
	p.seesNot("What you kept last")
	p.chooses("Go on")
	p.sees("Good evening.")
	p.menu("Shared lines")
	p.seesNot("cannot be read")
	p.seesNot("a late line")
	p.locks()
	unlocked(t, dir, passA).locks()
}

// More than the end of the own drawer is damaged: it is said plainly, with the way to
// a backup, and nothing offers what would not help.
func TestOwnDrawerIsDamagedThroughout(t *testing.T) {
	dir := withEntry(t)
	drawers, err := filepath.Glob(filepath.Join(dir, "????????????????"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range drawers {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		clear(b[:12288])
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := met(t, dir)
	p.sees("Your own drawer is damaged")
	p.sees("Ebb cannot open it as it was, either")
	p.sees("A backup will open")
	p.seesNot("Open it as it was…")
	p.chooses("Not now")
}

// A copy of the folder as it is comes first, if somebody wants one.
func TestCopyOfWhatIsDamaged(t *testing.T) {
	dir := killedWith(t, withEntry(t), keys.Private)
	place := t.TempDir()
	p := met(t, dir)
	p.chooses("Keep a copy first…")
	p.chooses("Back")
	p.sees("Your own drawer is damaged")
	p.chooses("Keep a copy first…")
	p.focusOn(lang.T("picker.path"))
	p.presses("End")
	for range len(filepath.Dir(dir)) + 200 {
		p.presses("BackSpace")
	}
	p.types(place + "\n")
	p.sees("The copy is there.")
	copies, err := filepath.Glob(filepath.Join(place, "*", "keys"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("%q, %v", copies, err)
	}
	p.chooses("Open it as it was…")
	p.chooses("Open it as it was")
	p.sees("It is open again")
	p.chooses("Go on")
	p.locks()
}

// Left alone on this page, the window locks as on every other: the vault is unlocked.
func TestDamagePageLocksItself(t *testing.T) {
	dir := killedWith(t, withEntry(t), keys.Private)
	p := met(t, dir)
	for range 280 {
		p.now = p.now.Add(time.Second)
		p.w.tickIdle()
	}
	p.sees("Locking in 20 seconds.")
	for range 30 {
		p.now = p.now.Add(time.Second)
		p.w.tickIdle()
	}
	if len(p.replaced) != 1 {
		t.Errorf("the window was locked %d times; it says:\n%s", len(p.replaced), p.reads())
	}
	p.seesNot("Your own drawer")

	// What was agreed to while it locks does not show over what comes after.
	q := met(t, dir)
	q.chooses("Open it as it was…")
	next, waiting := q.slowly()
	q.chooses("Open it as it was")
	q.w.lock()
	for waiting() > 0 {
		next(0)
	}
	if len(q.replaced) != 1 {
		t.Errorf("the window was locked %d times", len(q.replaced))
	}
	q.seesNot("It is open again")
	unlocked(t, dir, passA).locks()
}

// TestDamagePictures compares the pages of damage with the pictures that somebody
// looked at, as TestPages does for the others.
func TestDamagePictures(t *testing.T) {
	own, shared := killedWith(t, withEntry(t), keys.Private), killedWith(t, withEntry(t), keys.Shared)
	inLooks(t, looks, func(t *testing.T, a *album) {
		sits := func(dir string) *person {
			copied := filepath.Join(t.TempDir(), "Home.ebb")
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			p := sit(t, filepath.Dir(copied), copied)
			a.dress(p)
			p.types(passA + "\n")
			return p
		}
		p := sits(own)
		a.shows(p, "damage-own")
		p.chooses("Open it as it was…")
		if a.look.size == 100 {
			a.shows(p, "damage-ask")
		}
		p.chooses("Open it as it was")
		a.shows(p, "damage-reopened")
		p.chooses("Go on")
		p.locks()
		if a.look.size == 100 {
			p = sits(shared)
			a.shows(p, "damage-shared")
			p.chooses("Go on without it")
			p.locks()
		}
	})
}
