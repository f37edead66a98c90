package sentence

import "ebb/ui/lang"

// Limits says what Ebb cannot protect, a paragraph for each kind of thing. The help
// page shows it, and the README has the same sentences.
func Limits() []string {
	return []string{
		lang.T("limits.unlocked"), lang.T("limits.screen"), lang.T("limits.disk"), lang.T("limits.older"), lang.T("limits.crash"),
		lang.T("limits.checkpoint"), lang.T("limits.partner"), lang.T("limits.shared"), lang.T("limits.invitation"), lang.T("limits.copies"),
		lang.T("limits.deleted"), lang.T("limits.resting"), lang.T("limits.format"), lang.T("limits.lost"),
	}
}
