package command

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"ebb/vault/keys"
)

// TestMain makes programs of this test: ebb, with cheap passphrases, and others
// that run it under conditions which a test cannot have itself.
func TestMain(m *testing.M) {
	testscript.Main(m, programs)
}

var programs = map[string]func(){
	"ebb": func() { os.Exit(ebb(os.Args[1:])) },
}

// ebb is the program's command line, with passphrases that cost next to nothing
// unless EBB_TEST_COST says full, and at the time that EBB_TEST_NOW says.
func ebb(args []string) int {
	env := Terminal()
	if os.Getenv("EBB_TEST_COST") != "full" {
		env.KDF, env.Insecure = keys.InsecureParams, true
	}
	if at := os.Getenv("EBB_TEST_NOW"); at != "" {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			panic(err)
		}
		env.Now = func() time.Time { return now }
	}
	if len(args) == 0 || !Known(args[0]) {
		fmt.Fprint(os.Stderr, Usage())
		return exitCannotRun
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return Run(ctx, args, "0.0.0-test", env)
}

// Under -short, as under the race detector, each command that does something to a
// vault is run in one of these scripts. The others run the same ones on other files,
// and with what they refuse.
func TestScripts(t *testing.T) {
	testscript.Run(t, parameters(t, "testdata/script", "demo", "leave", "passphrase", "practice", "rekey", "restore"))
}

// parameters are those of the scripts in dir: all of them, and the named ones under
// -short.
func parameters(t *testing.T, dir string, short ...string) testscript.Params {
	var files []string
	if testing.Short() {
		for _, name := range short {
			files = append(files, filepath.Join(dir, name+".txtar"))
		}
		dir = ""
	}
	return testscript.Params{
		Dir:                 dir,
		Files:               files,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		WorkdirRoot:         openFolder(t),
		Setup: func(e *testscript.Env) error {
			sample, err := filepath.Abs("../../vault/portable/testdata/dayone-made-up.json")
			if err != nil {
				return err
			}
			e.Setenv("SAMPLE", sample)
			e.Setenv("NAME_80", strings.Repeat("ü", 80))
			e.Setenv("NAME_81", strings.Repeat("ü", 81))
			e.Setenv("NAME_10000", strings.Repeat("n", 10_000))
			e.Setenv("ODD_ROBIN", "R\x1b[2Jo\u202Eb\ain")
			e.Setenv("ODD_KIM", "\u2066K\nim\u2069")
			// One passphrase each, and the codes and words of a whole script.
			for name, line := range map[string]string{"robin": "robin's own words here\n", "kim": "kim has other words\n", "wrong": "not the words\n", "empty": "\n", "nothing": ""} {
				if err := os.WriteFile(filepath.Join(e.WorkDir, name), []byte(line), 0o644); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":        exits,
			"flip":         flip,
			"noise":        noise,
			"remove":       remove,
			"mode":         mode,
			"empty":        empty,
			"newer":        newer,
			"write":        write,
			"zip":          zipFile,
			"fields":       fields,
			"remember":     remember,
			"same":         same,
			"dayone":       sameAsDayOne,
			"notes":        notes,
			"demo-journal": demoJournal,
			"said":         said,
			"bytes":        rawBytes,
			"lines":        lines,
			"plain":        plain,
			"find":         find,
			"copy":         copyFolder,
			"killed":       killed,
			"killed-case":  killedCase,
			"practice":     practiceVault,
		},
	}
}

// openFolder is a folder into which a user without rights may go.
func openFolder(t *testing.T) string {
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// exits CODE PROGRAM ARG… runs a program, which has to end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	code := 0
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	// A panic has an exit code of 2 as well.
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("it panicked")
	}
	// Every word comes from a catalogue: an unknown key shows in brackets, a value
	// that is missing in angle ones.
	for _, out := range []string{"stdout", "stderr"} {
		for _, mark := range []string{"[[", "<no value>", "%!"} {
			if strings.Contains(ts.ReadFile(out), mark) {
				ts.Fatalf("%s is not in order", out)
			}
		}
	}
}

// said stdout|stderr KEY… holds the output to the texts with these keys, in this
// order and nothing else. A text with fields is compared up to the first.
func said(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: said stdout|stderr KEY...")
	}
	rest := ts.ReadFile(args[0])
	for _, key := range args[1:] {
		want := textOf(ts, key)
		if !strings.HasPrefix(rest, want) {
			ts.Fatalf("%q is said where %s was to come: %q", rest, key, want)
		}
		_, rest, _ = strings.Cut(rest[len(want):], "\n")
	}
	if rest != "" {
		ts.Fatalf("%q is said at the end", rest)
	}
}

// matching are the files that fit a pattern, at least one.
func matching(ts *testscript.TestScript, pattern string) []string {
	files, err := filepath.Glob(ts.MkAbs(pattern))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("there is no file %s", pattern)
	}
	return files
}

// flip FILES OFFSET changes a bit in each file that fits.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILES OFFSET")
	}
	offset, err := strconv.ParseInt(args[1], 0, 64)
	ts.Check(err)
	for _, name := range matching(ts, args[0]) {
		data, err := os.ReadFile(name)
		ts.Check(err)
		data[offset] ^= 1
		ts.Check(os.WriteFile(name, data, 0o600))
	}
}

// noise FILES overwrites every byte of the files that fit.
func noise(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: noise FILES")
	}
	for _, name := range matching(ts, args[0]) {
		data, err := os.ReadFile(name)
		ts.Check(err)
		rand.Read(data)
		ts.Check(os.WriteFile(name, data, 0o600))
	}
}

// mode PERMISSIONS FILES
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode PERMISSIONS FILES")
	}
	perm, err := strconv.ParseUint(args[0], 8, 9)
	ts.Check(err)
	for _, name := range matching(ts, args[1]) {
		ts.Check(os.Chmod(name, fs.FileMode(perm)))
	}
}

// remove FILES
func remove(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: remove FILES")
	}
	for _, name := range matching(ts, args[0]) {
		ts.Check(os.Remove(name))
	}
}

// write FILE COUNT TEXT repeats a text.
func write(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: write FILE COUNT TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(args[2]), n), 0o644))
}

// notes FOLDER COUNT BYTES makes text files, each with a text of its own.
func notes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: notes FOLDER COUNT BYTES")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	size, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(writeNotes(ts.MkAbs(args[0]), n, size))
}

func writeNotes(dir string, n, size int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i := range n {
		text := fmt.Sprintf("Note %05d.\n\n", i)
		text += strings.Repeat("Some words. ", max(0, size-len(text))/len("Some words. "))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.md", i)), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// bytes FILE TEXT writes a text in which \x41 stands for a byte.
func rawBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// lines FILE FROM… puts the first lines of files below each other.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: lines FILE FROM...")
	}
	var all string
	for _, from := range args[1:] {
		line, _, _ := strings.Cut(ts.ReadFile(from), "\n")
		all += line + "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(all), 0o644))
}

// plain FILE: nothing in it can make a terminal do something.
func plain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: plain FILE")
	}
	for _, r := range ts.ReadFile(args[0]) {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			ts.Fatalf("%s holds %U", args[0], r)
		}
	}
}

// find FOLDER FILE: a file in the folder ends with all that is in FILE.
func find(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: find FOLDER FILE")
	}
	want := strings.TrimSuffix(ts.ReadFile(args[1]), "\n") + "\n"
	found := false
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || strings.HasSuffix(string(data), "---\n\n"+want)
		return err
	}))
	if !found {
		ts.Fatalf("no file in %s has the text of %s", args[0], args[1])
	}
}

// copy FOLDER NEW
func copyFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copy FOLDER NEW")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// empty FOLDER: there is nothing in it, hidden or not.
func empty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: empty FOLDER")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(entries) > 0 {
		ts.Fatalf("%s holds %v", args[0], entries)
	}
}
