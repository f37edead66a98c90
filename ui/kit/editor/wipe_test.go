//go:build ci

package editor

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"fyne.io/fyne/v2"
)

// search walks everything that v can reach and reports where a string or a
// slice of bytes holds the word, unused capacity included.
type search struct {
	word  string
	seen  map[visit]bool
	found []string
}

type visit struct {
	at  unsafe.Pointer
	typ reflect.Type
}

func (s *search) walk(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		if strings.Contains(v.String(), s.word) {
			s.found = append(s.found, path)
		}
	case reflect.Pointer:
		if v.IsNil() || s.known(v.UnsafePointer(), v.Type()) {
			return
		}
		s.walk(v.Elem(), path)
	case reflect.Interface:
		if !v.IsNil() {
			s.walk(v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			s.walk(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			s.walk(it.Key(), path+"[key]")
			s.walk(it.Value(), path+"[]")
		}
	case reflect.Slice:
		if v.IsNil() || s.known(v.UnsafePointer(), v.Type()) {
			return
		}
		whole := v.Slice(0, v.Cap())
		if v.Type().Elem().Kind() == reflect.Uint8 {
			if strings.Contains(string(whole.Bytes()), s.word) {
				s.found = append(s.found, path)
			}
			return
		}
		for i := range whole.Len() {
			s.walk(whole.Index(i), path+"[]")
		}
	case reflect.Array:
		for i := range v.Len() {
			s.walk(v.Index(i), path+"[]")
		}
	}
}

func (s *search) known(p unsafe.Pointer, t reflect.Type) bool {
	v := visit{p, t}
	known := s.seen[v]
	s.seen[v] = true
	return known
}

func places(e *Editor, word string) []string {
	s := search{word: word, seen: map[visit]bool{}}
	s.walk(reflect.ValueOf(e), "editor")
	return s.found
}

func TestWipeLeavesNoWord(t *testing.T) {
	e := focused(t, "", 300, 200)
	e.Placeholder = "Write"
	write(e, "a secretword in a line that is long enough to be wrapped at secretword")
	e.Insert("\nsecretword\nsecretword ... secretwordsecretwordsecretwordsecretwordsecretwordsecretword")
	press(e, "BackSpace", "BackSpace", "Up", "Home", "Down", "Return")
	e.SelectAll()
	e.ToggleQuote()
	e.Undo()
	if n := len(places(e, "secretword")); n < 4 {
		t.Fatalf("the search sees only %d places", n)
	}
	told := false
	e.OnChanged = func() { told = true }
	e.Wipe()
	for _, path := range places(e, "secretword") {
		t.Errorf("%s holds it still", path)
	}
	if told {
		t.Error("a wipe is no change of the person's text")
	}
	wantText(t, e, "")
	if e.HasSelection() || e.CanUndo() || e.CanRedo() {
		t.Error("something is left")
	}
	write(e, "new")
	wantText(t, e, "new")
}

// The toolkit throws away what has not been drawn for a while.
func TestARendererThatWasThrownAwayComesBack(t *testing.T) {
	e := focused(t, "secretword", 300, 200)
	old := e.scene
	old.Destroy()
	for _, o := range old.texts {
		if o.Text != "" {
			t.Error("the old renderer keeps words")
		}
	}
	e.TypedRune('x') // nobody sees it
	r := e.CreateRenderer()
	if got := shown(e); len(got) != 1 || got[0] != "xsecretword" {
		t.Errorf("shown: %q", got)
	}
	old.Destroy() // late
	if e.scene != r {
		t.Error("the new renderer was lost with the old one")
	}
	e.Resize(fyne.NewSize(200, 100))
}
