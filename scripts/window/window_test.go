package window

import (
	"image/color"
	"slices"
	"strings"
	"testing"

	"ebb/ui/kit/probe"
)

func screenOf(spots ...probe.Spot) Screen {
	return Screen{probe.Screen{Windows: []probe.Window{{Title: "Ebb", Scale: 1, Spots: spots}}}}
}

func TestWhatAScreenShows(t *testing.T) {
	s := screenOf(
		probe.Spot{Text: "Only you can"}, probe.Spot{Text: "see  this."},
		probe.Spot{Label: "Close"}, probe.Spot{Text: "Journal", Focused: true},
	)
	for text, want := range map[string]bool{
		"Only you can see this.": true, "see\nthis": true, "Journal": true,
		"Close": false, "you can not": false, "journal": false,
	} {
		if s.Shows(text) != want {
			t.Errorf("shows %q: %v", text, !want)
		}
	}
	if spot, ok := s.Focused(); !ok || spot.Text != "Journal" {
		t.Errorf("the focus is on %+v, %v", spot, ok)
	}
	if _, ok := screenOf(probe.Spot{Text: "x"}).Focused(); ok {
		t.Error("nothing has the focus, and something is told")
	}
}

func TestWhatThereIsToPress(t *testing.T) {
	s := screenOf(
		probe.Spot{Text: "Journal", X: 1},
		probe.Spot{Text: "Journal", X: 2, Press: true},
		probe.Spot{Text: "Save the journal", X: 3, Press: true},
		probe.Spot{Label: "Close", X: 4, Press: true},
		probe.Spot{Text: "Keep", X: 5, Press: true},
		probe.Spot{Text: "Keep", X: 6, Press: true, Layer: 1},
		probe.Spot{Text: "Far down", X: 7, Press: true, Clipped: true},
		probe.Spot{Text: "Twice", X: 8, Press: true},
		probe.Spot{Text: "Twice", X: 9, Press: true},
		probe.Spot{Text: "Name", X: 10, Focusable: true},
	)
	for name, want := range map[string][]float32{
		"Journal": {2}, "Save": {3}, "the": {3}, "Close": {4}, "Keep": {6}, "Far down": nil,
		"Twice": {8, 9}, "Name": {10}, "Gone": nil,
	} {
		var got []float32
		for _, p := range s.pressable(name) {
			got = append(got, p.X)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// hex is how strace -xx writes a path.
func hex(path string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, c := range []byte(path) {
		b.WriteString(`\x` + string(digits[c>>4]) + string(digits[c&15]))
	}
	return `"` + b.String() + `"`
}

func TestParseTrace(t *testing.T) {
	cwd := "AT_FDCWD<" + strings.Trim(hex("/home"), `"`) + ">"
	trace, err := parseTrace(strings.Join([]string{
		`100   execve(` + hex("/bin/ebb") + `, [` + hex("ebb") + `, ` + hex("--x") + `], 0x7ffe /* 9 vars */) = 0`,
		`100   openat(` + cwd + `, ` + hex("/etc/read") + `, O_RDONLY|O_CLOEXEC) = 3<x>`,
		`100   openat(` + cwd + `, ` + hex("/tmp/denied") + `, O_WRONLY|O_CREAT, 0600) = -1 EACCES (Permission denied)`,
		`100   openat(` + cwd + `, ` + hex("/tmp/naïve \"x\"") + `, O_RDWR|O_CREAT, 0600) = 4<x>`,
		`101   openat(` + cwd + `, ` + hex("/tmp/late") + `, O_WRONLY <unfinished ...>`,
		`101   <... openat resumed>)             = 5<x>`,
		`100   renameat2(` + cwd + `, ` + hex("a") + `, ` + cwd + `, ` + hex("b") + `, 0) = 0`,
		`100   mkdirat(` + cwd + `, ` + hex("folder") + `, 0700) = 0`,
		`100   mkdirat(` + cwd + `, ` + hex("there") + `, 0700) = -1 EEXIST (File exists)`,
		`100   socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3`,
		`100   socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4`,
		`100   socket(AF_INET6, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)`,
		`100   socket(AF_INET, SOCK_STREAM, 0) = 5`,
		`100   connect(3<x>, {sa_family=AF_UNIX, sun_path=@` + hex("/tmp/.X11-unix/X0") + `}, 20) = 0`,
		`100   connect(5<x>, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr(` + hex("127.0.0.1") + `)}, 16) = -1 EINPROGRESS (Operation now in progress)`,
		`100   connect(5<x>, {sa_family=AF_UNIX, sun_path=` + hex("/gone") + `}, 16) = -1 ENOENT (No such file or directory)`,
		`100   io_uring_setup(8, {flags=0}) = 6`,
		`100   +++ killed by SIGKILL +++`,
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	for what, lists := range map[string][2][]string{
		"sockets":   {trace.Sockets, {"AF_UNIX", "AF_INET", "io_uring_setup"}},
		"connected": {trace.Connected, {"AF_UNIX /tmp/.X11-unix/X0", "AF_INET 127.0.0.1"}},
		"written":   {trace.Written, {"/tmp/naïve \"x\"", "/tmp/late", "b", "folder"}},
		"executed":  {trace.Executed, {"/bin/ebb"}},
	} {
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s: %q, want %q", what, lists[0], lists[1])
		}
	}
}

func TestDecodePPM(t *testing.T) {
	picture, err := decodePPM([]byte("P6\n2 1\n255\n\x01\x02\x03\n\xFF\x20"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := picture.At(1, 0), (color.RGBA{'\n', 0xFF, 0x20, 0xFF}); got != want {
		t.Errorf("a pixel is %v, want %v", got, want)
	}
	for _, bad := range []string{"", "P6", "P5\n2 1\n255\n......", "P6\n2 1\n255\n.....", "P6\n2 1\n65535\n......", "P6\n-2 -1\n255\n......", "P6\n0 0\n255\n"} {
		if _, err := decodePPM([]byte(bad)); err == nil {
			t.Errorf("%q was read as a picture", bad)
		}
	}
}

func TestDumpedPixels(t *testing.T) {
	dump := make([]byte, 200)
	dump[3], dump[7], dump[79] = 100, 7, 2 // size of the header, version, colours
	if start, err := dumpedPixels(dump); err != nil || start != 124 {
		t.Errorf("the pixels begin at %d, %v", start, err)
	}
	if _, err := dumpedPixels(dump[:120]); err == nil {
		t.Error("a dump without pixels was read")
	}
	if _, err := dumpedPixels(dump[:70]); err == nil {
		t.Error("half a header was read")
	}
	dump[7] = 6
	if _, err := dumpedPixels(dump); err == nil {
		t.Error("a dump of another version was read")
	}
}

func TestKeyboardHasWhatIsTypeable(t *testing.T) {
	characters := []rune(typeable)
	if keys := len(spareKeys()); (len(characters)+1)/2 > keys {
		t.Errorf("%d characters do not fit on %d keys", len(characters), keys)
	}
	seen := make(map[rune]bool)
	for _, r := range characters {
		if seen[r] {
			t.Errorf("%q is on two keys", r)
		}
		seen[r] = true
	}
	if len(characters)%2 != 0 {
		t.Error("the last key would have one character: the list needs an even number")
	}
	if !strings.Contains(keymap(), "U00E9, U00C9") {
		t.Error("the keymap lacks é and É")
	}
}
