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
	if !slices.Contains(portable.Formats(), c.format) {
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

// details are what a command's own help says beyond its line in the list: of
// import and export, what each format is.
func (c command) details() string {
	switch c.name {
	case "import":
		return "\n" + lang.T("command.import-formats") + "\n"
	case "export":
		return "\n" + lang.T("command.export-formats") + "\n"
	}
	return ""
}
