package text

import "testing"

func TestEnterContinuesLists(t *testing.T) {
	for _, c := range []struct {
		paragraph string
		at        int // negative: at the end
		insert    string
		ends      bool
	}{
		{"words", -1, "\n", false},
		{"", -1, "\n", false},
		{"- one", -1, "\n- ", false},
		{"- one", 4, "\n- ", false},
		{"- one", 1, "\n", false},
		{"- ", -1, "", true},
		{"-", -1, "\n", false},
		{"* one", -1, "\n* ", false},
		{"  - deep", -1, "\n  - ", false},
		{"1. one", -1, "\n2. ", false},
		{"9) nine", -1, "\n10) ", false},
		{"2. ", -1, "", true},
		{"1.one", -1, "\n", false},
		{"2026. was a year", -1, "\n", false},
		{"999. x", -1, "\n1000. ", false},
		{"1234567890. x", -1, "\n", false},
		{"> said", -1, "\n> ", false},
		{"> ", -1, "", true},
		{">", -1, "", true},
		{"> > deeper", -1, "\n> > ", false},
		{"> - item", -1, "\n> - ", false},
		{"> - ", -1, "", true},
		{"- [ ] to do", -1, "\n- [ ] ", false},
		{"- [x] done", -1, "\n- [ ] ", false},
		{"- [ ] ", -1, "", true},
		{"-5 degrees", -1, "\n", false},
		{"# heading", -1, "\n", false},
	} {
		if c.at < 0 {
			c.at = len(c.paragraph)
		}
		insert, ends := Continue([]byte(c.paragraph), c.at)
		if insert != c.insert || ends != c.ends {
			t.Errorf("%q at %d: %q, %v; want %q, %v", c.paragraph, c.at, insert, ends, c.insert, c.ends)
		}
	}
}

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		name       string
		command    Command
		text, want string
		sel, after Selection
	}{
		{"quote", Quote, "one", "> one", At(Position{0, 2}), At(Position{0, 4})},
		{"unquote", Quote, "> one", "one", At(Position{0, 4}), At(Position{0, 2})},
		{"unquote from within the mark", Quote, "> one", "one", At(Position{0, 1}), At(Position{0, 0})},
		{"quote nothing", Quote, "", "> ", At(Position{}), At(Position{0, 2})},
		{"unquote the mark alone", Quote, ">", "", At(Position{0, 1}), At(Position{})},
		{"quote what is not yet", Quote, "> a\n\nb", "> a\n\n> b", Selection{Position{0, 1}, Position{2, 1}}, Selection{Position{0, 1}, Position{2, 3}}},
		{"unquote all", Quote, "> a\n\n> b", "a\n\nb", Selection{Position{2, 3}, Position{0, 0}}, Selection{Position{2, 1}, Position{0, 0}}},
		{"list", List, "a\nb\nc", "- a\n- b\nc", Selection{Position{0, 0}, Position{1, 1}}, Selection{Position{0, 2}, Position{1, 3}}},
		{"no list", List, "* a\n- b", "a\nb", Selection{Position{0, 0}, Position{1, 3}}, Selection{Position{0, 0}, Position{1, 1}}},
		{"heading", Heading, "a", "# a", At(Position{0, 1}), At(Position{0, 3})},
		{"second level", Heading, "# a", "## a", At(Position{0, 3}), At(Position{0, 4})},
		{"third level", Heading, "## a", "### a", At(Position{0, 0}), At(Position{0, 4})},
		{"plain again", Heading, "### a", "a", At(Position{0, 5}), At(Position{0, 1})},
		{"a sixth level too", Heading, "###### a", "a", At(Position{0, 8}), At(Position{0, 1})},
		{"no heading without its space", Heading, "#tag", "# #tag", At(Position{0, 4}), At(Position{0, 6})},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDocument()
			d.SetText(c.text)
			_, after, ok := d.Apply(c.command, c.sel)
			if !ok || d.Text() != c.want || after != c.after {
				t.Errorf("%q with %v, want %q with %v", d.Text(), after, c.want, c.after)
			}
			if _, sel, _ := d.Undo(); d.Text() != c.text || sel != c.sel {
				t.Errorf("undone: %q with %v", d.Text(), sel)
			}
			if _, sel, _ := d.Redo(); d.Text() != c.want || sel != c.after {
				t.Errorf("redone: %q with %v", d.Text(), sel)
			}
		})
	}
}

func TestACommandOutsideTheTextDoesNothing(t *testing.T) {
	d := NewDocument()
	d.SetText("one")
	if _, _, ok := d.Apply(Quote, At(Position{3, 0})); ok || d.Text() != "one" {
		t.Errorf("text is %q", d.Text())
	}
}

func TestHeadingLevel(t *testing.T) {
	for p, want := range map[string]int{"# a": 1, "###### a": 6, "####### a": 0, "#a": 0, "#": 1, "": 0, "a": 0, "## ": 2} {
		if got := HeadingLevel([]byte(p)); got != want {
			t.Errorf("%q: %d, want %d", p, got, want)
		}
	}
}
