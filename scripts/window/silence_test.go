//go:build realwindow

package window

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// beacons is an entry that would call out if any of it were fetched, or opened.
const beacons = `# CORMORANT

![](http://127.0.0.1:9/MARIGOLD.png) ![pixel](https://example.org/p.gif "t")
[a link](https://example.org/in?w=BERGAMOT) <https://example.org/auto> https://example.org/bare
<img src="http://127.0.0.1:9/html.png"> <iframe src="file:///etc/passwd"></iframe>
[ref]: http://127.0.0.1:9/ref
![ref] [![](http://127.0.0.1:9/inner.png)](mailto:somebody@example.org)
`

// From the first start through an import, a search, an entry full of beacons and
// its reading view, to the lock: no socket but to the display, nothing started but
// the program itself, nothing written that could be read.
func TestNothingLeavesTheComputer(t *testing.T) {
	t.Parallel()
	source, err := filepath.Abs("../../vault/portable/testdata/dayone-made-up.json")
	if err != nil {
		t.Fatal(err)
	}
	p := StartWith(t, Options{Trace: true})
	vault := p.createHome("Ada", ownWords)

	p.Key("ctrl+6")
	p.WaitText("Bring entries in")
	p.choose("Bring in…")
	p.WaitFocus("File or folder")
	p.enter(source)
	p.WaitText("entries were added.")
	p.Key("ctrl+f")
	p.WaitFocus("Search your own words")
	p.Type("balcony")
	p.WaitText("A slow morning")

	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	for _, line := range strings.SplitAfter(beacons, "\n") {
		if text := strings.TrimSuffix(line, "\n"); text != "" {
			p.Type(text)
		}
		p.Key("shift+Return") // a plain new line: no list is carried on
	}
	p.Key("ctrl+e")
	p.WaitFocus("Edit")
	p.WaitText("a link")
	p.Picture("beacons")
	s := p.Screen()
	for _, spot := range s.uppermost() {
		if spot.Press && strings.Contains(known(spot), "a link") && spot.Kind != "*kit.listRow" {
			t.Errorf("a link can be pressed: %+v", spot)
		}
	}
	// What looks like a link does nothing.
	for _, w := range s.Windows {
		for _, spot := range w.Spots {
			if strings.Contains(spot.Text, "a link") && !spot.Clipped {
				p.ClickAt(p.pixel(place{spot, w}))
			}
		}
	}
	p.WaitText("a link")
	p.lock()
	p.Key("ctrl+q")
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}

	trace := p.Trace()
	for _, family := range trace.Sockets {
		if family != "AF_UNIX" && family != "AF_NETLINK" {
			t.Errorf("made a socket of the family %s", family)
		}
	}
	for _, address := range trace.Connected {
		if !strings.HasPrefix(address, "AF_UNIX ") && !strings.HasPrefix(address, "AF_NETLINK") {
			t.Errorf("connected to %s", address)
		}
	}
	t.Logf("sockets %q, connected to %q", trace.Sockets, trace.Connected)
	program, err := filepath.EvalSymlinks(os.Getenv("EBB_PROGRAM"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range trace.Executed {
		if real, err := filepath.EvalSymlinks(path); path != "/proc/self/exe" && (err != nil || real != program) {
			t.Errorf("started %s", path)
		}
	}
	p.writesOnly(trace.Written, vault)
	words := append(slices.Clone(canaries), "balcony", "slow morning", "dentist", "canal")
	findsNone(t, words, []string{p.Home})
	for _, path := range trace.Written {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			findsNone(t, words, []string{path})
		}
	}

	// What stays with the computer is four numbers.
	data, err := os.ReadFile(filepath.Join(p.Home, "config", "fyne", "org.ebb.desktop", "preferences.json"))
	if err != nil {
		t.Fatal(err)
	}
	var preferences map[string]any
	if err := json.Unmarshal(data, &preferences); err != nil {
		t.Fatal(err)
	}
	for name, value := range preferences {
		if _, number := value.(float64); !number || !slices.Contains([]string{"colours", "text-size", "window-width", "window-height"}, name) {
			t.Errorf("the preferences hold %s: %v", name, value)
		}
	}
}
