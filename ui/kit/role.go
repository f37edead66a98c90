package kit

import (
	"fyne.io/fyne/v2"

	"ebb/assets"
)

var (
	fontSerif         = fyne.NewStaticResource("Vollkorn-Regular.ttf", assets.VollkornRegular)
	fontSerifMedium   = fyne.NewStaticResource("Vollkorn-Medium.ttf", assets.VollkornMedium)
	fontSerifSemiBold = fyne.NewStaticResource("Vollkorn-SemiBold.ttf", assets.VollkornSemiBold)
	fontSerifItalic   = fyne.NewStaticResource("Vollkorn-Italic.ttf", assets.VollkornItalic)
	fontSans          = fyne.NewStaticResource("Lato-Regular.ttf", assets.LatoRegular)
	fontSansSemibold  = fyne.NewStaticResource("Lato-Semibold.ttf", assets.LatoSemibold)
	fontSansItalic    = fyne.NewStaticResource("Lato-Italic.ttf", assets.LatoItalic)
)

// Role is what a text is for; it decides typeface, size and line height.
// Serif is a person's or a page's voice, sans is for everything that works.
type Role uint8

// The roles of the design, largest first.
const (
	Display  Role = iota // greeting, title of a reading: 40/50 serif
	Question             // check-in: 34/44 serif
	Title                // page: 27/36 serif
	Code                 // title of a page that is a code or a date: 24/36 sans semibold
	Heading              // within an entry: 24/32 serif
	Step                 // what to do now, in a run: 24/38 serif
	CardHead             // the first line of a large card: 22/30 serif
	Sub                  // card title, section: 19/27 serif
	Reading              // entries: 18/30 serif
	Quote                // quotations: 18/30 serif italic
	Marker               // the number of a list item within a reading: 16/30 sans
	Lead                 // under a greeting: 16/26 sans
	Body                 // 15/23 sans
	Strong               // buttons, row titles: 15/23 sans semibold
	Small                // card text: 14/20 sans
	Chips                // chosen chips, small verbs: 14/20 sans semibold
	Caption              // 13/19 sans
	Kicker               // labels: 13/19 sans semibold
)

// face is one typeface in its weights.
type face struct {
	regular, strong, italic *fyne.StaticResource
	drop                    float32 // how far its lines are lowered, as a share of the size
}

var (
	serif       = face{fontSerif, fontSerifSemiBold, fontSerifItalic, 0}
	serifMedium = face{fontSerifMedium, fontSerifSemiBold, fontSerifItalic, 0}
	serifItalic = face{fontSerifItalic, fontSerifSemiBold, fontSerif, 0}
	// Lato sits high in its line; without the drop words ride above their icons.
	sans       = face{fontSans, fontSansSemibold, fontSansItalic, 1.0 / 12}
	sansStrong = face{fontSansSemibold, fontSansSemibold, fontSansItalic, 1.0 / 12}
)

// style is a role's figures at 100 %, in units of the canvas.
type style struct {
	face       *face
	size, line float32
}

var (
	roleBody    = style{&sans, 15, 23}
	roleCaption = style{&sans, 13, 19}
	roleTitle   = style{&serifMedium, 27, 36}
	roleSub     = style{&serifMedium, 19, 27}
)

var roles = [...]style{
	Display:  {&serifMedium, 40, 50},
	Question: {&serifMedium, 34, 44},
	Title:    roleTitle,
	Code:     {&sansStrong, 24, 36},
	Heading:  {&serifMedium, 24, 32},
	Step:     {&serif, 24, 38},
	CardHead: {&serifMedium, 22, 30},
	Sub:      roleSub,
	Reading:  {&serif, 18, 30},
	Quote:    {&serifItalic, 18, 30},
	Marker:   {&sans, 16, 30},
	Lead:     {&sans, 16, 26},
	Body:     roleBody,
	Strong:   {&sansStrong, 15, 23},
	Small:    {&sans, 14, 20},
	Chips:    {&sansStrong, 14, 20},
	Caption:  roleCaption,
	Kicker:   {&sansStrong, 13, 19},
}

// LineHeight is the height of one line of role in units of the canvas, at the
// size of text of now.
func (r Role) LineHeight() float32 { return whole(roles[r].line * Scale()) }

// font picks the file for a weight and a slant.
func (f *face) font(strong, italic bool) *fyne.StaticResource {
	switch {
	case strong:
		return f.strong
	case italic:
		return f.italic
	}
	return f.regular
}
