package demodata

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"
)

// caseFile is a case as data/cases.toml has it.
type caseFile struct {
	Code      string `toml:"code"`
	Label     string `toml:"label"`
	Opened    int    `toml:"opened"`
	Closed    int    `toml:"closed"`
	KeepYears int    `toml:"keep_years"`
	Hour      string `toml:"hour"` // at which its meetings usually are
	Papers    []struct {
		Name     string   `toml:"name"`
		Days     int      `toml:"days"`
		Agreed   []int    `toml:"agreed"`
		Declined []int    `toml:"declined"`
		Back     [][2]int `toml:"back"`
	} `toml:"paper"`
	SeenAlone [][2]int `toml:"seen_alone"`
	Limits    []struct {
		Member    *int     `toml:"member"`
		Days      int      `toml:"days"`
		Closeness *int     `toml:"closeness"`
		Topics    []string `toml:"topics"`
	} `toml:"limit"`
	Plans []struct {
		Days int    `toml:"days"`
		Text string `toml:"text"`
	} `toml:"plan"`
	Reviews []struct {
		Kind string `toml:"kind"`
		Days int    `toml:"days"`
	} `toml:"review"`
	Members  []CaseMember `toml:"member"`
	Pairs    [][]any      `toml:"pair"`
	Meetings []struct {
		Days        int      `toml:"days"`
		Alone       *int     `toml:"alone"`
		Interpreter string   `toml:"interpreter"`
		Absent      []int    `toml:"absent"`
		Part        []int    `toml:"part"`
		Video       []Video  `toml:"video"`
		Note        string   `toml:"note"`
		Then        []string `toml:"then"`
		Template    string   `toml:"template"`
		Signed      bool     `toml:"signed"`
		Amended     *struct {
			Days   int    `toml:"days"`
			Reason string `toml:"reason"`
			Note   string `toml:"note"`
		} `toml:"amended"`
	} `toml:"meeting"`
	Menu     [][]any `toml:"menu"`
	Observed []struct {
		Member   int      `toml:"member"`
		Days     int      `toml:"days"`
		Domain   string   `toml:"domain"`
		Words    string   `toml:"words"`
		Band     string   `toml:"band"`
		Room     []string `toml:"room"`
		Lasting  string   `toml:"lasting"`
		Released bool     `toml:"released"`
	} `toml:"observation"`
	Feedback []struct {
		Member int    `toml:"member"`
		Days   int    `toml:"days"`
		About  string `toml:"about"`
		Keep   string `toml:"keep"`
		Change string `toml:"change"`
		Drop   string `toml:"drop"`
		Reply  string `toml:"reply"`
	} `toml:"feedback"`
	CheckIns []struct {
		Member  int                 `toml:"member"`
		Days    int                 `toml:"days"`
		Answers map[string][]string `toml:"answers"`
		Typed   map[string][]string `toml:"typed"`
	} `toml:"check_in"`
	Intake []struct {
		Member int    `toml:"member"`
		Days   int    `toml:"days"`
		Area   string `toml:"area"`
		Text   string `toml:"text"`
	} `toml:"intake"`
	Contacts []struct {
		Member   *int   `toml:"member"`
		Days     int    `toml:"days"`
		Way      string `toml:"way"`
		Incoming bool   `toml:"incoming"`
		Words    string `toml:"words"`
	} `toml:"contact"`
	Files []struct {
		Title  string `toml:"title"`
		Member int    `toml:"member"`
		Days   int    `toml:"days"`
	} `toml:"file"`
	Table    []string `toml:"table"`
	Mine     []string `toml:"mine"`
	AskAlone [][]any  `toml:"ask_alone"`
	Process  string   `toml:"process"`
	Safety   []Safety `toml:"safety"`
	Risk     string   `toml:"risk"`
}

// TheOffice returns the invented practice as it stands today, on the clock of the place
// where today is.
func TheOffice(today time.Time) (Office, error) { return decodeOffice(data, today) }

func decodeOffice(fsys fs.FS, today time.Time) (Office, error) {
	var file struct {
		Practitioner string `toml:"practitioner"`
		Folder       string `toml:"folder"`
		Cover        Cover  `toml:"cover"`
		Documents    []struct {
			Name string            `toml:"name"`
			Days int               `toml:"days"`
			Add  string            `toml:"add"`
			Fill map[string]string `toml:"fill"`
		} `toml:"document"`
		Referrals []Referral `toml:"referral"`
		Templates []Template `toml:"template"`
		Cases     []caseFile `toml:"case"`
	}
	raw, err := fs.ReadFile(fsys, "data/cases.toml")
	if err != nil {
		return Office{}, err
	}
	if err := strict(string(raw), &file); err != nil {
		return Office{}, fmt.Errorf("cases.toml: %w", err)
	}
	o := Office{Practitioner: file.Practitioner, Folder: file.Folder, Cover: file.Cover, Referrals: file.Referrals, Templates: file.Templates}
	if o.Exercise, err = fs.ReadFile(fsys, "data/practice-exercise.toml"); err != nil {
		return Office{}, err
	}
	if o.Letter, err = fs.ReadFile(fsys, "data/letter.pdf"); err != nil {
		return Office{}, err
	}
	days := &calendar{today: today, taken: map[time.Time]bool{}}
	for _, d := range file.Documents {
		o.Documents = append(o.Documents, Document{d.Name, days.at(d.Days, 8), d.Add, d.Fill})
	}
	slices.SortStableFunc(o.Documents, func(a, b Document) int { return a.At.Compare(b.At) })
	for _, f := range file.Cases {
		c, err := f.decode(days)
		if err != nil {
			return Office{}, fmt.Errorf("cases.toml, %s: %w", f.Code, err)
		}
		o.Cases = append(o.Cases, c)
	}
	slices.SortStableFunc(o.Cases, func(a, b Case) int { return a.Opened.Compare(b.Opened) })
	return o, nil
}

// calendar counts days back from today, and knows at which hours somebody is there.
type calendar struct {
	today time.Time
	taken map[time.Time]bool
}

// hours are those at which a meeting can begin.
var hours = []string{"09:00", "10:30", "12:00", "13:30", "15:00", "16:30"}

// day is midnight so many days ago, or to come: of the weekday before a weekend that
// was, and of the one after a weekend that is to come.
func (c *calendar) day(daysAgo int) time.Time {
	year, month, day := c.today.AddDate(0, 0, -daysAgo).Date()
	at := time.Date(year, month, day, 0, 0, 0, 0, c.today.Location())
	step := -1
	if daysAgo < 0 {
		step = 1
	}
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, step)
	}
	return at
}

// at is an hour of such a day.
func (c *calendar) at(daysAgo, hour int) time.Time { return c.on(c.day(daysAgo), hour, 0) }

func (c *calendar) on(day time.Time, hour, minute int) time.Time {
	year, month, d := day.Date()
	return time.Date(year, month, d, hour, minute, 0, 0, day.Location())
}

// meeting takes the first hour from the usual one on at which nobody else comes.
func (c *calendar) meeting(daysAgo int, usual string) (time.Time, error) {
	first := slices.Index(hours, usual)
	if first < 0 {
		return time.Time{}, fmt.Errorf("no meeting begins at %q", usual)
	}
	day := c.day(daysAgo)
	for i := range hours {
		clock, err := time.Parse("15:04", hours[(first+i)%len(hours)])
		if err != nil {
			return time.Time{}, err
		}
		if at := c.on(day, clock.Hour(), clock.Minute()); !c.taken[at] {
			c.taken[at] = true
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("there is no hour left on %s", day.Format(time.DateOnly))
}

var errShape = errors.New("a list has not the shape that it should have")

func (f caseFile) decode(days *calendar) (Case, error) {
	c := Case{
		Code: f.Code, Label: f.Label, Opened: days.at(f.Opened, 8), Members: f.Members,
		Table: f.Table, Mine: f.Mine, Process: f.Process, Safety: f.Safety, Risk: f.Risk,
	}
	if f.Closed > 0 {
		c.Closed = days.at(f.Closed, 18)
		if f.KeepYears > 0 {
			c.KeepUntil = fmt.Sprintf("%d-12-31", c.Closed.Year()+f.KeepYears)
		}
	}
	for _, p := range f.Papers {
		paper := Paper{Name: p.Name, At: days.at(p.Days, 9), Agreed: p.Agreed, Declined: p.Declined}
		for _, b := range p.Back {
			paper.Back = append(paper.Back, Seen{b[0], days.at(b[1], 18)})
		}
		c.Papers = append(c.Papers, paper)
	}
	for _, s := range f.SeenAlone {
		c.SeenAlone = append(c.SeenAlone, Seen{s[0], days.at(s[1], 12)})
	}
	for _, l := range f.Limits {
		c.Limits = append(c.Limits, Limit{l.Member, days.at(l.Days, 13), l.Closeness, l.Topics})
	}
	for _, p := range f.Plans {
		c.Plans = append(c.Plans, Plan{days.at(p.Days, 18), p.Text})
	}
	for _, r := range f.Reviews {
		c.Reviews = append(c.Reviews, Review{r.Kind, days.day(r.Days)})
	}
	for _, k := range f.Contacts {
		c.Contacts = append(c.Contacts, Contact{k.Member, days.at(k.Days, 11), k.Way, k.Words, k.Incoming})
	}
	for _, one := range f.Files {
		c.Files = append(c.Files, File{one.Title, one.Member, days.at(one.Days, 17)})
	}
	return c, errors.Join(f.decodeLists(&c, days), f.decodeMeetings(&c, days), f.decodeSaid(&c, days))
}

// decodeLists reads what stands in lists of values of several kinds.
func (f caseFile) decodeLists(c *Case, days *calendar) error {
	for _, p := range f.Pairs {
		if len(p) != 3 {
			return errShape
		}
		first, one := p[0].(int64)
		second, two := p[1].(int64)
		words, three := p[2].(string)
		if !one || !two || !three {
			return errShape
		}
		c.Pairs = append(c.Pairs, Pair{int(first), int(second), words})
	}
	for _, m := range f.Menu {
		if len(m) != 4 {
			return errShape
		}
		exercise, one := m[0].(string)
		state, two := m[1].(string)
		note, three := m[2].(string)
		ago, four := m[3].(int64)
		if !one || !two || !three || !four {
			return errShape
		}
		c.Menu = append(c.Menu, Change{exercise, state, note, days.at(int(ago), 18)})
	}
	for _, a := range f.AskAlone {
		if len(a) != 2 {
			return errShape
		}
		member, one := a[0].(int64)
		text, two := a[1].(string)
		if !one || !two {
			return errShape
		}
		c.AskAlone = append(c.AskAlone, Ask{int(member), text})
	}
	return nil
}

func (f caseFile) decodeMeetings(c *Case, days *calendar) error {
	for _, m := range f.Meetings {
		at, err := days.meeting(m.Days, f.Hour)
		if err != nil {
			return err
		}
		meeting := Meeting{
			At: at, Alone: m.Alone, Interpreter: m.Interpreter, Absent: m.Absent, Part: m.Part, Video: m.Video,
			Note: m.Note, Then: m.Then, Template: m.Template, Signed: m.Signed,
		}
		if m.Amended != nil {
			meeting.Amended = &Amendment{days.at(m.Amended.Days, 18), m.Amended.Reason, m.Amended.Note}
		}
		c.Meetings = append(c.Meetings, meeting)
	}
	return nil
}

// decodeSaid reads what somebody said or wrote down for themselves.
func (f caseFile) decodeSaid(c *Case, days *calendar) error {
	for _, o := range f.Observed {
		c.Observed = append(c.Observed, Observation{o.Member, days.at(o.Days, 19), o.Domain, o.Words, o.Band, o.Lasting, o.Room, o.Released})
	}
	for _, b := range f.Feedback {
		c.Feedback = append(c.Feedback, Feedback{b.Member, days.at(b.Days, 19), b.About, b.Keep, b.Change, b.Drop, b.Reply})
	}
	for _, i := range f.Intake {
		c.Intake = append(c.Intake, Intake{i.Member, days.at(i.Days, 19), i.Area, i.Text})
	}
	for _, k := range f.CheckIns {
		answers, err := byItem(k.Answers)
		if err != nil {
			return err
		}
		typed, err := byItem(k.Typed)
		if err != nil {
			return err
		}
		c.CheckIns = append(c.CheckIns, CheckIn{k.Member, days.at(k.Days, 19), answers, typed})
	}
	return nil
}

// byItem are the answers of a sheet by the numbers of its items.
func byItem(said map[string][]string) (map[int][]string, error) {
	if len(said) == 0 {
		return nil, nil
	}
	answers := map[int][]string{}
	for item, words := range said {
		n, err := strconv.Atoi(item)
		if err != nil {
			return nil, fmt.Errorf("a check-in has no item %q", item)
		}
		answers[n] = words
	}
	return answers, nil
}
