package drawer

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A planted fault is one change to the engine that a campaign must notice.
type plantedFault struct {
	name     string
	file     string
	from, to string // from stands once in the file
	test     string // what must turn red

	// also is a second change, where the engine guards against the first one twice.
	also *plantedFault
}

var plantedFaults = []plantedFault{
	{"a tag is not checked", "record.go", "return err == nil\n", "return err == nil || true\n", "TestTamperBits", nil},
	{"the place of a record is not authenticated", "record.go", "PutUint64(r.aad[numberAt:], a.number)", "PutUint64(r.aad[numberAt:], 0)", "TestRecordBindsItsPlace", nil},
	{"an unauthentic page reads as zeros", "store.go", "		clear(p)\n		return ErrDamaged\n", "		clear(p)\n		return nil\n", "TestTamperBits", nil},
	{"the root is not compared", "load.go", "if s.tags.root != st.root {", "if false {", "TestTamperPages", nil},
	{"a table counts for any state", "table.go", "return s.tags.root == st.root", "return true", "TestTamperTable", nil},
	{"a page is not compared with the table", "store.go", "recordTag(sealed) == s.tags.at(number) &&", "", "TestTamperPagesBesideTable", nil},
	{"beside a table a file may be too short", "load.go", " || s.main.size < pageAt(limit) {", " {", "TestTamperPagesBesideTable", nil},
	{"the table replaces a log that is still needed", "open.go", "if s.settled() && (s.frames.used > 0", "if (s.frames.used > 0", "TestClosingCutOff|TestKill|TestFailingDisk|TestDiskFaults", nil},
	{"the table is not sealed", "table.go", "s.records.seal(table, s.tags.list, tableAddress(pages))", "_ = pages", "TestTableIsSealed", nil},
	{"the table tells how many pages there are", "open.go", "max(s.frames.used, tableRoom(s.main.size))", "max(s.frames.used, end)", "TestTableHidesHowManyPages", nil},
	{"the log is not synced", "order.go", "if err := s.log.sync(); err != nil {", "if err := error(nil); err != nil {", "TestPowerLoss$", nil},
	{
		name: "the main file is not synced before it is clean, and the state before is not tried", file: "order.go",
		from: "func (s *store) syncMain() error {\n	if err := s.main.sync(); err != nil {",
		to:   "func (s *store) syncMain() error {\n	if err := error(nil); err != nil {",
		test: "TestPowerLoss$",
		also: &plantedFault{file: "load.go", from: "&& newest.state.endsCheckpoint(older) {", to: "&& false {"},
	},
	{"a slot is not synced", "state.go", "if err := s.main.sync(); err != nil {", "if err := error(nil); err != nil {", "TestPowerLoss$", nil},
	{"only one slot is written", "state.go", "for range 2 {", "for range 1 {", "TestTamperBits", nil},
	{"the older slot counts", "state.go", "if st.sequence > s.last {", "if s.last == 0 || st.sequence < s.last {", "TestTamperSlots", nil},
	{"a commit is acknowledged before its log is bound", "order.go", "(!s.state.bound || s.doubtful) {", "false {", "TestKill", nil},
	{"any log is bound", "load.go", "if !image.exists || image.id != st.log {", "if !image.exists {", "TestTamperTimes", nil},
	{"a log counts on any main file", "load.go", "if image.root != st.root {", "if false {", "TestTamperTimes", nil},
	{"a log of any age counts", "load.go", "image.exists && image.base >= st.sequence && image.committed > 0", "image.exists && image.committed > 0", "TestTamperStands", nil},
	{"a log may lack what follows shows was acknowledged", "load.go", "if image.cut || image.committed < int(st.frames)", "if image.committed < int(st.frames)", "TestTamperBits", nil},
	{"a log that was cut short will do", "load.go", " || s.log.size < smallestClass {", " {", "TestTamperTruncation", nil},
	{"a checkpoint is not declared", "order.go", "if s.state.kind != checkpointing || s.doubtful || s.declared != s.frames.committed {\n		if err := s.declare(); err != nil {\n			return err\n		}\n	}\n	if !s.covered.has(number) {\n		return errUncovered\n	}\n", "", "TestPowerLoss$", nil},
	{"a mended slot is not reported", "load.go", "if !older.ok || !older.state.same(newest.state) &&", "if false && !older.state.same(newest.state) &&", "TestTamperSlots", nil},
	{"an index keeps what was taken back", "drawer.go", `"PRAGMA writable_schema = RESET"`, `"SELECT 1"`, "TestIndexAfterFault|TestDiskFaults", nil},
	{"a caller goes on without a transaction", "drawer.go", "if t.d.conn.AutoCommit() {", "if false {", "TestNothingIsWritten", nil},
	{"a full disk has no kind", "errors.go", "			return ErrFull\n", "			return errno\n", "TestDiskFaults", nil},
	{"an error names the path", "errors.go", "		return ErrNotExist\n", "		return errors.Join(ErrNotExist, err)\n", "TestDeniedFiles", nil},
	{"nonces are not masked", "nonce.go", "nonce[i] ^= m.pad[i]", "nonce[i] ^= 0 * m.pad[i]", "TestNoise$", nil},
	{"the log is left as it is at closing", "open.go", "s.log.scramble(end, max(s.frames.used, tableRoom(s.main.size)))", "s.log.scramble(end, end)", "TestNothingStays", nil},
	{"what is cut stays", "store.go", "s.main.scramble(pageAt(pages), pageAt(s.tags.pages()))", "error(nil)", "TestNothingStays", nil},
	{"files are not made anew under the lock", "create.go", "d.store.whenLocked = d.store.lay", "if err := errors.Join(main.empty(), log.empty()); err != nil {\n		return nil, err\n	}\n	d.store.whenLocked = d.store.lay", "TestTwoProcesses", nil},
	{"two processes may hold the lock", "vfs.c", "if (rc == SQLITE_OK) rc = f->lock->pMethods->xLock(f->lock, SQLITE_LOCK_EXCLUSIVE);", "", "TestTwoProcesses", nil},
	{"a journal is believed", "vfs.c", "  *result = 0;\n  if (endsWith", "  *result = endsWith(name, \"-journal\");\n  if (endsWith", "TestTamperJournal", nil},
}

// Every planted fault turns a campaign red: what finds nothing here would find
// nothing elsewhere. It builds the package anew for each, so it belongs to the long
// run.
func TestPlantedFaults(t *testing.T) {
	if os.Getenv("EBB_SOAK") != "1" {
		return
	}
	only := os.Getenv("EBB_PLANT") // a part of a name
	planted, caught := 0, 0
	for _, f := range plantedFaults {
		if !strings.Contains(f.name, only) {
			continue
		}
		planted++
		t.Run(f.name, func(t *testing.T) {
			said := f.run(t)
			switch {
			case strings.Contains(said, "[build failed]"):
				t.Errorf("does not build:\n%s", said)
			case !strings.Contains(said, "--- FAIL") && !strings.Contains(said, "panic:"):
				t.Errorf("%s did not notice", f.test)
			default:
				caught++
				t.Logf("%s", firstLine(said))
			}
		})
	}
	t.Logf("campaign planted runs=%d injected=%d failures=%d", planted, planted, planted-caught)
}

// run tests the package with the fault in it, without touching a file of it.
func (f plantedFault) run(t *testing.T) (said string) {
	t.Helper()
	folder := t.TempDir()
	replaced := map[string]string{}
	for edit := &f; edit != nil; edit = edit.also {
		path, err := filepath.Abs(edit.file)
		if err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(source), edit.from); n != 1 {
			t.Fatalf("%s has the place %d times", edit.file, n)
		}
		replaced[path] = filepath.Join(folder, edit.file)
		if err := os.WriteFile(replaced[path], []byte(strings.Replace(string(source), edit.from, edit.to, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "overlay"), overlay, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command("go", "test", "-short", "-timeout", "5m", "-tags", "sqlite_fts5 sqlite_omit_load_extension", "-overlay", filepath.Join(folder, "overlay"), "-run", f.test, ".")
	command.Env = append(os.Environ(), "EBB_SOAK=")
	out, err := command.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(out)
}

// firstLine returns the first thing that a failed test said.
func firstLine(said string) string {
	for _, line := range strings.Split(said, "\n") {
		if strings.Contains(line, ".go:") {
			return strings.TrimSpace(line)
		}
	}
	return said[:min(len(said), 200)]
}
