package assets

import _ "embed"

// Static TrueType files; see the package comment for their licence.
var (
	//go:embed fonts/Vollkorn-Regular.ttf
	VollkornRegular []byte
	//go:embed fonts/Vollkorn-Medium.ttf
	VollkornMedium []byte
	//go:embed fonts/Vollkorn-SemiBold.ttf
	VollkornSemiBold []byte
	//go:embed fonts/Vollkorn-Italic.ttf
	VollkornItalic []byte
	//go:embed fonts/Lato-Regular.ttf
	LatoRegular []byte
	//go:embed fonts/Lato-Semibold.ttf
	LatoSemibold []byte
	//go:embed fonts/Lato-Italic.ttf
	LatoItalic []byte
)

// The licences under which the typefaces are passed on, for the page that
// names them.
var (
	//go:embed fonts/Vollkorn-OFL.txt
	VollkornLicence string
	//go:embed fonts/Lato-OFL.txt
	LatoLicence string
)
