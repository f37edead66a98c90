// Package sentence says in words that a person reads what happened: errors,
// notices about a vault and what an import did.
//
// It is the only place that does so. The sentence of an error says what happened, that nothing
// was lost where that is so, and what to do next. It never repeats the error's
// own text, which is for programmers and might hold a path.
package sentence

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"ebb/exercises"
	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/portable"
	"ebb/vault/practice"
)

// kinds are looked through in order: the more particular first.
var kinds = []struct {
	kind error
	text func() string
}{
	{vault.ErrGone, func() string { return lang.T("fault.gone") }},
	{vault.ErrBackup, func() string { return lang.T("fault.is-backup") }},
	{backup.ErrAbsent, func() string { return lang.T("fault.backup-absent") }},
	{backup.ErrNotFolder, func() string { return lang.T("fault.backup-not-folder") }},
	{backup.ErrLink, func() string { return lang.T("fault.backup-link") }},
	{backup.ErrInside, func() string { return lang.T("fault.backup-inside") }},
	{backup.ErrReadOnly, func() string { return lang.T("fault.backup-read-only") }},
	{backup.ErrFull, func() string { return lang.T("fault.backup-full") }},
	{backup.ErrUnreadable, func() string { return lang.T("fault.backup-unreadable") }},
	{backup.ErrDiffers, func() string { return lang.T("fault.backup-differs") }},
	{backup.ErrClock, func() string { return lang.T("fault.backup-clock") }},
	{backup.ErrForeign, func() string { return lang.T("fault.backup-foreign") }},
	{backup.ErrUnfinished, func() string { return lang.T("fault.backup-unfinished") }},
	{backup.ErrNone, func() string { return lang.T("fault.backup-none") }},
	{backup.ErrSeveral, func() string { return lang.T("fault.backup-several") }},
	{backup.ErrName, func() string { return lang.T("fault.backup-name") }},
	{vault.ErrMistyped, func() string { return lang.T("fault.mistyped-words") }},
	{vault.ErrWrongPassphrase, func() string { return lang.T("fault.wrong-passphrase") }},
	{vault.ErrWeakPassphrase, func() string { return lang.T("fault.weak-passphrase") }},
	{keys.ErrPassphraseForm, func() string { return lang.T("fault.passphrase-form") }},
	{vault.ErrAlreadyHere, func() string { return lang.T("fault.already-here") }},
	{vault.ErrInvitation, func() string { return lang.T("fault.invitation") }},
	{vault.ErrInUse, func() string { return lang.T("fault.in-use") }},
	{vault.ErrNewer, func() string { return lang.T("fault.newer") }},
	{vault.ErrFull, func() string { return lang.T("fault.full") }},
	{vault.ErrReadOnly, func() string { return lang.T("fault.read-only") }},
	{vault.ErrSharedDamaged, func() string { return lang.T("fault.shared-damaged") }},
	{vault.ErrDamaged, func() string { return lang.T("fault.damaged") }},
	{vault.ErrNotVault, func() string { return lang.T("fault.not-vault") }},
	{vault.ErrExists, func() string { return lang.T("fault.exists") }},
	{vault.ErrAway, func() string { return lang.T("fault.away") }},
	{vault.ErrNotHome, func() string { return lang.T("fault.not-home") }},
	{practice.ErrNotPractice, func() string { return lang.T("fault.not-practice") }},
	{vault.ErrUnitFull, func() string { return lang.T("fault.unit-full") }},
	{vault.ErrTooLarge, func() string { return lang.T("fault.too-large") }},
	{vault.ErrLocked, func() string { return lang.T("fault.locked") }},
	{home.ErrNameEmpty, func() string { return lang.T("fault.name-empty") }},
	{home.ErrNobodyElse, func() string { return lang.T("fault.nobody-else") }},
	{home.ErrLineEmpty, func() string { return lang.T("fault.line-empty") }},
	{home.ErrTooLong, func() string { return lang.T("fault.too-long") }},
	{home.ErrNotAllHere, func() string { return lang.T("fault.not-all-here") }},
	{home.ErrNoExercise, func() string { return lang.T("fault.no-exercise") }},
	{home.ErrTooMany, func() string { return lang.T("fault.too-many-exercises") }},
	{exercises.ErrNotExercise, func() string { return lang.T("fault.not-exercise") }},
	{home.ErrNotFound, func() string { return lang.T("fault.not-found") }},
	{practice.ErrCode, func() string { return lang.T("practice-fault.code") }},
	{practice.ErrMembers, func() string { return lang.T("practice-fault.members") }},
	{practice.ErrEmpty, func() string { return lang.T("practice-fault.empty") }},
	{practice.ErrTooLong, func() string { return lang.T("fault.too-long") }},
	{practice.ErrDay, func() string { return lang.T("practice-fault.day") }},
	{practice.ErrStepUp, func() string { return lang.T("practice-fault.step-up") }},
	{practice.ErrCaseGone, func() string { return lang.T("practice-fault.case-gone") }},
	{practice.ErrCaseClosed, func() string { return lang.T("practice-fault.case-closed") }},
	{practice.ErrPolicy, func() string { return lang.T("practice-fault.policy") }},
	{practice.ErrInput, func() string { return lang.T("practice-fault.input") }},
	{practice.ErrTwice, func() string { return lang.T("practice-fault.twice") }},
	{practice.ErrSigned, func() string { return lang.T("practice-fault.signed") }},
	{practice.ErrLockedNote, func() string { return lang.T("practice-fault.locked-note") }},
	{practice.ErrReason, func() string { return lang.T("practice-fault.reason") }},
	{practice.ErrHistory, func() string { return lang.T("practice-fault.history") }},
	{practice.ErrNoExercise, func() string { return lang.T("practice-menu.fault-no-exercise") }},
	{practice.ErrLimited, func() string { return lang.T("practice-menu.fault-limited") }},
	{practice.ErrNotScreened, func() string { return lang.T("practice-menu.fault-not-screened") }},
	{practice.ErrNoConsent, func() string { return lang.T("practice-menu.fault-no-consent") }},
	{practice.ErrNotReviewed, func() string { return lang.T("practice-menu.fault-not-reviewed") }},
	{practice.ErrNotIssued, func() string { return lang.T("practice-fault.not-issued") }},
	{practice.ErrNotPDF, func() string { return lang.T("practice-files.fault-not-pdf") }},
	{practice.ErrFileTooLarge, func() string { return lang.T("practice-files.fault-too-large") }},
	{practice.ErrNotClosed, func() string { return lang.T("practice-closing.fault-open") }},
	{practice.ErrKept, func() string { return lang.T("practice-closing.fault-kept") }},
	{practice.ErrNotFound, func() string { return lang.T("fault.not-found") }},
	{portable.ErrFormat, func() string { return lang.T("fault.import-format") }},
	{portable.ErrNewer, func() string { return lang.T("fault.import-newer") }},
	{portable.ErrDamaged, func() string { return lang.T("fault.import-damaged") }},
	{portable.ErrTooLarge, func() string { return lang.T("fault.import-too-large") }},
	{portable.ErrLocked, func() string { return lang.T("fault.import-locked") }},
	{portable.ErrEncrypted, func() string { return lang.T("fault.import-encrypted") }},
	{portable.ErrNotEmpty, func() string { return lang.T("fault.export-not-empty") }},
	{syscall.EROFS, func() string { return lang.T("fault.read-only") }},
	{context.Canceled, func() string { return lang.T("fault.stopped") }},
	{fs.ErrNotExist, func() string { return lang.T("fault.no-such-place") }},
	{syscall.ENOTDIR, func() string { return lang.T("fault.no-such-place") }},
	{fs.ErrPermission, func() string { return lang.T("fault.no-permission") }},
}

// Of says in plain words what an error means for the person, or "" if err
// is nil.
func Of(err error) string {
	if err == nil {
		return ""
	}
	for _, k := range kinds {
		if errors.Is(err, k.kind) {
			return k.text()
		}
	}
	// An export writes files of its own, so its errors are the system's.
	for _, full := range diskFull {
		if errors.Is(err, full) {
			return lang.T("fault.full")
		}
	}
	return lang.T("fault.unknown")
}
