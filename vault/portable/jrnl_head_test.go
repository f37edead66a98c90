package portable

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestJrnlHeads(t *testing.T) {
	inZone(t, "UTC")
	for _, tt := range []struct{ head, want string }{
		{"2026-01-02 09:00", "2026-01-02 09:00"},
		{"2026-01-02 09:00:30", "2026-01-02 09:00"},
		{"2026-01-02 9:05 pm", "2026-01-02 21:05"},
		{"2026-01-02 12:05 a.m.", "2026-01-02 00:05"},
		{"2026-01-02 12:05 PM", "2026-01-02 12:05"},
		{"2026-01-02 14:32 PM", "2026-01-02 14:32"},
		{"2026-01-02T09:00:00.123", "2026-01-02 09:00"},
		{"2026/01/02, 09:00", "2026-01-02 09:00"},
		{"02.01.2026 09:00", "2026-01-02 09:00"},
		{"2.1.26 9.05", "2026-01-02 09:05"},
		{"31/01/2026 09:00", "2026-01-31 09:00"},
		{"01/31/2026 09:00", "2026-01-31 09:00"},
		{"01/02/2026 09:00", "2026-01-02 09:00?"},
		{"02-01-2026 09:00", "2026-01-02 09:00?"},
		{"01/31/70 09:00", "1970-01-31 09:00"},
		{"02/02/2026 09:00", "2026-02-02 09:00"},
		{"Fri, 02 Jan 2026 09:00", "2026-01-02 09:00"},
		{"2 January 2026 at 9:05", "2026-01-02 09:05"},
		{"January 2nd, 2026 9 AM", "2026-01-02 09:00"},
		{"Fri Jan  2 09:00:00 2026", "2026-01-02 09:00"},
		{"20260102 0905", "2026-01-02 09:05"},
		{"09:05, Fri 02.01.2026", "2026-01-02 09:05"},
		{"2026-01-02", "2026-01-02 day"},
		{"2024-02-29 10:00", "2024-02-29 10:00"},

		{"2026-02-31 10:00", "bad"},
		{"2026-02-29 10:00", "bad"},
		{"2026-13-01 10:00", "bad"},
		{"31.31.2026 10:00", "bad"},
		{"2026-00-00 10:00", "bad"},
		{"0000-01-01 10:00", "bad"},
		{"9999-12-31 23:59", "bad"},
		{"2026-01-02 24:00", "bad"},
		{"2026-01-02 10:60", "bad"},
		{"2026-01 10:00", "bad"},

		{"1", "text"},
		{"this", "text"},
		{"09:00", "text"},
		{"3 x 4", "text"},
		{"12 apostles 2026", "text"},
		{"2026-01-02 and so on", "text"},
		{"ashasd7zdskhz7asdkjasd", "text"},
		{"20260102030405060708", "text"},
	} {
		s, err := Open(Jrnl, file(t, "j.txt", []byte("["+tt.head+"] Words.\n")))
		if err != nil {
			if !errors.Is(err, ErrFormat) || tt.want != "text" {
				t.Errorf("%q: %v", tt.head, err)
			}
			continue
		}
		entries, err := rest(s)
		if err != nil {
			t.Fatal(err)
		}
		got := "bad"
		if len(entries) == 1 {
			got = entries[0].Written.Format("2006-01-02 15:04")
			if entries[0].AllDay {
				got = entries[0].LocalDate + " day"
			}
		} else if want := []Problem{refused(1, reasonDate)}; !slices.Equal(s.Problems(), want) {
			t.Errorf("%q: problems %v", tt.head, s.Problems())
		}
		if len(entries) == 1 && len(s.Problems()) == 1 && s.Problems()[0].Reason == noteOrder {
			got += "?"
		}
		if got != tt.want {
			t.Errorf("%q is read as %q, want %q", tt.head, got, tt.want)
		}
		s.Close()
	}
}

// Where day and month could stand in either order, the rest of the file tells.
func TestJrnlOrderOfDayAndMonth(t *testing.T) {
	inZone(t, "UTC")
	for _, tt := range []struct {
		name  string
		heads []string
		want  string
		notes int
	}{
		{"a day beyond twelve", []string{"03/04/2026", "13/04/2026"}, "2026-04-03 2026-04-13", 0},
		{"a month in front", []string{"03/04/2026", "03/14/2026"}, "2026-03-04 2026-03-14", 0},
		{"days ascend", []string{"05/01/2026", "06/01/2026", "01/02/2026"}, "2026-01-05 2026-01-06 2026-02-01", 0},
		{"months ascend", []string{"01-05-2026", "01-06-2026", "02-01-2026"}, "2026-01-05 2026-01-06 2026-02-01", 0},
		{"nothing tells, a slash", []string{"01/02/2026", "03/03/2026"}, "2026-01-02 2026-03-03", 1},
		{"nothing tells, a dash", []string{"02-01-2026"}, "2026-01-02", 1},
		{"both stand there, and the dates tell", []string{"13/04/2026", "05/01/2026", "05/14/2026"}, "2026-04-13 2026-05-01 2026-05-14", 0},
	} {
		text := ""
		for i, head := range tt.heads {
			text += fmt.Sprintf("[%s 09:00] Words %d.\n\n", head, i)
		}
		entries, s := read(t, Jrnl, file(t, "j.txt", []byte(text)))
		var days []string
		for _, e := range entries {
			days = append(days, e.LocalDate)
		}
		if got := strings.Join(days, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		notes := 0
		for _, p := range s.Problems() {
			if p.Reason != noteOrder || !p.Kept {
				t.Errorf("%s: %v", tt.name, p)
			}
			notes++
		}
		if notes != tt.notes {
			t.Errorf("%s: %d notes, want %d", tt.name, notes, tt.notes)
		}
	}
}

// jrnl 1 put no brackets around its heads, and a bracketed line was text.
func TestJrnlWithoutBrackets(t *testing.T) {
	inZone(t, "UTC")
	text := "2010-06-10 15:00 A life without chocolate.\n\n2013-06-10 15:40 He said \"[this]\". *\nOne.\n\n" +
		"[2019-08-03 12:55] Some chat log\n2013-06-11 was the day after.\n13.06.2013 15:40 is another form.\n"
	entries, s := read(t, Jrnl, file(t, "j.txt", []byte(text)))
	if len(entries) != 2 || len(s.Problems()) > 0 || s.Total() != 2 {
		t.Fatalf("%d entries, problems %v, total %d", len(entries), s.Problems(), s.Total())
	}
	want := "He said \"[this]\".\n\nOne.\n\n[2019-08-03 12:55] Some chat log\n2013-06-11 was the day after.\n13.06.2013 15:40 is another form."
	if entries[1].Text != want || !entries[1].Starred || entries[0].Text != "A life without chocolate." {
		t.Errorf("%+v", entries)
	}
}

func TestJrnlStars(t *testing.T) {
	for _, tt := range []struct {
		title, want string
		star        bool
	}{
		{"Best day. *", "Best day.", true},
		{"Best day.*", "Best day.", true},
		{"*", "", true},
		{"Best *day*", "Best *day*", false},
		{"**Best** day *", "**Best** day", true},
		{"Best *day* *", "Best *day*", true},
		{"2 * 3", "2 * 3", false},
		{"Best day.", "Best day.", false},
		{"", "", false},
	} {
		if got, star := jrnlStar(tt.title); got != tt.want || star != tt.star {
			t.Errorf("%q: %q, %v, want %q, %v", tt.title, got, star, tt.want, tt.star)
		}
	}
}
