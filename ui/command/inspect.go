package command

import (
	"context"
	"encoding/json"
	"fmt"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
)

func info(_ context.Context, c *call) error {
	i, err := vault.Inspect(c.args[0], c.options())
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(i)
	}
	fmt.Fprintln(c.Stdout, lang.F("command.info", map[string]any{
		"Format": i.Format, "Drawers": i.Drawers, "MiB": (i.Bytes + 1<<19) >> 20,
		"Foreign": i.ForeignFiles, "Memory": i.MemoryKiB >> 10, "Passes": i.Time, "Lanes": i.Threads,
	}))
	return nil
}

func (c *call) printJSON(v any) error {
	out := json.NewEncoder(c.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

func check(ctx context.Context, c *call) (err error) {
	s, err := c.session(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if lock := s.Lock(context.WithoutCancel(ctx)); err == nil {
			err = lock
		}
	}()
	bar := c.progress()
	report, err := s.Check(ctx, func(i, drawers int, done, total int64) {
		bar.show(lang.F("command.checking", map[string]any{"Drawer": i + 1, "Drawers": drawers}), done, total)
	})
	bar.end()
	if err != nil {
		return err
	}
	if c.json {
		if err := c.printJSON(report); err != nil {
			return err
		}
	} else {
		c.printReport(report)
	}
	if !report.Sound() {
		return errDamaged
	}
	return nil
}

func (c *call) printReport(report vault.CheckReport) {
	for _, n := range report.Notices {
		fmt.Fprintln(c.Stdout, sentence.Notice(n))
	}
	for i, d := range report.Drawers {
		at := map[string]any{"Drawer": i + 1, "Pages": d.Report.Pages, "Frames": d.Report.Frames}
		if d.Problem == "" && len(d.Report.Problems) == 0 {
			fmt.Fprintln(c.Stdout, lang.F("command.drawer-sound", at))
			continue
		}
		fmt.Fprintln(c.Stdout, lang.F("command.drawer-damaged", at))
		for _, p := range append(d.Report.Problems, d.Problem) {
			if p != "" {
				fmt.Fprintln(c.Stdout, "   ", p)
			}
		}
	}
	if report.NotChecked > 0 {
		fmt.Fprintln(c.Stdout, lang.N("command.not-checked", report.NotChecked, nil))
	}
}
