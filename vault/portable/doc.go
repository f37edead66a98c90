// Package portable carries journals in from other programs and out to plain
// files. It knows formats and nothing else: no drawer, no key, no screen.
//
// # Coming in
//
// [Open] reads five formats, one entry at a time:
//
//   - [DayOne]: the JSON export of Day One, as the .json file itself, as the
//     zip that holds one or several of them beside photos/, audios/, videos/
//     and pdfs/, or as that zip unpacked to a folder.
//   - [Jrnl]: the journal of jrnl (jrnl.sh), versions 1 to 4: a text file, with
//     or without brackets around the dates, a folder YYYY/MM/DD.txt, or what
//     jrnl --format json writes. One that is encrypted is recognised and refused.
//   - [RedNotebook]: its folder of months, YYYY-MM.txt in YAML, the zip of its
//     backup, or one month. The markup of txt2tags becomes Markdown.
//   - [Markdown]: a folder of .md, .markdown and .txt files, or one such file.
//   - [Ebb]: the JSON that [ExportJSON] writes (schema.json in this folder).
//
// An import takes words, dates, tags and stars. Pictures, recordings, places
// and weather stay behind and are counted by kind ([Left]); no photo is ever
// opened. What cannot be taken in is reported by its position ([Problem]), and
// the import goes on; only a file that is damaged as a whole ends it.
//
// jrnl and RedNotebook know no time zones: their times are taken for those of this
// machine. jrnl can be told to write dates in any form, which its journal does not
// name. Forms with figures, or with English names, are read; whether the day or the
// month stands first is told by the other dates of the file, and where it is not,
// the entry is taken in with a note.
//
// # The same import twice adds nothing
//
// Every entry has a SourceID that depends on the source alone, so that a second
// import of the same file finds each entry already there:
//
//   - Day One: the entry's uuid. An entry that was changed in Day One since is
//     still the same entry; what a person may have written in Ebb is never
//     replaced by an import.
//   - jrnl: a hash of the minute and the words, so that the text, the folder and
//     the JSON of one journal give the same ids. An edited entry is a new one.
//   - RedNotebook: a hash of the day and of all that was written on it; likewise.
//   - A file: a hash of its path below the opened folder and of its bytes. An
//     edited file is therefore a new entry beside the old one: nothing is
//     overwritten and nothing is lost. A file that Ebb exported carries its
//     entry's id and keeps it.
//   - Should two entries of one source share an id but not their words, the
//     later one gets an id of its own from its content, so that neither is lost.
//
// # Going out
//
// [ExportMarkdown], [ExportJSON] and [ExportDayOne] write a new folder, whole or
// not at all, readable by its owner alone, and never over something that is there.
// What the first two write comes back through [Open] as the same entries. What goes
// to Day One loses its moods and the fractions of its seconds, and comes back under
// other ids, which [DayOneID] tells.
//
// A sequence that is exported may say of entries that they cannot be read
// ([ErrLost]); the others are written, and the [Summary] counts what is missing.
//
// # Privacy
//
// Errors and reasons name a position, a kind or a file extension. They never
// hold a title, a text, a tag, or the name of a file or folder.
package portable
