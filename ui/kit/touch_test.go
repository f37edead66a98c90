package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestWhateverAPersonDoesIsNoticed(t *testing.T) {
	test.NewTempApp(t)
	touches := 0
	OnTouch(func() { touches++ })
	defer OnTouch(func() {})
	button := NewButton(Plain, "Do", func() {})
	chip := NewChip("word", nil)
	field := NewField("Name")
	secret := NewSecretEntry("Secret", "show", "hide")
	segmented := NewSegmented("Size", []string{"a", "b"}, 0, nil)
	list := NewPagedList("List", func() int { return 3 }, func(int) (ListItem, bool) { return ListItem{Title: "x"}, true })
	ground := NewGround(ColorPaper, Spacer())
	w := test.NewTempWindow(t, Column(0, button, chip, field, secret, segmented, list, ground))
	w.Resize(fyne.NewSize(600, 600))
	for name, do := range map[string]func(){
		"key on a button":      func() { button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab}) },
		"press on a chip":      func() { chip.Tapped(nil) },
		"pointer over a chip":  func() { chip.MouseMoved(&desktop.MouseEvent{}) },
		"letter in a field":    func() { field.Focusable().TypedRune('x') },
		"arrow in a field":     func() { field.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"letter in a secret":   func() { secret.Focusable().TypedRune('x') },
		"arrow in a choice":    func() { segmented.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) },
		"arrow in a list":      func() { list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		"pointer on the paper": func() { ground.MouseMoved(&desktop.MouseEvent{}) },
	} {
		before := touches
		do()
		if touches == before {
			t.Errorf("%s: nobody noticed", name)
		}
	}
}
