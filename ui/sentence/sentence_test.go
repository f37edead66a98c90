package sentence

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/BurntSushi/toml"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
	"ebb/vault/guard"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/portable"
)

// table reads the names in one table of a catalogue.
func table(t *testing.T, area string, path ...string) []string {
	t.Helper()
	var at map[string]any
	if _, err := toml.DecodeFile("../lang/en/"+area+".toml", &at); err != nil {
		t.Fatal(err)
	}
	for _, part := range append([]string{area}, path...) {
		at, _ = at[part].(map[string]any)
	}
	return slices.Sorted(maps.Keys(at))
}

func TestEveryReasonHasItsWords(t *testing.T) {
	if got, want := table(t, "transfer", "reason"), portable.ReasonKeys(); !slices.Equal(got, want) {
		t.Errorf("the catalogue has the reasons %q, the importers give %q", got, want)
	}
}

func TestEveryKindLeftOutHasItsWords(t *testing.T) {
	want := []string{
		portable.LeftPhotos, portable.LeftVideos, portable.LeftAudio, portable.LeftPDFs, portable.LeftLocations, portable.LeftWeather,
		portable.LeftActivities, portable.LeftMusic, portable.LeftSuggestions, portable.LeftFields, portable.LeftFiles, portable.LeftOthers, portable.LeftLinks,
	}
	slices.Sort(want)
	if got := table(t, "transfer", "left"); !slices.Equal(got, want) {
		t.Errorf("the catalogue has %q, the importers count %q", got, want)
	}
}

func TestEveryNoticeHasItsWords(t *testing.T) {
	if got, want := table(t, "fault", "notice"), slices.Sorted(maps.Values(notices)); !slices.Equal(got, want) {
		t.Errorf("the catalogue has the notices %q, there are %q", got, want)
	}
	for kind := vault.KeyFileRepaired; kind <= vault.RecoveryLost; kind++ {
		if n := (vault.Notice{Kind: kind}); NoticeKey(n) == "" || strings.HasPrefix(Notice(n), "[[") {
			t.Errorf("the notice %d is called %q and says %q", kind, NoticeKey(n), Notice(n))
		}
	}
}

// Errors reach a person through several layers, each with words of its own.
func TestErrorsSayWhatTheyMean(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{keys.ErrWrongPassphrase, lang.T("fault.wrong-passphrase")},
		{fmt.Errorf("join: %w", keys.ErrWeakPassphrase), lang.T("fault.weak-passphrase")},
		{fmt.Errorf("%w: it is empty", keys.ErrPassphraseForm), lang.T("fault.passphrase-form")},
		{guard.ErrInUse, lang.T("fault.in-use")},
		{drawer.ErrFull, lang.T("fault.full")},
		{fmt.Errorf("making a drawer: %w", drawer.ErrReadOnly), lang.T("fault.read-only")},
		{fmt.Errorf("the key file: %w", errors.Join(vault.ErrDamaged, keys.ErrParams)), lang.T("fault.damaged")},
		{home.ErrTooLong, lang.T("fault.too-long")},
		{vault.ErrBackup, lang.T("fault.is-backup")},
		{errors.Join(backup.ErrFull, backup.ErrAbsent), lang.T("fault.backup-absent")},
		{fmt.Errorf("an older backup: %w", backup.ErrForeign), lang.T("fault.backup-foreign")},
		{fmt.Errorf("%w: %w", backup.ErrUnreadable, vault.ErrDamaged), lang.T("fault.backup-unreadable")},
		{&fs.PathError{Op: "write", Path: "/home/robin/diary", Err: syscall.ENOSPC}, lang.T("fault.full")},
		{&fs.PathError{Op: "mkdir", Path: "/media/robin", Err: syscall.EROFS}, lang.T("fault.read-only")},
		{&fs.PathError{Op: "open", Path: "/home/robin/diary", Err: syscall.EACCES}, lang.T("fault.no-permission")},
		{&os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: syscall.ENOENT}, lang.T("fault.no-such-place")},
		{errors.New("robin wrote a word that must not be seen"), lang.T("fault.unknown")},
	} {
		if got := Of(c.err); got != c.want {
			t.Errorf("%v says %q, want %q", c.err, got, c.want)
		}
	}
}

// A kind behind another that it is an instance of would never be reached.
func TestEveryKindIsReached(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range kinds {
		text := k.text()
		if got := Of(k.kind); got != text {
			t.Errorf("%v says %q, want %q", k.kind, got, text)
		}
		if strings.HasPrefix(text, "[[") {
			t.Errorf("%v has no words", k.kind)
		}
		seen[text] = true
	}
	if len(seen) < 25 {
		t.Errorf("only %d sentences", len(seen))
	}
}

func TestImportSaysWhatItDid(t *testing.T) {
	sum := home.ImportSummary{
		Added: 1, Known: 2, TooLong: []int{9},
		Left: portable.Left{portable.LeftPhotos: 9, portable.LeftWeather: 1, portable.LeftAudio: 2},
		Problems: []portable.Problem{
			{Position: 3, Key: "no-text", Reason: "in other words"},
			{Position: 5, Key: "zone", Kept: true},
		},
	}
	want := []string{
		"1 entry was added.",
		"2 entries were here already.",
		"Left out: 2 recordings, 9 photos, 1 weather note.",
		"Entry 3 was not taken in: it has no text.",
		"Entry 5 was taken in, though it names a time zone that is not known; its day is counted in UTC.",
		"Entry 9 was not taken in: it is longer than fits.",
	}
	if got := Import(sum); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestExportSaysWhatItLeftBehind(t *testing.T) {
	for _, c := range []struct {
		sum  portable.Summary
		want []string
	}{
		{portable.Summary{Entries: 3}, nil},
		{portable.Summary{Moods: 1, Lost: 1}, []string{"Left out: 1 mood word.", "1 entry was not written: it lies where the journal is damaged."}},
		{portable.Summary{Moods: 2, Lost: 3, More: true}, []string{
			"Left out: 2 mood words.", "3 entries were not written: they lie where the journal is damaged.",
			"There was more in this journal. It is damaged, and nobody can tell how much.",
		}},
	} {
		if got := LeftBehind(c.sum); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.sum, got, c.want)
		}
	}
}

func TestImportNamesSomeProblemsAndCountsTheRest(t *testing.T) {
	var sum home.ImportSummary
	for i := range maxProblems + 2 {
		sum.Problems = append(sum.Problems, portable.Problem{Position: i + 1, Key: "broken"})
	}
	got := Import(sum)
	if len(got) != 1+maxProblems+1 || got[len(got)-1] != "And 2 more like these." {
		t.Errorf("%d lines, and at the end %q", len(got), got[len(got)-1])
	}
}
