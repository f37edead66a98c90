// Package print makes PDF files of what people want on paper: an exercise, a week's
// menu, a page to take along, what lies on the table of a meeting. It uses the
// program's own typefaces, adds no name and no date, and leaves where the file goes to
// whoever asked for it.
package print
