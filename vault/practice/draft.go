package practice

import (
	"context"
	"errors"
	"time"

	"ebb/vault/drawer"
)

// A Draft is what is being written and was not kept yet: a new note, changes to an
// open one, or an amendment of a signed one. It lies in the drawer of the note.
type Draft struct {
	Note  Note
	Saved time.Time
}

// SaveDraft stores what is in the editor, so that it survives a lock, a kill and a
// power cut.
func (n *Notes) SaveDraft(ctx context.Context, note Note) error {
	return n.saveDraft(ctx, n.in, note, n.mayWrite)
}

// SealDraft is SaveDraft for the last words: in a drawer behind the second unlock that
// was open in its time, it works until that is really ended, so that nobody loses what
// they wrote while the time ran out or the computer slept. It shows nothing of the
// drawer. A case that was closed meanwhile, or a policy that was taken back, does not
// keep it from being held, as it does not for drafts of before.
func (n *Notes) SealDraft(ctx context.Context, note Note) error {
	return n.saveDraft(ctx, n.last, note, func(context.Context, Audience, ID) error { return nil })
}

func (n *Notes) saveDraft(ctx context.Context, in store, note Note, may func(context.Context, Audience, ID) error) error {
	if err := n.clean(&note); err != nil {
		return err
	}
	var was Note
	err := in.View(ctx, func(tx *drawer.Tx) (err error) {
		was, err = noteIn(ctx, tx, note.ID)
		return err
	})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if was.State != SignedNote { // an amendment has a draft, too, and nothing keeps it from being made
		if err := may(ctx, note.Audience, note.Member); err != nil {
			return err
		}
	}
	sections, err := encodeSections(note.Sections)
	if err != nil {
		return err
	}
	return in.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO note_draft (id, audience, member, meeting, template, local_date, sections, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (id) DO UPDATE SET meeting = ?4, template = ?5, local_date = ?6, sections = ?7, saved_at = ?8`,
			note.ID[:], string(note.Audience), note.Member.null(), note.Meeting.null(), note.Template, note.Date, sections, n.c.p.now().UnixMilli())
		return err
	})
}

// Drafts returns what was being written, the latest first.
func (n *Notes) Drafts(ctx context.Context) ([]Draft, error) {
	return list(ctx, n.in, func(row scanner) (Draft, error) {
		note, err := scanNote(row)
		return Draft{note, note.Edited}, err
	}, `SELECT d.id, d.audience, d.member, d.meeting, d.template, d.local_date, coalesce(n.state, 'open'), d.sections, coalesce(n.created_at, d.saved_at), d.saved_at
		FROM note_draft AS d LEFT JOIN note AS n ON n.id = d.id ORDER BY d.saved_at DESC, d.id`)
}

// DropDraft forgets what was being written; the note stays as it is. It works as long
// as SealDraft does.
func (n *Notes) DropDraft(ctx context.Context, id ID) error {
	return n.last.Update(ctx, func(tx *drawer.Tx) error {
		return dropDraft(ctx, tx, id)
	})
}

const movedColumns = `id, audience, member, meeting, template, local_date, state, sections, text, title, created_at, edited_at`

// Discard takes an open note that was never locked, and its draft, out of the drawer's
// lists and index. Restore brings it back, until the case is closed on the screen or
// the second unlock begins anew.
func (n *Notes) Discard(ctx context.Context, id ID) error {
	return n.in.Update(ctx, func(tx *drawer.Tx) error {
		note, err := noteIn(ctx, tx, id)
		if err != nil {
			return err
		}
		var versions int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM note_version WHERE note = ?`, id[:]).Scan(&versions); err != nil {
			return err
		}
		switch {
		case note.State == SignedNote:
			return ErrSigned
		case versions > 0:
			return ErrLockedNote
		}
		for _, query := range []string{
			`DELETE FROM note_draft WHERE id = ?`,
			`INSERT INTO note_discarded (` + movedColumns + `) SELECT ` + movedColumns + ` FROM note WHERE id = ?`,
			`DELETE FROM note WHERE id = ?`,
		} {
			if _, err := tx.Exec(ctx, query, id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Restore brings a discarded note back.
func (n *Notes) Restore(ctx context.Context, id ID) error {
	return n.in.Update(ctx, func(tx *drawer.Tx) error {
		if err := changed(tx.Exec(ctx, `INSERT INTO note (`+movedColumns+`) SELECT `+movedColumns+` FROM note_discarded WHERE id = ?`, id[:])); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM note_discarded WHERE id = ?`, id[:])
		return err
	})
}

// Erase removes a discarded note for good. It is no error if it came back, or has gone
// already.
func (n *Notes) Erase(ctx context.Context, id ID) error {
	return n.in.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM note_discarded WHERE id = ?`, id[:])
		return err
	})
}

// purge removes for good whatever was discarded.
func (n *Notes) purge(ctx context.Context) error {
	var any bool
	err := n.in.View(ctx, func(tx *drawer.Tx) error {
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM note_discarded)`).Scan(&any)
	})
	if err != nil || !any {
		return err
	}
	return n.in.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM note_discarded`)
		return err
	})
}
