package home_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/portable"
)

// A struck vault is one to which something is done while its disk fails, or the
// power; and what it must hold afterwards.
type struck struct {
	ctx  context.Context // never cancelled: see package interpose
	root string          // holds the vault's folder, and what is brought in and taken out
	c    *clock
	more int // migrations that this program has more than the one that made the vault

	s *vault.Session
	h *home.Home

	made   bool         // the making of the vault was acknowledged
	kept   map[int]bool // numbers of the texts of A that were acknowledged
	tried  map[int]bool // and those that may be there, too
	seats  int          // how many persons there are, at least
	code   string       // that was acknowledged
	others []string     // codes that may be in force, or not
	joined bool         // B has joined for certain
	left   bool         // B has left, or may have
	own    []string     // one of these opens A's seat; the first, unless another was tried
	words  []string     // recovery words that may open it, too; if the first is "", perhaps none does
	before string       // the passphrase with which one of them does all the same
	lines  int          // shared and acknowledged
	taken  int          // texts that there were to export
}

func newStruck(t testing.TB, root string) *struck {
	return &struck{ctx: context.WithoutCancel(t.Context()), root: root, c: newClock(), kept: map[int]bool{}, tried: map[int]bool{}, own: []string{passA}}
}

// again is the same vault in another place, closed.
func (k *struck) again(root string) *struck {
	next := *k
	next.root, next.s, next.h = root, nil, nil
	next.kept, next.tried = maps.Clone(k.kept), maps.Clone(k.tried)
	next.others, next.own, next.words = slices.Clone(k.others), slices.Clone(k.own), slices.Clone(k.words)
	c := *k.c
	next.c = &c
	return &next
}

func (k *struck) dir() string { return filepath.Join(k.root, "Home.ebb") }

func (k *struck) options() vault.Options {
	o := options(k.c)
	o.Schemas = func(role keys.Role) drawer.Schema {
		s := home.Schema(role)
		for i := range k.more {
			s.Migrations = append(slices.Clip(s.Migrations), drawer.Migration{
				Name: fmt.Sprintf("9%03d_later", i),
				SQL:  fmt.Sprintf("CREATE TABLE later_%d (id INTEGER PRIMARY KEY, text TEXT) STRICT; INSERT INTO later_%d (text) SELECT name FROM sqlite_schema;", i, i),
			})
		}
		return s
	}
	return o
}

func (k *struck) create() error {
	err := home.Create(k.ctx, k.dir(), "Ada", []byte(passA), k.options())
	k.made = k.made || err == nil
	return err
}

// unlock opens the vault as the person of a passphrase. Whatever fails, nothing
// stays open.
func (k *struck) unlock(passphrase string) error {
	v, err := vault.Open(k.dir(), k.options())
	if err != nil {
		return err
	}
	s, invitation, err := v.Unlock(k.ctx, []byte(passphrase))
	if err == nil && invitation != nil {
		err = errors.Join(errors.New("a code where a passphrase was meant"), invitation.Close())
	}
	if err != nil {
		return errors.Join(err, v.Close())
	}
	h, err := home.Open(k.ctx, s, k.c.now)
	if err != nil {
		return errors.Join(err, s.Lock(k.ctx))
	}
	k.s, k.h = s, h
	return nil
}

// unlockOwn opens the vault as A, with whichever passphrase is in force; from then
// on it is that one.
func (k *struck) unlockOwn() (err error) {
	for _, passphrase := range k.own {
		if err = k.unlock(passphrase); err == nil {
			k.own = []string{passphrase}
			return nil
		}
		if !errors.Is(err, vault.ErrWrongPassphrase) {
			return err
		}
	}
	return err
}

func (k *struck) lock() error {
	if k.s == nil {
		return nil
	}
	s := k.s
	k.s, k.h = nil, nil
	return s.Lock(k.ctx)
}

// textOf and numberOf are the texts and their numbers.
func textOf(n int) string { return crashText(n) }

func numberOf(text string) int {
	var n int
	if _, err := fmt.Sscanf(text, canary+" entry %d", &n); err != nil || strings.TrimSpace(textOf(n)) != strings.TrimSpace(text) {
		return -1
	}
	return n
}

// save writes text n.
func (k *struck) save(n int) error {
	k.tried[n] = true
	_, err := k.h.Journal.Save(k.ctx, entry(k.h, textOf(n)))
	if err == nil {
		k.kept[n] = true
	}
	return err
}

// saves writes the texts from … to-1.
func (k *struck) saves(from, to int) error {
	for n := from; n < to; n++ {
		if err := k.save(n); err != nil {
			return err
		}
	}
	return nil
}

func (k *struck) invite() error {
	names, err := k.h.People.Names(k.ctx)
	if err != nil {
		return err
	}
	if k.code != "" { // until the next one is acknowledged it may be in force, or not
		k.others, k.code = append(k.others, k.code), ""
	}
	code, err := k.s.Invite(names)
	if err == nil {
		k.code, k.others = code, nil
	}
	return err
}

func (k *struck) join() error {
	v, err := vault.Open(k.dir(), k.options())
	if err != nil {
		return err
	}
	s, invitation, err := v.Unlock(k.ctx, []byte(k.code))
	if err != nil {
		return errors.Join(err, v.Close())
	}
	if s != nil {
		return errors.Join(errors.New("a passphrase where a code was meant"), s.Lock(k.ctx))
	}
	if s, err = invitation.Join(k.ctx, []byte(passB), "Bo"); err != nil {
		return errors.Join(err, invitation.Close())
	}
	k.isThere()
	h, err := home.Open(k.ctx, s, k.c.now)
	if err != nil {
		return errors.Join(err, s.Lock(k.ctx))
	}
	k.s, k.h = s, h
	return nil
}

// isThere: B has joined, and the code is used up.
func (k *struck) isThere() { k.joined, k.seats, k.code, k.others = true, 2, "", nil }

const passAnew = "pebble saddle orbit willow cinder"

// change gives A another passphrase, and new recovery words if there were any.
func (k *struck) change() error {
	k.before = k.own[0]
	k.own = append(k.own, passAnew)
	if k.words != nil { // the new ones are not known before they are acknowledged
		k.words = append([]string{""}, k.words...)
	}
	words, err := k.s.ChangePassphrase(k.ctx, []byte(k.own[0]), []byte(passAnew), nil)
	if err == nil {
		k.own = []string{passAnew}
		if k.words != nil {
			k.words = []string{words}
		}
	}
	return err
}

func (k *struck) recover() error {
	k.words = append([]string{""}, k.words...)
	words, err := k.s.NewRecovery(k.ctx, []byte(k.own[0]))
	if err == nil {
		k.words = []string{words}
	}
	return err
}

func (k *struck) leave() error {
	k.left = true
	s := k.s
	k.s, k.h = nil, nil
	err := s.Leave(k.ctx, []byte(passB))
	if err == nil {
		k.joined, k.seats, k.lines = false, 1, 0
	}
	return err
}

// notes is how many entries the folder has that is brought in: texts from 1000 on.
const notes = 24

func (k *struck) importNotes() error {
	src, err := portable.Open(portable.Markdown, filepath.Join(k.root, "notes"))
	if err != nil {
		return err
	}
	for i := range notes {
		k.tried[1000+i] = true
	}
	acknowledged := 0
	sum, err := k.h.Journal.Import(k.ctx, src, func(done, _ int) { acknowledged = done })
	if err == nil {
		acknowledged = notes
	}
	if len(sum.Problems) > 0 {
		acknowledged = 0 // it was said that some could not be read, and not which
	}
	for i := range notes {
		if i < acknowledged {
			k.kept[1000+i] = true
		}
	}
	return errors.Join(err, src.Close())
}

func writeNotes(root string) error {
	if err := os.Mkdir(filepath.Join(root, "notes"), 0o700); err != nil {
		return err
	}
	for i := range notes {
		if err := os.WriteFile(filepath.Join(root, "notes", fmt.Sprintf("2025-01-01-%04d.md", i)), []byte(textOf(1000+i)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (k *struck) export(format string) error {
	out := portable.ExportMarkdown
	if format == "json" {
		out = portable.ExportJSON
	}
	k.taken = len(k.kept)
	_, err := out(k.ctx, filepath.Join(k.root, "out-"+format), k.h.Journal.Exported(k.ctx))
	return err
}

// texts are the numbers of A's texts, as the open session reads them; -1 is one
// that is not as it was written.
func (k *struck) texts() (found map[int]bool, err error) {
	found = map[int]bool{}
	err = k.h.Journal.Each(k.ctx, func(e home.Entry) error {
		found[numberOf(e.Text)] = true
		return nil
	})
	return found, err
}

// compare says what is wrong with the texts that the open session reads.
func (k *struck) compare() error {
	found, err := k.texts()
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if found[-1] {
		err = errors.New("a text is not as it was written")
	}
	for n := range k.kept {
		if !found[n] {
			err = errors.Join(err, fmt.Errorf("text %d was acknowledged and is lost", n))
		}
	}
	for n := range found {
		if !k.kept[n] && !k.tried[n] && n != -1 {
			err = errors.Join(err, fmt.Errorf("text %d is there, and nobody wrote it", n))
		}
	}
	return err
}

// private are words that no error may tell.
func (k *struck) private() []string {
	return []string{k.root, filepath.Base(k.dir()), canary, "long water", passA, passB, passAnew, "INSERT", "SELECT", "-wal"}
}

var settledRuns atomic.Int64

// settled looks at the vault on a disk that works: it opens, everything that was
// acknowledged is there, everything checks, nothing is in the plain, and a second
// visit finds nothing to say or to mend.
func (k *struck) settled() error {
	if _, err := os.Lstat(k.dir()); !k.made && errors.Is(err, os.ErrNotExist) {
		// Never made, and nothing is in the way of making it.
		if err := k.create(); err != nil {
			return fmt.Errorf("making it anew: %w", err)
		}
	}
	k.made = true
	// Reading every byte takes as long as everything else.
	if settledRuns.Add(1)%5 == 0 || proof.Soak() {
		if found, err := proof.Find(k.dir(), canary); err != nil || len(found) > 0 {
			return fmt.Errorf("in the plain: %v, %w", found, err)
		}
	}
	for visit := range 2 {
		if err := k.look(visit); err != nil {
			return err
		}
	}
	if err := errors.Join(k.second(), k.recovery()); err != nil {
		return err
	}
	if err := k.codes(); err != nil {
		return err
	}
	return k.alike()
}

// second visits as B, who is there, or has left.
func (k *struck) second() error {
	err := k.unlock(passB)
	switch {
	case !k.joined && errors.Is(err, vault.ErrWrongPassphrase), k.left && errors.Is(err, vault.ErrWrongPassphrase):
		return nil
	case !k.joined && err == nil:
		return errors.Join(errors.New("a second person is there, who has not joined or has left"), k.lock())
	case err != nil:
		return fmt.Errorf("unlocking as the second person: %w", err)
	}
	if err := k.lock(); err != nil {
		return fmt.Errorf("locking as the second person: %w", err)
	}
	return nil
}

// recovery visits with the recovery words.
func (k *struck) recovery() error {
	opened := len(k.words) == 0 || k.words[0] == "" && k.own[0] != k.before
	for _, words := range k.words {
		if words == "" {
			continue
		}
		err := k.unlock(words)
		switch {
		case err == nil:
			opened = true
			if err := k.lock(); err != nil {
				return fmt.Errorf("locking after recovery: %w", err)
			}
		case !errors.Is(err, vault.ErrWrongPassphrase):
			return fmt.Errorf("the recovery words: %w", err)
		}
	}
	if !opened {
		return errors.New("the recovery words open nothing")
	}
	return nil
}

func (k *struck) look(visit int) error {
	if err := k.unlockOwn(); err != nil {
		return fmt.Errorf("visit %d: unlocking: %w", visit, err)
	}
	err := k.compare()
	report, check := k.s.Check(k.ctx, nil)
	if err = errors.Join(err, check); err == nil && !report.Sound() {
		err = fmt.Errorf("the check finds %+v", report)
	}
	if people, all := k.h.People.All(k.ctx); all != nil || len(people) < k.seats && !k.left {
		err = errors.Join(err, fmt.Errorf("%d people of %d, %w", len(people), k.seats, all))
	}
	if lines, all := k.h.Lines.All(k.ctx); all != nil || len(lines) < k.lines && !k.left {
		err = errors.Join(err, fmt.Errorf("%d lines of %d, %w", len(lines), k.lines, all))
	}
	for _, n := range k.s.Notices() {
		if visit > 0 && n.Kind != vault.MemberJoined {
			err = errors.Join(err, fmt.Errorf("a notice at the second visit: %+v", n))
		}
	}
	// What is there now is what it holds: nothing may go, or come, by itself.
	if found, all := k.texts(); all == nil && err == nil {
		k.kept, k.tried = found, map[int]bool{}
	}
	if err != nil {
		return errors.Join(fmt.Errorf("visit %d: %w", visit, err), k.lock())
	}
	if err := k.lock(); err != nil {
		return fmt.Errorf("visit %d: locking: %w", visit, err)
	}
	return nil
}

// codes tries the code that was acknowledged, or those that may be in force: a
// code opens an invitation or nothing.
func (k *struck) codes() error {
	for _, code := range append([]string{k.code}, k.others...) {
		if code == "" {
			continue
		}
		v, err := vault.Open(k.dir(), k.options())
		if err != nil {
			return err
		}
		s, invitation, err := v.Unlock(k.ctx, []byte(code))
		switch {
		case s != nil:
			return errors.Join(errors.New("a code opened a seat"), s.Lock(k.ctx))
		case invitation != nil:
			if err := invitation.Close(); err != nil {
				return err
			}
		case code == k.code || !errors.Is(err, vault.ErrWrongPassphrase):
			return errors.Join(fmt.Errorf("a code that was acknowledged: %w", err), v.Close())
		default:
			if err := v.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// alike: all drawers, and all logs, have one size and all files one time.
func (k *struck) alike() error {
	files, err := os.ReadDir(k.dir())
	if err != nil {
		return err
	}
	sizes, times := map[string]int64{}, map[time.Time]bool{}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			return err
		}
		kind := f.Name()
		if _, isLog := strings.CutSuffix(kind, "-wal"); isLog {
			kind = "log"
		} else if _, err := hex.DecodeString(kind); err == nil {
			kind = "drawer"
		}
		if size, known := sizes[kind]; known && size != info.Size() {
			return fmt.Errorf("two files of the kind %s have %d and %d bytes", kind, size, info.Size())
		}
		sizes[kind] = info.Size()
		times[info.ModTime()] = true
	}
	if len(times) > 1 {
		return fmt.Errorf("the files have %d times", len(times))
	}
	return nil
}
