package practice

import (
	"context"
	"errors"
	"path/filepath"

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
// can be tried again. Errors: ErrNotFound for the certificate, and those of
// backup.List for the place.
func (p *Practice) ClearBackups(ctx context.Context, certificate ID, place string) (Certificate, error) {
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
	for _, b := range all {
		if b.Vault != info.ID {
			continue // its key file cannot be read, so it may be anybody's
		}
		cleared := true
		for _, file := range cert.Files {
			if !vault.IsEntrusted(file) { // written by something else
				return cert, vault.ErrDamaged
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
	return p.certificate(ctx, certificate)
}

// certificate finds one.
func (p *Practice) certificate(ctx context.Context, id ID) (Certificate, error) {
	all, err := p.Certificates(ctx)
	for _, cert := range all {
		if cert.ID == id {
			return cert, nil
		}
	}
	return Certificate{}, errors.Join(ErrNotFound, err)
}
