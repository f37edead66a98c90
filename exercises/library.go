package exercises

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed data
var data embed.FS

// A Library is the exercises of one language with the texts around them.
type Library struct {
	all   []*Exercise // in the order of the menu
	menu  []*Exercise // with versions for one person
	byID  map[string]*Exercise
	texts Texts
}

// English returns the built-in library.
var English = sync.OnceValues(func() (*Library, error) {
	folder, err := fs.Sub(data, "data/en")
	if err != nil {
		return nil, err
	}
	return Load(folder)
})

// textsFile holds the [Texts]; every other file is an [Exercise].
const textsFile = "texts.toml"

// Load reads a library from a folder: texts.toml, and one TOML file for each
// exercise. It is strict, and reports everything that is wrong at once.
func Load(folder fs.FS) (*Library, error) {
	names, err := fs.Glob(folder, "*.toml")
	if err != nil {
		return nil, err
	}
	l := &Library{byID: make(map[string]*Exercise)}
	var problems []error
	for _, name := range names {
		if name == textsFile {
			problems = append(problems, decode(folder, name, &l.texts))
			continue
		}
		e := &Exercise{}
		if err := decode(folder, name, e); err != nil {
			problems = append(problems, err)
			continue
		}
		if err := e.Check(); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
		if l.byID[e.ID] != nil {
			problems = append(problems, fmt.Errorf("%s: %s is there twice", name, e.ID))
		}
		l.byID[e.ID] = e
		l.menu = append(l.menu, e)
		if e.VersionOf == "" {
			l.all = append(l.all, e)
		}
	}
	for _, e := range l.menu {
		if e.VersionOf != "" && (l.byID[e.VersionOf] == nil || l.byID[e.VersionOf].VersionOf != "") {
			problems = append(problems, fmt.Errorf("%s is a version of %s, which is not there", e.ID, e.VersionOf))
		}
	}
	problems = append(problems, l.texts.check())
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	Sort(l.all)
	Sort(l.menu)
	return l, nil
}

// Sort brings exercises into the order of the menu.
func Sort(all []*Exercise) { slices.SortFunc(all, inMenuOrder) }

// MaxFile is how long the file of an exercise may be, in bytes.
const MaxFile = 64 << 10

// ErrNotExercise: the file is no exercise, or lacks something that one needs.
var ErrNotExercise = errors.New("this is not the file of an exercise")

// Parse reads one exercise from its file, as strictly as the library's own. It is for
// files that somebody wrote or was given: whatever is wrong wraps ErrNotExercise.
func Parse(text []byte) (*Exercise, error) {
	if len(text) > MaxFile {
		return nil, fmt.Errorf("%w: it is longer than %d bytes", ErrNotExercise, MaxFile)
	}
	e := &Exercise{}
	if err := decodeText(string(text), "exercise", e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotExercise, err)
	}
	if err := e.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotExercise, err)
	}
	return e, nil
}

// NewID returns an id for an exercise of people's own. It cannot be one of the
// library's, which begin with a capital.
func NewID() string { return "own-" + strings.ToLower(rand.Text()[:12]) }

// Encode writes an exercise as its file.
func (e *Exercise) Encode() ([]byte, error) {
	var b bytes.Buffer
	err := toml.NewEncoder(&b).Encode(e)
	return b.Bytes(), err
}

// inMenuOrder: by shelf, and there by number.
func inMenuOrder(a, b *Exercise) int {
	return cmp.Or(
		cmp.Compare(slices.Index(Categories, a.Category), slices.Index(Categories, b.Category)),
		cmp.Compare(len(a.ID), len(b.ID)),
		strings.Compare(a.ID, b.ID),
	)
}

// decode reads one file; keys that nobody knows are an error.
func decode(folder fs.FS, name string, into any) error {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return err
	}
	return decodeText(string(text), path.Base(name), into)
}

func decodeText(text, name string, into any) error {
	meta, err := toml.Decode(text, into)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var problems []error
	for _, key := range meta.Undecoded() {
		problems = append(problems, fmt.Errorf("%s: unknown key %s", name, key))
	}
	return errors.Join(problems...)
}

// All returns every exercise in the order of the menu. The slice is not to be
// changed.
func (l *Library) All() []*Exercise { return l.all }

// Menu returns everything that can stand on a menu, in its order: all exercises, and
// the versions for one person of some that only a practitioner offers. The slice is not
// to be changed.
func (l *Library) Menu() []*Exercise { return l.menu }

// Find returns the exercise or the version with the id, or nil.
func (l *Library) Find(id string) *Exercise { return l.byID[id] }

// Texts returns the texts around the exercises.
func (l *Library) Texts() *Texts { return &l.texts }

// SelfServe returns what a home may do that no practitioner has linked to: closeness
// 0 and 1, and nothing that only a practitioner offers (content.md, 3.4).
func (l *Library) SelfServe() []*Exercise {
	var all []*Exercise
	for _, e := range l.menu {
		if e.Gate == Self && e.Closeness <= 1 {
			all = append(all, e)
		}
	}
	return all
}
