package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"ebb/scripts/proof"
)

// The other campaigns ask the program's own code about its disk; this one has
// another witness. The commands run under strace, which lets their system calls
// fail, write nothing, or kill them.

// straced is a folder in which commands run: a vault "Home.ebb", and around it what
// is brought in and taken out.
type straced struct {
	t      testing.TB
	ebb    string // the program
	root   string
	code   string
	own    []string // Robin's passphrase, or those of which one opens
	others []string // of persons who are there
	notes  int      // entries that are there for certain
}

const (
	robin    = "robin's own words here"
	robinNew = "other words for another year"
	kim      = "kim has other words"
	// tracedCanary is in every entry.
	tracedCanary = "CANARY-heron-ladder-4410"
)

func (w *straced) in(name string) string { return filepath.Join(w.root, name) }

func (w *straced) again(root string) *straced {
	next := *w
	next.root, next.own, next.others = root, slices.Clone(w.own), slices.Clone(w.others)
	return &next
}

// An ending is what a command said and how it ended.
type ending struct {
	code           int
	killed         bool
	injected       bool
	removing       bool // it was removing, too, that failed
	stdout, stderr string
}

// run runs ebb, under strace if inject is not empty, with lines as its passphrases.
func (w *straced) run(inject, lines string, args ...string) (said ending) {
	w.t.Helper()
	if !slices.Contains([]string{"restore", "demo"}, args[0]) { // they ask for none
		args = append(args, "--passphrase-file", "-")
	}
	program := w.ebb
	if inject != "" {
		options := []string{
			"--follow-forks", "-qq", "--signal=none", "-o", w.in("trace"),
			"-e", "trace=" + strings.Join(tampered, ","), "-e", "inject=" + inject,
		}
		if !strings.Contains(inject, "signal=") { // with it no signal arrives
			options = append(options, "--seccomp-bpf")
		}
		args = slices.Concat(options, []string{"--", program}, args)
		program = "strace"
	}
	c := exec.Command(program, args...)
	c.Dir = w.root
	c.Stdin = strings.NewReader(lines)
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%s: %v (make setup-tests installs what the tests need)", program, err)
	}
	said = ending{code: c.ProcessState.ExitCode(), stdout: out.String(), stderr: complaint.String()}
	status, _ := c.ProcessState.Sys().(syscall.WaitStatus)
	said.killed = status.Signaled()
	if inject != "" {
		trace, err := os.ReadFile(w.in("trace"))
		if err != nil {
			w.t.Fatal(err)
		}
		said.removing = strings.Contains(inject, "unlinkat")
		said.injected = bytes.Contains(trace, []byte("(INJECTED)")) || said.killed
	}
	return said
}

// exitNotStarted is how a program ends whose libraries could not be read.
const exitNotStarted = 127

// tampered are the calls that strace changes.
var tampered = []string{"pwrite64", "write", "pread64", "fsync", "ftruncate", "renameat", "unlinkat", "mkdirat", "utimensat"}

// tamperings are what becomes of a call. A written 0 is the shortest of short
// writes: any other number would be a lie.
var tamperings = []struct{ calls, what string }{
	{"pwrite64", "error=EIO"},
	{"pwrite64", "error=ENOSPC"},
	{"pwrite64", "retval=0"},
	{"pwrite64", "signal=KILL"},
	{"fsync", "error=EIO"},
	{"fsync", "error=ENOSPC"},
	{"fsync", "signal=KILL"},
	{"pread64", "error=EIO"},
	{"write", "signal=KILL"},
	{"ftruncate,renameat,unlinkat,mkdirat", "error=EIO"},
	{"ftruncate,renameat,unlinkat,mkdirat", "signal=KILL"},
	{"utimensat", "error=EIO"},
	{"utimensat", "signal=KILL"},
}

// A tracedCommand is one that is run under strace, and what must hold then.
type tracedCommand struct {
	name  string
	from  string // a stand
	lines func(*straced) string
	args  []string
	holds func(w *straced, e ending) error
	// mayBeDamaged: a fault may make it find damage.
	mayBeDamaged bool
}

func asRobin(w *straced) string { return w.own[0] + "\n" }

var tracedCommands = []tracedCommand{
	{name: "create", from: "nothing", lines: asRobin, args: []string{"create", "Home.ebb", "--name", "Robin"}, holds: func(w *straced, e ending) error {
		if _, err := os.Lstat(w.in("Home.ebb")); e.code != 0 && errors.Is(err, os.ErrNotExist) {
			return w.must(0, robin+"\n", "create", "Home.ebb", "--name", "Robin")
		}
		return nil
	}},
	{name: "invite", from: "alone", lines: asRobin, args: []string{"invite", "Home.ebb"}, holds: func(w *straced, e ending) error {
		if e.code != 0 {
			return nil
		}
		return w.must(0, e.stdout+kim+"\n", "join", "Home.ebb", "--name", "Kim")
	}},
	{name: "join", from: "invited", lines: func(w *straced) string { return w.code + "\n" + kim + "\n" }, args: []string{"join", "Home.ebb", "--name", "Kim"}, holds: func(w *straced, e ending) error {
		w.others = []string{kim}
		if got := w.run("", kim+"\n", "check", "Home.ebb"); e.code != 0 && got.code == exitWrongPassphrase {
			return w.must(0, w.code+"\n"+kim+"\n", "join", "Home.ebb", "--name", "Kim")
		}
		return nil
	}},
	{name: "import", from: "alone", lines: asRobin, args: []string{"import", "Home.ebb", "--format", "markdown", "more"}, holds: func(w *straced, e ending) error {
		if e.code != 0 {
			if err := w.must(0, asRobin(w), "import", "Home.ebb", "--format", "markdown", "more"); err != nil {
				return err
			}
		}
		w.notes += moreNotes
		return nil
	}},
	{name: "export as text", from: "alone", lines: asRobin, args: []string{"export", "Home.ebb", "--format", "markdown", "out"}, holds: wholeOrNothing},
	{name: "export as JSON", from: "alone", lines: asRobin, args: []string{"export", "Home.ebb", "--format", "json", "out"}, holds: wholeOrNothing},
	{name: "check", from: "couple", lines: asRobin, args: []string{"check", "Home.ebb"}, mayBeDamaged: true},
	{name: "passphrase", from: "couple", lines: func(w *straced) string { return robin + "\n" + robinNew + "\n" }, args: []string{"passphrase", "Home.ebb"}, holds: func(w *straced, e ending) error {
		if w.own = []string{robinNew}; e.code != 0 {
			w.own = []string{robinNew, robin}
		}
		return nil
	}},
	{name: "recovery", from: "couple", lines: asRobin, args: []string{"recovery", "Home.ebb"}, holds: func(w *straced, e ending) error {
		if e.code != 0 {
			return nil
		}
		return w.must(0, e.stdout, "check", "Home.ebb")
	}},
	{name: "rekey", from: "couple", lines: asRobin, args: []string{"rekey", "Home.ebb"}},
	{name: "leave", from: "couple", lines: func(*straced) string { return kim + "\n" }, args: []string{"leave", "Home.ebb", "--yes"}, holds: func(w *straced, e ending) error {
		got := w.run("", kim+"\n", "check", "Home.ebb")
		if got.code == exitWrongPassphrase || got.code == exitDone && e.code != 0 {
			w.others = nil
			return nil
		}
		return fmt.Errorf("afterwards their passphrase gives %d: %s", got.code, got.stderr)
	}},
	{name: "backup", from: "couple", lines: asRobin, args: []string{"backup", "Home.ebb", "backups"}, holds: func(w *straced, e ending) error {
		if err := os.MkdirAll(w.in("backups"), 0o700); err != nil {
			return err
		}
		return w.must(0, asRobin(w), "backup", "Home.ebb", "backups")
	}},
}

// must runs a command without strace.
func (w *straced) must(code int, lines string, args ...string) error {
	w.t.Helper()
	if e := w.run("", lines, args...); e.code != code {
		return fmt.Errorf("ebb %s gives %d, want %d: %s", args[0], e.code, code, e.stderr)
	}
	return nil
}

// wholeOrNothing: an export is there with all entries, or not at all.
func wholeOrNothing(w *straced, e ending) error {
	if _, err := os.Lstat(w.in("out")); errors.Is(err, os.ErrNotExist) {
		if e.code == 0 {
			return errors.New("nothing was exported")
		}
		return nil
	}
	found, err := entriesIn(w.in("out"))
	if err == nil && found != w.notes {
		err = fmt.Errorf("%d entries were exported, of %d", found, w.notes)
	}
	return err
}

// entriesIn counts the entries of an export.
func entriesIn(folder string) (n int, err error) {
	data, err := os.ReadFile(filepath.Join(folder, "journal.json"))
	if err == nil {
		var journal struct{ Entries []struct{ Text string } }
		if err := json.Unmarshal(data, &journal); err != nil {
			return 0, err
		}
		for _, entry := range journal.Entries {
			if !strings.Contains(entry.Text, tracedCanary) {
				return 0, errors.New("an entry is not as it was written")
			}
		}
		return len(journal.Entries), nil
	}
	err = filepath.WalkDir(folder, func(_ string, e os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(e.Name(), ".md") {
			n++
		}
		return err
	})
	return n, err
}

const (
	firstNotes = 8
	moreNotes  = 12
)

func (w *straced) writeNotes(folder string, from, n int) {
	w.t.Helper()
	if err := os.Mkdir(w.in(folder), 0o700); err != nil {
		w.t.Fatal(err)
	}
	for i := range n {
		text := fmt.Sprintf("%s note %d\n\n%s", tracedCanary, from+i, strings.Repeat("some words ", 40*(i+1)))
		if err := os.WriteFile(filepath.Join(w.in(folder), fmt.Sprintf("%05d.md", from+i)), []byte(text), 0o600); err != nil {
			w.t.Fatal(err)
		}
	}
}

// stracedStands are folders to begin with.
func stracedStands(t *testing.T, ebb string) map[string]*straced {
	t.Helper()
	live := &straced{t: t, ebb: ebb, root: proof.Folder(t), own: []string{robin}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	stands := map[string]*straced{}
	keep := func(name string) {
		t.Helper()
		to := proof.Folder(t)
		must(os.CopyFS(to, os.DirFS(live.root)))
		stands[name] = live.again(to)
	}
	live.writeNotes("first", 0, firstNotes)
	live.writeNotes("more", 100, moreNotes)
	keep("nothing")
	must(live.must(0, robin+"\n", "create", "Home.ebb", "--name", "Robin"))
	must(live.must(0, robin+"\n", "import", "Home.ebb", "--format", "markdown", "first"))
	live.notes = firstNotes
	keep("alone")
	invited := live.run("", robin+"\n", "invite", "Home.ebb")
	live.code = strings.TrimSpace(invited.stdout)
	keep("invited")
	must(live.must(0, live.code+"\n"+kim+"\n", "join", "Home.ebb", "--name", "Kim"))
	live.others = []string{kim}
	keep("couple")
	return stands
}

// settled looks at the vault without strace.
func (w *straced) settled() error {
	if found, err := proof.Find(w.in("Home.ebb"), tracedCanary); err != nil || len(found) > 0 {
		return fmt.Errorf("in the plain: %v, %w", found, err)
	}
	var opened []string
	for _, passphrase := range w.own {
		switch e := w.run("", passphrase+"\n", "check", "Home.ebb"); e.code {
		case exitDone:
			opened = append(opened, passphrase)
		case exitWrongPassphrase:
		default:
			return fmt.Errorf("check gives %d: %s%s", e.code, e.stdout, e.stderr)
		}
	}
	if len(opened) != 1 {
		return fmt.Errorf("of %d passphrases %d open it", len(w.own), len(opened))
	}
	for _, passphrase := range w.others {
		if err := w.must(0, passphrase+"\n", "check", "Home.ebb"); err != nil {
			return err
		}
	}
	if err := w.must(0, opened[0]+"\n", "export", "Home.ebb", "--format", "json", "afterwards"); err != nil {
		return err
	}
	found, err := entriesIn(w.in("afterwards"))
	if err == nil && found != w.notes {
		err = fmt.Errorf("%d entries are there, of %d", found, w.notes)
	}
	return err
}

// proper says what is wrong with how a command ended.
func (w *straced) proper(e ending, command tracedCommand) error {
	for _, private := range append(slices.Concat(w.own, w.others), tracedCanary, apartWord, w.root, "goroutine ", "[[", "<no value>") {
		if strings.Contains(e.stderr, private) {
			return fmt.Errorf("it says %q", private)
		}
	}
	switch {
	case e.killed, e.code == exitDone, e.code == exitCannotRun, e.code == exitNotStarted, e.code == exitDamaged && command.mayBeDamaged:
		return nil
	}
	return fmt.Errorf("it ends with %d: %s", e.code, e.stderr)
}

// Every command, with every call that matters failing, writing nothing or being the
// last: it ends in order or is killed, and what is left is whole.
func TestUnderStrace(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "strace")
	stands := stracedStands(t, "ebb")
	runs := proof.Size(6, 60, 2500)
	for run := 0; run < runs && c.TimeLeft(); run++ {
		underStrace(c, stands, tracedCommands[run%len(tracedCommands)], (*straced).settled)
	}
}

// The same with the program as it ships, with passphrases at full cost.
func TestShippedUnderStrace(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "strace, as it ships")
	stands := stracedStands(t, program(t))
	runs := proof.Size(1, 4, 100)
	for run := 0; run < runs && c.TimeLeft(); run++ {
		underStrace(c, stands, tracedCommands[c.IntN(len(tracedCommands))], (*straced).settled)
	}
}

// underStrace runs one command once, and looks with settled at what it left.
func underStrace(c *proof.Campaign, stands map[string]*straced, command tracedCommand, settled func(*straced) error) {
	tampering := tamperings[c.IntN(len(tamperings))]
	when := strconv.Itoa(1 + c.IntN([]int{2, 6, 30}[c.IntN(3)])) // of each thread
	if c.IntN(3) == 0 && tampering.what != "signal=KILL" {
		when += "+" // and every one after it
	}
	inject := tampering.calls + ":" + tampering.what + ":when=" + when
	w := stands[command.from].again(proof.Folder(c))
	defer os.RemoveAll(w.root)
	if err := os.CopyFS(w.root, os.DirFS(stands[command.from].root)); err != nil {
		c.Fatal(err)
	}
	e := w.run(inject, command.lines(w), command.args...)
	err := w.proper(e, command)
	if err == nil && command.holds != nil {
		err = command.holds(w, e)
	}
	if err == nil {
		err = settled(w)
	}
	if err != nil {
		c.Failure("%s with %s: %v", command.name, inject, err)
	}
	note := "worked on"
	switch {
	case e.killed:
		note = "killed"
	case e.code == exitNotStarted:
		note = "did not start"
	case e.code != exitDone:
		note = "said so"
	}
	c.Ran(e.injected && e.code != exitNotStarted, note)
}
