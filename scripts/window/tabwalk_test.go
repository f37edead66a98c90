//go:build realwindow

package window

import "testing"

// Every page of the menu, once around with Tab: what can be pressed can be reached,
// and what has the keyboard is in sight.
func TestMenuByTab(t *testing.T) {
	t.Parallel()
	p := Start(t)
	p.createHome("Ada", ownWords)
	menu := func() {
		t.Helper()
		p.Key("ctrl+7")
		p.WaitText("Take one, or leave them all.")
	}
	menu()
	p.choose("By topic or title")
	p.tabTo("Words in a title")
	p.allReachable("our menu with all filters")
	p.tabTo("Words in a title")
	p.Type("fireworks")
	p.WaitText("Nothing here fits all of that.")
	p.allReachable("nothing on the menu")
	p.tabTo("Words in a title")
	p.Key("ctrl+a")
	p.Type("stopping")
	p.WaitText("Stopping practice")
	p.finds("Stopping practice")
	p.allReachable("an exercise that is opened")
	p.choose("Put it to rest for everyone")
	p.WaitText("Put it to rest?")
	p.allReachable("putting to rest")
	p.Key("Escape")
	p.WaitGone("Put it to rest?")
	p.choose("Save as PDF…")
	p.WaitText("Large type is half as large again.")
	p.allReachable("saving as PDF")
	p.Key("Escape")
	p.WaitGone("Large type is half as large again.")
	p.choose("Sit down for it")
	p.WaitText("There is nobody else here to sit down with.")
	p.allReachable("sitting down alone")
	p.choose("Not now")
	p.WaitText("Take one, or leave them all.")

	for _, page := range [][2]string{
		{"Good to know", "Short cards about desire that differs"},
		{"My part", "For you alone."},
		{"Resting, and what changed", "By whom is not kept."},
		{"Write one of your own…", "no field may be left out."},
		{"When this is not the right tool", "Please read this once, by yourself."},
	} {
		menu()
		p.choose(page[0])
		p.WaitText(page[1])
		p.allReachable(page[0])
	}
	p.Key("Escape")
	p.WaitGone("Please read this once, by yourself.")

	p.begins("Six quiet minutes")
	p.allReachable("opening words")
	p.Key("Right", "Right")
	p.WaitText("Choose where to be")
	p.allReachable("a step")
	p.Key("p")
	p.WaitText("A pause.")
	p.allReachable("a pause")
	p.Key("s")
	p.WaitText("It has ended.")
	p.allReachable("a stop")
	p.choose("A stop that was not heard")
	p.WaitText("Somebody said stop, or pause, or went quiet, and it went on.")
	p.allReachable("a stop that was not heard")
	p.Key("Escape")
	p.WaitGone("Somebody said stop, or pause")
	p.Key("ctrl+6")
	p.WaitText("The ways back")
	p.choose("See what I said")
	p.WaitText("Yours alone: nobody else sees what you agreed to")
	p.allReachable("what I agreed to")
}
