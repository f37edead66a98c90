package window

import (
	"fmt"
	"strings"
	"testing"
)

// typeable are the characters beyond ASCII that can be typed. xdotool lends a key
// to a character that the keyboard lacks and takes it back at once, too fast for
// a program to see what the key meant; so the keyboard has them all.
const typeable = "äÄöÖüÜßẞ" + "éÉèÈêÊëËàÀâÂáÁãÃåÅæÆ" + "íÍìÌîÎïÏóÓòÒôÔõÕøØœŒ" + "úÚùÙûÛýÝÿŸñÑçÇ" + "ąĄćĆęĘłŁńŃśŚźŹżŻ" + "čČďĎěĚňŇřŘšŠťŤůŮžŽ" + "ıİğĞşŞ" +
	"“”‘’„‚«»–—…·•€£§°±×" + "αβγδεζ" + "абвгде" + "שלום" + "مرحبا" + "日本語" + "😀🌊🏡"

// spareKeys are keys of the X keyboard (rules evdev) that no letter is on.
func spareKeys() (names []string) {
	for code := 147; code <= 254; code++ {
		if code <= 190 || code >= 208 {
			names = append(names, fmt.Sprintf("<I%d>", code))
		}
	}
	return names
}

// keymap describes an American keyboard with all that is typeable, two characters
// to a spare key. https://www.x.org/releases/current/doc/kbproto/xkbproto.html
func keymap() string {
	var b strings.Builder
	b.WriteString(`xkb_keymap {
  xkb_keycodes { include "evdev+aliases(qwerty)" };
  xkb_types { include "complete" };
  xkb_compatibility { include "complete" };
  xkb_symbols { include "pc+us"
`)
	characters := []rune(typeable)
	for i, name := range spareKeys() {
		if 2*i+1 >= len(characters) { // an even number: each key has two
			break
		}
		fmt.Fprintf(&b, "    replace key %s { type = \"TWO_LEVEL\", [ U%04X, U%04X ] };\n", name, characters[2*i], characters[2*i+1])
	}
	b.WriteString("  };\n};\n")
	return b.String()
}

func (d display) setKeyboard(t testing.TB) {
	t.Helper()
	compiler := d.command("xkbcomp", "-w", "0", "-", d.name)
	compiler.Stdin = strings.NewReader(keymap())
	if output, err := compiler.CombinedOutput(); err != nil {
		t.Fatalf("xkbcomp: %v\n%s", err, output)
	}
}

// checkTypeable fails the test if a character of text is on no key.
func checkTypeable(t testing.TB, text string) {
	t.Helper()
	for _, r := range text {
		if r != '\n' && r != '\t' && (r < ' ' || r > '~') && !strings.ContainsRune(typeable, r) {
			t.Fatalf("%q can not be typed: it is not in window's list of typeable characters", r)
		}
	}
}
