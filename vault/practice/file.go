package practice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"ebb/vault/drawer"
)

// How large an attached file may be, and all of a case together, in bytes.
const (
	MaxFile  = 25 << 20
	MaxFiles = 400 << 20
)

// What can be refused about attached files.
var (
	// ErrNotPDF: only PDFs are attached.
	ErrNotPDF = errors.New("this is not a PDF")
	// ErrFileTooLarge: the file is larger than MaxFile, or there is no room in the
	// record for it (MaxFiles).
	ErrFileTooLarge = errors.New("the file is too large to be attached")
)

// Size of a part of an attached file, and how many are kept in one transaction: the
// log of the drawer stays small, however large the file is.
const (
	partSize     = 64 << 10
	partsAtOnce  = 8
	pdfBeginning = "%PDF-"
)

// A File is a PDF in the record: a signed consent, a letter.
type File struct {
	ID     ID
	Title  string
	Member ID // whom it is about; none if everybody
	Day    string
	Size   int64
	Hash   [32]byte // SHA-256
}

// Files are the PDFs attached to a case. They are not searched, and not shown by Ebb.
type Files struct{ c *Case }

func scanFile(row scanner) (f File, err error) {
	var id, member, hash []byte
	err = row.Scan(&id, &f.Title, &member, &f.Day, &f.Size, &hash)
	f.ID, f.Member = idOf(id), idOf(member)
	copy(f.Hash[:], hash)
	return f, err
}

const fileColumns = `SELECT id, title, member, day, size, hash FROM attachment `

// Attach keeps a copy of a PDF, read from from to its end. It counts only when all of
// it is there; what a crash leaves of it is removed when the case is opened.
func (r *Files) Attach(ctx context.Context, title string, member ID, from io.Reader) (f File, err error) {
	if err := lines(MaxName, &title); err != nil {
		return f, err
	}
	if !seen(title) {
		return f, ErrEmpty
	}
	if err := r.c.open(ctx); err != nil {
		return f, err
	}
	if err := r.c.p.tell(ctx, event{verb: Attached, class: ClassFile, of: r.c.ID}); err != nil {
		return f, err
	}
	f = File{ID: NewID(), Title: title, Member: member, Day: r.c.p.today()}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.clear(context.WithoutCancel(ctx)))
		}
	}()
	used, err := one(ctx, r.c.record, scanOf[int64], `SELECT coalesce(sum(size), 0) FROM attachment`)
	if err != nil {
		return f, err
	}
	sum := sha256.New()
	chunk := make([]byte, partSize*partsAtOnce)
	for {
		n, end := io.ReadFull(from, chunk)
		if end != nil && end != io.EOF && end != io.ErrUnexpectedEOF {
			return f, pathless(end)
		}
		if f.Size == 0 && !bytes.HasPrefix(chunk[:n], []byte(pdfBeginning)) {
			return f, ErrNotPDF
		}
		if f.Size += int64(n); f.Size > MaxFile || used+f.Size > MaxFiles {
			return f, ErrFileTooLarge
		}
		sum.Write(chunk[:n])
		if err := r.keepParts(ctx, f.ID, chunk[:n]); err != nil {
			return f, err
		}
		if end != nil {
			break
		}
	}
	sum.Sum(f.Hash[:0])
	return f, r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if member != (ID{}) {
			if err := memberIn(ctx, tx, member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO attachment (id, title, member, day, size, hash) VALUES (?, ?, ?, ?, ?, ?)`,
			f.ID[:], f.Title, f.Member.null(), f.Day, f.Size, f.Hash[:])
		return err
	})
}

func (r *Files) keepParts(ctx context.Context, id ID, chunk []byte) error {
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		for len(chunk) > 0 {
			part := chunk[:min(len(chunk), partSize)]
			chunk = chunk[len(part):]
			if _, err := tx.Exec(ctx, `INSERT INTO attachment_part (attachment, bytes) VALUES (?, ?)`, id[:], part); err != nil {
				return err
			}
		}
		return nil
	})
}

// clear removes parts of files that never were whole, or were removed.
func (r *Files) clear(ctx context.Context) error {
	const orphans = `attachment NOT IN (SELECT id FROM attachment)`
	for {
		left, err := one(ctx, r.c.record, scanOf[bool],
			`SELECT EXISTS (SELECT 1 FROM attachment_part WHERE `+orphans+`)`)
		if err != nil || !left {
			return err
		}
		err = r.c.record.Update(ctx, func(tx *drawer.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM attachment_part WHERE seq IN (SELECT seq FROM attachment_part WHERE `+orphans+` LIMIT ?)`, partsAtOnce)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// All returns the attached files, the latest day first, without those that were
// discarded.
func (r *Files) All(ctx context.Context) ([]File, error) {
	return list(ctx, r.c.record, scanFile, fileColumns+`WHERE discarded = 0 ORDER BY day DESC, title, id LIMIT ?`, MostRows)
}

// errDiffers: an attached file is not what it was when it was attached.
var errDiffers = errors.New("an attached file differs from what was attached")

// Read writes an attached file to w. What w holds after an error is not the file.
func (r *Files) Read(ctx context.Context, id ID, w io.Writer) error {
	f, err := one(ctx, r.c.record, scanFile, fileColumns+`WHERE id = ? AND discarded = 0`, id[:])
	if err != nil {
		return err
	}
	sum := sha256.New()
	var last int64
	for {
		var part []byte
		err := r.c.record.View(ctx, func(tx *drawer.Tx) error {
			return notFound(tx.QueryRow(ctx, `SELECT seq, bytes FROM attachment_part WHERE attachment = ? AND seq > ? ORDER BY seq LIMIT 1`, id[:], last).Scan(&last, &part))
		})
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil {
			return err
		}
		sum.Write(part)
		if _, err := w.Write(part); err != nil {
			return pathless(err)
		}
	}
	if [32]byte(sum.Sum(nil)) != f.Hash {
		return errDiffers
	}
	return nil
}

// Discard takes an attached file off the list. [Files.Restore] brings it back, until it
// is removed or the case is opened the next time.
func (r *Files) Discard(ctx context.Context, id ID) error {
	return r.c.act(ctx, event{verb: Removed, class: ClassFile, what: id}, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE attachment SET discarded = 1 WHERE id = ? AND discarded = 0`, id[:]))
	})
}

// Restore brings a discarded file back.
func (r *Files) Restore(ctx context.Context, id ID) error {
	return r.c.act(ctx, event{verb: Attached, class: ClassFile, what: id}, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE attachment SET discarded = 0 WHERE id = ? AND discarded = 1`, id[:]))
	})
}

// Drop removes a discarded file for good.
func (r *Files) Drop(ctx context.Context, id ID) error {
	err := r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM attachment WHERE id = ? AND discarded = 1`, id[:]))
	})
	if err != nil {
		return err
	}
	return r.clear(context.WithoutCancel(ctx))
}

// purge removes all discarded files, and parts of files that never were whole.
func (r *Files) purge(ctx context.Context) error {
	some, err := one(ctx, r.c.record, scanOf[bool], `SELECT EXISTS (SELECT 1 FROM attachment WHERE discarded = 1)`)
	if err == nil && some {
		err = r.c.record.Update(ctx, func(tx *drawer.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM attachment WHERE discarded = 1`)
			return err
		})
	}
	if err != nil {
		return err
	}
	return r.clear(ctx)
}

// Remove removes an attached file for good.
func (r *Files) Remove(ctx context.Context, id ID) error {
	err := r.c.act(ctx, event{verb: Removed, class: ClassFile, what: id}, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM attachment WHERE id = ?`, id[:]))
	})
	if err != nil {
		return err
	}
	return r.clear(context.WithoutCancel(ctx))
}
