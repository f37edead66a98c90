package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// A backupTask is what ebb backup is to do with the one path that it is given; empty
// where it is to make a backup of a vault in a folder.
type backupTask string

const (
	listBackups  backupTask = "list"
	verifyBackup backupTask = "verify"
	drillBackup  backupTask = "drill"
)

func backupFlags(c *call, f *flag.FlagSet) {
	for _, task := range []backupTask{listBackups, verifyBackup, drillBackup} {
		f.BoolFunc(string(task), "", func(value string) error {
			if value != "true" || c.task != "" { // one at a time
				return errUsage
			}
			c.task = task
			return nil
		})
	}
}

func backUp(ctx context.Context, c *call) error {
	run, args := c.makeBackup, 2
	switch c.task {
	case listBackups:
		run, args = c.listBackups, 1
	case verifyBackup:
		run, args = c.verify, 1
	case drillBackup:
		run, args = c.drill, 1
	}
	if len(c.args) != args {
		return errUsage
	}
	return stopped(run(ctx))
}

// stopped is the error of what was interrupted and has left nothing.
func stopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return errStopped
	}
	return err
}

// backupOptions has a bar of progress; end takes it away.
func (c *call) backupOptions() (o backup.Options, end func()) {
	bar := c.progress()
	steps := map[backup.Step]string{
		backup.Copying: lang.T("backup.copying"), backup.Comparing: lang.T("backup.comparing"), backup.Checking: lang.T("backup.checking"),
	}
	return backup.Options{Vault: c.options(), Progress: func(step backup.Step, done, total int64) {
		bar.show(steps[step], done, total)
	}}, bar.end
}

func mebibytes(bytes int64) int64 { return (bytes + 1<<19) >> 20 }

func nameOf(b backup.Backup) string { return filepath.Base(b.Path) }

// A madeBackup is what ebb backup --json prints.
type madeBackup struct {
	Name    string          `json:"name"`
	Bytes   int64           `json:"bytes"`
	Removed []string        `json:"removed"`
	Cleared int             `json:"cleared"`
	Checked *verifiedBackup `json:"checked"` // nil without a passphrase
}

// makeBackup needs no passphrase: it copies what it cannot read. With one the copy is
// read, too.
func (c *call) makeBackup(ctx context.Context) error {
	o, end := c.backupOptions()
	made, err := c.atRest(ctx, func(dir string, checker *vault.Checker) (backup.Made, error) {
		o.Check = checker
		return backup.Make(ctx, dir, c.args[1], o)
	})
	end()
	if err != nil {
		return err
	}
	damaged := made.Check != nil && (!made.Check.Sound() || made.Check.Missing > 0)
	if c.json {
		out := madeBackup{Name: nameOf(made.Backup), Bytes: made.Backup.Bytes, Removed: []string{}, Cleared: made.Cleared}
		for _, b := range made.Removed {
			out.Removed = append(out.Removed, nameOf(b))
		}
		if made.Check != nil {
			checked := newVerified(backup.Report{Backup: made.Backup, Check: *made.Check})
			checked.Sound = !damaged
			out.Checked = &checked
		}
		err = c.printJSON(out)
	} else {
		c.printMade(made, damaged)
	}
	if damaged {
		return errors.Join(err, errDamaged)
	}
	return err
}

func (c *call) printMade(made backup.Made, damaged bool) {
	fmt.Fprintln(c.Stdout, lang.F("backup.made", map[string]any{"Name": nameOf(made.Backup), "MiB": mebibytes(made.Backup.Bytes)}))
	if made.Check != nil {
		c.printDrawers(*made.Check)
	}
	if made.Cleared > 0 {
		fmt.Fprintln(c.Stdout, lang.N("backup.cleared", made.Cleared, nil))
	}
	if len(made.Removed) > 0 {
		fmt.Fprintln(c.Stdout, lang.N("backup.removed", len(made.Removed), nil))
	}
	switch {
	case damaged:
		fmt.Fprintln(c.Stdout, lang.T("backup.made-damaged"))
	case made.Left != nil:
		fmt.Fprintln(c.Stderr, sentence.Of(made.Left))
	}
}

// atRest calls do with the vault at rest: opened and locked again as a person if
// there is a passphrase, and otherwise under its process lock alone.
func (c *call) atRest(ctx context.Context, do func(dir string, checker *vault.Checker) (backup.Made, error)) (made backup.Made, err error) {
	if c.passphraseFile == "" {
		v, err := vault.Open(c.args[0], c.options())
		if err != nil {
			return made, err
		}
		made, err = do(v.Dir(), nil)
		return made, errors.Join(err, v.Close())
	}
	s, err := c.session(ctx)
	if err != nil {
		return made, err
	}
	checker, err := c.checker(ctx, s)
	if err != nil {
		return made, errors.Join(err, s.Lock(context.WithoutCancel(ctx)))
	}
	err = s.LockThen(context.WithoutCancel(ctx), func(dir string) (err error) {
		made, err = do(dir, checker)
		return err
	})
	return made, errors.Join(err, checker.Close())
}

// checker has the keys of what the person opens; of a practice the records are part of
// that.
func (c *call) checker(ctx context.Context, s *vault.Session) (*vault.Checker, error) {
	if s.Kind() != keys.Practice {
		return s.Checker()
	}
	p, err := practice.Open(ctx, s, c.Now)
	if errors.Is(err, vault.ErrDamaged) {
		return s.Checker() // what is damaged is backed up all the same, and told
	} else if err != nil {
		return nil, err
	}
	return p.Checker(ctx)
}

// A listedBackup is one element of what ebb backup --list --json prints.
type listedBackup struct {
	Name  string `json:"name"`
	Vault string `json:"vault"` // in hexadecimal digits; the same for all backups of one vault
	Bytes int64  `json:"bytes"`
	Whole bool   `json:"whole"`
}

// listBackups needs no passphrase.
func (c *call) listBackups(context.Context) error {
	all, err := backup.List(c.args[0], vault.ID{}, c.options())
	if err != nil {
		return err
	}
	vaults := map[vault.ID]bool{}
	list := []listedBackup{}
	for _, b := range all {
		one := listedBackup{Name: nameOf(b), Bytes: b.Bytes, Whole: b.Problem == nil}
		if b.Vault != (vault.ID{}) {
			vaults[b.Vault] = true
			one.Vault = fmt.Sprintf("%x", b.Vault)
		}
		list = append(list, one)
	}
	if c.json {
		return c.printJSON(map[string]any{"backups": list})
	}
	if len(list) == 0 {
		return backup.ErrNone
	}
	for _, b := range list {
		fields := map[string]any{"Name": b.Name, "MiB": mebibytes(b.Bytes)}
		switch {
		case !b.Whole:
			fmt.Fprintln(c.Stdout, lang.F("backup.listed-damaged", map[string]any{"Name": b.Name}))
		case len(vaults) > 1: // told apart by the beginning of what is random
			fields["Vault"] = b.Vault[:8]
			fmt.Fprintln(c.Stdout, lang.F("backup.listed-of", fields))
		default:
			fmt.Fprintln(c.Stdout, lang.F("backup.listed", fields))
		}
	}
	return nil
}

// A verifiedBackup is what ebb backup --verify --json prints.
type verifiedBackup struct {
	Name       string          `json:"name"`
	Sound      bool            `json:"sound"`
	Drawers    []checkedDrawer `json:"drawers"`
	NotChecked int             `json:"notChecked"`
	Missing    int             `json:"missing"`
}

func newVerified(r backup.Report) verifiedBackup {
	return verifiedBackup{nameOf(r.Backup), r.Sound(), newChecked(r.Check).Drawers, r.Check.NotChecked, r.Check.Missing}
}

// verify reads a backup where it lies, or the newest in a folder of backups.
func (c *call) verify(ctx context.Context) error {
	b, err := backup.Newest(c.args[0], c.options())
	if err != nil {
		return err
	}
	passphrase, err := c.secrets.next(ctx, lang.T("command.ask.passphrase"))
	if err != nil {
		return err
	}
	o, end := c.backupOptions()
	r, err := backup.VerifyWith(ctx, b.Path, passphrase, o)
	end()
	if err != nil {
		return err
	}
	if c.json {
		err = c.printJSON(newVerified(r))
	} else {
		c.printVerified(r)
	}
	if !r.Sound() {
		err = errors.Join(err, errDamaged)
	}
	return err
}

func (c *call) printVerified(r backup.Report) {
	c.printDrawers(r.Check)
	if r.Backup.Problem != nil {
		fmt.Fprintln(c.Stdout, lang.T("backup.not-whole"))
	}
	if r.Sound() {
		fmt.Fprintln(c.Stdout, lang.F("backup.sound", map[string]any{"Name": nameOf(r.Backup)}))
	} else {
		fmt.Fprintln(c.Stdout, lang.F("backup.damaged", map[string]any{"Name": nameOf(r.Backup)}))
	}
}

// A drilledBackup is what ebb backup --drill --json prints.
type drilledBackup struct {
	verifiedBackup
	Entries int `json:"entries"` // of the person's own journal, all of them read; 0 unless it is sound
}

// drill restores a backup into a private place, opens it as a person would after a
// loss, and removes it again.
func (c *call) drill(ctx context.Context) error {
	b, err := backup.Newest(c.args[0], c.options())
	if err != nil {
		return err
	}
	passphrase, err := c.secrets.next(ctx, lang.T("command.ask.passphrase"))
	if err != nil {
		return err
	}
	entries := 0
	o, end := c.backupOptions()
	var office *vault.CheckReport
	proof, err := backup.Drill(ctx, b.Path, "", passphrase, func(ctx context.Context, s *vault.Session) error {
		if s.Kind() == keys.Practice {
			p, err := practice.Open(ctx, s, c.Now)
			if err != nil {
				return err
			}
			report, err := p.Check(ctx, nil)
			office = &report
			return err
		}
		h, err := home.Open(ctx, s, c.Now)
		if err != nil {
			return err
		}
		lost, all, err := h.Journal.Lost(ctx)
		if err == nil && lost > 0 {
			err = vault.ErrDamaged
		}
		entries = all
		return err
	}, o)
	end()
	if err != nil {
		return err
	}
	if office != nil {
		proof.Check = *office
	}
	if c.json {
		err = c.printJSON(drilledBackup{newVerified(proof.Report), entries})
	} else if c.printVerified(proof.Report); proof.Sound() && office == nil {
		fmt.Fprintln(c.Stdout, lang.N("backup.proved", entries, map[string]any{"Name": nameOf(proof.Backup)}))
	}
	if !proof.Sound() {
		err = errors.Join(err, errDamaged)
	}
	return err
}

// printDrawers says which drawers could be read, and which could not be.
func (c *call) printDrawers(report vault.CheckReport) {
	if found := newChecked(report); ofPractice(found) {
		c.printOffice(found)
		if found.NotChecked > 0 {
			fmt.Fprintln(c.Stdout, lang.N("practice-command.backup-not-checked", found.NotChecked, nil))
		}
	} else {
		c.printChecked(found)
	}
	if report.Missing > 0 {
		fmt.Fprintln(c.Stdout, lang.N("backup.missing", report.Missing, nil))
	}
}
