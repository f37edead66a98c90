package command

import (
	"context"
	"fmt"

	"ebb/ui/lang"
	"ebb/vault/backup"
)

// restore brings a backup back, or the newest in a folder of backups. It needs no
// passphrase: it copies what it cannot read.
func restore(ctx context.Context, c *call) error {
	b, err := backup.Newest(c.args[0], c.options())
	if err != nil {
		return err
	}
	o, end := c.backupOptions()
	b, err = backup.Restore(ctx, b.Path, c.args[1], o)
	end()
	if err != nil {
		return stopped(err)
	}
	fmt.Fprintln(c.Stdout, lang.F("backup.restored", map[string]any{"Name": nameOf(b)}))
	return nil
}
