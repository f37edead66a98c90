package lang

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// A rule refuses words; reason is what a writer reads who used one of them.
type rule struct {
	words  *regexp.Regexp
	reason string
	couple bool // only in what couples read; a practitioner's note may be due
}

// words matches any of the alternatives, which may hold regular expressions, as
// whole words in any case.
func words(alternatives ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(alternatives, "|") + `)\b`)
}

var rules = []rule{
	// What Ebb claims, to anybody.
	{
		words("hipaa[- ]compliant", "gdpr[- ]compliant", "safe for abuse", "military[- ]grade", "unbreakable", "unhackable", "100 ?% (safe|secure)"),
		"Ebb makes no such claim", false,
	},
	{words("unrecoverabl[ey]", "irrecoverabl[ey]"), "snapshots and flash remnants may remain", false},
	{words("diagnos(is|es|ed?|ing)"), "Ebb never makes a diagnosis", false},
	{words("gottman method", "sound relationship house", "love maps?", "hold me tight", "nonviolent communication", "NVC", "crucible",
		"wheel of consent", "(five |5 )?love languages?", "imago"), "somebody's mark: describe the act, not the brand", false},
	{words("(low|high)(er|est)?[- ](desire|libido) (partner|person|client)", "refuser", "frigid(ity)?", "nymphomania(c)?", "sex addict(ion)?", "dysfunctional",
		"non-?compliant", "identified patient", "problem partner"), "a label, not a person", false},
	{regexp.MustCompile("!"), "an exclamation mark pushes", false},

	// What couples read: nothing measures, chases, blames.
	{words("should(n['’]t)?", "ought to", "(are|is) supposed to"), "Ebb does not say what ought to be", true},
	{words("(ab)?normal(ly|ity)?", "most couples", "other couples", "healthy couples", "average couples?"), "Ebb compares nobody", true},
	{
		words("fail(s|ed|ing|ures?)?", "miss(ed|ing) (a|an|the|your|it|one|this)", "missed", "overdue", "past due", "catch(ing)? up on", "fall(en|ing)? behind", "behind schedule"),
		"nothing is late and nobody fails", true,
	},
	{words("dut(y|ies)", "obligations?", "obliged", "withhold(s|ing)?"), "closeness is not a debt", true},
	{
		words("streaks?", "scor(e|es|ed|ing)", "badges?", "goals? (reached|met)", "reach(ed)? (your|a|the) goal", "level(s|led)? up", "achievements?", "compatib(le|ility)", "rank(s|ed|ing)?"),
		"nothing is scored", true,
	},
	{regexp.MustCompile(`(?i)\bmatch(es|ed)?!`), "nothing is scored", true},
	{
		words("waiting for (you|your partner|them|the other)", "(partner|they) (is|are) waiting", "(has|have)(n['’]t| not) (yet )?(answered|opened|joined|replied|responded)", "not (yet )?answered", "remind (your|them|the other)"),
		"absence is not data, and nobody is chased", true,
	},
	{
		words("(has|have|had) (not )?consented", "no one will be told", "nobody will be told", "no one will know", "nobody will know"),
		"consent is never shown as done, and Ebb cannot promise that nobody guesses", true,
	},
	{words("you both", "both of you", "both partners", "the two of you"), `three may read: "everyone", "each of you"`, true},
	{words("marital", "foreplay", "libido", "homework"), "not Ebb's word", true},
	{words("kind no"), `"a no": warm if you feel warm, and a plain no is complete`, true},
	{words("sign (this|the|your|an) agreement"), "one keeps an agreement, one does not sign it", true},
	{words("he", "she", "him", "her", "hers", "his", "himself", "herself", "husbands?", "wife", "wives", "boyfriends?", "girlfriends?",
		"m[ae]n", "wom[ae]n", "males?", "females?", "opposite sex"), `a partner is "they"`, true},
}

// Practitioners read the catalogues whose names begin so; all others are the
// couple's.
const practitioners = "practice"

// An allowance lets one text use a word that a rule refuses.
type allowance struct {
	text   string // key of the catalogue, or file#path of an exercise
	word   string // as it stands in the text
	reason string
}

func TestWording(t *testing.T) {
	idle := make(map[allowance]bool)
	for _, a := range allowed {
		if a.reason == "" {
			t.Errorf("%s may say %q for no reason", a.text, a.word)
		}
		idle[a] = true
	}
	for _, p := range prose(t) {
		for _, found := range refused(p.text, p.couple) {
			permitted := false
			for _, a := range allowed {
				if a.text == p.name && strings.EqualFold(a.word, found.word) {
					permitted = true
					delete(idle, a)
				}
			}
			if !permitted {
				t.Errorf("%s says %q: %s\n\t%s", p.name, found.word, found.reason, p.text)
			}
		}
	}
	for a := range idle {
		t.Errorf("%s does not say %q any more: take it off the list", a.text, a.word)
	}
}

// A finding is a refused word in a text.
type finding struct{ word, reason string }

func refused(text string, couple bool) (found []finding) {
	for _, r := range rules {
		if r.couple && !couple {
			continue
		}
		for _, word := range r.words.FindAllString(text, -1) {
			found = append(found, finding{word, r.reason})
		}
	}
	return found
}

// A passage is one text that ships.
type passage struct {
	file, name, text string
	couple           bool
}

// prose lists every English text: the catalogues, the exercises and the papers of an
// office.
func prose(t *testing.T) (out []passage) {
	t.Helper()
	for _, source := range []struct {
		tree   fs.FS
		folder string
	}{{os.DirFS("."), "en"}, {os.DirFS("../.."), "exercises/data/en"}, {os.DirFS("../.."), "exercises/casework/data/en"}} {
		files, err := fs.Glob(source.tree, source.folder+"/*.toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(source.tree, file)
			if err != nil {
				t.Fatal(err)
			}
			var tree map[string]any
			if err := toml.Unmarshal(data, &tree); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			area := strings.TrimSuffix(path.Base(file), ".toml")
			prefix := ""
			if source.folder != "en" {
				prefix = area + "#"
			}
			for _, p := range stringsBelow(prefix, tree) {
				p.file, p.couple = file, !strings.HasPrefix(area, practitioners)
				out = append(out, p)
			}
		}
	}
	return out
}

// cited are the fields of an exercise that name a work or a file and are nobody's
// words to change, and those of a hint that hold what it is there for.
var cited = []string{"id", "pattern", "finds", "spares", "source", "sources", "draws-on", "draws_on", "evidence", "category", "contraindications", "gate"}

// stringsBelow lists the strings below a value of a TOML file, whatever its shape. A
// table in a list is named by its id, if it has one.
func stringsBelow(name string, value any) (out []passage) {
	switch v := value.(type) {
	case string:
		return []passage{{name: name, text: v}}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if slices.Contains(cited, key) {
				continue
			}
			out = append(out, stringsBelow(joined(name, key), v[key])...)
		}
	case []any:
		for i, element := range v {
			out = append(out, stringsBelow(fmt.Sprintf("%s[%d]", name, i), element)...)
		}
	case []map[string]any:
		for i, element := range v {
			place := fmt.Sprintf("%s[%d]", name, i)
			if id, ok := element["id"].(string); ok {
				place = fmt.Sprintf("%s[%s]", name, id)
			}
			out = append(out, stringsBelow(place, element)...)
		}
	}
	return out
}

func joined(name, key string) string {
	if name == "" || strings.HasSuffix(name, "#") {
		return name + key
	}
	return name + "." + key
}

func TestRefusedWords(t *testing.T) {
	for text, word := range map[string]string{
		"You should rest.":                             "should",
		"You shouldn’t.":                               "shouldn’t",
		"That is NORMAL.":                              "NORMAL",
		"It failed.":                                   "failed",
		"A duty, not a wish.":                          "duty",
		"Two are overdue.":                             "overdue",
		"You missed a day.":                            "missed a",
		"A streak of three.":                           "streak",
		"Your score is high.":                          "score",
		"It’s a match!":                                "match!",
		"Goal reached.":                                "Goal reached",
		"Most couples talk.":                           "Most couples",
		"Your partner is waiting.":                     "partner is waiting",
		"They have not answered.":                      "have not answered",
		"Alex has consented.":                          "has consented",
		"No one will be told that you did not open it": "No one will be told",
		"You both want this.":                          "You both",
		"Say a kind no.":                               "kind no",
		"When he comes home.":                          "he",
		"Ask your wife.":                               "wife",
		"Well done!":                                   "!",
		"HIPAA-compliant storage.":                     "HIPAA-compliant",
		"This is safe for abuse survivors.":            "safe for abuse",
		"It is unrecoverable.":                         "unrecoverable",
	} {
		found := refused(text, true)
		if !slices.ContainsFunc(found, func(f finding) bool { return f.word == word }) {
			t.Errorf("%q: found %v, want %q", text, found, word)
		}
	}
	for _, text := range []string{
		"Put a hand on a shoulder.", "I miss you.", "Missing them is allowed.", "The other may feel there is something here.",
		"Shell and sheet, this and history.", "Human touch, mental rest, womanly is not a word here.",
		"There is nothing to do.", "Two meanings, both kept.", "A normalising card.", "The underscore of a day.", "Matches the colour.",
		"Kept. Only you can see this.", "Not this time. Shall we look at the tired-day menu?", "You can close this without finishing.",
		"This agreement ends by itself on 4 March.", "Either of you may stop. Stopping is a good use of this page.",
		"This one is resting. Here are others.", "Send this part to your practitioner, to them alone.", "Nothing is due on day eight.",
	} {
		if found := refused(text, true); len(found) > 0 {
			t.Errorf("%q: found %v, want nothing", text, found)
		}
	}
	if found := refused("The note is overdue; the score is 4; he missed the session.", false); len(found) > 0 {
		t.Errorf("a practitioner's text: found %v, want nothing", found)
	}
}
