package home_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// Where the first frames of a log lie: FORMAT.md, "The log".
const (
	firstFrame = 4096
	frameSize  = 4160
)

// killedWhile copies a vault as a kill would leave it: with open drawers, after what fn
// wrote. It returns those copies in which the log of one drawer is damaged at a place,
// by what the drawer is for.
func killedWhile(t *testing.T, c *clock, dir, passphrase string, at int, fn func(*home.Home)) map[keys.Role]string {
	t.Helper()
	s, h := unlock(t, c, dir, passphrase)
	before := copyFolder(t, dir)
	fn(h)
	cut := copyFolder(t, dir)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(cut, "*-wal"))
	if err != nil {
		t.Fatal(err)
	}
	damaged := map[keys.Role]string{}
	for _, log := range logs {
		name := filepath.Base(log)
		if bytes.Equal(read(t, filepath.Join(before, name))[firstFrame:], read(t, log)[firstFrame:]) {
			continue
		}
		dir := copyFolder(t, cut)
		spoil(t, filepath.Join(dir, name), at)
		try := session(t, c, copyFolder(t, dir), passphrase)
		found, err := try.Damaged(t.Context())
		if err != nil || len(found) > 1 {
			t.Fatalf("damaged: %+v, %v", found, err)
		}
		for _, d := range found { // of a single commit nobody can tell that it was there
			damaged[d.Role] = dir
		}
		if err := try.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return damaged
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// spoil changes a bit.
func spoil(t *testing.T, file string, at int) {
	t.Helper()
	b := read(t, file)
	b[at] ^= 1
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// contents are the files of a folder, without the key file, which every visit writes.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		if f.Name() != "keys" {
			all[f.Name()] = string(read(t, filepath.Join(dir, f.Name())))
		}
	}
	return all
}

// session opens a vault and unlocks it, and no more.
func session(t *testing.T, c *clock, dir, passphrase string) *vault.Session {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(context.Background(), []byte(passphrase))
	if err != nil {
		t.Fatal(errors.Join(err, v.Close()))
	}
	return s
}

func texts(t *testing.T, h *home.Home) (all []string) {
	t.Helper()
	if err := h.Journal.Each(t.Context(), func(e home.Entry) error { all = append(all, e.Text); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// damagedOwn is a vault of one person whose private drawer was damaged after a kill:
// five entries were kept after the last lock, and the log is damaged in a frame.
func damagedOwn(t *testing.T, c *clock, at int) (dir string) {
	t.Helper()
	dir = newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "kept before the last lock") })
	c.move(time.Hour)
	dir = killedWhile(t, c, dir, passA, at, func(h *home.Home) {
		for n := range 5 {
			save(t, h, fmt.Sprintf("kept afterwards, %d", n))
		}
	})[keys.Private]
	if dir == "" {
		t.Fatal("nothing was written to the private drawer")
	}
	return dir
}

// A person's own drawer does not open. What would be brought back is told and nothing
// changes before they agree; then it opens with that.
func TestOwnDrawerAtItsCheckpoint(t *testing.T) {
	c := newClock()
	for _, at := range []int{20, firstFrame + 99, firstFrame + 12*frameSize + 99} { // the header, the first frame, one in the middle
		dir := damagedOwn(t, c, at)
		s := session(t, c, dir, passA)
		if _, err := home.Open(t.Context(), s, c.now); !errors.Is(err, vault.ErrDamaged) || errors.Is(err, vault.ErrSharedDamaged) {
			t.Fatalf("opened: %v", err)
		}
		before := contents(t, dir)
		damaged, err := s.Damaged(t.Context())
		if err != nil || len(damaged) != 1 || damaged[0].Role != keys.Private || damaged[0].Salvage == nil {
			t.Fatalf("damaged: %+v, %v", damaged, err)
		}
		for name, content := range contents(t, dir) {
			if content != before[name] {
				t.Error("looking at the damage changed a file")
			}
		}
		found, err := s.OpenAtCheckpoint(t.Context(), damaged[0].ID)
		if err != nil || found != *damaged[0].Salvage {
			t.Fatalf("it said %+v, and is %+v, %v", *damaged[0].Salvage, found, err)
		}
		h, err := home.Open(t.Context(), s, c.now)
		if err != nil {
			t.Fatal(err)
		}
		all := texts(t, h)
		if n := len(all); !slices.Contains(all, "kept before the last lock") || at < firstFrame+frameSize && n != 1 || at > firstFrame+frameSize && (n < 2 || n > 5) {
			t.Errorf("damage at %d: there is %q, of %+v", at, all, found)
		}
		if last, err := h.Journal.LastKept(t.Context()); err != nil || len(all) == 1 && !last.Equal(c.at.Add(-time.Hour)) || len(all) > 1 && !last.Equal(c.at) {
			t.Errorf("the last was kept at %v, %v", last, err)
		}
		if kinds(s)[vault.DrawerSalvaged] != 1 {
			t.Errorf("notices %+v", s.Notices())
		}
		save(t, h, "and on it goes")
		if err := s.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
		sameSizes(t, dir)
		visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
			if now := texts(t, h); len(now) != len(all)+1 || len(s.Notices()) != 0 {
				t.Errorf("afterwards there is %q, and it is told: %+v", now, s.Notices())
			}
			if report, err := s.Check(t.Context(), nil); err != nil || !report.Sound() {
				t.Errorf("%+v, %v", report, err)
			}
			if damaged, err := s.Damaged(t.Context()); err != nil || len(damaged) != 0 {
				t.Errorf("still damaged: %+v, %v", damaged, err)
			}
		})
		c.move(time.Hour)
	}
}

// What is shared is damaged: everybody gets to what is theirs, hears why the rest is
// not there, and can open it at its checkpoint; the other person finds it so.
func TestSharedDrawerAtItsCheckpoint(t *testing.T) {
	c := newClock()
	first := couple(t, c)
	dir := killedWhile(t, c, first, passA, firstFrame+99, func(h *home.Home) {
		for n := range 3 {
			share(t, h, fmt.Sprintf("a line after the last lock, %d", n))
		}
	})[keys.Shared]
	if dir == "" {
		t.Fatal("nothing was written to the shared drawer")
	}
	for _, passphrase := range []string{passA, passB} {
		s := session(t, c, dir, passphrase)
		h, err := home.Open(t.Context(), s, c.now)
		if err != nil {
			t.Fatal(err)
		}
		save(t, h, "what is mine goes on")
		if lines, err := h.Lines.All(t.Context()); err != nil || len(lines) != 0 || !h.Lines.Unread() {
			t.Errorf("%d lines, some unread: %v, %v", len(lines), h.Lines.Unread(), err)
		}
		if err := h.People.SetMe(t.Context(), home.Profile{Name: "Somebody"}); !errors.Is(err, vault.ErrSharedDamaged) || !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("writing to what is damaged: %v", err)
		}
		if k := kinds(s); k[vault.SharedDamaged] != 1 {
			t.Errorf("notices %+v", s.Notices())
		}
		if err := s.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s := session(t, c, dir, passB)
	if _, err := home.Open(t.Context(), s, c.now); err != nil {
		t.Fatal(err)
	}
	damaged, err := s.Damaged(t.Context())
	if err != nil || len(damaged) != 1 || damaged[0].Role != keys.Shared || damaged[0].Salvage == nil {
		t.Fatalf("damaged: %+v, %v %+v", damaged, err, s.Notices())
	}
	if _, err := s.OpenAtCheckpoint(t.Context(), damaged[0].ID); err != nil {
		t.Fatal(err)
	}
	if k := kinds(s); k[vault.SharedDamaged] != 0 || k[vault.DrawerSalvaged] != 1 {
		t.Errorf("notices %+v", s.Notices())
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, passphrase := range []string{passA, passB} {
		visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
			lines, err := h.Lines.All(t.Context())
			if err != nil || len(lines) != 2 || h.Lines.Unread() || len(s.Notices()) != 0 {
				t.Errorf("%d lines, %v, and it is told: %+v", len(lines), err, s.Notices())
			}
			if all := texts(t, h); !slices.Contains(all, "what is mine goes on") {
				t.Errorf("the journal holds %q", all)
			}
		})
	}
}

// A drawer that is sound, or that cannot be helped so, is left alone.
func TestNothingToOpenAtACheckpoint(t *testing.T) {
	c := newClock()
	dir := damagedOwn(t, c, firstFrame+99)
	for _, name := range drawerFiles(t, dir) {
		spoil(t, name, 16384+3*4096+4070) // the tag of a page
	}
	s := session(t, c, dir, passA)
	before := contents(t, dir)
	damaged, err := s.Damaged(t.Context())
	if err != nil || len(damaged) != 1 || damaged[0].Salvage != nil {
		t.Fatalf("damaged: %+v, %v", damaged, err)
	}
	if _, err := s.OpenAtCheckpoint(t.Context(), damaged[0].ID); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("opened at a checkpoint: %v", err)
	}
	if _, err := s.OpenAtCheckpoint(t.Context(), drawer.ID{1}); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("a drawer that there is not: %v", err)
	}
	for name, content := range contents(t, dir) {
		if content != before[name] {
			t.Error("a file changed")
		}
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenAtCheckpoint(t.Context(), damaged[0].ID); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("after locking: %v", err)
	}
	if _, err := s.Damaged(t.Context()); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("after locking: %v", err)
	}
	sound := newVault(t, c)
	s = session(t, c, sound, passA)
	own, err := s.Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	circles, err := s.Circles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found, err := s.OpenAtCheckpoint(t.Context(), circles[0].ID); err != nil || found != (drawer.Salvage{}) || len(s.Notices()) != 0 {
		t.Errorf("a sound drawer: %+v, %v, %+v", found, err, s.Notices())
	}
	if again, err := s.Private(t.Context()); err != nil || again != own {
		t.Error("a sound drawer was closed")
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A copy of a damaged vault is as damaged as it is, and takes nobody's place.
func TestKeepCopyOfADamagedVault(t *testing.T) {
	c := newClock()
	dir := damagedOwn(t, c, firstFrame+99)
	place := t.TempDir()
	for range 5 { // on one day
		s := session(t, c, dir, passA)
		c.move(time.Minute)
		kept, err := home.KeepCopy(t.Context(), s, place, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, content := range contents(t, dir) {
			if string(read(t, filepath.Join(kept.Path, name))) != content {
				t.Error("the copy differs")
			}
		}
	}
	info, err := vault.Inspect(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	all, err := backup.List(place, info.ID, options(c))
	if err != nil || len(all) != 5 {
		t.Errorf("%d copies, %v", len(all), err)
	}
	restored := filepath.Join(t.TempDir(), "Restored.ebb")
	if _, err := backup.Restore(t.Context(), all[0].Path, restored, backup.Options{Vault: options(c)}); err != nil {
		t.Fatal(err)
	}
	s := session(t, c, restored, passA)
	damaged, err := s.Damaged(t.Context())
	if err != nil || len(damaged) != 1 || damaged[0].Salvage == nil {
		t.Errorf("in the copy: %+v, %v", damaged, err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}
