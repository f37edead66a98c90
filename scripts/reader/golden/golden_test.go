package golden

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestUnpackGivesBackWhatCounts(t *testing.T) {
	dir, packed := filepath.Join(t.TempDir(), "dir"), filepath.Join(t.TempDir(), "packed")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	a := bytes.Repeat([]byte("abcdefgh"), 1000)
	for name, content := range map[string][]byte{"a": a, "b": bytes.Repeat([]byte{7}, 3000), "lock": nil} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	counts := map[string][]Part{"a": {{At: 0, Size: 16}, {At: 4000, Size: 100}, {At: 7984, Size: 16}}}
	if err := Pack(packed, dir, counts); err != nil {
		t.Fatal(err)
	}
	parts, err := os.ReadFile(filepath.Join(packed, partsName))
	if err != nil || len(parts) != 116 {
		t.Errorf("%d bytes of parts, %v; the last part is the first once more", len(parts), err)
	}
	again := filepath.Join(t.TempDir(), "again")
	if err := Unpack(packed, again); err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for name, size := range map[string]int{"a": 8000, "b": 3000, "lock": 0} {
		content, err := os.ReadFile(filepath.Join(again, name))
		if err != nil || len(content) != size {
			t.Fatalf("%s has %d bytes, %v", name, len(content), err)
		}
		got[name] = content
	}
	for _, p := range counts["a"] {
		if !bytes.Equal(got["a"][p.At:][:p.Size], a[p.At:][:p.Size]) {
			t.Errorf("the part at %d is not what was packed", p.At)
		}
	}
	if bytes.Equal(got["a"][16:4000], a[16:4000]) || bytes.Equal(got["a"][16:3000], got["b"][16:3000]) {
		t.Error("what does not count is no filler")
	}
	if err := Unpack(packed, again); err == nil {
		t.Error("a folder that was there is overwritten")
	}
	for _, outside := range []Part{{At: -1, Size: 3}, {At: 7999, Size: 2}, {At: 2, Size: -1}} {
		if err := Pack(packed+"-2", dir, map[string][]Part{"a": {outside}}); err == nil {
			t.Errorf("a part at %d of %d bytes was packed", outside.At, outside.Size)
		}
	}
}
