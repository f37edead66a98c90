package home

import (
	"io"

	"ebb/ui/page"
	"ebb/ui/print"
)

// savePDF asks how and where a sheet is to be saved.
func (d Desk) savePDF(write func(io.Writer, print.Options) error) {
	page.Printer{Canvas: d.Canvas, Pick: d.Pick, Work: d.Work, Failed: d.Failed, Toast: d.Toast}.SavePDF(write)
}
