package keys

import "testing"

// A caller's passphrase is the caller's to wipe: creating a vault and opening it
// with the same bytes must work.
func TestNormalizePassphraseLeavesItsArgument(t *testing.T) {
	for _, text := range []string{"plain words", "  two  spaces ", "Zoe\u0308", "Zo\u00eb"} {
		given := []byte(text)
		normal, err := NormalizePassphrase(given)
		if err != nil {
			t.Fatal(err)
		}
		clear(normal)
		if string(given) != text {
			t.Errorf("%q became %q", text, given)
		}
	}
}
