package command

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault/keys"
	"ebb/vault/kinds"
	"ebb/vault/practice"
)

const (
	apartWord  = "CANARY-heather-bell-2250"
	recordWord = "CANARY-record-birch-9914"
	officePass = "dana has her own words"
)

// writeApart writes a word wherever something lies behind the second unlock: in process
// and safety notes that are open, signed, amended, being written and discarded, and in
// the templates of a safety plan and a formulation of risk.
func writeApart(ctx context.Context, p *practice.Practice, c *practice.Case) error {
	members, err := c.People.All(ctx)
	if err != nil {
		return err
	}
	rooms := []func() (*practice.Notes, error){
		func() (*practice.Notes, error) { return c.Process(ctx) },
		func() (*practice.Notes, error) { return c.Risk(ctx) },
		func() (*practice.Notes, error) { return c.Safety(ctx, members[0].ID) },
		func() (*practice.Notes, error) { return c.Safety(ctx, members[1].ID) },
	}
	for i, room := range rooms {
		n, err := room()
		if err != nil {
			return err
		}
		audience := practice.SafetyNote
		if i == 0 {
			audience = practice.ProcessNote
		}
		fresh := func(text string) practice.Note {
			note := n.New(audience, practice.ID{}, practice.Template{Name: practice.Free, Keys: []string{"text"}})
			note.Sections[0].Text = apartWord + text
			return note
		}
		signed, err := n.Save(ctx, fresh(" signed"))
		if err != nil {
			return err
		}
		if err := n.Sign(ctx, signed.ID); err != nil {
			return err
		}
		if err := n.Amend(ctx, signed.ID, []practice.Section{{Key: "text", Text: apartWord + " amended"}}, apartWord); err != nil {
			return err
		}
		if _, err := n.Save(ctx, fresh(" open")); err != nil {
			return err
		}
		gone, err := n.Save(ctx, fresh(" discarded"))
		if err != nil {
			return err
		}
		if err := n.Discard(ctx, gone.ID); err != nil {
			return err
		}
		if err := n.SaveDraft(ctx, fresh(" draft")); err != nil {
			return err
		}
	}
	return nil
}

// What was written behind the second unlock is in no file of the vault, of its backups,
// of what was brought back from one and of what was exported, and in nothing that any
// command prints, whether it was told to look behind the second unlock or not. A word of
// the record is where it belongs, so that the search could have found the other.
func TestApartIsNowhere(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "Office.ebb")
	o := kinds.Options(nil)
	o.KDF, o.Insecure = keys.InsecureParams, true
	if err := practice.Create(t.Context(), dir, "Dana", []byte(officePass), o); err != nil {
		t.Fatal(err)
	}
	if err := withPractice(dir, []byte(officePass), func(ctx context.Context, p *practice.Practice) error {
		if err := p.StepUp(ctx, []byte(officePass)); err != nil {
			return err
		}
		id, err := p.NewCase(ctx, practice.NewCase{Code: "K-1", Members: []practice.Member{{Name: "Ilse"}, {Name: "Marek"}}})
		if err != nil {
			return err
		}
		c, err := p.OpenCase(ctx, id)
		if err != nil {
			return err
		}
		if err := c.Plan.Put(ctx, recordWord); err != nil {
			return err
		}
		return writeApart(ctx, p, c)
	}); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	at := func(name string) string { return filepath.Join(root, name) }
	if err := os.Mkdir(at("place"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"info", dir},
		{"info", "--json", dir},
		{"check", dir, "--passphrase-file", "-"},
		{"check", "--json", dir, "--passphrase-file", "-"},
		{"check", "--apart", dir, "--passphrase-file", "-"},
		{"check", "--json", "--apart", dir, "--passphrase-file", "-"},
		{"export", dir, "--format", "json", at("out"), "--passphrase-file", "-"},
		{"export", dir, "--case", "K-1", "--format", "json", at("one"), "--passphrase-file", "-"},
		{"backup", dir, at("place"), "--passphrase-file", "-"},
		{"backup", "--list", at("place")},
		{"backup", "--list", "--json", at("place")},
		{"backup", "--verify", at("place"), "--passphrase-file", "-"},
		{"backup", "--drill", "--json", at("place"), "--passphrase-file", "-"},
		{"restore", at("place"), at("Again.ebb")},
		{"repair", dir, "--passphrase-file", "-"},
		{"repair", "--apart", dir, "--passphrase-file", "-"},
	} {
		env := Env{Stdin: strings.NewReader(strings.Repeat(officePass+"\n", 2)), Stdout: &said, Stderr: &said, Screen: &said, Insecure: true}
		if code := Run(t.Context(), args, "", env); code != exitDone {
			t.Errorf("%v: exit code %d: %s", args[:2], code, said.String())
		}
	}
	if err := os.WriteFile(at("said"), said.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := proof.Find(root, apartWord, recordWord)
	if err != nil {
		t.Fatal(err)
	}
	exported := 0
	for _, where := range found {
		if strings.Contains(where, recordWord) && (strings.Contains(where, "out/case-K-1.json") || strings.Contains(where, "one/case-K-1.json")) {
			exported++
			continue
		}
		t.Errorf("found %s", where)
	}
	if exported != 2 {
		t.Errorf("the word of the record was found in %d exports", exported)
	}
	// It is there for whoever types the passphrase once more.
	if err := withPractice(at("Again.ebb"), []byte(officePass), func(ctx context.Context, p *practice.Practice) error {
		rows, err := p.Caseload(ctx, practice.Query{})
		if err != nil {
			return err
		}
		if err := p.StepUp(ctx, []byte(officePass)); err != nil {
			return err
		}
		c, err := p.OpenCase(ctx, rows[0].ID)
		if err != nil {
			return err
		}
		n, err := c.Process(ctx)
		if err != nil {
			return err
		}
		notes, err := n.Search(ctx, "heather", practice.Page{})
		if len(notes) != 2 {
			t.Errorf("in the restored vault %d notes have the word", len(notes))
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
