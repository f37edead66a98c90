package assets

import (
	"bytes"
	"embed"
	"fmt"
	"image/color"
	"io/fs"
	"path"
	"strings"
)

//go:embed icons/*.svg
var icons embed.FS

// AppIcon is the picture of the program, a PNG of 512 by 512 pixels: two lines
// of water on paper, and nothing that says what the program is for. icon.svg
// beside it is the drawing it was made from.
//
//go:embed icon.png
var AppIcon []byte

// Icon returns the SVG called name, drawn in c; alpha is ignored. The bytes
// are the caller's own. It fails with [fs.ErrNotExist] if there is no such
// icon.
func Icon(name string, c color.Color) ([]byte, error) {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil, fmt.Errorf("read icon %q: %w", name, fs.ErrNotExist)
	}
	return bytes.ReplaceAll(svg, []byte(`"#000"`), []byte(`"`+hex(c)+`"`)), nil
}

// IconNames lists every icon in alphabetical order.
func IconNames() []string {
	files, err := fs.Glob(icons, "icons/*.svg")
	if err != nil {
		panic(err) // only a malformed pattern fails
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".svg")
	}
	return files
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02X%02X%02X", n.R, n.G, n.B)
}
