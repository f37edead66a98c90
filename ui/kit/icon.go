package kit

import (
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/assets"
)

// Icon names a line icon.
type Icon string

// The icons. They are always beside their words, but for the eye of a secret
// field and the folded rail, which show their names on hover and focus.
const (
	IconNone     Icon = ""
	IconAgree    Icon = "agree"
	IconBack     Icon = "back"
	IconBin      Icon = "bin"
	IconCalendar Icon = "calendar"
	IconCase     Icon = "case"
	IconCheck    Icon = "check"
	IconCheckin  Icon = "checkin"
	IconClock    Icon = "clock"
	IconClose    Icon = "close"
	IconDoor     Icon = "door"
	IconDown     Icon = "down"
	IconEye      Icon = "eye"
	IconEyeOff   Icon = "eye-off"
	IconFolder   Icon = "folder"
	IconHelp     Icon = "help"
	IconHouse    Icon = "house"
	IconJournal  Icon = "journal"
	IconKey      Icon = "key"
	IconKind     Icon = "kind"
	IconLeaf     Icon = "leaf"
	IconList     Icon = "list"
	IconLock     Icon = "lock"
	IconMap      Icon = "map"
	IconMark     Icon = "mark"
	IconMenu     Icon = "menu"
	IconMoon     Icon = "moon"
	IconNext     Icon = "next"
	IconNote     Icon = "note"
	IconPause    Icon = "pause"
	IconPen      Icon = "pen"
	IconPerson   Icon = "person"
	IconPlus     Icon = "plus"
	IconPrint    Icon = "print"
	IconQuote    Icon = "quote"
	IconSearch   Icon = "search"
	IconSend     Icon = "send"
	IconSettings Icon = "settings"
	IconStop     Icon = "stop"
	IconSun      Icon = "sun"
	IconTalk     Icon = "talk"
	IconToday    Icon = "today"
	IconWords    Icon = "words"
)

// Closeness is the water line for a closeness from 0 (still) to 4 (swelling).
// It is twice as wide as it is high, and its words stand beside it.
func Closeness(n int) Icon { return Icon(fmt.Sprintf("closeness-%d", max(0, min(n, 4)))) }

// wide reports an icon that is twice as wide as it is high.
func (i Icon) wide() bool { return len(i) > 10 && i[:10] == "closeness-" }

// resources keeps every icon in every colour it was shown in: a name and two
// modes make at most a few hundred. The toolkit keys its own cache by name.
var resources sync.Map // of string to *fyne.StaticResource

func iconResource(i Icon, color fyne.ThemeColorName) fyne.Resource {
	c := Color(color)
	r, g, b, _ := c.RGBA()
	key := fmt.Sprintf("%s-%02x%02x%02x.svg", i, r>>8, g>>8, b>>8)
	if known, ok := resources.Load(key); ok {
		return known.(fyne.Resource)
	}
	svg, err := assets.Icon(string(i), c)
	if err != nil {
		panic(err) // every name is a constant above and tested
	}
	made := fyne.NewStaticResource(key, svg)
	resources.Store(key, made)
	return made
}

// picture is an icon inside a control.
type picture struct{ image canvas.Image }

// paint shows the icon, or nothing for IconNone.
func (p *picture) paint(i Icon, color fyne.ThemeColorName) {
	if i == IconNone {
		p.image.Hide()
		return
	}
	p.image.FillMode = canvas.ImageFillStretch
	if r := iconResource(i, color); p.image.Resource != r {
		p.image.Resource = r
		p.image.Refresh()
	}
	p.image.Show()
}

// place centres the icon, size high, in a box of height h from y.
func (p *picture) place(i Icon, x, y, h, size float32) {
	w := size
	if i.wide() {
		w *= 2
	}
	set(&p.image, x, y+(h-size)/2, w, size)
}

// IconView shows one icon by itself, for a page that draws its own part.
type IconView struct {
	Part
	icon  Icon
	size  float32
	color fyne.ThemeColorName
	pic   picture
}

// NewIcon shows an icon, size high at 100 %.
func NewIcon(icon Icon, size float32, color fyne.ThemeColorName) *IconView {
	v := &IconView{icon: icon, size: size, color: color}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer implements [fyne.Widget].
func (v *IconView) CreateRenderer() fyne.WidgetRenderer { return newRenderer(v) }

func (v *IconView) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&v.pic.image} }
func (v *IconView) paint()                       { v.pic.paint(v.icon, v.color) }

func (v *IconView) place(size fyne.Size) {
	v.pic.place(v.icon, 0, 0, size.Height, whole(v.size*Scale()))
}

func (v *IconView) minSize() fyne.Size {
	h := whole(v.size * Scale())
	if v.icon.wide() {
		return fyne.NewSize(2*h, h)
	}
	return fyne.NewSize(h, h)
}
