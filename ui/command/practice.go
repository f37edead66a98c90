package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/portable"
	"ebb/vault/practice"
)

// officeFlags are what the commands take that have more to do in a practice.
type officeFlags struct {
	apart bool   // with the second unlock, what lies behind it, too
	of    string // the code of one case
	one   bool   // --case was given, perhaps empty
}

func apartFlag(c *call, f *flag.FlagSet) { f.BoolVar(&c.office.apart, "apart", false, "") }

func caseFlag(c *call, f *flag.FlagSet) {
	f.Func("case", "", func(code string) error {
		c.office.of, c.office.one = code, true
		return nil
	})
}

// errNoCase: no case has the code that was named.
var errNoCase = errors.New("there is no case with this code")

// enter opens the practice of a session, with the second unlock if that was asked for:
// the passphrase once more.
func (c *call) enter(ctx context.Context, s *vault.Session) (*practice.Practice, error) {
	p, err := practice.Open(ctx, s, c.Now)
	if err != nil || !c.office.apart {
		return p, err
	}
	again, err := c.secrets.next(ctx, lang.T("practice-command.ask-again"))
	if err != nil {
		return nil, err
	}
	return p, p.StepUp(ctx, again)
}

// practiceOnly refuses what only a practice knows.
func (c *call) practiceOnly(s *vault.Session) error {
	if s.Kind() != keys.Practice && (c.office.apart || c.office.one) {
		return practice.ErrNotPractice
	}
	return nil
}

// checkPractice is check for a practice.
func (c *call) checkPractice(ctx context.Context, s *vault.Session) error {
	report, err := c.reportOn(ctx, s)
	if err != nil {
		return errors.Join(err, s.Lock(context.WithoutCancel(ctx)))
	}
	locked := s.Lock(context.WithoutCancel(ctx))
	found := newChecked(report)
	if c.json {
		err = c.printJSON(found)
	} else {
		c.printNotices(report.Notices)
		c.printOffice(found)
		if found.NotChecked > 0 {
			fmt.Fprintln(c.Stdout, lang.N("practice-command.not-checked", found.NotChecked, nil))
		}
		if !found.Sound {
			c.printAfterDamage(found)
		}
	}
	if !found.Sound {
		// What a damaged drawer answers to locking is no news.
		return errors.Join(err, errDamaged)
	}
	return errors.Join(err, locked)
}

// reportOn checks all that opens, and ends the second unlock. Where the practice drawer
// is damaged, the report says so, and nothing else can be looked at.
func (c *call) reportOn(ctx context.Context, s *vault.Session) (vault.CheckReport, error) {
	bar := c.progress()
	defer bar.end()
	p, err := c.enter(ctx, s)
	if err == nil {
		report, err := p.Check(ctx, func(done, total int) {
			bar.show(lang.T("practice-command.checking"), int64(done), int64(total))
		})
		if errors.Is(err, vault.ErrDamaged) && !report.Sound() {
			err = nil // it is in the report
		}
		return report, errors.Join(err, p.StepDown(context.WithoutCancel(ctx)))
	}
	if !errors.Is(err, vault.ErrDamaged) {
		return vault.CheckReport{}, err
	}
	report, checked := s.Check(ctx, nil)
	if checked == nil && report.Sound() {
		checked = err // it is damaged in a way that no check of pages knows
	}
	return report, checked
}

// ofPractice reports whether it is the drawers of a practice that were looked at.
func ofPractice(found checked) bool {
	return slices.ContainsFunc(found.Drawers, func(d checkedDrawer) bool { return d.Role == vault.RoleName(keys.Caseload) })
}

// printOffice says how the drawers of a practice are: of the sound ones how many, and
// of the damaged ones each.
func (c *call) printOffice(found checked) {
	sound := map[string]int{}
	damaged := checked{}
	for _, d := range found.Drawers {
		switch {
		case !d.Opened || len(d.Problems) > 0:
			damaged.Drawers = append(damaged.Drawers, d)
		case d.Role == vault.RoleName(keys.Caseload):
			c.printChecked(checked{Drawers: []checkedDrawer{d}})
		default:
			sound[d.Role]++
		}
	}
	if n := sound[vault.RoleName(keys.Record)]; n > 0 {
		fmt.Fprintln(c.Stdout, lang.N("practice-command.records", n, nil))
	}
	if n := sound[vault.RoleName(keys.Process)] + sound[vault.RoleName(keys.SafetyRole)]; n > 0 {
		fmt.Fprintln(c.Stdout, lang.N("practice-command.apart", n, nil))
	}
	c.printChecked(damaged)
}

// exportRecords writes the record of one case, or of each, to a new folder. What lies
// behind the second unlock is never in it.
func (c *call) exportRecords(ctx context.Context, s *vault.Session) error {
	if c.format != "json" {
		return errOnlyJSON
	}
	p, err := practice.Open(ctx, s, c.Now)
	if err != nil {
		return err
	}
	cases, err := c.casesOf(ctx, p)
	if err != nil {
		return err
	}
	bar := c.progress()
	taken, files := map[string]bool{}, 0
	err = portable.WriteFolder(ctx, c.args[1], func(write func(string, func(io.Writer) error) error) error {
		for i, row := range cases {
			bar.show(lang.T("practice-command.exporting"), int64(i), int64(len(cases)))
			one, err := p.OpenCase(ctx, row.ID)
			if err != nil {
				return err
			}
			attached, err := one.Files.All(ctx)
			if err == nil {
				files += len(attached)
				err = write(recordName(row.Code, taken), func(w io.Writer) error { return one.Export(ctx, w) })
			}
			if err := errors.Join(err, one.Done(context.WithoutCancel(ctx))); err != nil {
				return err
			}
		}
		return nil
	})
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout, lang.N("practice-command.exported", len(cases), nil))
	if files > 0 {
		fmt.Fprintln(c.Stdout, lang.N("practice-command.attached", files, nil))
	}
	return nil
}

// casesOf are the cases to export: all, open and closed, or the one that was named.
func (c *call) casesOf(ctx context.Context, p *practice.Practice) ([]practice.CaseRow, error) {
	var all []practice.CaseRow
	for _, closed := range []bool{false, true} {
		rows, err := p.Caseload(ctx, practice.Query{Closed: closed})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if !c.office.one || row.Code == c.office.of {
				all = append(all, row)
			}
		}
	}
	if c.office.one && len(all) == 0 {
		return nil, errNoCase
	}
	return all, nil
}

// recordName is the name of a case's file: its code, with what a file's name may hold
// everywhere, and a number where two would be called the same.
func recordName(code string, taken map[string]bool) string {
	base := "case-" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, code)
	name := base
	for i := 2; taken[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	taken[strings.ToLower(name)] = true
	return name + ".json"
}

// errOnlyJSON: records of cases are exported in one format.
var errOnlyJSON = errors.New("records are exported as json")
