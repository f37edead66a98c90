package command

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/kinds"
	"ebb/vault/practice"
)

// firstLine of a passphrase file.
func firstLine(ts *testscript.TestScript, file string) []byte {
	line, _, _ := bytes.Cut([]byte(ts.ReadFile(file)), []byte("\n"))
	return line
}

// practiceVault NEW PASSPHRASEFILE makes a practice with three cases, of which the codes
// of two differ in what a file's name cannot hold. One of them has a joint note, an
// attached file, and process and safety notes whose words nothing else has.
func practiceVault(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: practice NEW PASSPHRASEFILE")
	}
	dir, passphrase := ts.MkAbs(args[0]), firstLine(ts, args[1])
	o := kinds.Options(nil)
	o.KDF, o.Insecure = keys.InsecureParams, true
	ts.Check(practice.Create(context.Background(), dir, "Dana", bytes.Clone(passphrase), o))
	ts.Check(withPractice(dir, passphrase, func(ctx context.Context, p *practice.Practice) error {
		if err := p.StepUp(ctx, bytes.Clone(passphrase)); err != nil {
			return err
		}
		for _, code := range []string{"K-1", "K/1", "k:1"} {
			members := []practice.Member{{Name: "Ilse"}, {Name: "Marek"}, {Name: "Noa"}}
			if code != "k:1" {
				members = members[:2]
			}
			id, err := p.NewCase(ctx, practice.NewCase{Code: code, Label: "Label", Members: members})
			if err == nil && code == "K-1" {
				err = furnishCase(ctx, p, id)
			}
			if err != nil {
				return err
			}
		}
		return p.StepDown(ctx)
	}))
}

func furnishCase(ctx context.Context, p *practice.Practice, id practice.ID) error {
	c, err := p.OpenCase(ctx, id)
	if err != nil {
		return err
	}
	process, err := c.Process(ctx)
	if err != nil {
		return err
	}
	risk, err := c.Risk(ctx)
	if err != nil {
		return err
	}
	template := practice.Template{Name: practice.Free, Keys: []string{"text"}}
	for _, one := range []struct {
		in       *practice.Notes
		audience practice.Audience
		text     string
	}{
		{c.Notes, practice.Joint, "a joint note of K-1"},
		{process, practice.ProcessNote, "kept apart: process"},
		{risk, practice.SafetyNote, "kept apart: safety"},
	} {
		note := one.in.New(one.audience, practice.ID{}, template)
		note.Sections[0].Text = one.text
		if _, err := one.in.Save(ctx, note); err != nil {
			return err
		}
	}
	if _, err := c.Files.Attach(ctx, "letter", practice.ID{}, strings.NewReader("%PDF-1.7\nnot much of a letter")); err != nil {
		return err
	}
	return c.Done(ctx)
}

// withPractice runs fn on an unlocked practice.
func withPractice(dir string, passphrase []byte, fn func(context.Context, *practice.Practice) error) (err error) {
	ctx := context.Background()
	o := kinds.Options(nil)
	o.Insecure = true
	v, err := vault.Open(dir, o)
	if err != nil {
		return err
	}
	s, _, err := v.Unlock(ctx, bytes.Clone(passphrase))
	if err != nil {
		return errors.Join(err, v.Close())
	}
	p, err := practice.Open(ctx, s, nil)
	if err != nil {
		return errors.Join(err, s.Lock(ctx))
	}
	defer func() { err = errors.Join(err, p.Lock(ctx)) }()
	return fn(ctx, p)
}

// killedCase VAULT NEW PASSPHRASEFILE makes NEW as a kill leaves VAULT after five more
// changes to the record of K-1, with the first of them damaged.
func killedCase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: killed-case VAULT NEW PASSPHRASEFILE")
	}
	ts.Check(cutOff(ts.MkAbs(args[0]), ts.MkAbs(args[1]), firstLine(ts, args[2])))
}

// cutOff makes to as a kill leaves the practice in dir after five more changes to the
// record of K-1, with the first of them damaged.
func cutOff(dir, to string, passphrase []byte) error {
	return withPractice(dir, passphrase, func(ctx context.Context, p *practice.Practice) error {
		before, err := caseLogs(dir)
		if err != nil {
			return err
		}
		rows, err := p.Caseload(ctx, practice.Query{Text: "k-1"})
		if err != nil {
			return err
		}
		c, err := p.OpenCase(ctx, rows[0].ID)
		if err != nil {
			return err
		}
		for range 5 {
			if err := c.Plan.Put(ctx, strings.Repeat("written before the power went ", 300)); err != nil {
				return err
			}
		}
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			return err
		}
		after, err := caseLogs(to)
		if err != nil {
			return err
		}
		for name, b := range after {
			if !bytes.Equal(b, before[name]) { // of the cases, one alone was written to
				const firstFrame = 4096
				b[firstFrame+99] ^= 1
				return os.WriteFile(filepath.Join(to, name), b, 0o600)
			}
		}
		return errors.New("no record was written to")
	})
}

// caseLogs are the logs of the drawers of cases, by name.
func caseLogs(dir string) (map[string][]byte, error) {
	logs, err := filepath.Glob(filepath.Join(dir, strings.Repeat("?", 24)+"-wal"))
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	for _, log := range logs {
		if all[filepath.Base(log)], err = os.ReadFile(log); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func TestRecordNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range []struct{ code, want string }{
		{"K-12", "case-K-12.json"},
		{"k-12", "case-k-12-2.json"},
		{"../x", "case-___x.json"},
		{`a\b`, "case-a_b.json"},
		{"ü 1", "case-__1.json"},
		{"é 1", "case-__1-2.json"},
		{"CON", "case-CON.json"},
		{"a.b", "case-a_b-2.json"},
	} {
		if got := recordName(c.code, taken); got != c.want {
			t.Errorf("%q is called %s, want %s", c.code, got, c.want)
		}
	}
}

// What is locked by an interruption is whole, and an export that was cut off is not
// there.
func TestAnInterruptedExportOfRecordsLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Office.ebb")
	o := kinds.Options(nil)
	o.KDF, o.Insecure = keys.InsecureParams, true
	pass := []byte("dana has her own words")
	if err := practice.Create(t.Context(), dir, "Dana", pass, o); err != nil {
		t.Fatal(err)
	}
	if err := withPractice(dir, pass, func(ctx context.Context, p *practice.Practice) error {
		if err := p.StepUp(ctx, bytes.Clone(pass)); err != nil {
			return err
		}
		_, err := p.NewCase(ctx, practice.NewCase{Code: "K-1", Members: []practice.Member{{Name: "Ilse"}, {Name: "Marek"}}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	screen := &stopping{interrupt: interrupt}
	var stdout, stderr bytes.Buffer
	place := t.TempDir()
	env := Env{Stdin: bytes.NewReader(append(bytes.Clone(pass), '\n')), Stdout: &stdout, Stderr: &stderr, Screen: screen, Insecure: true}
	code := Run(ctx, []string{"export", dir, "--format", "json", filepath.Join(place, "out"), "--passphrase-file", "-"}, "", env)
	left, err := os.ReadDir(place)
	if code != exitCannotRun || err != nil || len(left) > 0 {
		t.Errorf("exit code %d, left %v, %v; it says %q", code, left, err, stderr.String())
	}
	if err := withPractice(dir, pass, func(ctx context.Context, p *practice.Practice) error {
		report, err := p.Check(ctx, nil)
		if err == nil && !report.Sound() {
			err = errors.New("it is damaged")
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
