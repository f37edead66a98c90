package sentence

import (
	"maps"
	"slices"
	"strings"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// notices are the names of the kinds of notice, in the catalogue and for scripts.
var notices = map[vault.NoticeKind]string{
	vault.KeyFileRepaired:  "key-file-repaired",
	vault.ForeignFile:      "foreign-file",
	vault.DrawerRepaired:   "drawer-repaired",
	vault.OlderDrawer:      "older-drawer",
	vault.SharedDamaged:    "shared-damaged",
	vault.RefusedAdmission: "refused-admission",
	vault.KeyFileAltered:   "key-file-altered",
	vault.MemberJoined:     "member-joined",
	vault.SyncedFolder:     "synced-folder",
	vault.ConflictCopy:     "conflict-copy",
	vault.NotBackedUp:      "not-backed-up",
	vault.MemberLeft:       "member-left",
	vault.RefusedChange:    "refused-change",
	vault.RecoveryLost:     "recovery-lost",
	vault.DrawerSalvaged:   "drawer-salvaged",
}

var told = lang.Dynamic("fault.notice.")

// Notice says what a person should know about the vault's condition.
func Notice(n vault.Notice) string {
	if n.Kind == vault.SyncedFolder {
		return told.F(NoticeKey(n), map[string]any{"Program": n.Detail})
	}
	return told.T(NoticeKey(n))
}

// NoticeKey is the stable name of a notice, for scripts.
func NoticeKey(n vault.Notice) string { return notices[n.Kind] }

// left names the kinds of things that an import leaves out.
var left = lang.Dynamic("transfer.left.")

// reasons say why an entry could not be taken in as it is, as clauses.
var reasons = lang.Dynamic("transfer.reason.")

// LeftBehind says what an export could not write: in a line what the format has
// no place for, and what lies on a damaged page.
func LeftBehind(sum portable.Summary) (lines []string) {
	if sum.Moods > 0 {
		kinds := lang.N("transfer.moods", sum.Moods, nil)
		lines = append(lines, lang.F("transfer.left-out", map[string]any{"Kinds": kinds}))
	}
	if sum.Lost > 0 {
		lines = append(lines, lang.N("transfer.lost", sum.Lost, nil))
	}
	if sum.More {
		lines = append(lines, lang.T("transfer.lost-more"))
	}
	return lines
}

// maxProblems is how many single entries an import's report names.
const maxProblems = 20

// Import says what an import did, in a few lines: what was added, what was there
// already, what was left out, and which entries could not be read, by position.
func Import(sum home.ImportSummary) []string {
	lines := []string{lang.N("transfer.added", sum.Added, nil)}
	if sum.Known > 0 {
		lines = append(lines, lang.N("transfer.known", sum.Known, nil))
	}
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(sum.Left)) {
		kinds = append(kinds, left.N(kind, sum.Left[kind], nil))
	}
	if len(kinds) > 0 {
		lines = append(lines, lang.F("transfer.left-out", map[string]any{"Kinds": strings.Join(kinds, ", ")}))
	}
	for i, p := range sum.Problems {
		if i == maxProblems {
			lines = append(lines, lang.N("transfer.more-problems", len(sum.Problems)-i, nil))
			break
		}
		what := map[string]any{"Position": p.Position, "Reason": reasons.T(p.Key)}
		if p.Kept {
			lines = append(lines, lang.F("transfer.problem-kept", what))
		} else {
			lines = append(lines, lang.F("transfer.problem", what))
		}
	}
	for _, position := range sum.TooLong {
		lines = append(lines, lang.F("transfer.too-long", map[string]any{"Position": position}))
	}
	return lines
}
