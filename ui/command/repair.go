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

// repair says which drawers do not open and what can be brought back of each, and
// brings it back if it was told to.
func repair(ctx context.Context, c *call) error {
	return c.withSeat(ctx, lang.T("command.ask.passphrase"), func(s *vault.Session, _ []byte) error {
		damaged, err := s.Damaged(ctx)
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
			if d.Salvage != nil {
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
			if d.Salvage == nil {
				continue
			}
			found, err := s.OpenAtCheckpoint(ctx, d.ID)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.Stdout, lang.F("damage.command.opened", map[string]any{"Drawer": roles.T(vault.RoleName(d.Role))}), sentence.Gone(found))
			c.printNewest(ctx, s, d.Role)
		}
		if helped < len(damaged) {
			return errDamaged
		}
		return nil
	})
}

// printDamage says what is the matter with a drawer, what would come back of it and
// what would not.
func (c *call) printDamage(d vault.Damaged) {
	name := map[string]any{"Drawer": roles.T(vault.RoleName(d.Role))}
	if d.Salvage == nil {
		fmt.Fprintln(c.Stdout, lang.F("damage.command.no-way", name))
		return
	}
	fmt.Fprintln(c.Stdout, lang.F("damage.command.drawer", name))
	fmt.Fprintln(c.Stdout, sentence.Salvage(*d.Salvage))
	fmt.Fprintln(c.Stdout, sentence.GivenUp(*d.Salvage, d.Role != keys.Private))
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
