package kit

import (
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func use(t testing.TB, mode Mode, percent int) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(mode, percent))
}

// show puts o in a window of a size, in a mode and size of text, with our
// theme, as the program does.
func show(t testing.TB, w, h float32, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

func snap(t testing.TB, win fyne.Window, name string) {
	f, err := os.Create("/tmp/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	png.Encode(f, win.Canvas().Capture())
}

func TestSketch(t *testing.T) {
	for _, m := range []Mode{ModeLight, ModeDark} {
		for _, pc := range []int{100, 200} {
			use(t, m, pc)
			rows := func() []*NavRow {
				return []*NavRow{NewNavRow(IconToday, "Today", nil), NewNavRow(IconJournal, "Journal", nil), NewNavRow(IconSettings, "Settings", nil)}
			}
			head := rows()
			head[1].SetSelected(true)
			se := NewSecretEntry("Passphrase", "Show", "Hide")
			page := NewPage(PageSpec{
				Title: "Our menu", Intro: "Take one, or leave them all. The order means nothing.",
				Actions: []fyne.CanvasObject{NewButton(Plain, "Tired-day cards", nil).WithIcon(IconMoon)},
				Body: []fyne.CanvasObject{
					Start(NewAudiencePill(FirstPerson, "Only you can read this")),
					Row(SpaceM, NewButton(Primary, "Begin", nil), NewButton(Plain, "Begin", nil), NewButton(Quiet, "Later", nil), NewButton(Danger, "Destroy…", nil), NewButton(Plain, "Next", nil).WithIconEnd(IconNext)),
					Row(SpaceXL, Stretch(NewField("Your name")), Stretch(NewSearchField("Search your own words")), Stretch(se)),
					Grid(3, SpaceCards, NewCard(Column(8, NewText(Sub, "Six quiet minutes"), NewText(Small, "Be near each other with nothing to achieve.").In(ColorMuted))),
						NewCard(Column(8, NewText(Sub, "Savour it twice"), NewText(Small, "Replay a good moment slowly, so that it stays. And this is rather a longer sentence.").In(ColorMuted), Spacer(), Start(NewButton(Plain, "Look at it", nil)))),
						NewCard(NewText(Reading, "😀 emoji between words, and \u202etrick."))),
				},
			})
			rail := NewRail("Ebb", head, rows(), NewNavRow(IconList, "All pages", nil))
			win := show(t, 1180, 760, WithRail(rail, page))
			for _, r := range "correct horse" {
				se.input.TypedRune(r)
			}
			win.Canvas().Focus(se.input)
			snap(t, win, "sketch-"+map[Mode]string{1: "light", 2: "dark"}[m]+map[int]string{100: "", 200: "-200"}[pc])
		}
	}
}
