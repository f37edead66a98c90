package window

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// pixels is the memory in which the display draws. To look at it takes nothing
// from the program that is looked at, so that times can be measured by it.
type pixels []byte

// newPixels maps the file that Xvfb's option -fbdir names: an X window dump, whose
// header says where the pixels begin.
// https://gitlab.freedesktop.org/xorg/proto/xorgproto, include/X11/XWDFile.h
func newPixels(t testing.TB, folder string) pixels {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "Xvfb_screen0"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	memory, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(memory) })
	start, err := dumpedPixels(memory)
	if err != nil {
		t.Fatal(err)
	}
	return memory[start:]
}

// dumpedPixels is where the pixels of an X window dump begin: after the header and
// a table of colours.
func dumpedPixels(dump []byte) (int, error) {
	const version, colours, colourSize = 1, 19, 12 // places of 32-bit numbers, and bytes
	if len(dump) < 4*(colours+1) {
		return 0, io.ErrUnexpectedEOF
	}
	field := func(i int) int { return int(binary.BigEndian.Uint32(dump[4*i:])) }
	if field(version) != 7 {
		return 0, fmt.Errorf("an X window dump of version %d", field(version))
	}
	start := field(0) + field(colours)*colourSize
	if start > len(dump) {
		return 0, io.ErrUnexpectedEOF
	}
	return start, nil
}

// lookEvery is the time between two looks at the pixels, and so the error of a
// time that is measured with them.
const lookEvery = 500 * time.Microsecond

// changes waits until the pixels change and then until they have been still for a
// while. It returns when they changed first and last.
func (p *Program) changes(still time.Duration, do func()) (first, last time.Duration) {
	p.t.Helper()
	before := bytes.Clone(p.display.pixels)
	over := time.NewTicker(lookEvery)
	defer over.Stop()
	began := time.Now()
	do()
	for {
		<-over.C
		passed := time.Since(began)
		switch {
		case p.display.differ(before, p.display.pixels):
			copy(before, p.display.pixels)
			if last = passed; first == 0 {
				first = passed
			}
		case first > 0 && passed-last > still:
			return first, last
		case passed > patience:
			p.t.Fatal("nothing changes on the screen, or it does not come to rest")
		}
	}
}

// differ reports whether two pictures look different. It looks at every fourth row,
// so that looking takes nothing from the program: nothing that Ebb draws is lower
// than that. Of the four bytes of a pixel the last is not shown, and a frame painted
// over its like may change it.
func (d display) differ(a, b pixels) bool {
	row := 4 * d.width
	for at := 0; at+row <= len(a); at += 4 * row {
		a, b := a[at:at+row], b[at:at+row]
		if bytes.Equal(a, b) {
			continue
		}
		for i := 0; i < row; i += 4 {
			if !bytes.Equal(a[i:i+3], b[i:i+3]) {
				return true
			}
		}
	}
	return false
}

// A presser presses keys without starting a program for each.
type presser struct {
	t    testing.TB
	keys io.Writer
}

// presser starts one. It ends with the test.
func (p *Program) presser() presser {
	p.t.Helper()
	c := p.display.command("xdotool", "-")
	keys, err := c.StdinPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	begin(p.t, c)
	return presser{p.t, keys}
}

func (k presser) press(key string) {
	k.t.Helper()
	if _, err := fmt.Fprintln(k.keys, "key --delay 0", key); err != nil {
		k.t.Fatal(err)
	}
}
