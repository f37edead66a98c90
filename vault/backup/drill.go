package backup

import (
	"context"
	"errors"
	"path/filepath"

	"ebb/vault"
)

// A Proof says what a drill has proved.
type Proof struct {
	// Report is about every drawer that the passphrase opens: its pages, its rows and
	// its indexes were read with this program's own means.
	Report
	// Notices are what a person would have been told at the opening.
	Notices []vault.Notice
}

// Drill restores the backup at path into a folder that nobody else can enter, beside
// the backup or in the folder beside, opens it there with the passphrase, as a person
// would after a loss, reads everything that opens, and removes the folder again. look,
// if set, is called with the open session.
//
// What is wrong with the backup is in the proof. Errors: those of Restore,
// vault.ErrWrongPassphrase, those of vault.Open, and that of look.
func Drill(ctx context.Context, path, beside string, passphrase []byte, look func(context.Context, *vault.Session) error, o Options) (proof Proof, err error) {
	b, err := whole(path, o)
	if err != nil {
		return proof, err
	}
	proof.Backup = b
	if beside == "" {
		beside = filepath.Dir(b.Path)
	}
	if beside, err = filepath.Abs(beside); err != nil {
		return proof, placeError(err)
	}
	if err := outside(beside, o.Vault); err != nil {
		return proof, err
	}
	if _, err := clearLeftovers(beside, b.Vault); err != nil && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrInUse) {
		return proof, err
	}
	p, err := newPart(filepath.Join(beside, partName(b.Vault)))
	if err != nil {
		return proof, err
	}
	defer func() { err = errors.Join(err, p.abandon()) }()
	if err := p.fill(ctx, b.Path, o.Progress); err != nil {
		return proof, err
	}
	// From here on it is the vault's own lock that says that somebody is at work.
	if err := p.unlock(); err != nil {
		return proof, placeError(err)
	}
	err = proof.open(ctx, p.path, passphrase, look, o)
	return proof, err
}

// open opens the restored vault and reads all of it.
func (proof *Proof) open(ctx context.Context, dir string, passphrase []byte, look func(context.Context, *vault.Session) error, o Options) (err error) {
	o.Vault.BackUp = nil // there is no need for a backup of this one
	v, err := vault.Open(dir, o.Vault)
	if err != nil {
		return err
	}
	s, invitation, err := v.Unlock(ctx, passphrase)
	if err != nil {
		return errors.Join(err, v.Close())
	}
	if invitation != nil { // it opens no drawer, so here it is a wrong passphrase
		return errors.Join(vault.ErrWrongPassphrase, invitation.Close())
	}
	defer func() {
		locked := s.Lock(context.WithoutCancel(ctx))
		if proof.Sound() { // what a damaged drawer answers to locking is no news
			err = errors.Join(err, locked)
		}
	}()
	if proof.Check, err = s.Check(ctx, o.Progress.ofDrawers()); err != nil {
		return err
	}
	proof.Notices = s.Notices()
	if look != nil && proof.Sound() {
		return look(ctx, s)
	}
	return nil
}
