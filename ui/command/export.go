package command

import (
	"context"
	"fmt"
	"slices"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/portable"
)

// exportEntries writes what can be read. Damage is told and does not end it; the
// exit code is then that of damage.
func exportEntries(ctx context.Context, c *call) error {
	if !slices.Contains(portable.Exports(), c.format) {
		return errUsage
	}
	return c.withSession(ctx, func(s *vault.Session) error {
		if err := c.practiceOnly(s); err != nil {
			return err
		}
		if s.Kind() == keys.Practice {
			return c.exportRecords(ctx, s)
		}
		h, err := home.Open(ctx, s, c.Now)
		if err != nil {
			return err
		}
		bar := c.progress()
		written := int64(0)
		sum, err := portable.Export(ctx, c.format, c.args[1], func(yield func(portable.Entry, error) bool) {
			for e, err := range h.Journal.Exported(ctx) {
				if !yield(e, err) {
					return
				}
				written++
				bar.show(lang.T("command.exporting"), written, 0)
			}
		})
		bar.end()
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Stdout, lang.N("command.exported", sum.Entries, nil))
		for _, line := range sentence.LeftBehind(sum) {
			fmt.Fprintln(c.Stdout, line)
		}
		if sum.Lost > 0 || sum.More {
			fmt.Fprintln(c.Stdout, lang.T("command.after-damage"))
			return errDamaged
		}
		return nil
	})
}
