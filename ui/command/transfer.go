package command

import (
	"context"
	"fmt"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

func importEntries(ctx context.Context, c *call) error {
	if c.format == "" {
		return errUsage
	}
	src, err := portable.Open(c.format, c.args[1])
	if err != nil {
		return err
	}
	defer src.Close()
	return c.withHome(ctx, func(_ *vault.Session, h *home.Home) error {
		bar := c.progress()
		sum, err := h.Journal.Import(ctx, src, func(done, total int) {
			bar.show(lang.T("command.importing"), int64(done), int64(total))
		})
		bar.end()
		for _, line := range sentence.Import(sum) {
			fmt.Fprintln(c.Stdout, line)
		}
		return err
	})
}

func exportEntries(ctx context.Context, c *call) error {
	if c.format != portable.Markdown && c.format != "json" {
		return errUsage
	}
	return c.withHome(ctx, func(_ *vault.Session, h *home.Home) error {
		export := portable.ExportMarkdown
		if c.format == "json" {
			export = portable.ExportJSON
		}
		sum, err := export(ctx, c.args[1], h.Journal.Exported(ctx))
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Stdout, lang.N("command.exported", sum.Entries, nil))
		return nil
	})
}
