package practice

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ebb/vault/drawer"
)

// What keeps a case from being destroyed.
var (
	// ErrNotClosed: only a closed case is destroyed.
	ErrNotClosed = errors.New("the case is not closed")
	// ErrKept: the day until which the case is kept has not come, or it is held.
	ErrKept = errors.New("the case is to be kept")
)

// A Certificate says what destroying a case did, and what it did not reach. It holds no
// code and no name. The page that shows it adds that backups that are not on it,
// snapshots of the system and remnants in flash memory may be left: it never says that
// anything is unrecoverable.
type Certificate struct {
	ID   ID // random
	Day  string
	Rule string // by which it was destroyed, in the practitioner's words
	// Drawers is how many there were: their keys are gone from this vault.
	Drawers int
	// KeysHash is SHA-256 over the ids of the drawers, in order: it shows that a copy of
	// one that turns up is of this case.
	KeysHash [32]byte
	// Files are the names of the drawers' files: they tell nothing, and find what is
	// left of the case in a copy of the vault.
	Files []string
	// Left are those of Files that could not be overwritten and removed from this vault
	// yet. Without their keys they do not open. It is tried again at every opening.
	Left []string
	// Backups are those that were looked for ([Practice.ClearBackups]), the latest first.
	// Any other was not reached.
	Backups []Reach
}

// A Reach says what became of a destroyed case in one backup.
type Reach struct {
	// Backup is the name of its folder, which is when it was made; empty for the place that
	// is chosen for backups ([Practice.SetBackupPlace]), as long as nobody looked there.
	Backup  string
	Cleared bool   // no file of the case is in it any more
	Day     string // when that was looked at
}

// Destroy destroys a closed case for good: its keys, its index and its code, and then
// the files of its drawers, which are overwritten and removed. What is acknowledged is
// that the keys are gone; a file that is in the way is on the certificate.
//
// progress is called with drawers cleared and to be cleared; it may be nil.
//
// Errors: ErrNotClosed, ErrKept, ErrEmpty if no rule is given.
func (p *Practice) Destroy(ctx context.Context, id ID, rule string, progress func(done, total int)) (Certificate, error) {
	if err := lines(MaxLine, &rule); err != nil {
		return Certificate{}, err
	}
	if !seen(rule) {
		return Certificate{}, ErrEmpty
	}
	cert := Certificate{ID: NewID(), Day: p.today(), Rule: rule}
	err := p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		var closed, keep string
		var held bool
		if err := notFound(tx.QueryRow(ctx, `SELECT closed_on, keep_until, held FROM case_file WHERE id = ?`, id[:]).Scan(&closed, &keep, &held)); err != nil {
			return err
		}
		switch {
		case closed == "":
			return ErrNotClosed
		case held, keep > cert.Day:
			return ErrKept
		}
		drawers, err := read(ctx, tx, scanDrawer, drawerColumns+`WHERE case_id = ? ORDER BY id`, id[:])
		if err != nil {
			return err
		}
		sum := sha256.New()
		for _, d := range drawers {
			sum.Write(d.ID[:])
			cert.Files = append(cert.Files, d.File)
			clear(d.key)
			if _, err := tx.Exec(ctx, `INSERT INTO doomed (file) VALUES (?) ON CONFLICT DO NOTHING`, d.File); err != nil {
				return err
			}
		}
		slices.Sort(cert.Files)
		sum.Sum(cert.KeysHash[:0])
		cert.Drawers = len(drawers)
		// The event names no case: nothing of it is to stay but what is on the certificate.
		if err := p.tellIn(ctx, tx, event{verb: Destroyed, class: ClassCase, what: cert.ID}); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO certificate (id, day, rule, drawers, files, keys_hash) VALUES (?, ?, ?, ?, ?, ?)`,
			cert.ID[:], cert.Day, cert.Rule, cert.Drawers, strings.Join(cert.Files, " "), cert.KeysHash[:]); err != nil {
			return err
		}
		// Until somebody has looked there, the case counts as still being in the backups.
		if _, err := tx.Exec(ctx, `INSERT INTO certificate_backup (certificate, backup, cleared, day) SELECT ?, '', 0, ? WHERE EXISTS (SELECT 1 FROM setting WHERE name = ? AND value <> '')`,
			cert.ID[:], cert.Day, placeName); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, `DELETE FROM case_file WHERE id = ?`, id[:])) // and with it what refers to it
	})
	if err != nil {
		return Certificate{}, err
	}
	// From here on it is destroyed, whatever becomes of the files.
	p.gone.Store(id, true)
	ctx = context.WithoutCancel(ctx)
	if err := p.clearTelling(ctx, progress); err != nil {
		return cert, fmt.Errorf("the keys are gone; clearing the files: %w", err)
	}
	told, err := p.certificate(ctx, cert.ID)
	if err != nil {
		return cert, fmt.Errorf("the keys are gone; reading the certificate: %w", err)
	}
	return told, nil
}

// A Retained is a closed case, and how long it is to be kept.
type Retained struct {
	Case      ID
	Code      string
	Label     string
	ClosedOn  string
	KeepUntil string // empty: no day was set
	Held      bool
}

// Retained returns the closed cases, those whose day comes first before the others and
// those without a day last.
func (p *Practice) Retained(ctx context.Context) ([]Retained, error) {
	return list(ctx, p.caseload, func(row scanner) (r Retained, err error) {
		var id []byte
		err = row.Scan(&id, &r.Code, &r.Label, &r.ClosedOn, &r.KeepUntil, &r.Held)
		r.Case = idOf(id)
		return r, err
	}, `SELECT id, code, label, closed_on, keep_until, held FROM case_file WHERE closed_on <> '' ORDER BY keep_until = '', keep_until, code LIMIT ?`, MostRows)
}

// left are those files that are still doomed.
func (p *Practice) left(ctx context.Context, files []string) ([]string, error) {
	doomed, err := list(ctx, p.caseload, scanOf[string], `SELECT file FROM doomed`)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(files), func(file string) bool { return !slices.Contains(doomed, file) }), nil
}

// Certificates returns the certificates of all cases that were destroyed, the latest
// day first.
func (p *Practice) Certificates(ctx context.Context) ([]Certificate, error) {
	all, err := list(ctx, p.caseload, func(row scanner) (c Certificate, err error) {
		var id, hash []byte
		var files string
		err = row.Scan(&id, &c.Day, &c.Rule, &c.Drawers, &files, &hash)
		c.ID, c.Files = idOf(id), strings.Fields(files)
		copy(c.KeysHash[:], hash)
		return c, err
	}, `SELECT id, day, rule, drawers, files, keys_hash FROM certificate ORDER BY day DESC, id`)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Left, err = p.left(ctx, all[i].Files); err != nil {
			return nil, err
		}
		if all[i].Backups, err = list(ctx, p.caseload, func(row scanner) (r Reach, err error) {
			err = row.Scan(&r.Backup, &r.Cleared, &r.Day)
			return r, err
		}, `SELECT backup, cleared, day FROM certificate_backup WHERE certificate = ? ORDER BY backup DESC`, all[i].ID[:]); err != nil {
			return nil, err
		}
	}
	return all, nil
}
