package practice

import (
	"context"
	"errors"
	"fmt"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// MaxOwn is how many own exercises a practice can have.
const MaxOwn = 1000

// OwnExercises are those that the practitioner wrote or was given, for every case.
type OwnExercises struct {
	caseload store
	library  *exercises.Library
	today    func() string
}

// Add keeps an exercise from its file and returns it; one with the same id takes the
// place of the earlier one, and menus keep the one that they were offered. A file that
// lacks a field that keeps people safe is refused, with everything that is wrong
// (exercises.ErrNotExercise).
func (r *OwnExercises) Add(ctx context.Context, text []byte) (*exercises.Exercise, error) {
	e, err := exercises.Parse(text)
	if err != nil {
		return nil, err
	}
	if r.library.Find(e.ID) != nil {
		return nil, fmt.Errorf("%w: the library has one with the id %s", exercises.ErrNotExercise, e.ID)
	}
	return e, r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM own_exercise WHERE id <> ?`, e.ID).Scan(&others); err != nil {
			return err
		}
		if others >= MaxOwn {
			return ErrTooLong
		}
		_, err := tx.Exec(ctx, `INSERT INTO own_exercise (id, text, added_on) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET text = ?2`, e.ID, string(text), r.today())
		return err
	})
}

// All returns the own exercises in the order of the menu. One whose text can no longer
// be read is left out.
func (r *OwnExercises) All(ctx context.Context) ([]*exercises.Exercise, error) {
	stored, err := list(ctx, r.caseload, scanOf[string], `SELECT text FROM own_exercise`)
	return parsed(stored), err
}

func parsed(stored []string) (all []*exercises.Exercise) {
	for _, text := range stored {
		if e, err := exercises.Parse([]byte(text)); err == nil {
			all = append(all, e)
		}
	}
	exercises.Sort(all)
	return all
}

// Remove takes an own exercise away. Menus that have it keep it.
func (r *OwnExercises) Remove(ctx context.Context, id string) error {
	return r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM own_exercise WHERE id = ?`, id))
	})
}

// find returns an exercise of the library, or an own one with its text.
func (r *OwnExercises) find(ctx context.Context, id string) (e *exercises.Exercise, text string, err error) {
	if e := r.library.Find(id); e != nil {
		return e, "", nil
	}
	text, err = one(ctx, r.caseload, scanOf[string], `SELECT text FROM own_exercise WHERE id = ?`, id)
	if errors.Is(err, ErrNotFound) {
		return nil, "", ErrNoExercise
	}
	if err == nil {
		e, err = exercises.Parse([]byte(text))
	}
	return e, text, err
}
