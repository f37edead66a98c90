package home_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// makeJournal is one person who wrote everything that a journal can hold.
func makeJournal(m *goldenMaker) {
	m.create("Oona", "nine quiet lanterns under the pier", "One person; 12 entries of every kind, a draft, one that was discarded, and recovery words.")
	at := func(h *home.Home, text, when, zone string) home.Entry {
		place, err := time.LoadLocation(zone)
		if err != nil {
			m.Fatal(err)
		}
		t, err := time.ParseInLocation("2006-01-02 15:04:05.999", when, place)
		if err != nil {
			m.Fatal(err)
		}
		e := entry(h, text)
		e.SetWritten(t)
		return e
	}
	var first, discarded home.Entry
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		first = m.save(h, at(h, "# A first evening\n\n- *slow* and **warm**\n- [ ] ask again\n\n> Thursday then.\n\n`code` and a [link](https://example.org).\n", "2025-11-03 21:40:12.5", "Europe/Amsterdam"))
		m.save(h, at(h, "The same moment, kept second.", "2025-11-03 21:40:12.5", "Europe/Amsterdam"))
		e := at(h, "👩🏽‍❤️‍💋‍👨🏿 🏳️‍🌈 🇵🇹 ❤️ 1️⃣ and a tilde made of two: n\u0303", "2025-12-24 23:59:59.999", "Pacific/Auckland")
		e.Moods, e.Tags = []string{"tender", "🫶", "a mood of <three> & more words"}, []string{"us", "Größe", "naïve"}
		m.save(h, e)
		e = at(h, "كتبتُ لكِ رسالة، ثم محوتها.\n\nעברית ואנגלית: warm \u200fאבג\u200e 123", "2026-01-01 00:00:00", "Asia/Jerusalem")
		e.Tags = []string{"رسائل", "ערב"}
		m.save(h, e)
		e = at(h, "今晚我们只是坐着。\n저녁. नमस्ते। Ελληνικά. Việt.", "2026-01-02 06:07:08.09", "Pacific/Kiritimati")
		e.Starred = true
		m.save(h, e)
		discarded = m.text(h, "This one goes.")
	})
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		e := at(h, "A letter from before there were seconds.", "1931-06-09 12:00:00", "Europe/Amsterdam")
		e.AllDay = true
		m.save(h, e)
		e = at(h, "It came from another journal.", "2019-05-05 05:05:05", "UTC")
		e.Source, e.Zone = "dayone:4E5A1C0D", ""
		m.save(h, e)
		m.save(h, at(h, "Separators\u2028and\u2029paragraphs, \"quotes\", back\\slash, tab\t, bell\a, backspace\b, feed\f, return\r, delete\x7f, nothing\x00.", "2026-02-03 04:05:06.007", "America/St_Johns"))
		m.save(h, at(h, "", "2026-02-04 04:05:06", "Africa/Casablanca"))
		m.save(h, at(h, "# Long\n\n"+strings.Repeat("The water came up to the third stair and went again. ", 240), "2026-02-05 22:00:00", "Europe/Lisbon"))
		first.Text += "\nChanged once.\n"
		first.Moods = []string{"content"}
		m.save(h, first)
	})
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		e := at(h, "The last of them.", "2026-03-10 19:00:00.25", "Europe/Amsterdam")
		e.Moods, e.Tags, e.Starred = []string{"restless", "hopeful"}, []string{"us"}, true
		m.save(h, e)
		m.save(h, at(h, "Written far ahead.", "2199-12-31 23:59:59", "UTC"))
		if err := h.Journal.SaveDraft(m.Context(), at(h, "Not finished, and st", "2026-03-11 08:00:00", "Europe/Amsterdam")); err != nil {
			m.Fatal(err)
		}
		if err := h.Journal.Discard(m.Context(), discarded.ID); err != nil {
			m.Fatal(err)
		}
	})
	m.recover(0)
}

// recover makes recovery words for somebody.
func (m *goldenMaker) recover(person int) {
	m.Helper()
	p := &m.golden.People[person]
	file, err := keys.Open(filepath.Join(m.dir, "keys"), keys.InsecureCheapKDF())
	if err != nil {
		m.Fatal(err)
	}
	seat, _, err := file.Unlock(m.Context(), []byte(p.Passphrase))
	if err != nil {
		m.Fatal(err)
	}
	if p.Recovery, err = seat.NewRecovery(m.Context(), []byte(p.Passphrase)); err != nil {
		m.Fatal(err)
	}
	if err := seat.Close(); err != nil {
		m.Fatal(err)
	}
}

// makePeople is a person and two who joined, at the least cost that a real vault can
// have. Of the third the others have not heard yet.
func makePeople(m *goldenMaker) {
	m.options.KDF, m.options.Insecure = keys.Floor, false
	m.create("Ada", "velvet harbour seventeen quiet spoons", "A person and two who joined, with shared lines. Who was there before has not been back since the third joined.")
	profile := func(h *home.Home, p home.Profile) {
		if err := h.People.SetMe(m.Context(), p); err != nil {
			m.Fatal(err)
		}
	}
	share := func(h *home.Home, text string) {
		e := m.text(h, "%s And more that stays here.", text)
		if _, err := h.Lines.Share(m.Context(), e.ID, text); err != nil {
			m.Fatal(err)
		}
	}
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		m.text(h, "Before anybody else was here.")
	})
	m.admit("Bo", "lantern orchard gravel mitten thunder")
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		profile(h, home.Profile{Name: "Ada", Pronouns: "she/her", About: "Early riser.\nLikes a door left open."})
		share(h, "I liked the walk.")
	})
	m.visit(1, func(_ *vault.Session, h *home.Home) {
		profile(h, home.Profile{Name: "Bo", Pronouns: "they/them"})
		share(h, "Ask me in the morning. ☕")
		m.text(h, "Only mine.")
	})
	m.admit("Cleo", "gravel kettle window seventeen coats")
	m.visit(2, func(_ *vault.Session, h *home.Home) {
		share(h, "Thank you for the key.")
	})
}

// makeRekeyed is a vault of three, of whom one has left and another has a new
// passphrase since. The third has not been back, and all of it lies in their inbox.
func makeRekeyed(m *goldenMaker) {
	const first, last = "velvet harbour seventeen quiet spoons", "a new kettle for the old stove"
	m.create("Ada", first, "One of three has left, and one has a new passphrase; the shared drawer was re-keyed twice. Who was away has not read of it.")
	m.admit("Bo", "lantern orchard gravel mitten thunder")
	m.admit("Cleo", "gravel kettle window seventeen coats")
	for person := range 3 {
		m.visit(person, func(_ *vault.Session, h *home.Home) {
			e := m.text(h, "What %s keeps.", m.golden.People[person].Name)
			if _, err := h.Lines.Share(m.Context(), e.ID, fmt.Sprintf("A line of seat %d.", person)); err != nil {
				m.Fatal(err)
			}
		})
	}
	m.clock.move(30 * time.Hour)
	s, _ := m.open(2)
	if err := s.Leave(m.Context(), []byte(m.golden.People[2].Passphrase)); err != nil {
		m.Fatal(err)
	}
	m.visit(0, func(s *vault.Session, h *home.Home) {
		m.text(h, "Before the change.")
		if _, err := s.ChangePassphrase(m.Context(), []byte(first), []byte(last), nil); err != nil {
			m.Fatal(err)
		}
	})
	m.golden.Gone = []string{first, m.golden.People[2].Passphrase}
	m.golden.People = m.golden.People[:2]
	m.golden.People[0].Passphrase = last
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		e := m.text(h, "After the change.")
		if _, err := h.Lines.Share(m.Context(), e.ID, "Under the new key."); err != nil {
			m.Fatal(err)
		}
	})
}

// begun makes a vault that was at rest with a few entries, and opens it again.
func (m *goldenMaker) begun(about string) (s *vault.Session, h *home.Home, rest string) {
	m.Helper()
	m.create("Ines", "heron reeds evening bench", about)
	m.visit(0, func(_ *vault.Session, h *home.Home) {
		for i := range 3 {
			m.text(h, "Kept at rest, %d of 3.", i+1)
		}
	})
	rest = copyFolder(m.T, m.dir)
	m.clock.move(26 * time.Hour)
	s, h = m.open(0)
	return s, h, rest
}

// privateFile is the main file of the person's private drawer: the one that was
// written since the vault was at rest.
func (m *goldenMaker) privateFile(rest string) string {
	m.Helper()
	changed := ""
	logs, err := filepath.Glob(filepath.Join(m.dir, "*-wal"))
	if err != nil {
		m.Fatal(err)
	}
	for _, log := range logs {
		if string(m.read(log)) != string(m.read(filepath.Join(rest, filepath.Base(log)))) {
			if changed != "" {
				m.Fatal("two drawers were written")
			}
			changed = strings.TrimSuffix(filepath.Base(log), "-wal")
		}
	}
	return changed
}

// makeKilled is a program that was killed in the middle of a commit: the log is bound,
// frames are in it and nowhere else, and behind them a commit without its end.
func makeKilled(m *goldenMaker) {
	s, h, rest := m.begun("Killed in the middle of a commit: a log is bound, and behind its commits lie frames of one that has no end.")
	for i := range 3 {
		m.text(h, "In the log alone, %d of 3. %s", i+1, strings.Repeat("Rain. ", 40*i))
	}
	if err := h.Journal.SaveDraft(m.Context(), entry(h, "in the middle of a wo")); err != nil {
		m.Fatal(err)
	}
	m.noteLogs(rest, m.dir)
	log := m.privateFile(rest) + "-wal"
	const frame = 4_160
	m.limited(m.used[log]+3*frame+1234, func() {
		e := entry(h, strings.Repeat("Too long for what is left of the disk. ", 2000))
		if _, err := h.Journal.Save(m.Context(), e); err == nil {
			m.Fatal("the disk was not full")
		}
	})
	m.result = copyFolder(m.T, m.dir)
	m.noteLogs(rest, m.result)
	if err := s.Lock(m.Context()); err != nil {
		m.Fatal(err)
	}
}

// interrupted is a checkpoint that came to an end in the middle of its pages. It
// returns the vault as it was then, and as it was when the checkpoint was done.
func (m *goldenMaker) interrupted(about string) (before, after, private string) {
	m.Helper()
	s, h, rest := m.begun(about)
	for i := range 2 {
		m.text(h, "In the log and half of it at home, %d of 2. %s", i+1, strings.Repeat("Snow. ", 400))
	}
	m.noteLogs(rest, m.dir)
	private = m.privateFile(rest)
	const pagesAt, page = 16_384, 4_096
	m.limited(pagesAt+9*page, func() {
		if err := s.Checkpoint(m.Context()); err == nil {
			m.Fatal("the disk was not full")
		}
	})
	before = copyFolder(m.T, m.dir)
	if err := s.Checkpoint(m.Context()); err != nil {
		m.Fatal(err)
	}
	after = copyFolder(m.T, m.dir)
	if err := s.Lock(m.Context()); err != nil {
		m.Fatal(err)
	}
	return before, after, private
}

func makeCheckpoint(m *goldenMaker) {
	m.result, _, _ = m.interrupted("Killed in the middle of a checkpoint: some pages are at home, the others in the log.")
}

// slotAt is where the second state slot lies; the first lies at the file's beginning.
const slotAt, slotSize = 8_192, 84

// makeSlots is a program that was killed between the two slots of a new state: the
// first slot is written after the second.
func makeSlots(m *goldenMaker) {
	before, after, private := m.interrupted("Killed at the end of a checkpoint, between the two slots: they differ by one step.")
	old, main := m.read(filepath.Join(before, private)), m.read(filepath.Join(after, private))
	copy(main[:slotSize], old)
	m.write(filepath.Join(after, private), main)
	m.result = after
}

// makeUnsynced is a disk that wrote the clean state and lost the pages which it had
// said were written before.
func makeUnsynced(m *goldenMaker) {
	before, after, private := m.interrupted("The end of a checkpoint was on the disk before its pages: the older state stands, and the log makes it whole.")
	main, done := m.read(filepath.Join(before, private)), m.read(filepath.Join(after, private))
	copy(main[slotAt:], done[slotAt:][:slotSize])
	m.write(filepath.Join(before, private), main)
	m.result = before
}
