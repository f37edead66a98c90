package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

func importEntries(ctx context.Context, c *call) (err error) {
	if !slices.Contains([]string{portable.DayOne, portable.Markdown, portable.Ebb}, c.format) {
		return errUsage
	}
	src, err := portable.Open(c.format, c.args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
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
	export := portable.ExportMarkdown
	switch c.format {
	case portable.Markdown:
	case "json":
		export = portable.ExportJSON
	default:
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
		return nil
	})
}
