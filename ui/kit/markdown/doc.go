// Package markdown shows what a person wrote in Markdown, and what came from
// another person in a packet, as text and nothing else.
//
// The toolkit's own renderer fetches images when it draws and opens links in a
// browser. Here an image is its description, a link is its words, and HTML is
// the characters it is written in: the result is built of the text parts of
// package kit, hairlines and the bar of a quotation, and no address is kept.
//
// The grammar is CommonMark as goldmark reads it, with three differences for
// the sake of people who write a journal rather than a document. A single line
// end stays a line end. A link reference definition stays on the page, because
// nothing a person wrote may vanish. And what lies deeper than [MaxDepth]
// levels is shown flat.
package markdown
