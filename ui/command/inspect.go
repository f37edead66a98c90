package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
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
	if err := out.Encode(v); err != nil {
		return errOutput
	}
	return nil
}

// A checked is what check --json prints.
type checked struct {
	Sound      bool            `json:"sound"`
	Entries    *lostEntries    `json:"entries"` // nil if nobody can tell
	Drawers    []checkedDrawer `json:"drawers"`
	NotChecked int             `json:"notChecked"`
	Notices    []string        `json:"notices"`
}

// lostEntries says how many of the person's own entries cannot be read.
type lostEntries struct {
	All  int `json:"all"`
	Lost int `json:"lost"`
}

// A checkedDrawer is one drawer that the passphrase opens, in the order of the
// ring. Its problems are for whoever repairs it, in English.
type checkedDrawer struct {
	Role     string   `json:"role"`
	Pages    int64    `json:"pages"`
	Frames   int64    `json:"frames"`
	Opened   bool     `json:"opened"`
	Problems []string `json:"problems"`
	// AtCheckpoint: it does not open, and ebb repair --at-checkpoint helps.
	AtCheckpoint bool `json:"atCheckpoint"`
}

func newChecked(report vault.CheckReport) checked {
	out := checked{Sound: report.Sound(), Drawers: []checkedDrawer{}, NotChecked: report.NotChecked, Notices: []string{}}
	for _, d := range report.Drawers {
		one := checkedDrawer{Role: d.Role, Pages: d.Report.Pages, Frames: d.Report.Frames, Opened: true, Problems: []string{}}
		one.Problems = append(one.Problems, d.Report.Problems...)
		if d.Problem != "" {
			one.Opened, one.AtCheckpoint = false, d.Salvage != nil
			one.Problems = append(one.Problems, d.Problem)
		}
		out.Drawers = append(out.Drawers, one)
	}
	for _, n := range report.Notices {
		out.Notices = append(out.Notices, sentence.NoticeKey(n))
	}
	return out
}

func check(ctx context.Context, c *call) (err error) {
	s, err := c.session(ctx)
	if err != nil {
		return err
	}
	if err := c.practiceOnly(s); err != nil {
		return errors.Join(err, s.Lock(context.WithoutCancel(ctx)))
	}
	if s.Kind() == keys.Practice {
		return c.checkPractice(ctx, s)
	}
	bar := c.progress()
	report, err := s.Check(ctx, func(i, drawers int, done, total int64) {
		bar.show(lang.F("command.checking", map[string]any{"Drawer": i + 1, "Drawers": drawers}), done, total)
	})
	bar.end()
	found := newChecked(report)
	if err == nil {
		found.Entries, err = c.entries(ctx, s)
	}
	locked := s.Lock(context.WithoutCancel(ctx))
	if err != nil {
		return errors.Join(err, locked)
	}
	if c.json {
		err = c.printJSON(found)
	} else {
		c.printReport(report, found)
	}
	if !found.Sound {
		// What a damaged drawer answers to locking is no news.
		return errors.Join(err, errDamaged)
	}
	return errors.Join(err, locked)
}

// entries counts what of the journal can be read.
func (c *call) entries(ctx context.Context, s *vault.Session) (*lostEntries, error) {
	h, err := home.Open(ctx, s, c.Now)
	if err == nil {
		var e lostEntries
		if e.Lost, e.All, err = h.Journal.Lost(ctx); err == nil {
			return &e, nil
		}
	}
	if errors.Is(err, vault.ErrDamaged) {
		return nil, nil
	}
	return nil, err
}

// roles says whose drawer it is.
var roles = lang.Dynamic("command.role.")

func (c *call) printReport(report vault.CheckReport, found checked) {
	c.printNotices(report.Notices)
	c.printChecked(found)
	if !found.Sound {
		if found.Entries == nil {
			fmt.Fprintln(c.Stdout, lang.T("command.lost-unknown"))
		} else {
			fmt.Fprintln(c.Stdout, lang.N("command.lost", found.Entries.Lost, map[string]any{"All": found.Entries.All}))
		}
		c.printAfterDamage(found)
	}
}

func (c *call) printNotices(notices []vault.Notice) {
	for _, n := range notices {
		fmt.Fprintln(c.Stdout, sentence.Notice(n))
	}
}

// printAfterDamage says what to do next.
func (c *call) printAfterDamage(found checked) {
	fmt.Fprintln(c.Stdout, lang.T("command.after-damage"))
	if slices.ContainsFunc(found.Drawers, func(d checkedDrawer) bool { return d.AtCheckpoint }) {
		fmt.Fprintln(c.Stdout, lang.T("damage.command.offer"))
	}
}

// printChecked says which drawers could be read, and which could not be.
func (c *call) printChecked(found checked) {
	for _, d := range found.Drawers {
		drawer := roles.T(d.Role)
		switch {
		case !d.Opened:
			fmt.Fprintln(c.Stdout, lang.F("command.drawer-closed", map[string]any{"Drawer": drawer}))
		case len(d.Problems) > 0:
			fmt.Fprintln(c.Stdout, lang.F("command.drawer-damaged", map[string]any{"Drawer": drawer}))
		default:
			fmt.Fprintln(c.Stdout, lang.F("command.drawer-sound", map[string]any{"Drawer": drawer, "Pages": d.Pages, "Frames": d.Frames}))
		}
	}
	if found.NotChecked > 0 {
		fmt.Fprintln(c.Stdout, lang.N("command.not-checked", found.NotChecked, nil))
	}
}
