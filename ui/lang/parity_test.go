package lang

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// differences lists where a translation does not say what the original says:
// the same keys, the same fields, a plural where there was one.
func differences(original, translated catalogue) (out []string) {
	for _, key := range slices.Sorted(maps.Keys(original)) {
		o := original[key]
		t, there := translated[key]
		switch {
		case !there:
			out = append(out, key+" is not translated")
		case o.plural != t.plural:
			out = append(out, key+" has a plural in one of the two only")
		case !slices.Equal(o.fields, t.fields):
			out = append(out, fmt.Sprintf("%s has the fields %v, not %v", key, t.fields, o.fields))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(translated)) {
		if _, there := original[key]; !there {
			out = append(out, key+" is not in the original")
		}
	}
	return out
}

func TestDifferences(t *testing.T) {
	word := func(plural bool, fields ...string) text {
		return text{forms: map[string]string{"other": "x"}, plural: plural, fields: fields}
	}
	original := catalogue{"a.same": word(false, "Name"), "a.gone": word(false), "a.field": word(false, "Name"), "a.plural": word(true)}
	translated := catalogue{"a.same": word(false, "Name"), "a.field": word(false, "Nome"), "a.plural": word(false), "a.new": word(false)}
	want := []string{
		"a.field has the fields [Nome], not [Name]",
		"a.gone is not translated",
		"a.plural has a plural in one of the two only",
		"a.new is not in the original",
	}
	if got := differences(original, translated); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
