package home

import (
	"context"
	"errors"

	"ebb/vault/drawer"
)

// A Mark is something that a person noted for their own view of the menu. It lies in
// their private drawer, and nothing that another person can see depends on it.
type Mark string

// The marks. Their values are names of settings.
const (
	// MarkPain: touch hurts, or something in the body has changed. Whoever marked it
	// sees the questions for a clinician beside the menu. Everybody is asked about pain
	// before everything of closeness 2 or more, whether anyone marked it or not.
	MarkPain Mark = "mark-pain"
	// MarkNotTool: this person read the page "When this is not the right tool", which
	// comes once before the first exercise for more than one.
	MarkNotTool Mark = "read-not-the-tool"
)

// Marked reports whether this person set a mark.
func (s *Settings) Marked(ctx context.Context, m Mark) (bool, error) {
	_, err := s.get(ctx, string(m))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// SetMark sets a mark, or takes it away.
func (s *Settings) SetMark(ctx context.Context, m Mark, on bool) error {
	if on {
		return s.set(ctx, string(m), "1")
	}
	return s.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM setting WHERE name = ?`, string(m))
		return err
	})
}
