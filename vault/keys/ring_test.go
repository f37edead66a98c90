package keys

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// fullRing fills a ring to all its limits.
func fullRing(t testing.TB) *Ring {
	t.Helper()
	r := &Ring{Kind: Home, Seat: 3, Sequence: 1<<64 - 1, fileSequence: 1<<64 - 1, keys: mustKeyring(t)}
	random(r.keys.box[:])
	random(r.keys.sign[:])
	random(r.keys.file[:])
	for n := range maxDrawers {
		d, err := r.Add(Role(n%int(Executor)+1), "", 0, 1, 2, 3)
		if err != nil {
			t.Fatal(err)
		}
		d.Seen, d.Founding, d.Retired = uint64(n)<<50, n%3 == 0, n%3 == 1
		if n%6 == 1 {
			d.Name = ""
		}
	}
	for seat := range uint8(maxMembers) {
		m := Member{Seat: seat, Name: strings.Repeat("ü", maxName/2), Private: r.freshName(), Left: seat%2 == 1}
		random(m.Box[:])
		random(m.Sign[:])
		r.Members = append(r.Members, m)
	}
	for range maxSpare {
		if _, err := r.AddSpare(); err != nil {
			t.Fatal(err)
		}
	}
	for n := range maxDoomed {
		r.Doomed = append(r.Doomed, Doomed{Name: r.freshName(), Keep: n%2 == 0})
	}
	random(r.recovery[:])
	r.admission = r.keys.admission
	random(r.admission)
	return r
}

// reread decodes what r encodes.
func reread(t testing.TB, r *Ring) *Ring {
	t.Helper()
	if err := r.encode(); err != nil {
		t.Fatal(err)
	}
	k := mustKeyring(t)
	copy(k.plain, r.keys.plain)
	got, err := decodeRing(k)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFullRing(t *testing.T) {
	r := fullRing(t)
	got := reread(t, r)
	if *got.keys.box != *r.keys.box || *got.keys.sign != *r.keys.sign || *got.keys.file != *r.keys.file {
		t.Error("the person's own keys changed")
	}
	got.keys = r.keys
	if !reflect.DeepEqual(got, r) {
		t.Error("a ring is not what it was")
	}
	if _, err := r.Add(Shared, ""); !errors.Is(err, ErrRingFull) {
		t.Errorf("a drawer too many: %v", err)
	}
	if _, err := r.AddSpare(); !errors.Is(err, ErrRingFull) {
		t.Errorf("a placeholder too many: %v", err)
	}
	gone := r.Drawers[10].Name
	key := r.Drawers[10].Key
	r.Remove(gone)
	r.Remove("no such name")
	if *key != [32]byte{} || r.opens(gone) || len(r.Drawers) != maxDrawers-1 {
		t.Error("a removed drawer left something")
	}
	if _, err := r.Add(Pair, gone, 0, 2); err != nil {
		t.Errorf("no room after a removal: %v", err)
	}
}

func TestRingRefusesWhatCannotBeWritten(t *testing.T) {
	for name, change := range map[string]func(*Ring){
		"drawer without key":    func(r *Ring) { r.Drawers[0].Key = nil },
		"short file name":       func(r *Ring) { r.Drawers[0].Name = "abc" },
		"upper-case file name":  func(r *Ring) { r.Drawers[0].Name = "00112233445566AA" },
		"path for a name":       func(r *Ring) { r.Drawers[0].Name = "../../etc/passwd" },
		"file name of zeros":    func(r *Ring) { r.Spare[0] = "0000000000000000" },
		"seat 8":                func(r *Ring) { r.Drawers[0].Seats = []uint8{8} },
		"a seat twice":          func(r *Ring) { r.Drawers[0].Seats = []uint8{1, 1} },
		"seats out of order":    func(r *Ring) { r.Drawers[0].Seats = []uint8{1, 0} },
		"long name":             func(r *Ring) { r.Members[0].Name = strings.Repeat("x", maxName+1) },
		"name of invalid UTF-8": func(r *Ring) { r.Members[0].Name = "\xff" },
		"name with a line end":  func(r *Ring) { r.Members[0].Name = "a\nb" },
		"too many drawers":      func(r *Ring) { r.Drawers = append(r.Drawers, r.Drawers[0]) },
		"too many members":      func(r *Ring) { r.Members = append(r.Members, r.Members[0]) },
		"too many placeholders": func(r *Ring) { r.Spare = append(r.Spare, "00112233445566aa") },
		"too many doomed files": func(r *Ring) { r.Doomed = append(r.Doomed, Doomed{Name: "00112233445566aa"}) },
		"doomed file of zeros":  func(r *Ring) { r.Doomed[0].Name = "0000000000000000" },
	} {
		r := fullRing(t)
		change(r)
		if err := r.encode(); err == nil {
			t.Errorf("%s: encoded", name)
		}
		if !allZero(r.keys.plain) {
			t.Errorf("%s: half a ring was left in memory", name)
		}
	}
	for name, add := range map[string]func(*Ring) error{
		"role 0":        func(r *Ring) error { _, err := r.Add(0, ""); return err },
		"role 9":        func(r *Ring) error { _, err := r.Add(Executor+1, ""); return err },
		"bad name":      func(r *Ring) error { _, err := r.Add(Pair, "keys"); return err },
		"name in use":   func(r *Ring) error { _, err := r.Add(Pair, r.Drawers[0].Name); return err },
		"no such seat":  func(r *Ring) error { _, err := r.Add(Pair, "", 9); return err },
		"seats doubled": func(r *Ring) error { _, err := r.Add(Pair, "", 2, 2); return err },
	} {
		r := &Ring{Kind: Home, keys: mustKeyring(t)}
		if _, err := r.Add(Private, "", 0); err != nil {
			t.Fatal(err)
		}
		if add(r) == nil || len(r.Drawers) != 1 {
			t.Errorf("%s: added", name)
		}
	}
}

// TestRingDecodesOneEncodingOnly flips every byte of the encoding: what still
// decodes has to encode to the same bytes again.
func TestRingDecodesOneEncodingOnly(t *testing.T) {
	r := fullRing(t)
	r.Members, r.Spare = r.Members[:2], r.Spare[:1] // so that some of it is padding
	if err := r.encode(); err != nil {
		t.Fatal(err)
	}
	refused := 0
	for at := range r.keys.plain {
		for _, bits := range []byte{0x01, 0x80, 0xff} {
			k := mustKeyring(t)
			copy(k.plain, r.keys.plain)
			k.plain[at] ^= bits
			want := string(k.plain)
			got, err := decodeRing(k)
			if err != nil {
				refused++
				continue
			}
			if err := got.encode(); err != nil || string(k.plain) != want {
				t.Fatalf("byte %d, bits %#x: decodes, and encodes to something else: %v", at, bits, err)
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"Anna":                         "Anna",
		"":                             "",
		"a\x00b\nc\u202ed":             "abcd",
		"\xffx":                        "\uFFFDx",
		strings.Repeat("x", 300):       strings.Repeat("x", 256),
		strings.Repeat("ü", 128):       strings.Repeat("ü", 128),
		"x" + strings.Repeat("ü", 128): "x" + strings.Repeat("ü", 127),
		strings.Repeat("💛", 65):        strings.Repeat("💛", 64),
		"👩‍❤️‍👨":                       "👩‍❤️‍👨",
	} {
		got := cleanName(in)
		if got != want || len(got) > maxName || !utf8.ValidString(got) || !goodName(got) {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

func TestRoomInTheFormat(t *testing.T) {
	if roomAt >= bodyTotal || ringPlain <= 0 || slotUsed > slotSize {
		t.Fatal("the parts overlap")
	}
	if reservedAt >= headerSumAt {
		t.Fatal("the header is full")
	}
	if copySize%4096 != 0 {
		t.Fatal("a copy does not end with a block")
	}
}
