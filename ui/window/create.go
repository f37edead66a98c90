package window

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// showCreate is the first of two steps: a name and a place.
func (w *Window) showCreate(kind keys.Kind) {
	title, intro, about := lang.T("create.title"), lang.T("create.intro"), lang.T("create.name-about")
	if kind == keys.Practice {
		title, intro, about = lang.T("create.practice-title"), lang.T("create.practice-intro"), lang.T("create.practice-name-about")
	}
	name := kit.NewField(lang.T("create.name"))
	place := kit.NewField(lang.T("create.place"))
	place.SetText(freePlace(w.o.Folder, kind))
	says := kit.NewAnswer()
	place.OnChanged = func(path string) {
		says.Say(kit.ColorMuted, "")
		if syncs(path) {
			says.Say(kit.ColorWarn, lang.T("create.sync-warning"))
		}
	}
	next := func() {
		clean, err := home.CleanName(name.Text())
		if err != nil {
			says.Say(kit.ColorWarn, sentence.Of(err))
			name.Focus()
			return
		}
		dir := placeFor(w.o.Folder, place.Text(), kind)
		if _, err := os.Lstat(dir); err == nil {
			says.Say(kit.ColorWarn, sentence.Of(vault.ErrExists))
			place.Focus()
			return
		}
		w.showCreatePassphrase(kind, clean, dir)
	}
	name.OnSubmitted = func(string) { place.Focus() }
	place.OnSubmitted = func(string) { next() }
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, title),
		kit.NewText(kit.Body, intro).In(kit.ColorMuted),
		kit.Column(kit.SpaceS, name, kit.NewText(kit.Small, about).In(kit.ColorMuted)),
		kit.Column(kit.SpaceS, place, kit.NewText(kit.Small, lang.T("create.place-about")).In(kit.ColorMuted)),
		says,
		kit.Start(kit.NewButton(kit.Primary, lang.T("create.next"), next).WithIconEnd(kit.IconNext)),
	))
	w.show(screen{w.entrance(kit.Middle(formWidth+60, card), w.start), name.Focusable()})
}

func (w *Window) showCreatePassphrase(kind keys.Kind, name, dir string) {
	create := home.Create
	intro := lang.T("create.passphrase-intro")
	if kind == keys.Practice {
		create = practice.Create
		intro = lang.T("create.practice-passphrase-intro")
	}
	w.showPassphraseForm(passphraseForm{
		title: lang.T("create.passphrase-title"), intro: intro,
		verb: lang.T("create.make"), busy: lang.T("create.making"), back: func() { w.showCreate(kind) },
		make: func(ctx context.Context, _ string, passphrase []byte) (opened, error) {
			if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
				return opened{}, err
			}
			if err := create(ctx, dir, name, passphrase, w.o.vaults()); err != nil {
				return opened{}, err
			}
			o, _, err := openVault(ctx, dir, passphrase, w.o)
			return o, err
		},
	})
}

// freePlace proposes a folder that does not exist yet.
func freePlace(folder string, kind keys.Kind) string {
	names := []string{"Home", "Home 2", "Home 3"}
	if kind == keys.Practice {
		names = []string{"Practice", "Practice 2", "Practice 3"}
	}
	for _, name := range names {
		path := filepath.Join(folder, name+vault.Suffix)
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path
		}
	}
	return filepath.Join(folder, "New"+vault.Suffix)
}

// placeFor completes what was typed as a place: a leading ~, the folder that vaults
// are in if it is a name alone, a name if it is a folder alone, and the ending.
func placeFor(folder, typed string, kind keys.Kind) string {
	path := strings.TrimSpace(typed)
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if user, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(user, rest)
		}
	}
	switch name := strings.TrimSuffix(path, vault.Suffix); {
	case name == "": // and a folder of that name would be hidden
		return freePlace(folder, kind)
	case os.IsPathSeparator(name[len(name)-1]):
		return freePlace(name, kind)
	case filepath.Base(name) == name:
		return filepath.Join(folder, name+vault.Suffix)
	default:
		return name + vault.Suffix
	}
}

// syncs reports whether a path looks as if a program copies it to other
// computers.
func syncs(path string) bool {
	path = strings.ToLower(path)
	for _, name := range []string{"dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud", "syncthing", "seafile", "mega"} {
		for _, part := range strings.Split(filepath.ToSlash(path), "/") {
			if strings.HasPrefix(part, name) {
				return true
			}
		}
	}
	return false
}

// passphraseForm asks for a new passphrase: six generated words to type once more,
// or one's own, twice.
type passphraseForm struct {
	title, intro string
	name         bool // ask for the name used, too
	verb, busy   string
	back         func()
	make         func(ctx context.Context, name string, passphrase []byte) (opened, error)
}

func (w *Window) showPassphraseForm(f passphraseForm) { w.passphraseStep(f, "", false) }

func (w *Window) passphraseStep(f passphraseForm, named string, own bool) {
	name := kit.NewField(lang.T("join.name"))
	name.SetText(named)
	says := kit.NewAnswer()
	verb := kit.NewButton(kit.Primary, f.verb, nil)
	step := func(own bool) func() {
		return unless(verb, func() { w.passphraseStep(f, name.Text(), own) })
	}

	asked := pages.OwnPassphrase()
	if !own {
		var err error
		if asked, err = pages.DrawPassphrase(); err != nil {
			says.Say(kit.ColorWarn, sentence.Of(err))
		}
	}
	rows := []fyne.CanvasObject{kit.NewText(kit.Title, f.title), kit.NewText(kit.Body, f.intro).In(kit.ColorMuted)}
	first := asked.First()
	if f.name {
		rows = append(rows, name)
		first = name.Focusable()
	}
	rows = append(rows, asked.Choice(step(false)))
	if f.name && !own {
		rows = append(rows, kit.NewText(kit.Body, lang.T("create.passphrase-intro")).In(kit.ColorMuted))
	}
	make := func() {
		if verb.Disabled() {
			return
		}
		passphrase := asked.Take()
		if passphrase == nil {
			says.Say(kit.ColorWarn, lang.T("create.different"))
			asked.Retry()
			return
		}
		verb.Disable()
		says.Say(kit.ColorMuted, f.busy)
		called := name.Text()
		var o opened
		w.beside.work(func(ctx context.Context) (err error) {
			defer clear(passphrase)
			o, err = f.make(ctx, called, passphrase)
			return err
		}, func(err error) {
			verb.Enable()
			if errors.Is(err, errSeated) {
				w.showUnlock(w.vault, false)
				w.toast(sentence.Of(err))
				return
			}
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				w.focus(first)
				return
			}
			asked.Wipe()
			w.enter(o)
		})
	}
	verb.OnTapped = make
	name.OnSubmitted = func(string) { w.focus(asked.First()) }
	asked.OnSubmitted(make)
	rows = append(rows, asked.Again(), says,
		kit.Flow(kit.SpaceM, verb, kit.NewButton(kit.Quiet, asked.Other(), step(!own))))
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL, rows...))
	w.show(screen{w.entrance(kit.Middle(formWidth+60, card), unless(verb, f.back)), first})
}
