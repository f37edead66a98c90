package home_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebb/scripts/reader/golden"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

var update = flag.Bool("update", false, "make the golden vaults anew, in the place of those that were kept")

// TestMakeGoldenVaults makes the golden vaults, with -update. A golden vault that
// was released is never made anew: a new one is added beside it.
//
//	go test -tags "…" -run TestMakeGoldenVaults -update ./vault/home
func TestMakeGoldenVaults(t *testing.T) {
	if !*update {
		return
	}
	for name, make := range map[string]func(*goldenMaker){
		"journal": makeJournal, "people": makePeople, "rekeyed": makeRekeyed, "killed": makeKilled,
		"checkpoint": makeCheckpoint, "slots": makeSlots, "unsynced": makeUnsynced,
	} {
		m := &goldenMaker{
			T: t, name: name, clock: newClock(), dir: filepath.Join(t.TempDir(), name+".ebb"),
			options: home.Options(nil), used: map[string]int64{},
		}
		m.options.Now, m.options.KDF, m.options.Insecure = m.clock.now, keys.InsecureParams, true
		make(m)
		m.pack()
	}
}

// goldenMaker makes one golden vault.
type goldenMaker struct {
	*testing.T
	name    string
	clock   *clock
	dir     string // of the vault while it is made
	options vault.Options
	result  string // the folder to be packed, if it is not dir
	golden  goldenVault
	used    map[string]int64 // where what was written to a log ends, if it holds frames
}

func (m *goldenMaker) create(name, passphrase, about string) {
	m.Helper()
	m.golden.About, m.golden.Cheap = about, m.options.Insecure
	m.golden.People = append(m.golden.People, goldenPerson{Name: name, Passphrase: passphrase})
	if err := home.Create(m.Context(), m.dir, name, []byte(passphrase), m.options); err != nil {
		m.Fatal(err)
	}
}

// admit lets one more person in, with a code of the one who came before.
func (m *goldenMaker) admit(name, passphrase string) {
	m.Helper()
	var code string
	m.visit(len(m.golden.People)-1, func(s *vault.Session, _ *home.Home) {
		var err error
		if code, err = s.Invite(nil); err != nil {
			m.Fatal(err)
		}
	})
	_, invitation := m.unlock(m.dir, code)
	s, err := invitation.Join(m.Context(), []byte(passphrase), name)
	if err != nil {
		m.Fatal(err)
	}
	m.golden.People = append(m.golden.People, goldenPerson{Name: name, Passphrase: passphrase, Seat: s.Seat()})
	if err := s.Lock(m.Context()); err != nil {
		m.Fatal(err)
	}
}

func (m *goldenMaker) unlock(dir, passphrase string) (*vault.Session, *vault.Invitation) {
	m.Helper()
	v, err := vault.Open(dir, m.options)
	if err != nil {
		m.Fatal(err)
	}
	s, invitation, err := v.Unlock(m.Context(), []byte(passphrase))
	if err != nil {
		m.Fatal(err)
	}
	return s, invitation
}

func (m *goldenMaker) open(person int) (*vault.Session, *home.Home) {
	m.Helper()
	s, _ := m.unlock(m.dir, m.golden.People[person].Passphrase)
	h, err := home.Open(m.Context(), s, m.clock.now)
	if err != nil {
		m.Fatal(err)
	}
	return s, h
}

func (m *goldenMaker) visit(person int, fn func(*vault.Session, *home.Home)) {
	m.Helper()
	m.clock.move(27*time.Hour + 13*time.Minute)
	s, h := m.open(person)
	fn(s, h)
	if err := s.Lock(m.Context()); err != nil {
		m.Fatal(err)
	}
}

// noteLogs finds out how far each log was written since the vault was at rest, by the
// bytes that changed.
func (m *goldenMaker) noteLogs(rest, now string) {
	m.Helper()
	logs, err := filepath.Glob(filepath.Join(now, "*-wal"))
	if err != nil {
		m.Fatal(err)
	}
	for _, log := range logs {
		before, after := m.read(filepath.Join(rest, filepath.Base(log))), m.read(log)
		end := len(after)
		for end > 0 && end <= len(before) && before[end-1] == after[end-1] {
			end--
		}
		if end > 0 {
			m.used[filepath.Base(log)] = int64(end)
		}
	}
}

func (m *goldenMaker) read(file string) []byte {
	m.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		m.Fatal(err)
	}
	return content
}

func (m *goldenMaker) write(file string, content []byte) {
	m.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		m.Fatal(err)
	}
}

// limited runs fn while no file can be written at or behind the offset limit: the
// system then fails in the middle of what is being written, at a place of our choice.
func (m *goldenMaker) limited(limit int64, fn func()) {
	m.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		m.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(limit), Max: before.Max}); err != nil {
		m.Fatal(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			m.Fatal(err)
		}
	}()
	fn()
}

// expect writes down what each person finds, on copies.
func (m *goldenMaker) expect() {
	m.Helper()
	for i := range m.golden.People {
		p := &m.golden.People[i]
		s, _ := m.unlock(copyFolder(m.T, m.result), p.Passphrase)
		circles, err := s.Circles(m.Context())
		if err != nil {
			m.Fatal(err)
		}
		for _, c := range circles {
			p.Shared = append([]goldenCircle{m.circle(c.Drawer)}, p.Shared...)
		}
		h, err := home.Open(m.Context(), s, m.clock.now)
		if err != nil {
			m.Fatal(err)
		}
		journal := []byte(goldenJournal(m.T, h))
		var whole struct{ Entries []json.RawMessage }
		if err := json.Unmarshal(journal, &whole); err != nil {
			m.Fatal(err)
		}
		p.Entries = whole.Entries
		if got := p.journal(m.T); got != string(journal) {
			m.Fatalf("the journal\n%s\nis kept as\n%s", journal, got)
		}
		drafts, err := h.Journal.Drafts(m.Context())
		if err != nil {
			m.Fatal(err)
		}
		p.Drafts = []string{}
		for _, d := range drafts {
			p.Drafts = append(p.Drafts, d.Entry.Text)
		}
		if err := s.Lock(m.Context()); err != nil {
			m.Fatal(err)
		}
	}
	m.golden.States = stateSlots(m.T, copyFolder(m.T, m.result), m.golden.People[0].Passphrase)
}

func (m *goldenMaker) circle(d *drawer.Drawer) (c goldenCircle) {
	m.Helper()
	err := d.View(m.Context(), func(tx *drawer.Tx) error {
		c.People, c.Lines = []goldenMember{}, []goldenLine{}
		for _, row := range queryAll(m.T, tx, `SELECT seat, name, pronouns, about FROM person ORDER BY seat`) {
			c.People = append(c.People, goldenMember{uint8(row[0].(int64)), row[1].(string), row[2].(string), row[3].(string)})
		}
		for _, row := range queryAll(m.T, tx, `SELECT lower(hex(id)), seat, text, shared_on FROM line ORDER BY shared_on, id`) {
			c.Lines = append(c.Lines, goldenLine{row[0].(string), uint8(row[1].(int64)), row[2].(string), row[3].(string)})
		}
		return nil
	})
	if err != nil {
		m.Fatal(err)
	}
	return c
}

// counts says which pieces of the vault's files count. Of a drawer that nobody opens,
// which is a placeholder, nothing does.
func (m *goldenMaker) counts() map[string][]golden.Part {
	m.Helper()
	const copySize, pagesAt, framesAt, pageSize = 106_496, 16_384, 4_096, 4_096
	counts := map[string][]golden.Part{"keys": {{Size: copySize}, {At: copySize, Size: copySize}}}
	for _, p := range m.golden.People {
		dir := copyFolder(m.T, m.result)
		file, err := keys.Open(filepath.Join(dir, "keys"), keys.InsecureCheapKDF())
		if err != nil {
			m.Fatal(err)
		}
		seat, _, err := file.Unlock(m.Context(), []byte(p.Passphrase))
		if err != nil {
			m.Fatal(err)
		}
		for _, d := range seat.Ring().Drawers {
			if d.Retired {
				continue // nobody reads it any more
			}
			report, err := drawer.Verify(m.Context(), filepath.Join(dir, d.Name), drawer.ID(d.ID), drawer.Key(*d.Key), nil)
			if err != nil || len(report.Problems) > 0 {
				m.Fatalf("%+v, %v", report, err)
			}
			// After a crash the state may speak of other pages than there are.
			const more = 1
			pages := report.Pages
			log := []golden.Part{{Size: 16*pages + 40}} // the table of tags
			if used, written := m.used[d.Name+"-wal"]; written {
				pages += more
				log = []golden.Part{{Size: 112}, {At: framesAt, Size: used - framesAt}}
			}
			counts[d.Name] = []golden.Part{{Size: 84}, {At: 8192, Size: 84}, {At: pagesAt, Size: pages * pageSize}}
			counts[d.Name+"-wal"] = log
		}
		if err := seat.Close(); err != nil {
			m.Fatal(err)
		}
	}
	return counts
}

// pack writes the golden vault and what is to be found in it.
func (m *goldenMaker) pack() {
	m.Helper()
	if m.result == "" {
		m.result = m.dir
	}
	m.expect()
	// On a disk the second copy of the key file has a whitening of its own. Here it is
	// the first one again, which is as sound and is packed once.
	keyFile := m.read(filepath.Join(m.result, "keys"))
	copy(keyFile[len(keyFile)/2:], keyFile)
	m.write(filepath.Join(m.result, "keys"), keyFile)

	packed := filepath.Join(goldenFolder, m.name+".ebb")
	if err := os.RemoveAll(packed); err != nil {
		m.Fatal(err)
	}
	if err := golden.Pack(packed, m.result, m.counts()); err != nil {
		m.Fatal(err)
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m.golden); err != nil {
		m.Fatal(err)
	}
	if err := os.WriteFile(packed[:len(packed)-len(".ebb")]+".json", text.Bytes(), 0o644); err != nil {
		m.Fatal(err)
	}
	m.Logf("%s: %s", m.name, strings.Join(m.golden.States, "; "))
}

func (m *goldenMaker) save(h *home.Home, e home.Entry) home.Entry {
	m.Helper()
	m.clock.move(7*time.Minute + 31*time.Second + 204*time.Millisecond)
	kept, err := h.Journal.Save(m.Context(), e)
	if err != nil {
		m.Fatal(err)
	}
	return kept
}

func (m *goldenMaker) text(h *home.Home, format string, args ...any) home.Entry {
	m.Helper()
	return m.save(h, entry(h, fmt.Sprintf(format, args...)))
}
