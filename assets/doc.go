// Package assets carries the files that are built into the program: two
// typefaces, the line icons and the picture of the program itself.
//
// It knows nothing of the toolkit, so that the window and the makers of PDF
// files read the same bytes.
//
// # Typefaces
//
// Vollkorn 4.105 (the Vollkorn Project Authors) speaks for a person or a page;
// Lato 2.0 (tyPoland Łukasz Dziedzic) is for everything that works. Both are
// static TrueType under the SIL Open Font License 1.1 and unchanged; the
// licences lie beside them as fonts/Vollkorn-OFL.txt and fonts/Lato-OFL.txt.
// Vollkorn's figures are old-style, so dates and codes are set in Lato.
//
// # Icons
//
// Every icon is an SVG on a 24 grid (the closeness marks on 40 by 20), drawn in
// #000 where [Icon] is to write a colour. Round shapes are circles or cubic
// curves: the reader in Fyne draws large arcs wrongly.
package assets
