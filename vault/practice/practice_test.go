package practice_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// clock is a clock that a test moves by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) move(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock {
	return &clock{time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)}
}

// options makes guessing cheap: these vaults protect nothing.
func options(c *clock) vault.Options {
	o := practice.Options(c.now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return o
}

const pass = "velvet harbour seventeen quiet spoons"

// office is an opened practice of a test.
type office struct {
	*practice.Practice
	t       testing.TB
	c       *clock
	dir     string
	session *vault.Session
}

// newOffice makes a practice vault, and opens it.
func newOffice(t testing.TB) *office {
	t.Helper()
	c := newClock()
	dir := filepath.Join(t.TempDir(), "Practice.ebb")
	if err := practice.Create(t.Context(), dir, "Dana", []byte(pass), options(c)); err != nil {
		t.Fatal(err)
	}
	return openOffice(t, c, dir)
}

func openOffice(t testing.TB, c *clock, dir string) *office {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(context.Background(), []byte(pass))
	if err != nil {
		t.Fatal(errors.Join(err, v.Close()))
	}
	p, err := practice.Open(context.Background(), s, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return &office{p, t, c, dir, s}
}

// lock locks the vault.
func (o *office) lock() {
	o.t.Helper()
	o.must(o.Lock(context.Background()))
}

// again locks the vault and opens it anew.
func (o *office) again() *office {
	o.t.Helper()
	o.lock()
	return openOffice(o.t, o.c, o.dir)
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// refuses fails unless an error is of a kind.
func refuses(t testing.TB, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func (o *office) stepUp() {
	o.t.Helper()
	o.must(o.StepUp(o.t.Context(), []byte(pass)))
}

// newCase makes a case of the people named, and opens it.
func (o *office) newCase(code string, names ...string) (*practice.Case, []practice.ID) {
	o.t.Helper()
	o.stepUp()
	var members []practice.Member
	for _, name := range names {
		members = append(members, practice.Member{Name: name})
	}
	id, err := o.NewCase(o.t.Context(), practice.NewCase{Code: code, Members: members})
	o.must(err)
	o.must(o.StepDown(o.t.Context()))
	c := o.open(id)
	all, err := c.People.All(o.t.Context())
	o.must(err)
	var ids []practice.ID
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	return c, ids
}

func (o *office) open(id practice.ID) *practice.Case {
	o.t.Helper()
	c, err := o.OpenCase(o.t.Context(), id)
	o.must(err)
	return c
}

// publish issues a text of each document.
func (o *office) publish() {
	o.t.Helper()
	for _, name := range append(practice.Policies, practice.ExercisesConsent) {
		_, err := o.Documents.Publish(o.t.Context(), name, "en", practice.Full, "The text of "+name+", in its first version.")
		o.must(err)
	}
}

// sign lets members sign a document of a case in the version that is in force.
func (o *office) sign(c *practice.Case, document string, members ...practice.ID) {
	o.t.Helper()
	documents, err := c.Consents.Documents(o.t.Context())
	o.must(err)
	for _, d := range documents {
		if d.Name != document {
			continue
		}
		for _, m := range members {
			o.must(c.Consents.Decide(o.t.Context(), practice.Decision{Member: m, Document: document, Version: d.Version, Kind: practice.Given, Method: practice.OnPaper, Remark: "in the drawer"}))
		}
		return
	}
	o.t.Fatalf("%s was not issued", document)
}

// settled is a case whose people have signed a policy.
func (o *office) settled(code string, names ...string) (*practice.Case, []practice.ID) {
	o.t.Helper()
	c, m := o.newCase(code, names...)
	o.publish()
	_, err := c.Consents.Choose(o.t.Context(), practice.PolicyLimited)
	o.must(err)
	o.sign(c, practice.PolicyLimited, m...)
	return c, m
}

// template is one of the built-in ones.
func (o *office) template(name string) practice.Template {
	o.t.Helper()
	all, err := o.Templates.All(o.t.Context())
	o.must(err)
	for _, one := range all {
		if one.Name == name {
			return one
		}
	}
	o.t.Fatalf("no template %s", name)
	return practice.Template{}
}

// write keeps a note with one text in its first section.
func (o *office) write(n *practice.Notes, audience practice.Audience, member practice.ID, text string) practice.Note {
	o.t.Helper()
	note := n.New(audience, member, o.template(practice.Free))
	note.Sections[0].Text = text
	note, err := n.Save(o.t.Context(), note)
	o.must(err)
	return note
}

func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "Copy.ebb")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// pdf is a file that begins as a PDF does.
func pdf(size int) io.Reader {
	b := bytes.Repeat([]byte("stream of a letter "), size/19+1)[:size]
	copy(b, "%PDF-1.7\n")
	return bytes.NewReader(b)
}

func TestOpensPracticesOnly(t *testing.T) {
	c := newClock()
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	o := options(c)
	o.Schemas = func(r keys.Role) drawer.Schema {
		if r == keys.Private || r == keys.Shared {
			r = keys.Record
		}
		return practice.Schema(r)
	}
	if err := vault.Create(t.Context(), dir, keys.Home, "Ada", []byte(pass), o); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	_, err = practice.Open(t.Context(), s, c.now)
	refuses(t, "a home", err, practice.ErrNotPractice)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestNewPractice(t *testing.T) {
	o := newOffice(t)
	rows, err := o.Caseload(t.Context(), practice.Query{})
	o.must(err)
	if len(rows) != 0 {
		t.Errorf("a new practice has %d cases", len(rows))
	}
	d, err := o.Idle(t.Context())
	if err != nil || d != practice.DefaultIdle {
		t.Errorf("idle %v, %v", d, err)
	}
	o.must(o.SetIdle(t.Context(), 3*time.Hour))
	if d, err = o.Idle(t.Context()); err != nil || d != practice.MaxIdle {
		t.Errorf("idle %v, %v", d, err)
	}
	o = o.again()
	for _, n := range o.session.Notices() {
		t.Errorf("a notice at the second opening: %+v", n)
	}
	for name, want := range map[string]error{"": practice.ErrEmpty, "\u202e\x00 ": practice.ErrEmpty, string(bytes.Repeat([]byte("x"), 200)): practice.ErrTooLong} {
		refuses(t, "a name", practice.Create(t.Context(), filepath.Join(t.TempDir(), "P.ebb"), name, []byte(pass), options(o.c)), want)
	}
	o.lock()
}
