package keys

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// couple makes a home of two who know each other, with a code in force.
func couple(t testing.TB) (path string, a, b *Seat) {
	t.Helper()
	path, first := newHome(t, passA, "Anna")
	b = join(t, path, first, passB, "Ben")
	a = unlock(t, path, passA)
	if _, err := a.Invite(nil); err != nil {
		t.Fatal(err)
	}
	return path, a, b
}

func TestFilesOfEverySort(t *testing.T) {
	path, _, _ := couple(t)
	sound := content(t, path)
	other, _ := newHome(t, passA, "Someone else")
	foreign := content(t, other)
	noise := make([]byte, fileSize)
	random(noise)
	both := func(f func(disk []byte)) []byte {
		disk := bytes.Clone(sound)
		f(disk[:copySize])
		f(disk[copySize:])
		return disk
	}
	for _, row := range []struct {
		name     string
		disk     []byte
		want     error
		repaired bool
	}{
		{"sound", sound, nil, false},
		{"empty", nil, ErrNotKeyFile, false},
		{"one byte", sound[:1], ErrNotKeyFile, false},
		{"seed only", sound[:seedSize], ErrNotKeyFile, false},
		{"header only", sound[:seedSize+headerSize], ErrDamaged, false},
		{"less than a copy", sound[:copySize-1], ErrDamaged, false},
		{"one copy", sound[:copySize], nil, true},
		{"cut by a byte", sound[:fileSize-1], nil, true},
		{"a byte too much", append(bytes.Clone(sound), 0), nil, true},
		{"a mebibyte too much", append(bytes.Clone(sound), make([]byte, 1<<20)...), nil, true},
		{"zeros", make([]byte, fileSize), ErrNotKeyFile, false},
		{"noise", noise, ErrNotKeyFile, false},
		{"text", bytes.Repeat([]byte("dear diary, "), 20000), ErrNotKeyFile, false},
		{"first copy zeros", append(make([]byte, copySize), sound[copySize:]...), nil, true},
		{"second copy zeros", append(bytes.Clone(sound[:copySize]), make([]byte, copySize)...), nil, true},
		{"both copies torn", both(func(c []byte) { c[50000] ^= 4 }), ErrDamaged, false},
		{"both headers torn", both(func(c []byte) { c[seedSize+vaultAt] ^= 4 }), ErrDamaged, false},
		{"copies of two vaults", append(bytes.Clone(sound[:copySize]), foreign[copySize:]...), ErrDamaged, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "keys")
			if err := os.WriteFile(path, row.disk, 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := Open(path, InsecureCheapKDF())
			if !errors.Is(err, row.want) {
				t.Fatalf("got %v, want %v", err, row.want)
			}
			if err != nil {
				if !bytes.Equal(content(t, path), row.disk) {
					t.Error("a file that did not open was written to")
				}
				return
			}
			if f.Repaired() != row.repaired {
				t.Errorf("repaired: %v", f.Repaired())
			}
			if n := len(content(t, path)); n != fileSize {
				t.Errorf("%d bytes after opening", n)
			}
			unlock(t, path, passB)
		})
	}
}

func TestPlacesThatAreNotFiles(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNotKeyFile) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}

// withParams is a file that asks for other costs, with right checksums.
func withParams(t testing.TB, disk []byte, p Params) []byte {
	return edit(t, disk, nil, func(b body) {
		binary.BigEndian.PutUint32(b[memoryAt:], p.MemoryKiB)
		binary.BigEndian.PutUint32(b[timeAt:], p.Time)
		b[threadsAt] = p.Threads
	})
}

var badParams = map[string]Params{
	"memory below":     {Floor.MemoryKiB - 1, 3, 4},
	"time below":       {Floor.MemoryKiB, 2, 4},
	"lanes below":      {Floor.MemoryKiB, 3, 3},
	"nothing":          {0, 0, 0},
	"memory above":     {Ceiling.MemoryKiB + 1, 3, 4},
	"time above":       {Floor.MemoryKiB, 11, 4},
	"lanes above":      {Floor.MemoryKiB, 3, 9},
	"as much as fits":  {1<<32 - 1, 1<<32 - 1, 255},
	"the test's costs": InsecureParams,
}

// allocated runs f and returns how many bytes it allocated.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestCostsOutOfBoundsAreRefusedBeforeAllocating(t *testing.T) {
	const little = 4 << 20
	path, _ := newHome(t, passA, "Anna")
	sound := content(t, path)
	for name, p := range badParams {
		doctored := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(doctored, withParams(t, sound, p), 0o600); err != nil {
			t.Fatal(err)
		}
		var err error
		if n := allocated(func() { _, err = Open(doctored) }); n > little {
			t.Errorf("%s: opening allocated %d bytes", name, n)
		}
		if !errors.Is(err, ErrParams) {
			t.Errorf("%s: opening: %v", name, err)
		}
		fresh := filepath.Join(t.TempDir(), "keys")
		n := allocated(func() { _, err = Create(fresh, Home, []byte(passA), p, "Anna", noDrawers) })
		if n > little || !errors.Is(err, ErrParams) {
			t.Errorf("%s: creating allocated %d bytes: %v", name, n, err)
		}
		if _, err := os.Lstat(fresh); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a file was left", name)
		}
	}
	for _, p := range []Params{Floor, Default, Ceiling} {
		if err := p.check(false); err != nil {
			t.Errorf("%v: %v", p, err)
		}
	}
	if err := (Params{Ceiling.MemoryKiB + 1, 1, 1}).check(true); !errors.Is(err, ErrParams) {
		t.Errorf("the ceiling does not hold for tests: %v", err)
	}
}

// TestCostsOfOneCopy: a copy with other costs is a damaged one.
func TestCostsOfOneCopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	s, err := Create(path, Home, []byte(passA), Floor, "Anna", noDrawers)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	sound := content(t, path)
	doctored := withParams(t, sound, Params{64, 1, 1})
	if err := os.WriteFile(path, append(bytes.Clone(doctored[:copySize]), sound[copySize:]...), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Repaired() || f.Info().KDF != Floor {
		t.Errorf("repaired %v, costs %v", f.Repaired(), f.Info().KDF)
	}
}

func TestNewerFormatIsLeftAlone(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	sound := content(t, path)
	newer := edit(t, sound, nil, func(b body) { binary.BigEndian.PutUint16(b[formatAt:], format+1) })
	older := edit(t, sound, nil, func(b body) { binary.BigEndian.PutUint16(b[formatAt:], 0) })
	torn := bytes.Clone(sound) // one bit of the number, which is not a newer program
	torn[seedSize+formatAt] ^= 1
	torn[copySize+seedSize+formatAt] ^= 1
	for name, row := range map[string]struct {
		disk []byte
		want error
	}{
		"both":          {newer, ErrNewerFormat},
		"first":         {append(bytes.Clone(newer[:copySize]), sound[copySize:]...), ErrNewerFormat},
		"second":        {append(bytes.Clone(sound[:copySize]), newer[copySize:]...), ErrNewerFormat},
		"longer":        {append(bytes.Clone(newer), make([]byte, 4096)...), ErrNewerFormat},
		"shorter":       {newer[:8192], ErrNewerFormat},
		"no such older": {older, ErrDamaged},
		"torn number":   {torn, ErrDamaged},
	} {
		if err := os.WriteFile(path, row.disk, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, InsecureCheapKDF()); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(content(t, path), row.disk) {
			t.Errorf("%s: written to", name)
		}
	}
}

// TestReadOnlyFile: what cannot be mended still opens.
func TestReadOnlyFile(t *testing.T) {
	path, _ := newHome(t, passA, "Anna")
	disk := content(t, path)
	disk[5000] ^= 1
	d := newDisk(t, disk)
	refuse := func(o *options) {
		o.open = func(_ string, flag int) (device, error) {
			if flag != os.O_RDONLY {
				return nil, fs.ErrPermission
			}
			return handle{d}, nil
		}
	}
	f, err := Open(d.path, InsecureCheapKDF(), refuse)
	if err != nil {
		t.Fatal(err)
	}
	if f.Repaired() || kinds(f.Notices())[CopyUnrepaired] != 1 {
		t.Errorf("notices: %v", f.Notices())
	}
	s, _, err := f.Unlock(context.Background(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Save(); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("saving: %v", err)
	}
}

// TestNothingButNoise looks for a pattern as a program would that searches a
// disk for files worth a look.
func TestNothingButNoise(t *testing.T) {
	path, _, _ := couple(t)
	disk := content(t, path)
	var counts [256]int
	for _, v := range disk {
		counts[v]++
	}
	expected := float64(len(disk)) / 256
	chi := 0.0
	for _, n := range counts {
		chi += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	if chi < 255-8*22.6 || chi > 255+8*22.6 { // 255 degrees of freedom, eight standard deviations
		t.Errorf("chi square is %.0f", chi)
	}
	seen := map[[8]byte]bool{}
	for at := 0; at+8 <= len(disk); at += 8 {
		block := [8]byte(disk[at:])
		if seen[block] {
			t.Fatalf("a block stands twice, again at %d", at)
		}
		seen[block] = true
	}
	if bytes.Contains(disk, []byte(magic)) {
		t.Error("the magic number shows")
	}
}
