package backup

import (
	"context"
	"errors"

	"ebb/vault"
)

// A Report says what was found in a backup.
type Report struct {
	Backup Backup
	// Check says which drawers were read and which could not be: other people's do
	// not open with anybody else's keys.
	Check vault.CheckReport
}

// Sound reports whether everything that could be looked at was in order.
func (r Report) Sound() bool { return r.Backup.Problem == nil && r.Check.Sound() }

// Verify reads every page of the backup at path that the checker has keys to, and
// changes nothing. With the keys of a session, vault.Session.Checker, drawers that
// are newer than the backup are counted as missing and are no damage; with those of
// the backup itself, vault.NewChecker, everything has to be there.
//
// What is wrong with the backup is in the report. Errors: those of At, and what the
// system answers.
func Verify(ctx context.Context, path string, checker *vault.Checker, o Options) (Report, error) {
	b, err := At(path, o.Vault)
	if err != nil {
		return Report{}, err
	}
	r := Report{Backup: b}
	r.Check, err = checker.Check(ctx, b.Path, o.Progress.ofDrawers())
	return r, err
}

// VerifyWith is Verify with the keys that a passphrase opens in the backup itself.
// Errors, beside those of Verify: vault.ErrWrongPassphrase, and vault.ErrDamaged if
// not even the key file can be read.
func VerifyWith(ctx context.Context, path string, passphrase []byte, o Options) (r Report, err error) {
	if _, err := At(path, o.Vault); err != nil {
		return r, err
	}
	checker, err := vault.NewChecker(ctx, path, passphrase, o.Vault)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, checker.Close()) }()
	return Verify(ctx, path, checker, o)
}
