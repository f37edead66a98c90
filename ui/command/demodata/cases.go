package demodata

import "time"

// An Office is an invented practice.
type Office struct {
	Practitioner string
	Folder       string // where what was signed on paper is
	Cover        Cover
	Documents    []Document // in the order in which they were put in use
	Referrals    []Referral
	Templates    []Template
	Exercise     []byte // the file of an exercise of its own
	Letter       []byte // a PDF
	Cases        []Case // in the order in which they were opened
}

// A Cover is who advises the practitioner, and who stands in.
type Cover struct {
	Supervisor string `toml:"supervisor"`
	Hours      string `toml:"hours"`
	Locum      string `toml:"locum"`
	Away       string `toml:"away"`
	May        string `toml:"may"`
}

// A Document is one of Ebb's own texts, put in use on a day.
type Document struct {
	Name string
	At   time.Time
	Add  string            // words of the practice below it
	Fill map[string]string // what stands in its places
}

// A Referral is somebody to whom people may be referred.
type Referral struct {
	Field  string `toml:"field"`
	Name   string `toml:"name"`
	Reach  string `toml:"reach"`
	Remark string `toml:"remark"`
}

// A Template is one of the practice's own: sections, and what stands in each while it
// is empty.
type Template struct {
	Name     string      `toml:"name"`
	Sections [][2]string `toml:"sections"`
}

// A Case is one of an office. Members are named by their place among Members, from 0.
type Case struct {
	Code, Label string
	Opened      time.Time
	Closed      time.Time // zero while it is open
	KeepUntil   string    // a day; empty if none is set
	Papers      []Paper
	SeenAlone   []Seen
	Limits      []Limit
	Plans       []Plan
	Reviews     []Review
	Members     []CaseMember
	Pairs       []Pair
	Meetings    []Meeting // in order
	Menu        []Change
	Observed    []Observation
	Feedback    []Feedback
	CheckIns    []CheckIn
	Intake      []Intake
	Contacts    []Contact
	Files       []File
	Table, Mine []string // lines of the two pages of a preparation
	AskAlone    []Ask
	Process     string
	Safety      []Safety
	Risk        string
}

// A CaseMember is a person of a case.
type CaseMember struct {
	Name            string `toml:"name"`
	Pronouns        string `toml:"pronouns"`
	Description     string `toml:"description"`
	Ask             string `toml:"ask"`
	Level           string `toml:"level"`
	Access          string `toml:"access"`
	Number          string `toml:"number"`
	Voicemail       string `toml:"voicemail"`
	Times           string `toml:"times"`
	Post            string `toml:"post"`
	CodeWord        string `toml:"code_word"`
	EmergencyName   string `toml:"emergency_name"`
	EmergencyNumber string `toml:"emergency_number"`
	EmergencyBounds string `toml:"emergency_bounds"`
}

// A Paper is a form that was put before the people of a case on a day, and what each
// decided then. Who is not named has not decided.
type Paper struct {
	Name             string
	At               time.Time
	Agreed, Declined []int
	Back             []Seen // who took it back, and when
}

// A Pair is what two members call what is between them.
type Pair struct {
	First, Second int
	Words         string
}

// A Seen is a member and a moment.
type Seen struct {
	Member int
	At     time.Time
}

// A Limit is how far a menu goes for one member, or for everybody.
type Limit struct {
	Member    *int // nil: everybody
	At        time.Time
	Closeness *int     // nil: as far as it goes
	Topics    []string // switched off
}

// A Plan is a version of the treatment plan.
type Plan struct {
	At   time.Time
	Text string
}

// A Review is something to look at again.
type Review struct {
	Kind string
	At   time.Time
}

// A Meeting is one that was, or is to come.
type Meeting struct {
	At          time.Time
	Alone       *int // with this member; nil: with everybody
	Interpreter string
	Absent      []int
	Part        []int // who came late or left early
	Video       []Video
	Note        string   // empty: not written yet
	Then        []string // what its further sections say
	Template    string
	Signed      bool
	Amended     *Amendment
}

// A Video is who joined from elsewhere.
type Video struct {
	Member  int    `toml:"member"`
	Place   string `toml:"place"`
	Earshot string `toml:"earshot"`
}

// An Amendment is what a signed note says from a day on, and why.
type Amendment struct {
	At           time.Time
	Reason, Note string
}

// An Observation is a line of the progress log, told by that member.
type Observation struct {
	Member                       int
	At                           time.Time
	Domain, Words, Band, Lasting string
	Room                         []string // what was taking it up
	Released                     bool
}

// Feedback is what a member said about the work.
type Feedback struct {
	Member                           int
	At                               time.Time
	About, Keep, Change, Drop, Reply string
}

// A CheckIn is one that a member filled in on paper.
type CheckIn struct {
	Member  int
	At      time.Time
	Answers map[int][]string // by item
	Typed   map[int][]string // wrongly at first; none if nothing was
}

// An Intake is an area of a member's history.
type Intake struct {
	Member     int
	At         time.Time
	Area, Text string
}

// A Contact is a call, a letter or a message.
type Contact struct {
	Member     *int // nil: somebody else
	At         time.Time
	Way, Words string
	Incoming   bool
}

// A File is that the office's letter was attached.
type File struct {
	Title  string
	Member int
	At     time.Time
}

// An Ask is what to ask a member alone.
type Ask struct {
	Member int
	Text   string
}

// A Safety is a note in a member's safety record.
type Safety struct {
	Member   int    `toml:"member"`
	Template string `toml:"template"`
	Text     string `toml:"text"`
}
