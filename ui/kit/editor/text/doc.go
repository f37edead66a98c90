// Package text is the model behind the editor: a document of paragraphs, its
// history, and the rules of where one may stand, break and continue. It knows
// nothing of windows, fonts or pixels.
//
// A document is a list of paragraphs held as bytes of valid UTF-8, divided by
// line feeds. A change touches only the paragraphs that it names, so a key
// costs as much as its own paragraph and no more. The bytes belong to the
// document and are overwritten with zeros when they are given up, which a
// string could not be.
//
// A [Position] counts bytes inside one paragraph. Every position that the
// package hands out lies between two grapheme clusters: a family emoji, a
// flag or a letter with its accents is one thing to step over or erase.
package text
