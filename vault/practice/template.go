package practice

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"ebb/vault/drawer"
)

// A Template is an order of sections for a note. The sections of a built-in one are
// named by keys, which are short words of English, and what stands on the screen for
// them is the window's. In an own one a key is the title as the practitioner wrote it.
type Template struct {
	Name string
	Keys []string
	// Prompts are what stands in an empty section, in the order of Keys; "" for none.
	// Built-in templates have none here.
	Prompts []string
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
	{Name: DAP, Keys: []string{"data", "assessment", "plan"}},
	{Name: SOAP, Keys: []string{"subjective", "objective", "assessment", "plan"}},
	{Name: BIRP, Keys: []string{"behaviour", "intervention", "response", "plan"}},
	{Name: Free, Keys: []string{"text"}},
	{Name: Interview, Keys: []string{
		"how disagreements end", "saying no", "fear, watching, checking", "money, phone, transport, contact", "pushing, holding, hurting",
		"strangulation, weapons", "escalation", "separation, stalking", "unwanted touch, birth control, pregnancy", "threats, images",
		"medication, aids, care withheld", "faith used as pressure", "own use of force", "safe to have answered", "judgement", "limits to set", "safety steps", "look again",
	}},
	{Name: SafetyPlan, Keys: []string{"signs", "steps alone", "people", "places", "numbers", "what must not be left lying", "look again"}},
	{Name: Formulation, Keys: []string{"pattern", "risk to each", "what holds", "joint work", "limits to set", "look again"}},
}

// ClinicalKeys are the sections that the definition of psychotherapy notes leaves out
// (45 CFR 164.501), and so belong in the record: they are offered in joint and
// individual notes, and refused in process notes.
var ClinicalKeys = []string{
	"medication", "start and stop times", "modality", "frequency", "test results",
	"diagnosis", "functional status", "plan", "symptoms", "prognosis", "progress",
}

// ProcessKey reports whether a process note may have a section of this key, in
// whatever case it is written.
func ProcessKey(key string) bool {
	return !slices.ContainsFunc(ClinicalKeys, func(clinical string) bool { return strings.EqualFold(clinical, key) })
}

// Limits of templates and notes.
const (
	MaxSections  = 40
	MaxTemplates = 100
)

// ErrTwice: two sections of a template have the same title.
var ErrTwice = errors.New("two sections with the same title")

// Templates are the built-in ones, and the practitioner's own.
type Templates struct{ caseload store }

// All returns the built-in templates, then the own ones by name.
func (t *Templates) All(ctx context.Context) ([]Template, error) {
	own, err := list(ctx, t.caseload, func(row scanner) (one Template, err error) {
		var keys, prompts string
		if err = row.Scan(&one.Name, &keys, &prompts); err == nil {
			err = errors.Join(json.Unmarshal([]byte(keys), &one.Keys), json.Unmarshal([]byte(prompts), &one.Prompts))
		}
		return one, err
	}, `SELECT name, keys, prompts FROM template ORDER BY name`)
	all := make([]Template, 0, len(builtIn)+len(own))
	for _, b := range builtIn {
		all = append(all, Template{Name: b.Name, Keys: slices.Clone(b.Keys)})
	}
	return append(all, own...), err
}

// Put keeps an own template, or changes it. ErrUnknown for the name of a built-in one.
func (t *Templates) Put(ctx context.Context, one Template) error { return t.Replace(ctx, "", one) }

// Replace keeps an own template in the place of the one called old, which may bear
// another name; as [Templates.Put] if there is none.
func (t *Templates) Replace(ctx context.Context, old string, one Template) error {
	keys, prompts, err := one.clean()
	if err != nil {
		return err
	}
	return t.caseload.Update(ctx, func(tx *drawer.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM template WHERE name NOT IN (?, ?)`, one.Name, old).Scan(&others); err != nil {
			return err
		}
		if others >= MaxTemplates {
			return ErrTooLong
		}
		if _, err := tx.Exec(ctx, `DELETE FROM template WHERE name = ?`, old); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO template (name, keys, prompts) VALUES (?, ?, ?)`, one.Name, keys, prompts)
		return err
	})
}

// clean brings an own template within bounds, and returns its sections as they are
// kept.
func (t *Template) clean() (keys, prompts string, err error) {
	if t.Name, err = line(t.Name, MaxName); err != nil {
		return "", "", err
	}
	switch {
	case !seen(t.Name) || len(t.Keys) == 0:
		return "", "", ErrEmpty
	case slices.ContainsFunc(builtIn, func(b Template) bool { return strings.EqualFold(b.Name, t.Name) }):
		return "", "", ErrUnknown
	case len(t.Keys) > MaxSections || len(t.Prompts) > len(t.Keys):
		return "", "", ErrTooLong
	}
	t.Keys = slices.Clone(t.Keys)
	said := make([]string, len(t.Keys))
	copy(said, t.Prompts)
	t.Prompts = said
	for i := range t.Keys {
		if err := errors.Join(lines(MaxName, &t.Keys[i]), lines(MaxLine, &t.Prompts[i])); err != nil {
			return "", "", err
		}
		if !seen(t.Keys[i]) {
			return "", "", ErrEmpty
		}
		if slices.ContainsFunc(t.Keys[:i], func(earlier string) bool { return strings.EqualFold(earlier, t.Keys[i]) }) {
			return "", "", ErrTwice
		}
	}
	encodedKeys, err := json.Marshal(t.Keys)
	if err != nil {
		return "", "", err
	}
	encodedPrompts, err := json.Marshal(t.Prompts)
	return string(encodedKeys), string(encodedPrompts), err
}

// Remove forgets an own template. Notes that were written with it stay.
func (t *Templates) Remove(ctx context.Context, name string) error {
	return t.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM template WHERE name = ?`, name))
	})
}
