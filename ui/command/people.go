package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// cleanName is the name given on the command line.
func (c *call) cleanName() (string, error) {
	if !c.named {
		return "", errUsage
	}
	name, err := home.CleanName(c.name)
	if errors.Is(err, home.ErrTooLong) {
		return "", errNameTooLong
	}
	return name, err
}

// makers make the kinds of vault. A practitioner's name is kept as anybody's is.
var makers = map[string]func(ctx context.Context, dir, name string, passphrase []byte, o vault.Options) error{
	"home": home.Create, "practice": practice.Create,
}

func create(ctx context.Context, c *call) error {
	made := makers[c.kind]
	if made == nil {
		return errUsage
	}
	name, err := c.cleanName()
	if err != nil {
		return err
	}
	// Nobody need think of a passphrase for a place that is taken.
	if _, err := os.Lstat(c.args[0]); err == nil {
		return vault.ErrExists
	}
	passphrase, err := c.secrets.fresh(ctx)
	if err != nil {
		return err
	}
	if err := made(ctx, c.args[0], name, passphrase, c.options()); err != nil {
		return err
	}
	fmt.Fprintln(c.Stderr, lang.T("command.created"))
	if by := vault.SyncedBy(c.args[0]); by != "" {
		fmt.Fprintln(c.Stderr, sentence.Notice(vault.Notice{Kind: vault.SyncedFolder, Detail: by}))
	}
	return nil
}

func invite(ctx context.Context, c *call) error {
	return c.withHome(ctx, func(s *vault.Session, h *home.Home) error {
		names, err := h.People.Names(ctx)
		if err != nil {
			return err
		}
		code, err := s.Invite(names)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(c.Stdout, code); err != nil {
			return errOutput
		}
		fmt.Fprintln(c.Stderr, lang.T("command.invited"))
		return nil
	})
}

func join(ctx context.Context, c *call) (err error) {
	name, err := c.cleanName()
	if err != nil {
		return err
	}
	v, err := vault.Open(c.args[0], c.options())
	if err != nil {
		return err
	}
	s, err := c.takeSeat(ctx, v, name)
	if err != nil {
		return errors.Join(err, v.Close())
	}
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	// Opening once tells the others the name right away.
	if _, err := home.Open(ctx, s, c.Now); err != nil {
		return err
	}
	var names []string
	for _, m := range s.Members() {
		names = append(names, m.Name) // package keys lets no control character into it
	}
	fmt.Fprintln(c.Stderr, lang.F("command.joined", map[string]any{"Names": strings.Join(names, ", ")}))
	return nil
}

// takeSeat reads the code, then the new passphrase, and joins.
func (c *call) takeSeat(ctx context.Context, v *vault.Vault, name string) (*vault.Session, error) {
	code, err := c.secrets.next(ctx, lang.T("command.ask.code"))
	if err != nil {
		return nil, err
	}
	s, invitation, err := v.Unlock(ctx, code)
	if err != nil {
		return nil, err
	}
	if s != nil && s.Kind() != keys.Home {
		return nil, errors.Join(vault.ErrNotHome, s.Lock(context.WithoutCancel(ctx)))
	}
	if s != nil {
		// A person's own passphrase is not a code, however right it is.
		return nil, errors.Join(vault.ErrWrongPassphrase, s.Lock(context.WithoutCancel(ctx)))
	}
	passphrase, err := c.secrets.fresh(ctx)
	if err == nil {
		s, err = invitation.Join(ctx, passphrase, name)
	}
	if err != nil {
		return nil, errors.Join(err, invitation.Close())
	}
	return s, nil
}
