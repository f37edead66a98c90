//go:build realwindow

package window

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/exercises/casework"
	"ebb/vault"
	"ebb/vault/practice"
)

// settles makes an office with two cases, each of which met this week, has a signed
// policy, and no note yet.
func settles(t *testing.T, dir, passphrase string) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(practice.Create(ctx, dir, "Robin", []byte(passphrase), practice.Options(time.Now)))
	v, err := vault.Open(dir, practice.Options(time.Now))
	must(err)
	s, _, err := v.Unlock(ctx, []byte(passphrase))
	must(err)
	p, err := practice.Open(ctx, s, time.Now)
	must(err)
	texts, err := casework.English()
	must(err)
	_, err = p.Documents.Publish(ctx, practice.PolicyLimited, "en", practice.Plain, texts.Document(practice.PolicyLimited).Text())
	must(err)
	must(p.StepUp(ctx, []byte(passphrase)))
	for _, from := range []struct {
		code, label string
		ago         time.Duration
		names       [2]string
	}{{"K-12", "evenings, second room", 30 * time.Hour, [2]string{"Ada", "Ben"}}, {"K-31", "online", 3 * time.Hour, [2]string{"Cleo", "Dan"}}} {
		id, err := p.NewCase(ctx, practice.NewCase{Code: from.code, Label: from.label, Members: []practice.Member{{Name: from.names[0]}, {Name: from.names[1]}}})
		must(err)
		c, err := p.OpenCase(ctx, id)
		must(err)
		_, err = c.Meetings.Put(ctx, practice.Meeting{At: time.Now().Add(-from.ago), Minutes: 50})
		must(err)
		policy, err := c.Consents.Choose(ctx, practice.PolicyLimited)
		must(err)
		members, err := c.People.All(ctx)
		must(err)
		for _, m := range members {
			must(c.Consents.Decide(ctx, practice.Decision{Member: m.ID, Document: policy.Name, Version: policy.Version, Hash: policy.Hash, Kind: practice.Given, Method: practice.OnPaper}))
		}
		must(c.Done(ctx))
	}
	must(p.Lock(ctx))
}

// enters unlocks an office.
func (p *Program) enters(passphrase string) {
	p.t.Helper()
	p.WaitFocus("Passphrase")
	p.enter(passphrase)
	p.WaitText("Next meeting")
}

// goes chooses one of the composer's tabs: the arrow keys walk from the first, and
// Space takes the word.
func (p *Program) goes(right int) {
	p.t.Helper()
	p.tabTo("Who it is for")
	p.Key("Home")
	for range right {
		p.Key("Right")
	}
	p.Key("space")
}

// A day of a practitioner, by keyboard alone: what may lie on the table, who came to the
// meeting, the joint note and a private thought in one sitting, signed; the next case; and the power fails in the middle of its note.
// What was being written is there again, what lies behind the second unlock is asked
// for again, and nothing of either can be read on the disk.
func TestPractitionersDay(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "Practice.ebb")
	settles(t, dir, ownWords)
	p := Start(t, dir)
	p.enters(ownWords)
	p.WaitFocus("K-12. evenings, second room")
	p.allReachable("the caseload")
	p.WaitFocus("K-12. evenings, second room")
	p.Key("Return")
	p.WaitText("Who is part of it")
	p.allReachable("a case")

	p.choose("Prepare: on the table")
	p.WaitText("Safe on the table")
	p.allReachable("the table")
	p.tabTo("A question or a line for the table")
	p.enter("The hour of the CHERRY tree?")
	p.WaitText("Take off")
	p.choose("K-12")
	p.WaitText("Who is part of it")
	p.choose("Open") // the meeting
	p.WaitText("Who was there")
	p.allReachable("a meeting")
	for _, name := range []string{"Ada", "Ben"} {
		p.tabTo(name)
		p.Key("Right")
		p.Key("space")
	}
	p.choose("Write the note")
	p.WaitText("Joint record. Each person of K-12 may ask to read it.")
	p.WaitText("Present: Ada, Ben")
	p.WaitFocus("Data")
	p.Type("Both spoke of the WALNUT table.")
	p.tabTo("Assessment")
	p.Type("Calmer than in spring.")
	p.allReachable("the composer")
	p.goes(2)
	p.WaitText("Behind the second unlock")
	p.choose("Unlock…")
	p.WaitFocus("Passphrase")
	p.allReachable("the second unlock")
	p.WaitFocus("Passphrase")
	p.enter(ownWords)
	p.WaitText("Your own thoughts. In no record, no search and no print.")
	p.WaitFocus("Note")
	p.Type("An EMBER of doubt.")
	p.goes(0)
	p.WaitText("Calmer than in spring.")
	p.WaitGone("EMBER")
	p.choose("Sign and lock…")
	p.WaitText("Sign this note")
	p.choose("Sign")
	p.WaitText("This note is signed")

	p.Key("ctrl+1")
	p.WaitFocus("K-12. evenings, second room")
	p.choose("K-31")
	p.WaitText("Cleo")
	p.choose("Write")
	p.WaitFocus("Data")
	p.Type("They brought HAZEL and half a sen")
	p.WaitText("Draft kept.")
	p.Kill() // the power fails
	findsNone(t, []string{"CHERRY", "WALNUT", "EMBER", "HAZEL", "Cleo", "evenings"}, []string{dir, p.Home})

	p.Again(dir)
	p.enters(ownWords)
	if strings.Count(p.Screen().Text(), "to finish") != 1 {
		t.Errorf("of two notes one was signed; the screen reads:\n%s", p.Screen().Text())
	}
	p.choose("K-31")
	p.WaitText("Cleo")
	p.choose("Write")
	p.WaitText("They brought HAZEL and half a sen")
	p.WaitText("Draft kept.")
	p.WaitFocus("Data")
	p.Key("ctrl+End")
	p.Type("tence.")
	p.lock() // in the middle of a word, too
	p.enters(ownWords)
	p.choose("K-31")
	p.WaitText("Cleo")
	p.choose("Write")
	p.WaitText("half a sentence.")
	p.Key("ctrl+1")
	p.WaitFocus("K-12. evenings, second room")
	p.Key("Return")
	p.WaitText("Who is part of it")
	p.choose("All notes, and search")
	p.WaitText("Both spoke of the WALNUT table.")
	if p.Screen().Shows("EMBER") {
		t.Error("a private thought stands among the notes of the record")
	}
	p.Key("ctrl+q")
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
}
