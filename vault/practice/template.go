package practice

import (
	"context"
	"encoding/json"
	"slices"

	"ebb/vault/drawer"
)

// A Template is an order of sections for a note. Sections are named by keys, which are
// short words of English; what stands on the screen for them is the window's.
type Template struct {
	Name string
	Keys []string
}

// Names of the built-in templates.
const (
	DAP         = "DAP"
	SOAP        = "SOAP"
	BIRP        = "BIRP"
	Free        = "free"
	Interview   = "interview"   // of one person alone, unscored (content.md, Text 6; care.md, 18)
	SafetyPlan  = "safety plan" // of one person
	Formulation = "formulation" // of risk, of the case
)

// builtIn are the templates that there are from the start.
var builtIn = []Template{
	{DAP, []string{"data", "assessment", "plan"}},
	{SOAP, []string{"subjective", "objective", "assessment", "plan"}},
	{BIRP, []string{"behaviour", "intervention", "response", "plan"}},
	{Free, []string{"text"}},
	{Interview, []string{
		"how disagreements end", "saying no", "fear, watching, checking", "money, phone, transport, contact", "pushing, holding, hurting",
		"strangulation, weapons", "escalation", "separation, stalking", "unwanted touch, birth control, pregnancy", "threats, images",
		"medication, aids, care withheld", "faith used as pressure", "own use of force", "safe to have answered", "judgement", "limits to set", "safety steps", "look again",
	}},
	{SafetyPlan, []string{"signs", "steps alone", "people", "places", "numbers", "what must not be left lying", "look again"}},
	{Formulation, []string{"pattern", "risk to each", "what holds", "joint work", "limits to set", "look again"}},
}

// ClinicalKeys are the sections that the definition of psychotherapy notes leaves out
// (45 CFR 164.501), and so belong in the record: they are offered in joint and
// individual notes, and refused in process notes.
var ClinicalKeys = []string{
	"medication", "start and stop times", "modality", "frequency", "test results",
	"diagnosis", "functional status", "plan", "symptoms", "prognosis", "progress",
}

// ProcessKey reports whether a process note may have a section of this key.
func ProcessKey(key string) bool { return !slices.Contains(ClinicalKeys, key) }

// Limits of templates and notes.
const (
	MaxSections  = 40
	MaxTemplates = 100
)

// Templates are the built-in ones, and the practitioner's own.
type Templates struct{ caseload store }

// All returns the built-in templates, then the own ones by name.
func (t *Templates) All(ctx context.Context) ([]Template, error) {
	own, err := list(ctx, t.caseload, func(row scanner) (one Template, err error) {
		var keys string
		if err = row.Scan(&one.Name, &keys); err == nil {
			err = json.Unmarshal([]byte(keys), &one.Keys)
		}
		return one, err
	}, `SELECT name, keys FROM template ORDER BY name`)
	all := make([]Template, 0, len(builtIn)+len(own))
	for _, b := range builtIn {
		all = append(all, Template{b.Name, slices.Clone(b.Keys)})
	}
	return append(all, own...), err
}

// Put keeps an own template, or changes it. ErrUnknown for the name of a built-in one.
func (t *Templates) Put(ctx context.Context, one Template) error {
	name, err := line(one.Name, MaxName)
	if err != nil {
		return err
	}
	if !seen(name) || len(one.Keys) == 0 {
		return ErrEmpty
	}
	if slices.ContainsFunc(builtIn, func(b Template) bool { return b.Name == name }) {
		return ErrUnknown
	}
	if len(one.Keys) > MaxSections {
		return ErrTooLong
	}
	keys := slices.Clone(one.Keys)
	for i := range keys {
		if keys[i], err = line(keys[i], MaxName); err != nil {
			return err
		}
		if !seen(keys[i]) {
			return ErrEmpty
		}
	}
	encoded, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	return t.caseload.Update(ctx, func(tx *drawer.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM template WHERE name <> ?`, name).Scan(&others); err != nil {
			return err
		}
		if others >= MaxTemplates {
			return ErrTooLong
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO template (name, keys) VALUES (?, ?)`, name, string(encoded))
		return err
	})
}

// Remove forgets an own template. Notes that were written with it stay.
func (t *Templates) Remove(ctx context.Context, name string) error {
	return t.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM template WHERE name = ?`, name))
	})
}
