package vault

import (
	"testing"
	"time"
)

func TestBackupTime(t *testing.T) {
	autumn := time.Date(2026, 10, 25, 2, 30, 0, 0, time.FixedZone("somewhere", 2*60*60))
	if name := BackupName(autumn); name != "2026-10-25T003000Z" {
		t.Errorf("called %s", name)
	}
	if at, ok := BackupTime("2026-10-25T003000Z"); !ok || !at.Equal(autumn) {
		t.Errorf("read as %v, %v", at, ok)
	}
	for _, name := range []string{
		"", "2026-10-25", "2026-10-25T003000", "2026-10-25T00:30:00Z", "2026-10-25t003000z", "2026-02-30T000000Z", "2026-10-25T246060Z",
		"2026-10-25T003000Z ", " 2026-10-25T003000Z", "2026-10-25T003000Z.part", "2026-10-25T003000.5Z", "12026-10-25T003000Z", "-026-10-25T003000Z",
		"2026-1-25T003000Z", "2026-10-25T003000+00", "2026-10-25T003000Z (1)", "٢٠٢٦-10-25T003000Z",
	} {
		if at, ok := BackupTime(name); ok {
			t.Errorf("%q is read as %v", name, at)
		}
	}
}

// A name is a backup's only if it is the one that its moment has.
func FuzzBackupTime(f *testing.F) {
	for _, seed := range []string{"2026-10-25T003000Z", "2026-10-25T003000.5Z", "0000-01-01T000000Z", "9999-12-31T235959Z", "2024-02-29T120000Z", "2026-13-01T000000Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if at, ok := BackupTime(name); ok && BackupName(at) != name {
			t.Errorf("%q is of %v, whose name is %q", name, at, BackupName(at))
		}
	})
}
