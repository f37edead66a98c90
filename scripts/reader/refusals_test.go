package reader

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/chacha20"

	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// A broken vault is a golden one that something happened to. The reader refuses it, or
// reads it and tells; it never breaks down, and never gives out anything else.
type broken struct {
	what   string
	golden string
	happen func(t *testing.T, v opened)
	code   int
	says   string
}

// opened is a vault with the names and keys of its first person's private drawer.
type opened struct {
	dir, passphrase string
	private         keys.Drawer
	key             drawer.Key
}

func openGolden(t *testing.T, name string) opened {
	t.Helper()
	dir, people := unpack(t, name)
	content, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "keys") // reading an inbox would change the vault
	if err := os.WriteFile(copied, content, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := keys.Open(copied, keys.InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := file.Unlock(t.Context(), []byte(people[0].Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	d := seat.Ring().Drawer(keys.Private)
	v := opened{dir, people[0].Passphrase, *d, drawer.Key(*d.Key)}
	if err := seat.Close(); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v opened) main() string { return filepath.Join(v.dir, v.private.Name) }
func (v opened) log() string  { return v.main() + "-wal" }
func (v opened) keys() string { return filepath.Join(v.dir, "keys") }

// change rewrites a file.
func change(t *testing.T, file string, how func([]byte) []byte) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, how(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func flip(at ...int) func([]byte) []byte {
	return func(b []byte) []byte {
		for _, i := range at {
			b[i] ^= 1
		}
		return b
	}
}

func cut(to int) func([]byte) []byte { return func(b []byte) []byte { return b[:to] } }

const (
	copySize = 106_496
	pagesAt  = 16_384
	framesAt = 4_096
	frame    = 4_160
)

// newerKeyFile gives the header of one copy a later format, as any program could.
func newerKeyFile(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		seed, body := b[at:][:32], b[at+32:at+copySize]
		whiten := func() {
			key := sha256.Sum256(append([]byte("ebb/keys/1 whitening"), seed...))
			stream, err := chacha20.NewUnauthenticatedCipher(key[:], make([]byte, chacha20.NonceSize))
			if err != nil {
				panic(err)
			}
			stream.XORKeyStream(body, body)
		}
		whiten()
		binary.BigEndian.PutUint16(body[12:], 2)
		sum := sha256.Sum256(body[:224])
		copy(body[224:], sum[:])
		whiten()
		return b
	}
}

// state seals another state into a slot.
func (v opened) state(t *testing.T, slot int, how func(state []byte)) {
	t.Helper()
	key, err := hkdf.Key(sha256.New, v.key[:], v.private.ID[:], "ebb/drawer/1 state", 32)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	aad := append(bytes.Clone(v.private.ID[:]), 'S', byte(slot))
	change(t, v.main(), func(b []byte) []byte {
		sealed := b[slot*8192:][:84]
		state, err := gcm.Open(nil, sealed[:12], sealed[12:], aad)
		if err != nil {
			t.Fatal(err)
		}
		how(state)
		gcm.Seal(sealed[:12], sealed[:12], state, aad)
		return b
	})
}

// migrate opens the private drawer as a later Ebb would, which knows one more step.
func (v opened) migrate(t *testing.T) {
	t.Helper()
	schema := home.Schema(keys.Private)
	schema.Migrations = append(schema.Migrations, drawer.Migration{Name: "9999_later.sql", SQL: "CREATE TABLE later (x INTEGER) STRICT"})
	d, err := drawer.Open(t.Context(), v.main(), drawer.ID(v.private.ID), v.key, schema, drawer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

var brokenVaults = []broken{
	{"nothing", "journal", func(*testing.T, opened) {}, 0, ""},
	{"the first copy of the key file", "journal", func(t *testing.T, v opened) { change(t, v.keys(), flip(5000)) }, 0, "one of the two copies"},
	{"the second copy of the key file is cut off", "journal", func(t *testing.T, v opened) { change(t, v.keys(), cut(copySize+99)) }, 0, "one of the two copies"},
	{"both copies of the key file", "journal", func(t *testing.T, v opened) { change(t, v.keys(), flip(5000, copySize+40)) }, 1, "Neither copy"},
	{"a key file of one byte", "journal", func(t *testing.T, v opened) { change(t, v.keys(), cut(1)) }, 1, "Neither copy"},
	{"no key file", "journal", func(t *testing.T, v opened) { _ = os.Remove(v.keys()) }, 2, "No such file"},
	{"a newer key file", "journal", func(t *testing.T, v opened) { change(t, v.keys(), newerKeyFile(0)) }, 2, "newer format"},
	{"a newer second copy", "journal", func(t *testing.T, v opened) { change(t, v.keys(), newerKeyFile(copySize)) }, 2, "newer format"},
	{"a newer state", "journal", func(t *testing.T, v opened) { v.state(t, 0, func(s []byte) { s[0] = 2 }) }, 2, "newer format"},
	{"a state of another kind", "journal", func(t *testing.T, v opened) { v.state(t, 1, func(s []byte) { s[1] = 4 }) }, 2, "newer format"},
	{"a state with more in it", "journal", func(t *testing.T, v opened) { v.state(t, 0, func(s []byte) { s[3] = 1 }) }, 2, "newer format"},
	{"a newer schema", "journal", func(t *testing.T, v opened) { v.migrate(t) }, 2, "newer schema"},
	{"one state", "journal", func(t *testing.T, v opened) { change(t, v.main(), flip(20)) }, 0, "one of its two states"},
	{"both states", "journal", func(t *testing.T, v opened) { change(t, v.main(), flip(20, 8192+83)) }, 1, "Neither state"},
	{"a state with fewer pages", "journal", func(t *testing.T, v opened) { v.state(t, 0, func(s []byte) { s[7]-- }) }, 1, "vouches"},
	{"a byte of a page", "journal", func(t *testing.T, v opened) { change(t, v.main(), flip(pagesAt+3*4096+77)) }, 1, "Page 3 of the drawer"},
	{"the tag of a page", "journal", func(t *testing.T, v opened) { change(t, v.main(), flip(pagesAt+4*4096+4060)) }, 1, "vouches"},
	{"two pages in each other's place", "journal", func(t *testing.T, v opened) {
		change(t, v.main(), func(b []byte) []byte {
			two, three := bytes.Clone(b[pagesAt+2*4096:][:4096]), b[pagesAt+3*4096:][:4096]
			copy(b[pagesAt+2*4096:], three)
			copy(b[pagesAt+3*4096:], two)
			return b
		})
	}, 1, "vouches"},
	{"pages are cut off", "journal", func(t *testing.T, v opened) { change(t, v.main(), cut(pagesAt+9*4096)) }, 1, "cut off"},
	{"a main file of one byte", "journal", func(t *testing.T, v opened) { change(t, v.main(), cut(1)) }, 1, "Neither state"},
	{"no main file", "journal", func(t *testing.T, v opened) { _ = os.Remove(v.main()) }, 1, "missing"},
	{"no log, and none was bound", "journal", func(t *testing.T, v opened) { _ = os.Remove(v.log()) }, 0, ""},
	{"no log, and one was bound", "killed", func(t *testing.T, v opened) { _ = os.Remove(v.log()) }, 1, "not the one that its state binds"},
	{"the header of the log", "killed", func(t *testing.T, v opened) { change(t, v.log(), flip(50)) }, 1, "not the one that its state binds"},
	{"the first frame", "killed", func(t *testing.T, v opened) { change(t, v.log(), flip(framesAt+2000)) }, 1, "behind damage"},
	{"a later frame", "killed", func(t *testing.T, v opened) { change(t, v.log(), flip(framesAt+8*frame+2000)) }, 1, "behind damage"},
	{"the log is cut off behind its frames", "killed", func(t *testing.T, v opened) { change(t, v.log(), cut(2<<20)) }, 1, "cut off"},
	{"a frame that a checkpoint needs", "checkpoint", func(t *testing.T, v opened) { change(t, v.log(), flip(framesAt+5*frame+99)) }, 1, "shorter than what was saved"},
	{"a page that a checkpoint was writing", "checkpoint", func(t *testing.T, v opened) { change(t, v.main(), flip(pagesAt+99)) }, 0, ""},
}

func TestReaderRefuses(t *testing.T) {
	whole := map[string]string{}
	for _, b := range brokenVaults {
		t.Run(b.what, func(t *testing.T) {
			v := openGolden(t, b.golden)
			if whole[b.golden] == "" {
				whole[b.golden] = read(t, v.dir, v.passphrase, "--json").must(t).out
			}
			b.happen(t, v)
			r := read(t, v.dir, v.passphrase, "--json")
			if r.code != b.code || b.says != "" && !strings.Contains(r.notes, b.says) || b.says == "" && r.notes != "" {
				t.Errorf("the reader ends with %d, and says %q; want %d, %q", r.code, r.notes, b.code, b.says)
			}
			if b.code == 0 && r.out != whole[b.golden] || b.code != 0 && r.out != "" {
				t.Errorf("the reader writes\n%s", r.out)
			}
			if b.code == 0 {
				return
			}
			// The other drawers can be read as long as the ring can.
			survey := read(t, v.dir, v.passphrase)
			ofVault, ofDrawer := strings.Contains(survey.notes, b.says), strings.Contains(survey.out, "private: ") && strings.Contains(survey.out, b.says)
			if survey.code != b.code || ofVault == ofDrawer {
				t.Errorf("the survey ends with %d: %s%s", survey.code, survey.out, survey.notes)
			}
			if ofDrawer && !strings.Contains(survey.out, "shared: clean, 4 pages, 0 frames of the log, state") {
				t.Errorf("the shared drawer is not read: %s", survey.out)
			}
		})
	}
}

func TestReaderRefusesPassphrases(t *testing.T) {
	dir, people := unpack(t, "journal")
	for typed, want := range map[string]ran{
		people[0].Passphrase + "s":            {"", "does not open this vault", 3},
		strings.ToUpper(people[0].Passphrase): {"", "does not open this vault", 3},
		"":                                    {"", "1 to 1024 bytes", 2},
		" \t\u3000":                           {"", "1 to 1024 bytes", 2},
		strings.Repeat("ü", 513):              {"", "1 to 1024 bytes", 2},
		"not \xff UTF-8":                      {"", "UTF-8", 2},
		people[0].Passphrase + "\x00":         {"", "NUL", 2},
		"\n" + people[0].Passphrase:           {"", "1 to 1024 bytes", 2},
		"\u00a0" + people[0].Passphrase + " \u2003": {"", "", 0},
	} {
		if r := read(t, dir, typed); r.code != want.code || !strings.Contains(r.notes, want.notes) {
			t.Errorf("with %q the reader ends with %d: %s", typed, r.code, r.notes)
		}
	}
	// Without --cheap such a vault was doctored to make guessing cheap.
	if r := python(t, script, dir, "--passphrase-file", lineFile(t, people[0].Passphrase)); r.code != 1 || !strings.Contains(r.notes, "Neither copy") {
		t.Errorf("costs below the floor: the reader ends with %d: %s", r.code, r.notes)
	}
}

func TestReaderKnowsACode(t *testing.T) {
	dir := fresh(t, keys.InsecureParams)
	code := lastLine(ebb(t, keys.Params{}, anna+"\n", "invite", dir))
	if r := read(t, dir, code); r.code != 2 || !strings.Contains(r.notes, "one-time code") {
		t.Errorf("with a code the reader ends with %d: %s", r.code, r.notes)
	}
}

// A drawer, or the key file, that somebody put back from an older copy is read, and
// told: the ring and the private drawer remember each other.
func TestReaderTellsOlderCopies(t *testing.T) {
	v := openGolden(t, "journal")
	before := map[string][]byte{}
	for _, file := range []string{v.main(), v.log(), v.keys()} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before[file] = content
	}
	export(t, v.dir, v.passphrase) // a visit, of which ring and drawer take note
	if r := read(t, v.dir, v.passphrase); r.notes != "" {
		t.Errorf("after a visit the reader tells %s", r.notes)
	}
	after, err := os.ReadFile(v.keys())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		files []string
		says  string
	}{
		{[]string{v.keys()}, "this person's ring is older"},
		{[]string{v.main(), v.log()}, "is older than it was"},
	} {
		for _, file := range c.files {
			if err := os.WriteFile(file, before[file], 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if r := read(t, v.dir, v.passphrase).must(t); !strings.Contains(r.notes, c.says) {
			t.Errorf("the reader tells %q and not %q", r.notes, c.says)
		}
		if err := os.WriteFile(v.keys(), after, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A log that was cut has lost what was acknowledged. Ebb gives all files one size when
// it opens a vault, and still refuses it, as the reader does.
func TestBothRefuseALogThatWasCut(t *testing.T) {
	for _, name := range []string{"killed", "checkpoint"} {
		for _, frames := range []int{0, 1, 7, 16} {
			v := openGolden(t, name)
			change(t, v.log(), cut(framesAt+frames*frame))
			if r := read(t, v.dir, v.passphrase, "--json"); r.code != 1 {
				t.Errorf("%s, with %d frames: the reader ends with %d: %s", name, frames, r.code, r.notes)
			}
			if journal, whole := openedByEbb(t, v.dir, v.passphrase); whole {
				t.Errorf("%s, with %d frames: Ebb finds it whole, with\n%s", name, frames, journal)
			}
		}
	}
}
