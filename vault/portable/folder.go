package portable

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// maxFile is the most bytes of one text file: the longest text of Ebb's own,
// and its front matter.
const maxFile = MaxOwnText + maxFront

// A textFile is one file of a folder, or a folder that could not be opened.
type textFile struct {
	name       string // slash-separated, below the root
	size       int64
	unreadable bool
}

// folder reads text files one after the other.
type folder struct {
	ledger
	root     *os.Root
	files    []textFile
	position int
	budget   int64
	ids      identities
	closed   bool
}

func openMarkdown(name string) (Source, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	dir, alone := name, ""
	if !info.IsDir() {
		if !info.Mode().IsRegular() || !isText(name) {
			return nil, ErrFormat
		}
		dir, alone = filepath.Dir(name), filepath.Base(name)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	f := &folder{ledger: newLedger(), root: root, budget: MaxSource, ids: identities{}}
	if alone != "" {
		f.files = []textFile{{name: alone, size: info.Size()}}
	} else if f.files, err = listFiles(root, isText, fileKind, maxFile, f.left); err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// listFiles walks a folder in the order of names and lists the files that are
// wanted; the others are counted by the kind that their name tells. Of a file no
// more than most bytes count towards MaxSource. Links are not followed, so that
// there is no loop and no way out; names that begin with a dot are passed over.
func listFiles(root *os.Root, wanted func(name string) bool, kind func(name string) string, most int64, left Left) (files []textFile, err error) {
	met := 0
	var size int64
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if met++; met > maxMembers {
			return ErrTooLarge
		}
		switch {
		case err != nil && name == ".":
			return fmt.Errorf("this cannot be opened: %w", withoutPath(err))
		case err != nil:
			files = append(files, textFile{name: name, unreadable: true})
			return fs.SkipDir
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
		case entry.Type()&fs.ModeSymlink != 0:
			left.add(LeftLinks, 1)
		case !entry.Type().IsRegular() || !wanted(name):
			left.add(kind(name), 1)
		default:
			file := textFile{name: name}
			if info, err := entry.Info(); err == nil {
				file.size = info.Size()
			}
			if size += min(file.size, most); size > MaxSource {
				return ErrTooLarge
			}
			files = append(files, file)
		}
		return nil
	})
	return files, err
}

func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".txt":
		return true
	}
	return false
}

// fileKind sorts what is not text by its extension.
func fileKind(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".tif", ".tiff", ".bmp", ".svg":
		return LeftPhotos
	case ".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm":
		return LeftVideos
	case ".m4a", ".mp3", ".wav", ".aac", ".ogg", ".opus", ".flac":
		return LeftAudio
	case ".pdf":
		return LeftPDFs
	}
	return LeftFiles
}

func (f *folder) Total() int { return len(f.files) }

func (f *folder) Close() error {
	f.closed = true
	return f.root.Close()
}

func (f *folder) Next(ctx context.Context) (Entry, error) {
	for {
		if f.closed {
			return Entry{}, errors.New("the import is closed")
		}
		if err := ctx.Err(); err != nil {
			return Entry{}, err
		}
		if f.position == len(f.files) {
			return Entry{}, io.EOF
		}
		file := f.files[f.position]
		f.position++
		raw, changed, reason := f.read(file)
		if reason != "" {
			f.refuse(f.position, reason)
			continue
		}
		e, fields, notes, reason := fileEntry(file.name, raw, changed)
		if reason == "" {
			e.SourceID, reason = f.ids.settle(e)
		}
		if reason != "" {
			f.refuse(f.position, reason)
			continue
		}
		f.left.add(LeftFields, fields)
		for _, note := range notes {
			f.note(f.position, note)
		}
		return e, nil
	}
}

// read takes in one file whole, within the caps.
func (f *folder) read(file textFile) (raw []byte, changed time.Time, reason string) {
	if file.unreadable {
		return nil, changed, reasonFolder
	}
	if file.size > maxFile || file.size > f.budget {
		return nil, changed, reasonTooLarge
	}
	r, err := f.root.Open(filepath.FromSlash(file.name))
	if err != nil {
		return nil, changed, reasonUnreadable
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, changed, reasonUnreadable
	}
	raw, err = io.ReadAll(io.LimitReader(r, maxFile+1)) // it may have grown
	if err != nil {
		return nil, changed, reasonUnreadable
	}
	if len(raw) > maxFile {
		return nil, changed, reasonTooLarge
	}
	f.budget -= int64(len(raw))
	return raw, info.ModTime(), ""
}

// fileEntry makes an entry of a file. fields counts the front matter that Ebb
// has no place for.
func fileEntry(name string, raw []byte, changed time.Time) (e Entry, fields int, notes []string, reason string) {
	text, guessed, err := decodeText(raw)
	if err != nil {
		return e, 0, nil, reasonNotText
	}
	if guessed {
		notes = append(notes, noteWestern)
	}
	f, body, found, sound := splitFront(text)
	if !sound {
		notes = append(notes, noteFront)
	}
	if version, _ := f.fields["ebb"]; found && version.sound && len(version.words) == 1 {
		return ownEntry(f, body, version.words[0])
	}

	e.SourceID = fmt.Sprintf("file:%x", sha256.Sum256(append([]byte(norm.NFC.String(name)+"\x00"), raw...)))
	e.Text = trimText(dropReplacements(plainLines(body)))
	title, titleOK := f.word("title")
	e.Text = withTitle(title, e.Text)
	if strings.TrimSpace(e.Text) == "" {
		return e, 0, nil, reasonNoText
	}
	if len(e.Text) > MaxText {
		return e, 0, nil, reasonTooLarge
	}

	w, dateOK := f.when()
	if w.day == "" {
		w = fileWhen(name, changed)
	}
	if !dateOK {
		notes = append(notes, noteWhen)
	}
	e.Written, e.Zone, e.LocalDate, e.AllDay = w.at, w.zone, w.day, w.allDay
	e.Edited = changed.UTC()

	marks := f.marks(&e)
	if !titleOK || !marks {
		notes = append(notes, noteField)
	}
	if edited, ok := f.word("edited", "updated", "modified", "lastmod"); ok && edited != "" {
		if w, ok := readWhen(edited, ""); ok {
			e.Edited = w.at
		}
	}
	return e, len(f.fields), notes, ""
}

// when reads the date fields. Without a date the result is zero and sound.
func (f *front) when() (w when, sound bool) {
	date, dateOK := f.word("date", "created", "created_at")
	zone, zoneOK := f.word("zone", "timezone", "time_zone")
	if date == "" {
		return when{}, dateOK && zoneOK
	}
	w, ok := readWhen(date, zone)
	if !ok && zone != "" {
		// A zone that means nothing does not make the date worthless.
		if w, ok = readWhen(date, ""); ok {
			return w, false
		}
	}
	if !ok {
		return when{}, false
	}
	return w, dateOK && zoneOK
}

// marks reads tags, moods and flags.
func (f *front) marks(e *Entry) (sound bool) {
	tags, ok1 := f.words("tags", "tag", "keywords")
	moods, ok2 := f.words("moods", "mood")
	starred, ok3 := f.flag("starred", "favorite", "favourite")
	allDay, ok4 := f.flag("all_day", "allday")
	var fit1, fit2 bool
	e.Tags, fit1 = oneLineWords(tags)
	e.Moods, fit2 = oneLineWords(moods)
	e.Starred = starred
	e.AllDay = e.AllDay || allDay
	return ok1 && ok2 && ok3 && ok4 && fit1 && fit2
}

// fileWhen is the date in the file's name or, failing that, of its last change.
func fileWhen(name string, changed time.Time) when {
	if s, ok := dateInPath(strings.TrimSuffix(name, path.Ext(name))); ok {
		if w, ok := readWhen(s, ""); ok {
			return w
		}
	}
	if !plausible(changed.UTC()) {
		changed = time.Unix(0, 0)
	}
	there := here()
	return when{changed.UTC(), there.zone, dayOf(changed.In(there.loc)), false}
}

// withTitle puts the title of front matter above the text, unless the text
// begins with it already.
func withTitle(title, text string) string {
	title = strings.Join(strings.Fields(plainLines(title)), " ")
	first, _, _ := strings.Cut(text, "\n")
	if title == "" || strings.TrimSpace(strings.TrimLeft(first, "#")) == title {
		return text
	}
	return trimText("# " + title + "\n\n" + text)
}
