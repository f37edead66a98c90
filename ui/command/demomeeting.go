package command

import (
	"context"
	"slices"
	"time"

	"ebb/ui/command/demodata"
	"ebb/vault/practice"
)

// planMeetings puts the meetings on the agenda, with what is prepared for the next one
// and what lies behind the second unlock, which is written after the last. A meeting is
// arranged when the one before has ended.
func (f *furnished) planMeetings(all *agenda) {
	last := f.from.Opened
	for _, m := range f.from.Meetings {
		if m.At.After(f.today) {
			all.add(last.Add(time.Minute), func(ctx context.Context) error {
				_, err := f.c.Meetings.Put(ctx, f.meeting(m))
				return err
			})
			continue
		}
		end := m.At.Add(80 * time.Minute)
		note := new(practice.Note)
		all.add(end, func(ctx context.Context) error { return f.meet(ctx, m, note) })
		if a := m.Amended; a != nil {
			all.add(a.At, func(ctx context.Context) error {
				note.Sections[0].Text = a.Note
				return f.c.Notes.Amend(ctx, note.ID, note.Sections, a.Reason)
			})
		}
		last = end
	}
	all.add(last.Add(2*time.Minute), f.prepare)
	all.add(last.Add(3*time.Minute), f.apart)
}

// meeting is one as it is arranged.
func (f *furnished) meeting(m demodata.Meeting) practice.Meeting {
	meeting := practice.Meeting{At: m.At, Minutes: 75, State: practice.Planned, Interpreter: m.Interpreter}
	if m.Alone != nil {
		meeting.Member, meeting.Minutes = f.members[*m.Alone], 50
	}
	return meeting
}

// meet keeps a meeting, who was there, and its note.
func (f *furnished) meet(ctx context.Context, m demodata.Meeting, note *practice.Note) error {
	meeting := f.meeting(m)
	if m.Note != "" {
		meeting.State = practice.Held
	}
	meeting, err := f.c.Meetings.Put(ctx, meeting)
	if err != nil || m.Note == "" {
		return err
	}
	for i, id := range f.members {
		if m.Alone != nil && i != *m.Alone {
			continue
		}
		there := practice.Attendance{Member: id, State: practice.Present}
		switch {
		case slices.Contains(m.Absent, i):
			there.State = practice.Absent
		case slices.Contains(m.Part, i):
			there.State = practice.Part
		}
		for _, v := range m.Video {
			if v.Member == i {
				there.Video, there.Place, there.Earshot = true, v.Place, v.Earshot
			}
		}
		if err := f.c.Meetings.Attend(ctx, meeting.ID, there); err != nil {
			return err
		}
	}
	*note, err = f.note(ctx, m, meeting)
	return err
}

// note writes the note of a meeting, and signs it if that was done.
func (f *furnished) note(ctx context.Context, m demodata.Meeting, meeting practice.Meeting) (practice.Note, error) {
	audience := practice.Joint
	if m.Alone != nil {
		audience = practice.Individual
	}
	template, err := f.template(ctx, m.Template)
	if err != nil {
		return practice.Note{}, err
	}
	note := f.c.Notes.New(audience, meeting.Member, template)
	note.Meeting = meeting.ID
	for i, text := range append([]string{m.Note}, m.Then...) {
		note.Sections[i].Text = text
	}
	if note, err = f.c.Notes.Save(ctx, note); err != nil || !m.Signed {
		return note, err
	}
	return note, f.c.Notes.Sign(ctx, note.ID)
}

// template is the one of that name, or the free one.
func (f *furnished) template(ctx context.Context, name string) (practice.Template, error) {
	all, err := f.p.Templates.All(ctx)
	if err != nil {
		return practice.Template{}, err
	}
	for _, t := range all {
		if t.Name == name {
			return t, nil
		}
	}
	return practice.Template{Name: practice.Free, Keys: []string{"text"}}, nil
}

// prepare writes the lines of the two pages of the next meeting.
func (f *furnished) prepare(ctx context.Context) error {
	for _, on := range []struct {
		page  string
		lines []string
	}{{practice.OnTable, f.from.Table}, {practice.OnMine, f.from.Mine}} {
		for _, line := range on.lines {
			if _, err := f.c.Prep.Add(ctx, on.page, line); err != nil {
				return err
			}
		}
	}
	for _, a := range f.from.AskAlone {
		if _, err := f.c.Prep.AddAlone(ctx, f.members[a.Member], a.Text); err != nil {
			return err
		}
	}
	return nil
}

// apart keeps what lies behind the second unlock.
func (f *furnished) apart(ctx context.Context) error {
	keep := func(n *practice.Notes, err error, audience practice.Audience, name, text string) error {
		if err != nil {
			return err
		}
		template, err := f.template(ctx, name)
		if err != nil {
			return err
		}
		note := n.New(audience, practice.ID{}, template)
		note.Sections[0].Text = text
		_, err = n.Save(ctx, note)
		return err
	}
	if f.from.Process == "" && f.from.Risk == "" && len(f.from.Safety) == 0 {
		return nil
	}
	if err := f.stepUp(ctx); err != nil {
		return err
	}
	if f.from.Process != "" {
		n, err := f.c.Process(ctx)
		if err := keep(n, err, practice.ProcessNote, practice.Free, f.from.Process); err != nil {
			return err
		}
	}
	if f.from.Risk != "" {
		n, err := f.c.Risk(ctx)
		if err := keep(n, err, practice.SafetyNote, practice.Formulation, f.from.Risk); err != nil {
			return err
		}
	}
	for _, s := range f.from.Safety {
		n, err := f.c.Safety(ctx, f.members[s.Member])
		if err := keep(n, err, practice.SafetyNote, s.Template, s.Text); err != nil {
			return err
		}
	}
	return nil
}
