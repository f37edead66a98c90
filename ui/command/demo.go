package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"ebb/ui/command/demodata"
	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// demoVault and demoPractice are the folders that demo makes.
const (
	demoVault    = "Demo" + vault.Suffix
	demoPractice = "Practice" + vault.Suffix
)

// demoPassphrases open the demo's home, in the order of its people, and
// practicePassphrase its practice. They are printed, and protect nothing.
var demoPassphrases = []string{"heron reeds evening bench", "kettle gravel window coat"}

const practicePassphrase = "slate willow lamp corridor"

// demo makes a home vault with two invented people and three months of entries, and
// the vault of an invented practice with its cases.
func demo(ctx context.Context, c *call) error {
	now := c.Now
	if now == nil {
		now = time.Now
	}
	people, err := demodata.People(now())
	if err != nil {
		return err
	}
	menu, err := demodata.TheMenu(now())
	if err != nil {
		return err
	}
	office, err := demodata.TheOffice(now())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.args[0], 0o700); errors.Is(err, syscall.ENOTDIR) {
		return vault.ErrExists
	} else if err != nil {
		return err
	}
	d := &demonstration{call: c, dir: filepath.Join(c.args[0], demoVault), now: now, bar: c.progress()}
	defer d.bar.end()
	practiceDir := filepath.Join(c.args[0], demoPractice)
	if _, err := os.Lstat(practiceDir); err == nil {
		return vault.ErrExists
	}
	if err := home.Create(ctx, d.dir, people[0].Name, []byte(demoPassphrases[0]), c.options()); err != nil {
		return err
	}
	err = d.furnish(ctx, people, menu)
	if err == nil {
		err = d.settle(ctx, practiceDir, office)
	}
	if err != nil {
		// Half a demo is of no use, and it would stand in the way of a whole one.
		return errors.Join(err, os.RemoveAll(d.dir), os.RemoveAll(practiceDir))
	}
	d.bar.end()
	for i, p := range people {
		fmt.Fprintln(c.Stdout, lang.F("command.demo-person", map[string]any{"Name": p.Name, "Passphrase": demoPassphrases[i]}))
	}
	fmt.Fprintln(c.Stdout, lang.F("command.demo-practice", map[string]any{"Name": office.Practitioner, "Vault": demoPractice, "Passphrase": practicePassphrase}))
	return nil
}

// furnish lets everybody join, gives them their journals and lays their menu.
func (d *demonstration) furnish(ctx context.Context, people []demodata.Person, menu demodata.Menu) error {
	steps := int64(2 * len(people))
	for i, p := range people[1:] {
		d.bar.show(lang.T("command.furnishing"), int64(i+1), steps)
		if err := d.join(ctx, p.Name, demoPassphrases[0], demoPassphrases[i+1]); err != nil {
			return err
		}
	}
	for i, p := range people {
		d.bar.show(lang.T("command.furnishing"), int64(len(people)+i), steps)
		if i > 0 {
			menu = demodata.Menu{} // one of them laid it
		}
		if err := d.fill(ctx, p, menu, demoPassphrases[i]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// demonstration fills the demo's vault through the same calls as the window.
type demonstration struct {
	*call
	dir string
	now func() time.Time
	bar *progress
}

func (d *demonstration) open(ctx context.Context, passphrase string) (*vault.Session, *vault.Invitation, error) {
	v, err := vault.Open(d.dir, d.options())
	if err != nil {
		return nil, nil, err
	}
	s, invitation, err := v.Unlock(ctx, []byte(passphrase))
	if err != nil {
		return nil, nil, errors.Join(err, v.Close())
	}
	return s, invitation, nil
}

func (d *demonstration) join(ctx context.Context, name, inviter, passphrase string) error {
	s, _, err := d.open(ctx, inviter)
	if err != nil {
		return err
	}
	code, err := s.Invite(nil)
	if err := errors.Join(err, s.Lock(context.WithoutCancel(ctx))); err != nil {
		return err
	}
	_, invitation, err := d.open(ctx, code)
	if err != nil {
		return err
	}
	s, err = invitation.Join(ctx, []byte(passphrase), name)
	if err != nil {
		return errors.Join(err, invitation.Close())
	}
	_, err = home.Open(ctx, s, d.now)
	return errors.Join(err, s.Lock(context.WithoutCancel(ctx)))
}

func (d *demonstration) fill(ctx context.Context, p demodata.Person, menu demodata.Menu, passphrase string) (err error) {
	s, _, err := d.open(ctx, passphrase)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	at := d.now() // moves, so that lines are shared on the day of their entry
	h, err := home.Open(ctx, s, func() time.Time { return at })
	if err != nil {
		return err
	}
	if err := h.People.SetMe(ctx, home.Profile{Name: p.Name, Pronouns: p.Pronouns, About: p.About}); err != nil {
		return err
	}
	if _, err := h.Journal.Import(ctx, &listSource{entries: p.Entries}, nil); err != nil {
		return err
	}
	for _, l := range p.Lines {
		e, err := h.Journal.BySource(ctx, l.SourceID)
		if err != nil {
			return err
		}
		at = e.Written
		if _, err := h.Lines.Share(ctx, e.ID, l.Text); err != nil {
			return err
		}
	}
	for _, c := range menu.Changes {
		at = c.At
		if err := h.Menu.Set(ctx, c.Exercise, home.ItemState(c.State), c.Note); err != nil {
			return err
		}
	}
	at = d.now()
	if menu.Own != nil {
		if _, err := h.Menu.Add(ctx, menu.Own); err != nil {
			return err
		}
	}
	return part(ctx, h, p.Part, &at)
}

// part gives one person what they keep to themselves about the menu. at is the clock
// of their home.
func part(ctx context.Context, h *home.Home, p demodata.Part, at *time.Time) error {
	now := *at
	if !p.Agreed.IsZero() {
		*at = p.Agreed
		document, err := h.Consents.Exercises(ctx)
		if err == nil {
			err = h.Consents.Decide(ctx, document, home.Given)
		}
		if *at = now; err != nil {
			return err
		}
	}
	for _, id := range p.Opens {
		if err := h.Menu.Open(ctx, id); err != nil {
			return err
		}
	}
	for _, id := range p.Hides {
		if err := h.Menu.Hide(ctx, id, true); err != nil {
			return err
		}
	}
	return h.Settings.SetMark(ctx, home.MarkNotTool, true)
}

// listSource is an import from entries that are in memory.
type listSource struct {
	entries []portable.Entry
	next    int
}

func (l *listSource) Next(ctx context.Context) (portable.Entry, error) {
	if l.next == len(l.entries) {
		return portable.Entry{}, io.EOF
	}
	l.next++
	return l.entries[l.next-1], ctx.Err()
}

func (l *listSource) Total() int                   { return len(l.entries) }
func (l *listSource) Left() portable.Left          { return nil }
func (l *listSource) Problems() []portable.Problem { return nil }
func (l *listSource) Close() error                 { return nil }
