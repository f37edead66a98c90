package window

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"fyne.io/fyne/v2"

	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/practice"
)

// formWidth is the width of the cards before unlocking.
const formWidth = 460

// showUnlock asks for a passphrase: one field and no names.
func (w *Window) showUnlock(dir string, joining bool) {
	w.vault = dir
	u := &unlockForm{w: w, joining: joining}
	label := lang.T("unlock.field")
	intro := lang.T("unlock.intro")
	if joining {
		label, intro = lang.T("unlock.field-or-code"), lang.T("unlock.join-intro")
	}
	u.secret = kit.NewSecretEntry(label, lang.T("unlock.show"), lang.T("unlock.hide"))
	u.secret.OnSubmitted = u.open
	u.says = kit.NewAnswer()
	u.verb = kit.NewButton(kit.Primary, lang.T("unlock.open"), u.open)
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("unlock.title")),
		kit.NewText(kit.Body, intro).In(kit.ColorMuted),
		u.secret, u.says,
		kit.Row(kit.SpaceM, u.verb, kit.NewButton(kit.Quiet, lang.T("unlock.another"), unless(u.verb, w.leaveVault))),
	))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), u.secret.Focusable()})
}

// unless gives back an action that does nothing while verb is at work: what it would
// leave is still needed.
func unless(verb *kit.Button, action func()) func() {
	return func() {
		if !verb.Disabled() {
			action()
		}
	}
}

// leaveVault goes to the first page although a vault was found or named.
func (w *Window) leaveVault() {
	w.vault = ""
	w.showFirst()
}

type unlockForm struct {
	w       *Window
	joining bool
	secret  *kit.SecretEntry
	says    *kit.Text
	verb    *kit.Button
}

func (u *unlockForm) open() {
	if u.verb.Disabled() {
		return
	}
	passphrase := u.secret.Secret()
	u.secret.Disable()
	u.verb.Disable()
	u.says.Say(kit.ColorMuted, lang.T("unlock.opening"))
	var (
		o          opened
		invitation *vault.Invitation
		dir        = u.w.vault
	)
	u.w.beside.work(func(ctx context.Context) (err error) {
		defer clear(passphrase)
		o, invitation, err = openVault(ctx, dir, passphrase, u.w.o)
		return err
	}, func(err error) {
		u.secret.Enable()
		u.verb.Enable()
		switch {
		case err != nil:
			u.says.Say(kit.ColorWarn, sentence.Of(err))
			if errors.Is(err, vault.ErrWrongPassphrase) {
				u.secret.Wipe()
			}
			u.secret.Focus()
		case invitation != nil:
			u.secret.Wipe()
			u.w.showJoin(invitation)
		default:
			u.secret.Wipe()
			u.w.enter(o)
		}
	})
}

// opened is an unlocked vault.
type opened struct {
	session  *vault.Session
	home     *home.Home         // nil in a practice, and if the person's own drawer is damaged
	practice *practice.Practice // nil in a home
	damaged  []vault.Damaged    // what is to be decided before anything is shown
}

// openVault opens and unlocks; whatever goes wrong, the vault's lock is released.
func openVault(ctx context.Context, dir string, passphrase []byte, o Options) (opened, *vault.Invitation, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return opened{}, nil, err // perhaps on a disk that is not plugged in
	}
	v, err := vault.Open(dir, o.vaults())
	if err != nil {
		return opened{}, nil, err
	}
	s, invitation, err := v.Unlock(ctx, passphrase)
	if err != nil {
		return opened{}, nil, errors.Join(err, v.Close())
	}
	if invitation != nil {
		return opened{}, invitation, nil
	}
	at, err := enterRooms(ctx, s, o)
	if err != nil {
		return opened{}, nil, errors.Join(err, s.Lock(ctx))
	}
	return at, nil, nil
}

// showJoin lets the holder of a one-time code choose a name and a passphrase.
func (w *Window) showJoin(invitation *vault.Invitation) {
	var names []string
	for _, m := range invitation.Members() {
		names = append(names, m.Name)
	}
	w.showPassphraseForm(passphraseForm{
		title: lang.T("join.title"),
		intro: lang.F("join.intro", map[string]any{"Names": pages.List(names)}),
		name:  true, verb: lang.T("join.make"), busy: lang.T("join.making"),
		back: func() {
			// Nothing was written; the words still work.
			if err := invitation.Close(); err != nil {
				fyne.LogError("closing an invitation", errors.New(sentence.Of(err)))
			}
			w.start()
		},
		make: func(ctx context.Context, name string, passphrase []byte) (opened, error) {
			name, err := home.CleanName(name)
			if err != nil {
				return opened{}, err
			}
			s, err := invitation.Join(ctx, passphrase, name)
			if err != nil {
				return opened{}, err
			}
			at, err := enterRooms(ctx, s, w.o)
			if err != nil {
				return opened{}, errors.Join(errSeated, err, s.Lock(ctx))
			}
			return at, nil
		},
	})
}

// errSeated: the seat is taken and the invitation used up, though what is there
// could not be opened. From now on the new passphrase opens it.
var errSeated = errors.New("joined, and not opened")
