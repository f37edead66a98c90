package casework

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// mostText is how long any one text can be, in characters.
const mostText = 6000

// whole reports every text below v that is missing or has no place on a page, and
// every list that is empty, joined. A field with the tag `may:"be empty"` may be.
func whole(name string, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		return sound(name, v.String())
	case reflect.Int:
		if v.Int() < 1 {
			return fmt.Errorf("%s: %d is less than 1", name, v.Int())
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return fmt.Errorf("%s is empty", name)
		}
		var problems []error
		for i := range v.Len() {
			problems = append(problems, whole(fmt.Sprintf("%s[%d]", name, i), v.Index(i)))
		}
		return errors.Join(problems...)
	case reflect.Struct:
		var problems []error
		for field, value := range v.Fields() {
			if !field.IsExported() || field.Tag.Get("may") != "" && value.IsZero() {
				continue
			}
			part := strings.ToLower(field.Name)
			if name != "" {
				part = name + "." + part
			}
			problems = append(problems, whole(part, value))
		}
		return errors.Join(problems...)
	}
	return nil
}

// sound reports what is wrong with a text.
func sound(name, text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fmt.Errorf("%s is missing", name)
	case text != strings.TrimSpace(text):
		return fmt.Errorf("%s has space at an end", name)
	case !utf8.ValidString(text):
		return fmt.Errorf("%s is not UTF-8", name)
	case utf8.RuneCountInString(text) > mostText:
		return fmt.Errorf("%s has more than %d characters", name, mostText)
	case strings.ContainsFunc(text, control):
		return fmt.Errorf("%s holds control characters", name)
	}
	return nil
}

// control reports what has no place in a text: all control characters but line ends,
// and those that turn the direction of writing.
func control(r rune) bool {
	return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// unique reports ids that are there twice in a list.
func unique(name string, ids []string) error {
	seen := make(map[string]bool)
	var problems []error
	for _, id := range ids {
		if seen[id] {
			problems = append(problems, fmt.Errorf("%s: %s is there twice", name, id))
		}
		seen[id] = true
	}
	return errors.Join(problems...)
}
