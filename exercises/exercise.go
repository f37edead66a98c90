package exercises

// An Exercise is one thing to try, alone or together. Texts are in the language of
// the library that it came from.
type Exercise struct {
	// ID is the letter of a category and a number: "D3". Own exercises have random
	// ids that begin with a small letter.
	ID string `toml:"id" json:"id"`
	// VersionOf is the exercise of which this is a version for one person, on the menu
	// for as long as nobody offered or retired the whole; empty for all others.
	VersionOf string   `toml:"version_of,omitempty" json:"versionOf,omitempty"`
	Title     string   `toml:"title" json:"title"`
	Category  Category `toml:"category" json:"category"`
	// Purpose says in a sentence or two what it is for.
	Purpose string `toml:"purpose" json:"purpose"`
	// Minutes is about how long it takes.
	Minutes   int       `toml:"minutes" json:"minutes"`
	Energy    Energy    `toml:"energy" json:"energy"`
	Settings  []Setting `toml:"settings" json:"settings"`
	Closeness Closeness `toml:"closeness" json:"closeness"`
	Who       Who       `toml:"who" json:"who"`
	Gate      Gate      `toml:"gate" json:"gate"`
	Stop      Stop      `toml:"stop" json:"stop"`
	// NotWith are the contraindications, asked about before every start.
	NotWith []Contraindication `toml:"not_with" json:"notWith"`
	// DrawsOn names authors and years.
	DrawsOn []string `toml:"draws_on" json:"drawsOn"`

	Needs []string `toml:"needs" json:"needs"`
	// LeaveIt says in plain words when to leave the exercise closed.
	LeaveIt string `toml:"leave_it" json:"leaveIt"`
	// Consent is said aloud, or read alone, before anything begins.
	Consent string `toml:"consent" json:"consent"`
	// Opening is what a run begins with.
	Opening string `toml:"opening" json:"opening"`

	Steps      []Step     `toml:"steps" json:"steps"`
	Variations Variations `toml:"variations" json:"variations"`
	After      After      `toml:"after" json:"after"`
}

// A Step is one page of a run.
type Step struct {
	Title string `toml:"title" json:"title"`
	Text  string `toml:"text" json:"text"`
	// Minutes is what the timer offers; 0 is none.
	Minutes int `toml:"minutes,omitempty" json:"minutes,omitempty"`
	// Alone: each person does this step privately.
	Alone bool `toml:"alone,omitempty" json:"alone,omitempty"`
}

// Variations are other ways to do the same exercise.
type Variations struct {
	Tired    string `toml:"tired" json:"tired"`       // on a tired day
	Distance string `toml:"distance" json:"distance"` // at two places
	Body     string `toml:"body" json:"body"`         // for bodies that see, hear, move, speak or feel differently
	Calm     string `toml:"calm" json:"calm"`         // with little to take in: one thing at a time, literal words
}

// After is what comes when an exercise has ended, however it ended.
type After struct {
	Closing string   `toml:"closing" json:"closing"`
	Stop    string   `toml:"stop" json:"stop"`       // how to stop and undo
	Badly   string   `toml:"badly" json:"badly"`     // what to do if it goes badly
	Reflect []string `toml:"reflect" json:"reflect"` // two questions, each for oneself
	// Literal says the same without metaphors, where there are any.
	Literal string `toml:"literal,omitempty" json:"literal,omitempty"`
}

// Category is a shelf of the library.
type Category string

// The categories, in the order of the menu: affection comes before touch.
const (
	Closer       Category = "closeness" // nonsexual closeness and rituals
	Appreciation Category = "appreciation"
	Language     Category = "language" // language and listening
	Mapping      Category = "mapping"  // mapping desire
	Tempo        Category = "tempo"    // timing and tempo
	Boundaries   Category = "boundaries"
	Repair       Category = "repair"
	Planning     Category = "planning" // planning for tension
	Health       Category = "health"   // stress, health and change
	Values       Category = "values"   // values and culture
	Histories    Category = "histories"
	Touch        Category = "touch" // touch, step by step
)

// Categories are all of them, in the order of the menu.
var Categories = []Category{
	Closer, Appreciation, Language, Mapping, Tempo, Boundaries,
	Repair, Planning, Health, Values, Histories, Touch,
}

// Energy is how much an exercise asks for.
type Energy string

// The energies. Low is fit for a tired day.
const (
	Low  Energy = "low"
	Some Energy = "some"
	More Energy = "more"
)

// Setting is where an exercise can be done.
type Setting string

// The settings. Apart: at two places, as it stands.
const (
	AtHome   Setting = "home"
	InBed    Setting = "bed"
	Outdoors Setting = "outdoors"
	Anywhere Setting = "anywhere"
	Apart    Setting = "apart"
)

// Closeness is how near an exercise comes: 0 talk or writing only, 1 near or brief
// clothed contact, 2 clothed touch, 3 more skin with chest and genitals left out, 4
// wider touch without a goal. There is no 5: Ebb never assigns a sexual act.
type Closeness int

// MostCloseness is the closest that anything comes.
const MostCloseness Closeness = 4

// Who does it.
type Who string

// Alone, alone first and then together, or everyone together.
const (
	Alone             Who = "alone"
	AloneThenTogether Who = "alone-then-together"
	Together          Who = "together"
)

// Gate says who can put an exercise on the menu.
type Gate string

// Home exercises are there from the start. The others are absent until a
// practitioner offers them.
const (
	Self         Gate = "home"
	Practitioner Gate = "practitioner"
)

// Stop is what the words "Pause, please" and "Stop" do.
type Stop string

// DefaultStop: pausing may go on afterwards. StrictStop: either word ends it for the
// day.
const (
	DefaultStop Stop = "default"
	StrictStop  Stop = "strict"
)

// NeedsOpening reports whether every person must open the exercise privately before
// it can start (care.md, 1): from closeness 2 on, and for the two practices with
// which touch begins.
func (e *Exercise) NeedsOpening() bool {
	return e.Closeness >= 2 || e.ID == "D1" || e.ID == "D2" || e.ID == "E2"
}

// TiredDay reports whether it is fit for a tired day as it stands.
func (e *Exercise) TiredDay() bool { return e.Energy == Low && e.Minutes <= 20 }
