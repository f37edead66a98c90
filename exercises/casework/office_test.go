package casework

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The sections are those that a vault keeps; its package has the same lists.
func TestSectionsAreThoseOfAVault(t *testing.T) {
	c := english(t)
	interview := c.Interview.Template()
	var intake []Section
	for _, q := range c.Intake.Sections {
		intake = append(intake, Section{ID: q.ID, Prompt: q.Ask[0]})
	}
	for _, want := range []struct {
		of   *Template
		keys []string
	}{
		{c.Template("DAP"), []string{"data", "assessment", "plan"}},
		{c.Template("SOAP"), []string{"subjective", "objective", "assessment", "plan"}},
		{c.Template("BIRP"), []string{"behaviour", "intervention", "response", "plan"}},
		{c.Template("free"), []string{"text"}},
		{&interview, []string{
			"how disagreements end", "saying no", "fear, watching, checking", "money, phone, transport, contact", "pushing, holding, hurting",
			"strangulation, weapons", "escalation", "separation, stalking", "unwanted touch, birth control, pregnancy", "threats, images",
			"medication, aids, care withheld", "faith used as pressure", "own use of force", "safe to have answered", "judgement", "limits to set", "safety steps", "look again",
		}},
		{&Template{ID: "intake", Sections: intake}, []string{
			"leave and words", "what brings you", "how desire is", "what invites, what slows", "beginnings and noes", "touch and pleasure",
			"body and health", "medicines and substances", "mind and mood", "relationships", "messages and ease", "what hurt",
			"care and protection", "good enough",
		}},
		{c.Template("safety plan"), []string{"signs", "steps alone", "people", "places", "numbers", "what must not be left lying", "look again"}},
		{c.Template("formulation"), []string{"pattern", "risk to each", "what holds", "joint work", "limits to set", "look again"}},
	} {
		if want.of == nil {
			t.Fatalf("the template with %q is missing", want.keys)
		}
		if got := idsOf(want.of.Sections); !slices.Equal(got, want.keys) {
			t.Errorf("%s has %q, want %q", want.of.ID, got, want.keys)
		}
		for _, s := range want.of.Sections {
			if strings.Contains(s.Prompt, "\n") {
				t.Errorf("%s, %s: the prompt has more than one line", want.of.ID, s.ID)
			}
		}
	}
	if c.Template("gone") != nil {
		t.Error("a template that is not there was found")
	}
}

// What 45 CFR 164.501 leaves out of psychotherapy notes.
func TestRecordFieldsAreThoseOfTheDefinition(t *testing.T) {
	c := english(t)
	got := idsOf(c.RecordFields)
	slices.Sort(got)
	want := []string{
		"diagnosis", "frequency", "functional status", "medication", "modality", "plan", "prognosis", "progress",
		"start and stop times", "symptoms", "test results",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Nothing that asks people has a place for a number, a weight or a threshold, and no
// text speaks of one.
func TestNothingIsScored(t *testing.T) {
	var walk func(of reflect.Type)
	walk = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.String, reflect.Bool:
		case reflect.Slice:
			walk(of.Elem())
		case reflect.Struct:
			for field := range of.Fields() {
				walk(field.Type)
			}
		default:
			t.Errorf("a %s has a place in a guide", of)
		}
	}
	c := english(t)
	counting := regexp.MustCompile(`(?i)\b(scores?|scoring|sum|threshold|cut-?off|rating|rate (it|how)|on a scale|out of ten|high risk|low risk|medium risk|percent)\b|\d+ ?%`)
	for _, v := range []any{c.Interview, c.Intake, c.SafetyPlan, c.Formulation, c.Plan, c.Feedback, c.Guides} {
		walk(reflect.TypeOf(v))
		leaves("", reflect.ValueOf(v), func(path string, v reflect.Value, _ bool) {
			if found := counting.FindString(v.String()); found != "" && !strings.HasSuffix(path, "DrawsOn") {
				t.Errorf("%s says %q: %s", path, found, v.String())
			}
		}, false)
	}
}

// Everything that care.md, 18, names is asked.
func TestInterviewAsksEverything(t *testing.T) {
	i := english(t).Interview
	for id, asks := range map[string][]string{
		"how disagreements end":                    {"disagree|different things"},
		"saying no":                                {"say no", "yes so that there is peace"},
		"fear, watching, checking":                 {"afraid", "phone", "passwords"},
		"money, phone, transport, contact":         {"money", "car", "friends"},
		"pushing, holding, hurting":                {"held you", "pushed", "thrown"},
		"strangulation, weapons":                   {"neck", "breathing", "weapon"},
		"escalation":                               {"more often, or worse"},
		"separation, stalking":                     {"separating", "followed"},
		"unwanted touch, birth control, pregnancy": {"did not want", "birth control", "pregnant"},
		"threats, images":                          {"children or animals", "right to stay", "tell who you love", "kill themselves", "pictures"},
		"medication, aids, care withheld":          {"medicines", "wheelchair|hearing aids", "kept back"},
		"faith used as pressure":                   {"scripture", "belief"},
		"own use of force":                         {"Have you ever pushed", "after a stop"},
		"safe to have answered":                    {"because you talked with me", "reach you"},
	} {
		at := slices.IndexFunc(i.Questions, func(q Question) bool { return q.ID == id })
		if at < 0 {
			t.Fatalf("%q is missing", id)
		}
		text := strings.Join(i.Questions[at].Ask, "\n")
		for _, ask := range asks {
			if !regexp.MustCompile(ask).MatchString(text) {
				t.Errorf("%q does not ask about %q", id, ask)
			}
		}
	}
	for name, list := range map[string][]string{"before": i.Before, "disclosure": i.Disclosure, "ending": i.Ending, "never": i.Never} {
		if len(list) < 3 {
			t.Errorf("%s has %d lines", name, len(list))
		}
	}
}

// The two questions about pressure stay in the room and are kept apart, under the very
// words of care.md, 14.
func TestPressureIsKeptApart(t *testing.T) {
	c := english(t)
	const apart = "Kept apart. Your practitioner will not raise this jointly without your agreement, unless law or serious danger requires it. Not read until opened, perhaps not before you meet. If you need someone sooner: Help & contacts."
	if c.CheckIn.KeptApart.Text != apart || c.HandOver.Audience("apart").Text != apart {
		t.Error("the words above items 10 and 11 have changed")
	}
	for _, s := range c.CheckIn.Sheets {
		for _, i := range s.Items {
			kept := i.Number == 10 || i.Number == 11
			if i.Apart != kept {
				t.Errorf("item %d: kept apart is %v", i.Number, i.Apart)
			}
			if s.ID == AnySheet && regexp.MustCompile(`(?i)pressure|peace|afraid`).MatchString(i.Text) {
				t.Errorf("item %d goes home: %s", i.Number, i.Text)
			}
		}
	}
	often, more, whether := "hardly|now and then|often|nearly always", "less|as it is|more|varies", "no|a little|yes|not sure"
	for number, want := range map[int]string{
		1: often, 2: often, 3: more, 4: "not|a little|fairly|very", 5: more, 6: more + "|not part of what I want", 7: more,
		8: "sleep|pain|health|medicines|work|money|caring|family|grief|worry|joy|other", 9: "passing|season|longer|not sure",
		10: whether, 11: whether, 12: "", 13: "", 14: "",
	} {
		var ids []string
		for _, choice := range c.CheckIn.Item(number).Choices {
			ids = append(ids, choice.ID)
		}
		if got := strings.Join(ids, "|"); got != want {
			t.Errorf("item %d has the answers %q, a vault keeps %q", number, got, want)
		}
	}
	if c.CheckIn.Item(15) != nil || c.CheckIn.Item(0) != nil {
		t.Error("an item that is not there was found")
	}
	if c.HandOver.Audience("gone") != nil {
		t.Error("an audience that is not there was found")
	}
}

// The certificate says what was done and what was not, and claims no more.
func TestCertificateIsHonest(t *testing.T) {
	c := english(t).Certificate
	facts := Destroyed{ID: "7f3a", Day: "4 March 2031", Rule: "7 years", Keys: "ab12", Files: []string{"00ff", "11ee"}, Left: []string{"11ee"}, Reached: []string{"stick A"}, NotReached: []string{"stick B", "disk C"}}
	text := strings.Join(c.Lines(facts), "\n")
	for _, says := range []string{"7f3a", "4 March 2031", "7 years", "ab12", c.Left + "\n- 11ee\n", c.Files + "\n- 00ff\n- 11ee\n", c.Reached + "\n- stick A\n", c.NotReached + "\n- stick B\n- disk C\n", "may remain", "does not say that nothing can ever be brought back"} {
		if !strings.Contains(text, says) {
			t.Errorf("it does not say %q:\n%s", says, text)
		}
	}
	if strings.ContainsAny(text, "{}") {
		t.Errorf("something was not filled in:\n%s", text)
	}
	none := strings.Join(c.Lines(Destroyed{}), "\n")
	for _, says := range []string{c.ReachedNone, c.NotReachedNone, c.LeftNone} {
		if !strings.Contains(none, says) {
			t.Errorf("without backups it does not say %q", says)
		}
	}
	if claims := regexp.MustCompile(`(?i)recoverable|permanently|for ever|securely|completely|guarantee|shredded|wiped`).FindString(text + none); claims != "" {
		t.Errorf("it claims %q", claims)
	}
}

// A notice is marked, has something to fill in, and is ready only when nothing is left.
func TestNoticesAreTemplates(t *testing.T) {
	c := english(t)
	for _, j := range c.Jurisdictions() {
		for _, says := range []string{"Template", "not legal advice", "counsel"} {
			if !strings.Contains(j.Mark, says) {
				t.Errorf("%s is not marked as %q", j.ID, says)
			}
		}
		var all string
		for _, p := range j.Notice {
			all += p.Text + "\n"
		}
		open := Open(all)
		if len(open) != len(j.Placeholders) || !slices.Contains(open, "your name") || !slices.Contains(open, "years") {
			t.Errorf("%s leaves open %q", j.ID, open)
		}
		for _, id := range open {
			all = strings.ReplaceAll(all, "["+id+"]", "x")
		}
		if left := Open(all); len(left) > 0 {
			t.Errorf("%s: still open %q", j.ID, left)
		}
		if !slices.ContainsFunc(j.Checks, func(s Section) bool { return s.ID == "safety record" }) {
			t.Errorf("%s does not speak of the safety record with counsel", j.ID)
		}
	}
	for text, want := range map[string]int{"": 0, "[": 0, "[]": 0, "[a\nb]": 0, "[a] [a]": 1, "[[a]]": 1} {
		if got := Open(text); len(got) != want {
			t.Errorf("%q leaves open %q", text, got)
		}
	}
}

func TestGuidesAreThere(t *testing.T) {
	c := english(t)
	for _, id := range guides {
		if c.Guide(id) == nil {
			t.Errorf("%s is missing", id)
		}
	}
	if c.Guide("gone") != nil {
		t.Error("a guide that is not there was found")
	}
	if never := strings.Join(c.Guide(Video).Never, " "); !strings.Contains(never, "record") {
		t.Error("nothing is said about recording a meeting by video")
	}
	if about := c.Guide(Interpreter).About; !strings.Contains(about, "never a partner") {
		t.Error("a partner may interpret")
	}
}
