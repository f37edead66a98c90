package command

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// repairFlags are what repair takes: whether to do it, and where a copy goes first.
type repairFlags struct {
	atCheckpoint bool
	keep         string
}

func repairFlag(c *call, f *flag.FlagSet) {
	f.BoolVar(&c.repair.atCheckpoint, "at-checkpoint", false, "")
	f.Func("keep", "", func(folder string) error {
		if folder == "" { // a script's variable that is not set
			return errUsage
		}
		c.repair.keep = folder
		return nil
	})
}

// A broken drawer is one that does not open, whosever it is.
type broken struct {
	called  string // in a sentence
	role    keys.Role
	salvage *drawer.Salvage // nil if there is no way back
	open    func(context.Context) (drawer.Salvage, error)
}

// repair says which drawers do not open and what can be brought back of each, and
// brings it back if it was told to.
func repair(ctx context.Context, c *call) error {
	return c.withSession(ctx, func(s *vault.Session) error {
		if err := c.practiceOnly(s); err != nil {
			return err
		}
		damaged, err := c.broken(ctx, s)
		if err != nil {
			return err
		}
		if len(damaged) == 0 {
			fmt.Fprintln(c.Stdout, lang.T("damage.command.none"))
			return nil
		}
		helped := 0
		for _, d := range damaged {
			c.printDamage(d)
			if d.salvage != nil {
				helped++
			}
		}
		switch {
		case helped == 0:
			return errDamaged
		case !c.repair.atCheckpoint:
			fmt.Fprintln(c.Stdout, lang.T("damage.command.how"))
			return errDamaged
		}
		if err := c.confirmRepair(ctx); err != nil {
			return err
		}
		if err := c.keepCopy(ctx, s); err != nil {
			return stopped(err)
		}
		for _, d := range damaged {
			if d.salvage == nil {
				continue
			}
			found, err := d.open(ctx)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.Stdout, lang.F("damage.command.opened", map[string]any{"Drawer": d.called}), sentence.Gone(found))
			c.printNewest(ctx, s, d.role)
		}
		if helped < len(damaged) {
			return errDamaged
		}
		return nil
	})
}

// broken looks for drawers that do not open: those of the ring, and if these are in
// order those of a practice's cases.
func (c *call) broken(ctx context.Context, s *vault.Session) (all []broken, err error) {
	ring, err := s.Damaged(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range ring {
		all = append(all, broken{roles.T(vault.RoleName(d.Role)), d.Role, d.Salvage, func(ctx context.Context) (drawer.Salvage, error) {
			return s.OpenAtCheckpoint(ctx, d.ID)
		}})
	}
	if len(all) > 0 || s.Kind() != keys.Practice {
		return all, nil
	}
	p, err := c.enter(ctx, s)
	if err != nil {
		return nil, err
	}
	bar := c.progress()
	cases, err := p.Damaged(ctx, func(done, total int) { bar.show(lang.T("practice-command.checking"), int64(done), int64(total)) })
	bar.end()
	if err != nil {
		return nil, err
	}
	for _, d := range cases {
		called := lang.F("practice-command.of-case", map[string]any{"Drawer": roles.T(vault.RoleName(d.Role)), "Code": d.Code})
		all = append(all, broken{called, d.Role, d.Salvage, func(ctx context.Context) (drawer.Salvage, error) {
			return p.OpenAtCheckpoint(ctx, d)
		}})
	}
	return all, nil
}

// printDamage says what is the matter with a drawer, what would come back of it and
// what would not.
func (c *call) printDamage(d broken) {
	name := map[string]any{"Drawer": d.called}
	if d.salvage == nil {
		fmt.Fprintln(c.Stdout, lang.F("damage.command.no-way", name))
		return
	}
	fmt.Fprintln(c.Stdout, lang.F("damage.command.drawer", name))
	fmt.Fprintln(c.Stdout, sentence.Salvage(*d.salvage))
	fmt.Fprintln(c.Stdout, sentence.GivenUp(*d.salvage, d.role == keys.Shared))
}

// confirmRepair asks for a word, on the terminal.
func (c *call) confirmRepair(ctx context.Context) error {
	switch {
	case c.seat.yes:
		return nil
	case c.Ask == nil:
		return errUnaskedRepair
	}
	word := lang.T("damage.command.word")
	answer, err := c.Ask(ctx, lang.F("damage.command.ask", map[string]any{"Word": word}))
	if err != nil || !strings.EqualFold(strings.TrimSpace(string(answer)), word) {
		return errNotOpened
	}
	return nil
}

// keepCopy copies the folder as it is, if a place was named.
func (c *call) keepCopy(ctx context.Context, s *vault.Session) error {
	if c.repair.keep == "" {
		return nil
	}
	o, end := c.backupOptions()
	kept, err := home.KeepCopy(ctx, s, c.repair.keep, o.Progress)
	end()
	if err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout, lang.F("damage.command.copied", map[string]any{"Name": filepath.Base(kept.Path)}))
	return nil
}

// printNewest says from when what is left in a person's own drawer is. Where that
// cannot be read, something else is damaged, which check tells.
func (c *call) printNewest(ctx context.Context, s *vault.Session, role keys.Role) {
	if role != keys.Private {
		return
	}
	h, err := home.Open(ctx, s, c.Now)
	if err != nil {
		return
	}
	if last, err := h.Journal.LastKept(ctx); err == nil && !last.IsZero() {
		fmt.Fprintln(c.Stdout, lang.F("damage.command.newest", map[string]any{"When": last.Local().Format(time.DateOnly + " 15:04")}))
	}
}
