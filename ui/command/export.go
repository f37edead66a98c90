package command

import (
	"context"
	"fmt"
	"iter"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// exports are the formats that export writes, by their names on the command line.
var exports = map[string]func(context.Context, string, iter.Seq2[portable.Entry, error]) (portable.Summary, error){
	"markdown": portable.ExportMarkdown,
	"json":     portable.ExportJSON,
	"dayone":   portable.ExportDayOne,
}

// exportEntries writes what can be read. Damage is told and does not end it; the
// exit code is then that of damage.
func exportEntries(ctx context.Context, c *call) error {
	export := exports[c.format]
	if export == nil {
		return errUsage
	}
	return c.withHome(ctx, func(_ *vault.Session, h *home.Home) error {
		bar := c.progress()
		written := int64(0)
		sum, err := export(ctx, c.args[1], func(yield func(portable.Entry, error) bool) {
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
