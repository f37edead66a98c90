package text

import (
	"fmt"
	"unicode"
)

// Mark returns the visible stand-in for a rune that would otherwise act on the
// text around it or hide in it: a control character or a direction override.
// It is the empty string for every other rune.
func Mark(r rune) string {
	if name, ok := markNames[r]; ok {
		return name
	}
	switch {
	case r == '\t' || r == '\n' || r == 0x200C || r == 0x200D || r == 0xAD || r == 0x200B:
		return "" // space, joiners, and places to break: they do no harm
	case r < 0x20 || r >= 0x7F && r < 0xA0:
		return fmt.Sprintf("%02X", r)
	case r == 0x2028 || r == 0x2029 || r >= 0xFFF9 && r <= 0xFFFB || r == 0xE0001:
		return fmt.Sprintf("%04X", r)
	case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) && (r < 0xE0020 || r > 0xE007F):
		return fmt.Sprintf("%04X", r)
	}
	return ""
}

// markNames are the abbreviations of the Unicode standard.
var markNames = map[rune]string{
	0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0B: "VT", 0x0C: "FF", 0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL",
	0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM", 0x2060: "WJ", 0xFEFF: "BOM",
	0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
	0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}
