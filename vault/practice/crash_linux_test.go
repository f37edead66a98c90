package practice_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/practice"
)

// The crash campaign: a day in the office is recorded, call by call, with what was
// acknowledged by then. It is cut off after many of its calls, as a kill would, with
// everything there that was written, and as a power cut would, with nothing there that
// was not synced. Afterwards everything that was acknowledged is there, what was under
// way is there whole or not at all, the index says what the records say, no file is
// there that belongs to nothing, everything checks, no plaintext is in any file, and
// opening once more changes nothing.

// aDay is what was made in it.
type aDay struct {
	first, second practice.ID // cases; the second is destroyed in the end
	members       []practice.ID
	added         practice.ID
	meeting       practice.ID
	joint         practice.ID
	process       practice.ID
	draft         practice.ID
	checkIn       practice.ID
	file          practice.ID
}

// A daily step is done on an opened practice, and looked for in one.
type dailyStep struct {
	name string
	do   func(o *office, d *aDay) error
	// is says why what the step did is not there, all of it.
	is func(o *office, d *aDay) error
	// isNot says what is there of a step that was cut off; nil if half of it cannot be told.
	isNot func(o *office, d *aDay) error
}

var errMissing = errors.New("it is not there")

// there is an error unless a and b hold.
func there(ok bool, err error) error {
	if err == nil && !ok {
		err = errMissing
	}
	return err
}

func openCase(o *office, id practice.ID) (*practice.Case, error) { return o.OpenCase(ctx(), id) }

// ctx is never cancelled: see package interpose.
func ctx() context.Context { return context.Background() }

func isCase(of func(*aDay) practice.ID, members int) func(o *office, d *aDay) error {
	return func(o *office, d *aDay) error {
		c, err := openCase(o, of(d))
		if err != nil {
			return err
		}
		all, err := c.People.All(ctx())
		if err != nil || len(all) < members {
			return there(false, err)
		}
		for _, m := range all {
			if _, err := c.Safety(ctx(), m.ID); err != nil {
				return fmt.Errorf("a safety drawer: %w", err)
			}
		}
		_, process := c.Process(ctx())
		_, risk := c.Risk(ctx())
		return errors.Join(process, risk)
	}
}

func newCaseStep(code string, to func(*aDay) *practice.ID) dailyStep {
	return dailyStep{
		name: "new case " + code,
		do: func(o *office, d *aDay) (err error) {
			*to(d), err = o.NewCase(ctx(), practice.NewCase{Code: code, Label: canary, Members: []practice.Member{{Name: canary}, {Name: "Marek"}}})
			return err
		},
		is: isCase(func(d *aDay) practice.ID { return *to(d) }, 2),
		isNot: func(o *office, _ *aDay) error {
			rows, err := o.Caseload(ctx(), practice.Query{Text: code})
			return there(len(rows) == 0, err)
		},
	}
}

// in is a step in the first case.
func in(name string, do, is func(c *practice.Case, d *aDay) error) dailyStep {
	within := func(fn func(c *practice.Case, d *aDay) error) func(o *office, d *aDay) error {
		return func(o *office, d *aDay) error {
			c, err := openCase(o, d.first)
			if err != nil {
				return err
			}
			return fn(c, d)
		}
	}
	return dailyStep{name: name, do: within(do), is: within(is)}
}

// textOf is a note's first section, or why it is not there.
func textOf(n *practice.Notes, err error, id practice.ID) (string, error) {
	if err != nil {
		return "", err
	}
	note, err := n.Note(ctx(), id)
	if err != nil {
		return "", err
	}
	return note.Sections[0].Text, nil
}

var attached = func() []byte {
	b := bytes.Repeat([]byte(canary), 40000)
	copy(b, "%PDF-1.7\n")
	return b
}()

var daily = []dailyStep{
	newCaseStep("K-1", func(d *aDay) *practice.ID { return &d.first }),
	newCaseStep("K-2", func(d *aDay) *practice.ID { return &d.second }),
	in("policy", func(c *practice.Case, d *aDay) error {
		all, err := c.People.All(ctx())
		for _, m := range all {
			d.members = append(d.members, m.ID)
		}
		if err != nil {
			return err
		}
		document, err := c.Consents.Choose(ctx(), practice.PolicyLimited)
		if err != nil {
			return err
		}
		return c.Consents.Decide(ctx(), practice.Decision{Member: d.members[0], Document: document.Name, Version: document.Version, Kind: practice.Given, Method: practice.OnPaper, Remark: canary})
	}, func(c *practice.Case, d *aDay) error {
		states, err := c.Consents.State(ctx())
		return there(err == nil && states[0].Policy, err)
	}),
	in("meeting", func(c *practice.Case, d *aDay) error {
		m, err := c.Meetings.Put(ctx(), practice.Meeting{At: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), Interpreter: canary})
		d.meeting = m.ID
		return err
	}, func(c *practice.Case, d *aDay) error {
		_, err := c.Meetings.Meeting(ctx(), d.meeting)
		return err
	}),
	in("joint note", func(c *practice.Case, d *aDay) error {
		note := practice.Note{ID: practice.NewID(), Audience: practice.Joint, Meeting: d.meeting, Sections: []practice.Section{{Key: "text", Text: canary + " draft"}}}
		d.joint = note.ID
		if err := c.Notes.SaveDraft(ctx(), note); err != nil {
			return err
		}
		note.Sections[0].Text = canary + " kept"
		if _, err := c.Notes.Save(ctx(), note); err != nil {
			return err
		}
		return c.Notes.Sign(ctx(), note.ID)
	}, func(c *practice.Case, d *aDay) error {
		text, err := textOf(c.Notes, nil, d.joint)
		if err := there(strings.HasPrefix(text, canary+" "), err); err != nil {
			return err
		}
		return c.Notes.Verify(ctx(), d.joint)
	}),
	in("amendment", func(c *practice.Case, d *aDay) error {
		return c.Notes.Amend(ctx(), d.joint, []practice.Section{{Key: "text", Text: canary + " amended"}}, canary)
	}, func(c *practice.Case, d *aDay) error {
		text, err := textOf(c.Notes, nil, d.joint)
		return there(text == canary+" amended", err)
	}),
	in("process note", func(c *practice.Case, d *aDay) error {
		n, err := c.Process(ctx())
		if err != nil {
			return err
		}
		note, err := n.Save(ctx(), practice.Note{Audience: practice.ProcessNote, Sections: []practice.Section{{Key: "text", Text: canary + " in me"}}})
		d.process = note.ID
		return err
	}, func(c *practice.Case, d *aDay) error {
		n, err := c.Process(ctx())
		text, err := textOf(n, err, d.process)
		return there(text == canary+" in me", err)
	}),
	in("safety draft", func(c *practice.Case, d *aDay) error {
		n, err := c.Safety(ctx(), d.members[0])
		if err != nil {
			return err
		}
		d.draft = practice.NewID()
		return n.SaveDraft(ctx(), practice.Note{ID: d.draft, Audience: practice.SafetyNote, Member: d.members[0], Sections: []practice.Section{{Key: "text", Text: canary}}})
	}, func(c *practice.Case, d *aDay) error {
		n, err := c.Safety(ctx(), d.members[0])
		if err != nil {
			return err
		}
		drafts, err := n.Drafts(ctx())
		return there(len(drafts) == 1 && drafts[0].Note.ID == d.draft, err)
	}),
	in("check-in", func(c *practice.Case, d *aDay) error {
		d.checkIn = practice.NewID()
		return c.CheckIns.Enter(ctx(), practice.CheckIn{ID: d.checkIn, Member: d.members[0], Answers: map[int][]string{1: {"often"}, 10: {"a little"}, 12: {canary}}})
	}, func(c *practice.Case, d *aDay) error {
		all, err := c.CheckIns.Of(ctx(), d.members[0], practice.Page{})
		if err := there(len(all) == 1 && len(all[0].Answers) == 2, err); err != nil {
			return err
		}
		n, err := c.Safety(ctx(), d.members[0])
		if err != nil {
			return err
		}
		answers, err := n.Pressure(ctx())
		return there(len(answers) == 1, err)
	}),
	in("file", func(c *practice.Case, d *aDay) error {
		f, err := c.Files.Attach(ctx(), canary, practice.ID{}, bytes.NewReader(attached))
		d.file = f.ID
		return err
	}, func(c *practice.Case, d *aDay) error {
		var b bytes.Buffer
		err := c.Files.Read(ctx(), d.file, &b)
		return there(bytes.Equal(b.Bytes(), attached), err)
	}),
	in("member", func(c *practice.Case, d *aDay) (err error) {
		d.added, err = c.People.Add(ctx(), practice.Member{Name: canary})
		return err
	}, func(c *practice.Case, d *aDay) error {
		_, err := c.Safety(ctx(), d.added)
		return err
	}),
	{name: "destroying", do: func(o *office, d *aDay) error {
		c, err := openCase(o, d.second)
		if err != nil {
			return err
		}
		if err := c.Close(ctx()); err != nil {
			return err
		}
		_, err = o.Destroy(ctx(), d.second, "a rule", nil)
		return err
	}, is: func(o *office, d *aDay) error {
		if _, err := openCase(o, d.second); !errors.Is(err, practice.ErrNotFound) {
			return fmt.Errorf("the case that was destroyed: %w", err)
		}
		all, err := o.Certificates(ctx())
		return there(len(all) == 1 && len(all[0].Left) == 0, err)
	}},
}

// recordDay records the day in a vault below root.
func recordDay(t *testing.T, root string) (*interpose.Tape, *aDay) {
	t.Helper()
	c := newClock()
	dir := filepath.Join(root, "Practice.ebb")
	if err := practice.Create(t.Context(), dir, "Dana", []byte(pass), options(c)); err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, c, dir)
	o.publish()
	o.lock()
	d := &aDay{}
	tape, err := interpose.NewTape(root)
	if err != nil {
		t.Fatal(err)
	}
	tape.Mark(0)
	err = interpose.Watch(root, tape.Record, func() error {
		v, err := vault.Open(dir, options(c))
		if err != nil {
			return err
		}
		s, _, err := v.Unlock(ctx(), []byte(pass))
		if err != nil {
			return err
		}
		p, err := practice.Open(ctx(), s, c.now)
		if err != nil {
			return err
		}
		o := &office{p, t, c, dir, s}
		if err := o.StepUp(ctx(), []byte(pass)); err != nil {
			return err
		}
		for i, step := range daily {
			if err := step.do(o, d); err != nil {
				return fmt.Errorf("%s: %w", step.name, err)
			}
			tape.Mark(i + 1)
		}
		return o.Lock(ctx())
	})
	if err != nil {
		t.Fatal(err)
	}
	return tape, d
}

func TestCrashCampaign(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "practice cut")
	root := proof.Folder(t)
	tape, d := recordDay(t, root)
	device := tape.Device()
	every := max(1, tape.Len()/proof.Size(8, 36, 1500))
	for i := range tape.Len() {
		call, promise := tape.Call(i)
		device.Play(call)
		if (i+c.IntN(every))%every != 0 && i+1 < tape.Len() || !c.TimeLeft() {
			continue
		}
		acknowledged, _ := promise.(int)
		for _, loss := range interpose.Losses[:2] { // all that was not synced, and nothing
			cut := proof.Folder(t)
			lost, err := device.Cut(c.Rand, loss, cut)
			if err != nil {
				t.Fatal(err)
			}
			note := "held"
			if err := holds(t, filepath.Join(cut, "Practice.ebb"), d, acknowledged); err != nil {
				note = "did not hold"
				under := "locking"
				if acknowledged < len(daily) {
					under = daily[acknowledged].name
				}
				c.Failure("call %d of %d (%v), %s, during %s: %v", i, tape.Len(), call.Op, loss.Name, under, err)
			}
			c.Ran(lost > 0 || call.Op != interpose.Sync, note)
			if err := os.RemoveAll(cut); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// holds says what is wrong with a practice that was cut off when so many steps were
// acknowledged.
func holds(t testing.TB, dir string, d *aDay, acknowledged int) (err error) {
	t.Helper()
	if found, err := proof.Find(dir, canary); err != nil || len(found) > 0 {
		return fmt.Errorf("in the plain: %v, %w", found, err)
	}
	o, err := reopened(t, dir)
	if err != nil {
		return fmt.Errorf("opening it: %w", err)
	}
	for i, step := range daily[:min(acknowledged, len(daily))] {
		if i == 1 && acknowledged >= len(daily)-1 {
			continue // it was being destroyed, or is
		}
		if err := step.is(o, d); err != nil {
			return fmt.Errorf("%s is lost: %w", step.name, err)
		}
	}
	if acknowledged < len(daily) {
		if step := daily[acknowledged]; step.isNot != nil && step.is(o, d) != nil {
			if err := step.isNot(o, d); err != nil {
				return fmt.Errorf("half of %s is there: %w", step.name, err)
			}
		}
	}
	if err := inOrder(o); err != nil {
		return err
	}
	before, err := state(o)
	if err != nil {
		return err
	}
	if err := o.Lock(ctx()); err != nil {
		return err
	}
	if o, err = reopened(t, dir); err != nil {
		return fmt.Errorf("once more: %w", err)
	}
	for _, n := range o.session.Notices() {
		return fmt.Errorf("told at the second opening: %+v", n)
	}
	after, err := state(o)
	if err == nil && !slices.Equal(before, after) {
		err = errors.New("opening it once more changed something")
	}
	return errors.Join(err, o.Lock(ctx()))
}

func reopened(t testing.TB, dir string) (*office, error) {
	c := newClock()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		return nil, err
	}
	s, _, err := v.Unlock(ctx(), []byte(pass))
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	p, err := practice.Open(ctx(), s, c.now)
	if err != nil {
		return nil, errors.Join(err, s.Lock(ctx()))
	}
	if err := p.StepUp(ctx(), []byte(pass)); err != nil {
		return nil, errors.Join(err, p.Lock(ctx()))
	}
	return &office{p, t, c, dir, s}, nil
}

// inOrder says what is wrong with a practice that was opened after a crash.
func inOrder(o *office) error {
	if n, err := o.Unsettled(ctx()); err != nil || n > 0 {
		return fmt.Errorf("%d things are not settled: %w", n, err)
	}
	if err := o.Audit.Verify(ctx(), practice.Event{}); err != nil {
		return err
	}
	rows, err := o.Caseload(ctx(), practice.Query{})
	closed, other := o.Caseload(ctx(), practice.Query{Closed: true})
	if err := errors.Join(err, other); err != nil {
		return err
	}
	for _, row := range append(rows, closed...) {
		before, err := state(o)
		if err == nil {
			err = o.Reindex(ctx(), row.ID)
		}
		after, unread := state(o)
		if err := errors.Join(err, unread); err != nil {
			return err
		}
		if !slices.Equal(before, after) {
			return errors.New("the index did not say what the record says")
		}
		c, err := openCase(o, row.ID)
		if err != nil {
			return err
		}
		if n, err := c.Loose(ctx()); err != nil || n != 0 {
			return fmt.Errorf("%d things in a case belong to nothing: %w", n, err)
		}
	}
	drawers := 1
	if err := o.DrawersOf(ctx(), func(d *drawer.Drawer) error {
		drawers++
		report, err := d.Check(ctx(), nil)
		if err == nil && len(report.Problems) > 0 {
			err = fmt.Errorf("%v", report.Problems)
		}
		return err
	}); err != nil {
		return err
	}
	if n := files(o.t, o.dir); n != drawers {
		return fmt.Errorf("%d drawers lie in the folder, and %d belong there", n, drawers)
	}
	return nil
}

// state are the rows of the practice drawer that only an act changes.
func state(o *office) ([]string, error) {
	d, err := o.CaseloadDrawer(ctx())
	if err != nil {
		return nil, err
	}
	var rows []string
	for line := range strings.Lines(dump(o, d, "audit")) {
		if !strings.HasPrefix(line, "setting ") {
			rows = append(rows, line)
		}
	}
	slices.Sort(rows)
	return rows, nil
}
