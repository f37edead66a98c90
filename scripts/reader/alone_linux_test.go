package reader

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// modules are all that the reader may import.
var modules = []string{
	"__future__", "argparse", "dataclasses", "datetime", "hashlib", "hmac", "json", "os", "re", "sqlite3", "struct",
	"sys", "tempfile", "typing", "unicodedata",
	"argon2", "cryptography",
}

func TestReaderImportsNothingElse(t *testing.T) {
	files, err := filepath.Glob(script + "/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("%q, %v", files, err)
	}
	permitted := slices.Clone(modules)
	for _, file := range files {
		permitted = append(permitted, strings.TrimSuffix(filepath.Base(file), ".py"))
	}
	imports := regexp.MustCompile(`(?m)^\s*(?:import|from) +([\w.]+)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range imports.FindAllStringSubmatch(string(text), -1) {
			if name, _, _ := strings.Cut(m[1], "."); !slices.Contains(permitted, name) {
				t.Errorf("%s imports %s", filepath.Base(file), m[1])
			}
		}
		if regexp.MustCompile(`__import__|importlib|\b(exec|eval)\(`).Match(text) {
			t.Errorf("%s can import what is not seen here", filepath.Base(file))
		}
	}
}

// traced runs the reader under strace and returns the files that it opened to write,
// or made, and how it ended.
func traced(t *testing.T, args ...string) (written []string, r ran) {
	t.Helper()
	program, err := interpreter()
	if err != nil {
		t.Fatal(err)
	}
	record := filepath.Join(t.TempDir(), "record")
	calls := "?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,renameat,renameat2,?link,linkat,?symlink,symlinkat,?mknod,mknodat,truncate," +
		"socket,socketpair,connect,sendto,io_uring_setup"
	c := exec.Command("strace", append([]string{"-f", "-o", record, "-e", "trace=" + calls, program}, args...)...)
	r = execute(t, c)
	lines, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	open := regexp.MustCompile(`\bopen(?:at2?)?\((?:AT_FDCWD, )?"([^"]*)"`)
	writes := regexp.MustCompile(`\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\b`)
	opened := 0
	for line := range strings.Lines(string(lines)) {
		m := open.FindStringSubmatch(line)
		switch {
		case m == nil && strings.Contains(line, "("):
			t.Errorf("the reader calls %s", line)
		case m == nil:
		case writes.MatchString(line):
			written = append(written, m[1])
		default:
			opened++
		}
	}
	if opened < 50 {
		t.Errorf("only %d files were opened: does strace record anything?", opened)
	}
	return written, r
}

// Nothing that the reader decrypts comes to a disk or to a network: it opens no file
// for writing and makes no socket.
func TestReaderTouchesNothing(t *testing.T) {
	dir, people := unpack(t, "killed")
	for _, what := range []string{"--json", "--shared", "--cheap"} {
		args := []string{script, dir, "--passphrase-file", lineFile(t, people[0].Passphrase), "--cheap", what}
		written, r := traced(t, args...)
		r.must(t)
		if len(written) > 0 {
			t.Errorf("with %s the reader writes %q", what, written)
		}
	}
	if _, err := os.Stat(script + "/__pycache__"); err == nil {
		t.Error("the reader left compiled code behind")
	}
}

// Where Python's sqlite3 can not take a database from memory, the pages lie in a file
// in memory, and under a name no longer than SQLite needs to open it.
func TestReaderWithoutDeserialize(t *testing.T) {
	dir, people := unpack(t, "killed")
	old := `import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import journal
journal._deserialize = None
sys.argv = sys.argv[1:]
import __main__, runpy
runpy.run_path(sys.argv[0], run_name="__main__")`
	want := read(t, dir, people[0].Passphrase, "--json").must(t).out
	written, r := traced(t, "-c", old, script, dir, "--passphrase-file", lineFile(t, people[0].Passphrase), "--cheap", "--json")
	if r.must(t).out != want {
		t.Errorf("the reader writes\n%s\nand not\n%s", r.out, want)
	}
	if len(written) != 1 || !strings.HasPrefix(written[0], "/dev/shm/") {
		t.Errorf("the reader writes %q", written)
	}
	for _, file := range written {
		if _, err := os.Stat(file); err == nil {
			t.Errorf("the reader left %s", file)
		}
	}
}
