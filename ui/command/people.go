package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/home"
)

func create(ctx context.Context, c *call) error {
	if c.kind != "home" || c.name == "" {
		return errUsage
	}
	passphrase, err := c.secrets.fresh()
	if err != nil {
		return err
	}
	if err := home.Create(ctx, c.args[0], c.name, passphrase, c.options()); err != nil {
		return err
	}
	fmt.Fprintln(c.Stderr, lang.T("command.created"))
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
		fmt.Fprintln(c.Stdout, code)
		fmt.Fprintln(c.Stderr, lang.T("command.invited"))
		return nil
	})
}

func join(ctx context.Context, c *call) (err error) {
	name, err := home.CleanName(c.name)
	if err != nil {
		return err
	}
	code, err := c.secrets.next(lang.T("command.ask.code"))
	if err != nil {
		return err
	}
	passphrase, err := c.secrets.fresh()
	if err != nil {
		return err
	}
	v, err := vault.Open(c.args[0], c.options())
	if err != nil {
		return err
	}
	s, invitation, err := v.Unlock(ctx, code)
	if err != nil {
		return errors.Join(err, v.Close())
	}
	if s != nil {
		// A person's own passphrase is not a code, however right it is.
		return errors.Join(vault.ErrWrongPassphrase, s.Lock(ctx))
	}
	s, err = invitation.Join(ctx, passphrase, name)
	if err != nil {
		return errors.Join(err, invitation.Close())
	}
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	// Opening once tells the others the name right away.
	if _, err := home.Open(ctx, s, c.Now); err != nil {
		return err
	}
	var names []string
	for _, m := range s.Members() {
		names = append(names, m.Name)
	}
	fmt.Fprintln(c.Stderr, lang.F("command.joined", map[string]any{"Names": strings.Join(names, ", ")}))
	return nil
}
