package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/print"
)

// A Printer is what saving a sheet needs of the window.
type Printer struct {
	Canvas fyne.Canvas
	// Pick lets the person choose a file or folder.
	Pick   func(title string, folders bool, chosen func(path string))
	Work   func(work func(context.Context) error, done func(error))
	Failed func(error)
	Toast  func(text string)
}

// SavePDF asks for the size of type, the paper and a folder, and writes a sheet there.
// Its name says nothing, and nothing that is there is written over. Rows of what else
// there is to choose stand above these questions.
func (p Printer) SavePDF(write func(io.Writer, print.Options) error, more ...fyne.CanvasObject) {
	var o print.Options
	size := kit.NewSegmented(lang.T("print.type"), []string{lang.T("print.ordinary"), lang.T("print.large")}, 0, func(i int) { o.Large = i == 1 })
	paper := kit.NewSegmented(lang.T("print.paper"), []string{lang.T("print.a4"), lang.T("print.letter")}, 0, func(i int) { o.Letter = i == 1 })
	Ask(p.Canvas, Question{
		Title: lang.T("print.title"), About: lang.T("print.about"),
		Body: append(more, Row(lang.T("print.type"), lang.T("print.type-about"), size), Row(lang.T("print.paper"), lang.T("print.paper-about"), paper)),
		Verb: lang.T("print.choose"), Cancel: lang.T("menu.close"),
		Yes: func() {
			p.Pick(lang.T("print.folder"), true, func(folder string) {
				var name string
				p.Work(func(context.Context) (err error) {
					name, err = SaveNew(folder, "sheet", ".pdf", func(f *os.File) error { return write(f, o) })
					return err
				}, func(err error) {
					if err != nil {
						p.Failed(err)
						return
					}
					p.Toast(lang.F("print.saved", map[string]any{"Name": name}))
				})
			})
		},
	})
}

// SaveExercise writes the file of an exercise to a folder that the person chooses, to
// hand it to somebody.
func (p Printer) SaveExercise(text []byte) {
	p.Pick(lang.T("print.folder"), true, func(folder string) {
		name, err := SaveNew(folder, "exercise", ".toml", func(f *os.File) error {
			_, err := f.Write(text)
			return err
		})
		if err != nil {
			p.Failed(err)
			return
		}
		p.Toast(lang.F("print.saved", map[string]any{"Name": name}))
	})
}

// mostFiles is how many files of the same name may lie in a folder.
const mostFiles = 1000

// SaveNew writes a file of a name that is free in a folder, whole or not at all, and
// returns the name. fs.ErrExist: there are a thousand files of that name.
func SaveNew(folder, stem, suffix string, write func(*os.File) error) (string, error) {
	for n := 1; n <= mostFiles; n++ {
		name := stem + suffix
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, suffix)
		}
		path := filepath.Join(folder, name)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		err = write(f)
		if err == nil {
			err = f.Sync()
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return name, nil
	}
	return "", fs.ErrExist
}
