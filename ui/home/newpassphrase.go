package home

import (
	"bytes"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/vault/keys"
)

// generatedWords is how many words a generated passphrase has: 77 bits of the EFF
// long list.
const generatedWords = 6

// NewPassphrase asks for a passphrase that is to come: six words picked by chance,
// to be typed once, or one's own, to be typed twice.
type NewPassphrase struct {
	generated string           // "" for one's own
	mine      *kit.SecretEntry // nil for generated words
	again     *kit.SecretEntry
	strength  *kit.Text
}

// DrawPassphrase shows words picked by chance. The error is the system's, which
// gave no random numbers.
func DrawPassphrase() (*NewPassphrase, error) {
	generated, err := keys.GeneratePassphrase(generatedWords)
	return &NewPassphrase{generated: generated, again: newAgain()}, err
}

// OwnPassphrase has a field for one's own, which is measured while it is typed.
func OwnPassphrase() *NewPassphrase {
	n := &NewPassphrase{
		mine:     kit.NewSecretEntry(lang.T("create.own-passphrase"), lang.T("unlock.show"), lang.T("unlock.hide")),
		again:    newAgain(),
		strength: kit.NewText(kit.Small, "").In(kit.ColorMuted),
	}
	n.mine.OnChanged = func() { n.strength.SetText(strength(n.mine)) }
	n.mine.OnSubmitted = n.again.Focus
	return n
}

func newAgain() *kit.SecretEntry {
	return kit.NewSecretEntry(lang.T("create.again"), lang.T("unlock.show"), lang.T("unlock.hide"))
}

// Choice is the words with a way to others, or the field.
func (n *NewPassphrase) Choice(another func()) fyne.CanvasObject {
	if n.mine != nil {
		return kit.Column(kit.SpaceS, n.mine, n.strength)
	}
	return kit.NewPanel(kit.Column(kit.SpaceM, kit.NewText(kit.Heading, n.generated),
		kit.Inset(-kit.QuietSide, 0, 0, 0, kit.Start(kit.NewButton(kit.Quiet, lang.T("create.another"), another)))))
}

// Again is the field to type it once more, and why.
func (n *NewPassphrase) Again() fyne.CanvasObject {
	return kit.Column(kit.SpaceS, n.again, kit.NewText(kit.Small, lang.T("create.again-about")).In(kit.ColorMuted))
}

// Other is the label of the way to the other kind.
func (n *NewPassphrase) Other() string {
	if n.mine != nil {
		return lang.T("create.generated")
	}
	return lang.T("create.own")
}

// Own reports whether it is one's own and not picked by chance.
func (n *NewPassphrase) Own() bool { return n.mine != nil }

// First is the field that has the keyboard first.
func (n *NewPassphrase) First() fyne.Focusable {
	if n.mine != nil {
		return n.mine.Focusable()
	}
	return n.again.Focusable()
}

// OnSubmitted is called when Enter is pressed in the last field.
func (n *NewPassphrase) OnSubmitted(f func()) { n.again.OnSubmitted = f }

// Retry puts the keyboard where it is to be typed again.
func (n *NewPassphrase) Retry() { n.again.Focus() }

// Take returns the passphrase, which the caller wipes, or nil if what was typed is
// not the same twice. Spaces and Unicode forms make no difference to the vault, so
// they make none here.
func (n *NewPassphrase) Take() []byte {
	chosen := []byte(n.generated)
	if n.mine != nil {
		chosen = n.mine.Secret()
	}
	typed := n.again.Secret()
	defer clear(typed)
	if same(chosen, typed) {
		return chosen
	}
	clear(chosen)
	return nil
}

// Wipe empties the fields.
func (n *NewPassphrase) Wipe() {
	n.generated = ""
	n.again.Wipe()
	if n.mine != nil {
		n.mine.Wipe()
	}
}

func strength(mine *kit.SecretEntry) string {
	secret := mine.Secret()
	defer clear(secret)
	if len(bytes.TrimSpace(secret)) == 0 {
		return ""
	}
	switch keys.Measure(secret) {
	case keys.Weak:
		return lang.T("create.weak")
	case keys.Fair:
		return lang.T("create.fair")
	}
	return lang.T("create.strong")
}

func same(a, b []byte) bool {
	na, err := keys.NormalizePassphrase(a)
	defer clear(na)
	if err != nil {
		return false
	}
	nb, err := keys.NormalizePassphrase(b)
	defer clear(nb)
	return err == nil && bytes.Equal(na, nb)
}
