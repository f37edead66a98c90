package sentence

import (
	"ebb/ui/lang"
	"ebb/vault/drawer"
)

// Salvage says what is there when a damaged drawer was opened at its last checkpoint.
func Salvage(found drawer.Salvage) string {
	text := lang.T("damage.as-it-was")
	if found.Kept > 0 {
		text += " " + lang.N("damage.kept", found.Kept, nil)
	}
	return text
}

// GivenUp says what is not: for everybody who shares the drawer, or for one person.
func GivenUp(found drawer.Salvage, shared bool) string {
	text := lang.T("damage.given-up")
	if found.Lost > 0 {
		text = lang.N("damage.lost", found.Lost, nil) + " " + lang.T("damage.given-up-these")
	}
	if shared {
		text += " " + lang.T("damage.everyone")
	}
	return text
}

// Gone says, afterwards, what was given up.
func Gone(found drawer.Salvage) string {
	if found.Lost > 0 {
		return lang.N("damage.lost", found.Lost, nil) + " " + lang.T("damage.gone")
	}
	return lang.T("damage.gone") + " " + lang.T("damage.unknown")
}
