// Package editor is the box in which a person writes: Markdown source, in the
// reading typeface, wrapped to the width of the page.
//
// The toolkit's own entry lays out its whole text at every key. This one asks
// [ebb/ui/kit/editor/text] for the paragraph that changed, wraps from the line
// before the change until the lines fall into step again, and draws only what
// is in view, so a key costs the same in a note and in a book. What is far
// away is counted roughly until somebody scrolls there.
//
// Nothing blinks or moves by itself: an editor at rest asks for no frame.
//
// Words that are no longer wanted are overwritten by [Editor.Wipe]. The toolkit
// itself keeps strings that it has drawn or measured for about a minute more;
// that is out of reach here.
//
// Input methods that compose, and editing from right to left, are the
// toolkit's: committed text arrives, and a right-to-left run is shaped rightly
// but walked in the order of its letters.
package editor
