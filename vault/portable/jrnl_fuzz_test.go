package portable

import (
	"bytes"
	"io"
	"slices"
	"testing"
	"time"
)

func FuzzJrnlText(f *testing.F) {
	f.Add([]byte(jrnlSample))
	f.Add([]byte("preamble\r\n[01/02/2026 9:05 pm] a *\r\n[31/12/2026] b\x00\xff\r\n[2026-02-31 10:00] c"))
	f.Add([]byte("2013-06-10 15:40 Words\n[2019-08-03 12:55] talk\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		accounted(t, func() (Source, error) { return jrnlFile(inMemory("", content)) })
		accounted(t, func() (Source, error) {
			s, closer := inMemory("2026/01/02.txt", content)
			return jrnlDays([]stream{s}, closer, nil)
		})
	})
}

func FuzzJrnlJSON(f *testing.F) {
	f.Add([]byte(jrnlSampleJSON))
	f.Add([]byte(`{"entries":[{"title":"a","date":"2026-01-02","time":"24:00"},7,{"body":[],"tags":["@","#x",1]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		accounted(t, func() (Source, error) { return jrnlFile(inMemory("", append([]byte("{"), content...))) })
		if e, _, reason := jrnlRecord(content, place{loc: time.UTC}); reason == "" {
			if fault := faultOf(e); fault != "" {
				t.Error(fault)
			}
		}
	})
}

// inMemory is a file that no disk holds: those of a fuzz target come by thousands.
func inMemory(name string, content []byte) (stream, io.Closer) {
	return stream{name, int64(len(content)), func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}, io.NopCloser(nil)
}

// accounted reads a source: every entry keeps to its promises, every position is
// told for, and a second reading gives the same.
func accounted(t *testing.T, open func() (Source, error)) {
	s, err := open()
	if err != nil {
		return
	}
	defer s.Close()
	entries, err := rest(s)
	refused := 0
	ids := map[string]bool{}
	for _, p := range s.Problems() {
		if !p.Kept {
			refused++
		}
		if p.Position < 1 || p.Position > s.Total() || p.Key == "" {
			t.Errorf("problem %+v of %d", p, s.Total())
		}
	}
	if err == nil && s.Total() != len(entries)+refused {
		t.Errorf("%d entries and %d refused of %d", len(entries), refused, s.Total())
	}
	for i, e := range entries {
		if fault := faultOf(e); fault != "" {
			t.Errorf("entry %d: %s", i+1, fault)
		}
		if ids[e.SourceID] {
			t.Errorf("the id of entry %d stands there twice", i+1)
		}
		ids[e.SourceID] = true
	}
	again, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	second, _ := rest(again)
	compare(t, second, entries)
	if !slices.Equal(again.Problems(), s.Problems()) {
		t.Errorf("problems %v and then %v", s.Problems(), again.Problems())
	}
}
