package probe

// A Screen is what a person could see at one moment.
type Screen struct {
	// Asked is the question that this answers.
	Asked string
	// Process is the process id of the program.
	Process int
	Windows []Window
}

// A Window is one window of the program.
type Window struct {
	Title string
	// Scale is the number of pixels in a unit of the canvas.
	Scale float32
	Spots []Spot
}

// A Spot is a widget, or a text outside all widgets, with what it shows. Places
// are in units of the canvas from the window's top left.
//
// A widget that can be pressed or focused shows all text within it; any other
// shows the text that is its own and not a smaller widget's. The drawn lines
// follow each other with a space. What is scrolled out of sight is left out.
type Spot struct {
	// Kind is the Go type: *widget.Button.
	Kind string
	Text string `json:",omitempty"`
	// Label is what the widget tells to assistive technology.
	Label string `json:",omitempty"`

	X, Y, Width, Height float32

	// Layer is 0 for the window's content and counts overlays from the lowest.
	Layer int `json:",omitempty"`
	// Press says that a click does something, Focusable that the keyboard can
	// reach it.
	Press, Focusable, Focused, Disabled bool `json:",omitempty"`
	// Clipped says that the middle of the spot is scrolled out of sight.
	Clipped bool `json:",omitempty"`
}
