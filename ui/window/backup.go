package window

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/backup"
	store "ebb/vault/home"
	"ebb/vault/keys"
)

// backUp makes a backup in the middle of a session. Every drawer is closed for it, so
// that nothing else may be under way, and the pages get the home anew.
func (s *shell) backUp(progress backup.Progress, done func(home.Desk, store.BackupResult)) {
	var fresh *store.Home
	var result store.BackupResult
	s.work(func(ctx context.Context) (err error) {
		fresh, result, err = s.w.open.home.BackUpNow(ctx, progress)
		return err
	}, func(err error) {
		if err != nil { // what was open is closed, and could not be opened again
			s.w.toast(sentence.Of(err))
			s.w.lock()
			return
		}
		s.w.open.home = fresh
		done(s.desk(), result)
	})
}

// showBackupProblem tells, after locking, why there is no backup.
func (w *Window) showBackupProblem(err error, then func()) {
	on := kit.NewButton(kit.Primary, lang.T("backups.go-on"), then)
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("backups.locked-not-made")),
		kit.NewText(kit.Body, sentence.Of(err)).In(kit.ColorWarn),
		kit.NewText(kit.Body, lang.T("backups.locked-about")).In(kit.ColorMuted),
		kit.Start(on),
	))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), on})
}

// pickBackup lets somebody choose a backup to bring back.
func (w *Window) pickBackup() {
	w.pickFolder(picker{
		title: lang.T("backups.restore.choose"), verb: lang.T("picker.choose"), start: w.o.Folder,
		accept: func(path string) bool {
			_, err := backup.Newest(path, w.o.vaults())
			return err == nil
		},
		chosen: w.showRestore, back: w.start,
	})
}

// showRestore asks where a backup goes, and brings it back there.
func (w *Window) showRestore(path string) {
	place := kit.NewField(lang.T("backups.restore.where"))
	kind := kindOf(path, w.o.vaults())
	place.SetText(freePlace(w.o.Folder, kind))
	says := kit.NewAnswer()
	verb := kit.NewButton(kit.Primary, lang.T("backups.restore.verb"), nil)
	restore := func() {
		if verb.Disabled() {
			return
		}
		dir := placeFor(w.o.Folder, place.Text(), kind)
		verb.Disable()
		says.Say(kit.ColorMuted, lang.T("backups.restore.working"))
		w.beside.work(func(ctx context.Context) error {
			if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
				return err
			}
			o := backup.Options{Vault: w.o.vaults()}
			b, err := backup.Newest(path, o.Vault)
			if err != nil {
				return err
			}
			_, err = backup.Restore(ctx, b.Path, dir, o)
			return err
		}, func(err error) {
			verb.Enable()
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				place.Focus()
				return
			}
			w.showUnlock(dir, false)
		})
	}
	verb.OnTapped = restore
	place.OnSubmitted = func(string) { restore() }
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("backups.restore.title")),
		kit.NewText(kit.Body, lang.T("backups.restore.intro")).In(kit.ColorMuted),
		kit.NewText(kit.Small, strings.TrimSpace(path)).In(kit.ColorMuted),
		place, says, kit.Start(verb)))
	w.show(screen{w.entrance(kit.Middle(formWidth+60, card), unless(verb, w.start)), place.Focusable()})
}

// kindOf guesses what a backup is of, for the name of the folder that is proposed: only a
// practice has drawers of cases. One without a case looks like a home.
func kindOf(path string, o vault.Options) keys.Kind {
	if b, err := backup.Newest(path, o); err == nil && holds(b.Path, func(e fs.DirEntry) bool { return vault.IsEntrusted(e.Name()) }) {
		return keys.Practice
	}
	return keys.Home
}
