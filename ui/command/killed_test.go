package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// killed private|shared VAULT NEW PASSPHRASEFILE makes NEW as a kill leaves VAULT after
// five more changes to that drawer of the person, with the first of them damaged.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: killed private|shared VAULT NEW PASSPHRASEFILE")
	}
	passphrase, _, _ := bytes.Cut([]byte(ts.ReadFile(args[3])), []byte("\n"))
	ts.Check(leaveKilled(args[0], ts.MkAbs(args[1]), ts.MkAbs(args[2]), passphrase))
}

func leaveKilled(role, dir, to string, passphrase []byte) (err error) {
	ctx := context.Background()
	session := func(dir string) (*vault.Session, error) {
		o := home.Options(nil)
		o.Insecure = true
		v, err := vault.Open(dir, o)
		if err != nil {
			return nil, err
		}
		s, _, err := v.Unlock(ctx, bytes.Clone(passphrase))
		if err != nil {
			return nil, errors.Join(err, v.Close())
		}
		return s, nil
	}
	s, err := session(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Lock(ctx)) }()
	h, err := home.Open(ctx, s, nil)
	if err != nil {
		return err
	}
	circles, err := s.Circles(ctx)
	if err != nil {
		return err
	}
	for i := range 5 {
		e := h.Journal.New()
		e.Text = fmt.Sprint("kept before the power went ", i)
		if _, err := h.Journal.Save(ctx, e); err != nil {
			return err
		}
		if err := circles[0].Drawer.Update(ctx, func(tx *drawer.Tx) error { return addLines(ctx, tx) }); err != nil {
			return err
		}
	}
	logs, err := filepath.Glob(filepath.Join(dir, "*-wal"))
	if err != nil {
		return err
	}
	const firstFrame = 4096
	for _, log := range logs {
		if err := errors.Join(os.RemoveAll(to), os.CopyFS(to, os.DirFS(dir))); err != nil {
			return err
		}
		hurt := filepath.Join(to, filepath.Base(log))
		b, err := os.ReadFile(hurt)
		if err != nil {
			return err
		}
		b[firstFrame+99] ^= 1
		if err := os.WriteFile(hurt, b, 0o600); err != nil {
			return err
		}
		if is, err := isDamaged(ctx, to, role, session); err != nil || is {
			return err
		}
	}
	return errors.New("no log of that drawer was written to")
}

// addLines adds some lines, so that each time several pages change.
func addLines(ctx context.Context, tx *drawer.Tx) error {
	for range 5 {
		id := home.NewID()
		if _, err := tx.Exec(ctx, `INSERT INTO line (id, seat, text, shared_on) VALUES (?, 0, ?, '2026-03-04')`, id[:], strings.Repeat("a line ", 140)); err != nil {
			return err
		}
	}
	return nil
}

// isDamaged looks, in a copy, whether it is the drawer of a role that does not open.
func isDamaged(ctx context.Context, dir, role string, session func(string) (*vault.Session, error)) (is bool, err error) {
	try, err := os.MkdirTemp("", "killed")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(try)) }()
	copied := filepath.Join(try, "Try.ebb")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		return false, err
	}
	s, err := session(copied)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, s.Lock(ctx)) }()
	found, err := s.Damaged(ctx)
	if err != nil || len(found) != 1 {
		return false, err
	}
	return found[0].Role == map[string]keys.Role{"private": keys.Private, "shared": keys.Shared}[role], nil
}
