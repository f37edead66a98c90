package home

import (
	"io"

	"ebb/ui/page"
	"ebb/ui/print"
)

func (d Desk) printer() page.Printer {
	return page.Printer{Canvas: d.Canvas, Pick: d.Pick, Work: d.Work, Failed: d.Failed, Toast: d.Toast}
}

// savePDF asks how and where a sheet is to be saved.
func (d Desk) savePDF(write func(io.Writer, print.Options) error) { d.printer().SavePDF(write) }

// saveExercise writes the file of an exercise to a folder that the person chooses.
func (d Desk) saveExercise(text []byte) { d.printer().SaveExercise(text) }
