package practice

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
)

// ClearBackups overwrites and removes the files of a destroyed case from every backup
// of this vault in the folder place, and puts on the certificate what became of it in
// each. The rest of a backup stays as it was: restored, it has the case's code and
// dates in its practice drawer, and the keys of drawers that are not there.
//
// A backup that could not be cleared is on the certificate as such, and no error; it
// can be tried again. progress is called with backups looked at and to be looked at; it
// may be nil. Errors: ErrNotFound for the certificate, and those of
// backup.List for the place.
func (p *Practice) ClearBackups(ctx context.Context, certificate ID, place string, progress func(done, total int)) (Certificate, error) {
	cert, err := p.certificate(ctx, certificate)
	if err != nil {
		return cert, err
	}
	info, err := vault.Inspect(p.session.Dir(), p.session.Options())
	if err != nil {
		return cert, err
	}
	all, err := backup.List(place, info.ID, p.session.Options())
	if err != nil {
		return cert, err
	}
	for _, file := range cert.Files {
		if !vault.IsEntrusted(file) { // written by something else
			return cert, vault.ErrDamaged
		}
	}
	for i, b := range all {
		if progress != nil {
			progress(i, len(all))
		}
		// Where the key file cannot be read it may be anybody's, and nothing is touched. The
		// names of the case's files tell whose it is.
		ours := b.Vault == info.ID
		if !ours && !slices.ContainsFunc(cert.Files, func(file string) bool { return isThere(filepath.Join(b.Path, file)) }) {
			continue
		}
		cleared := ours
		for _, file := range cert.Files {
			if !ours {
				break
			}
			err := drawer.Remove(ctx, filepath.Join(b.Path, file))
			if ctx.Err() != nil {
				return cert, ctx.Err()
			}
			cleared = cleared && err == nil
		}
		err := p.caseload.Update(ctx, func(tx *drawer.Tx) error {
			_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO certificate_backup (certificate, backup, cleared, day) VALUES (?, ?, ?, ?)`,
				certificate[:], filepath.Base(b.Path), cleared, p.today())
			return err
		})
		if err != nil {
			return cert, err
		}
	}
	// The place that was chosen was looked at now.
	if chosen, err := p.BackupPlace(ctx); err != nil || chosen == "" || !samePlace(chosen, place) {
		return cert, errors.Join(err, p.reread(ctx, &cert))
	}
	err = p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM certificate_backup WHERE certificate = ? AND backup = ''`, certificate[:])
		return err
	})
	return cert, errors.Join(err, p.reread(ctx, &cert))
}

// reread brings a certificate up to date.
func (p *Practice) reread(ctx context.Context, cert *Certificate) error {
	fresh, err := p.certificate(ctx, cert.ID)
	if err == nil {
		*cert = fresh
	}
	return err
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// samePlace reports whether two paths lead to one folder.
func samePlace(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// certificate finds one.
func (p *Practice) certificate(ctx context.Context, id ID) (Certificate, error) {
	all, err := p.Certificates(ctx)
	if err != nil {
		return Certificate{}, err
	}
	for _, cert := range all {
		if cert.ID == id {
			return cert, nil
		}
	}
	return Certificate{}, ErrNotFound
}
