// Command greeter is the program that the tests of package window drive: it has
// what they read, press and record, and nothing of Ebb but the probe.
package main

import (
	"fmt"
	"os"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ebb/ui/kit/probe"
)

func main() {
	a := app.NewWithID("org.ebb.greeter")
	probe.Start()
	w := a.NewWindow("Greeter")

	greeting := widget.NewLabel("Nobody yet")
	name := widget.NewEntry()
	name.SetPlaceHolder("Your name")
	rows := container.NewVBox()
	for n := range 40 {
		rows.Add(widget.NewButton(fmt.Sprintf("Row %d", n), func() { greeting.SetText(fmt.Sprintf("Chose %d", n)) }))
	}
	scroll := container.NewVScroll(rows)
	scroll.SetMinSize(fyne.NewSize(200, 200))

	w.SetContent(container.NewVBox(
		greeting, name,
		widget.NewButton("Greet", func() { greeting.SetText("Hello, " + name.Text) }),
		widget.NewButton("Ask", func() { sheet(w) }),
		widget.NewButton("Write", func() {
			if err := os.WriteFile("kept", []byte(name.Text), 0o600); err != nil {
				panic(err)
			}
			greeting.SetText("Written")
		}),
		widget.NewButton("Dial", func() {
			fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
			if err != nil {
				panic(err)
			}
			if err := syscall.Connect(fd, &syscall.SockaddrInet4{Port: 9, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
				panic(err)
			}
			greeting.SetText("Dialled")
		}),
		widget.NewButton("Replace", func() {
			program, err := os.Executable()
			if err == nil {
				err = syscall.Exec(program, []string{program, "again"}, os.Environ())
			}
			panic(err)
		}),
		widget.NewButton("Leave", func() { os.Exit(7) }),
		widget.NewLabel(fmt.Sprint(os.Args[1:])),
		scroll,
	))
	hide := fyne.NewMenuItem("Hide", func() { w.SetContent(widget.NewLabel("Notes")) })
	hide.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyH, Modifier: fyne.KeyModifierControl}
	w.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu("View", hide)))
	w.Resize(fyne.NewSize(600, 700))
	w.Canvas().Focus(name)
	w.ShowAndRun()
}

// sheet lays a question over the page.
func sheet(w fyne.Window) {
	var over *widget.PopUp
	over = widget.NewModalPopUp(container.NewVBox(
		widget.NewLabel("A sheet over the page"),
		widget.NewButton("No", func() { over.Hide() }),
	), w.Canvas())
	over.Show()
}
