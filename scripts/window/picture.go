package window

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
)

// Picture takes a picture of the whole screen when it has come to rest, and keeps
// it as name.png in the folder EBB_PICTURES, if both are set.
func (p *Program) Picture(name string) image.Image {
	p.t.Helper()
	var last []byte
	eventually(p.t, func() bool {
		p.Screen() // everything that was under way has been drawn
		now := []byte(p.display.run(p.t, "import", "-silent", "-window", "root", "-depth", "8", "ppm:-"))
		still := bytes.Equal(now, last)
		last = now
		return still
	}, func() string { return "the screen does not come to rest" })
	picture, err := decodePPM(last)
	if err != nil {
		p.t.Fatal(err)
	}
	folder := os.Getenv("EBB_PICTURES")
	if folder == "" || name == "" {
		return picture
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, picture); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), encoded.Bytes(), 0o644); err != nil {
		p.t.Fatal(err)
	}
	return picture
}

// decodePPM reads the binary portable pixmap (P6, 8 bits) as import writes it:
// three lines, then the pixels. https://netpbm.sourceforge.net/doc/ppm.html
func decodePPM(data []byte) (image.Image, error) {
	parts := bytes.SplitN(data, []byte("\n"), 4)
	if len(parts) != 4 || string(parts[0]) != "P6" || string(parts[2]) != "255" {
		return nil, errors.New("not a pixmap of 8 bits")
	}
	var width, height int
	if _, err := fmt.Sscan(string(parts[1]), &width, &height); err != nil {
		return nil, fmt.Errorf("size of a pixmap: %w", err)
	}
	pixels := parts[3]
	if width <= 0 || height <= 0 || len(pixels) != 3*width*height {
		return nil, fmt.Errorf("a pixmap of %d by %d in %d bytes", width, height, len(pixels))
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		copy(picture.Pix[4*i:], pixels[3*i:3*i+3])
		picture.Pix[4*i+3] = 0xFF
	}
	return picture, nil
}
