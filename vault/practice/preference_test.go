package practice_test

import (
	"errors"
	"testing"

	"ebb/vault/practice"
)

func TestPreferences(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	want := func(hints bool, template string) {
		t.Helper()
		if on, err := o.Hints(ctx); on != hints || err != nil {
			t.Errorf("hints are on: %v, %v", on, err)
		}
		chosen, err := o.DefaultTemplate(ctx)
		if template == "" {
			if !errors.Is(err, practice.ErrNotFound) {
				t.Errorf("none was chosen, and a note begins with %+v, %v", chosen, err)
			}
			return
		}
		if chosen.Name != template || len(chosen.Keys) == 0 || err != nil {
			t.Errorf("a note begins with %+v, %v", chosen, err)
		}
	}
	want(false, "")
	o.must(o.SetHints(ctx, true))
	o.must(o.SetDefaultTemplate(ctx, practice.SOAP))
	o = o.again()
	want(true, practice.SOAP)
	o.must(o.SetHints(ctx, false))
	refuses(t, "a template that is not there", o.SetDefaultTemplate(ctx, "soap'--"), practice.ErrNotFound)
	want(false, practice.SOAP)
	// An own template that was chosen, and is forgotten.
	o.must(o.Templates.Put(ctx, practice.Template{Name: "Mine", Keys: []string{"text"}}))
	o.must(o.SetDefaultTemplate(ctx, "Mine"))
	want(false, "Mine")
	o.must(o.Templates.Remove(ctx, "Mine"))
	want(false, "")
	o.must(o.SetHints(ctx, true))
	o.must(o.SetDefaultTemplate(ctx, ""))
	want(true, "")
	o.lock()
	_, err := o.Hints(ctx)
	if err == nil {
		t.Error("a locked practice answers")
	}
}
