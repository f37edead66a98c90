package guard

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// childReplace replaces itself, with one file open that a C library would have
// forgotten to mark. Its argument is the vault's path, which the next process
// must not get as one.
func childReplace() error {
	leaked, err := unix.Open("/dev/null", unix.O_RDONLY, 0)
	if err != nil {
		return err
	}
	say("leaked", leaked)
	say("process", os.Getpid())
	if err := os.Setenv(childVariable, "replaced"); err != nil {
		return err
	}
	return Replace([]string{"--flag", "two words"}, os.Args[1])
}

func childReplaced() error {
	path, ok := InheritedVault()
	say("path", path)
	say("ok", ok)
	_, again := InheritedVault()
	say("again", again)
	say("arguments", strings.Join(os.Args[1:], "|"))
	say("new process", os.Getpid())
	if path != "" {
		for _, file := range []string{"cmdline", "environ"} {
			b, err := os.ReadFile("/proc/self/" + file)
			if err != nil {
				return err
			}
			say(file+" tells", strings.Contains(string(b), path))
		}
	}
	_, present := os.LookupEnv(inheritedVariable)
	say("variable", present)
	for fd := 3; fd < 64; fd++ {
		if target, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd)); err == nil {
			say("open "+strconv.Itoa(fd), target)
		}
	}
	return nil
}

func TestReplace(t *testing.T) {
	long := "/" + strings.Repeat("x", maxPath-1)
	for name, path := range map[string]string{
		"plain":   "/home/someone/Our home.ebb",
		"odd":     "/tmp/ü\t💛 'x' \\ $PATH=--help.ebb",
		"longest": long,
		"none":    "",
	} {
		t.Run(name, func(t *testing.T) {
			said := runChild(t, "replace", path)
			if said["path"] != path || said["ok"] != strconv.FormatBool(path != "") {
				t.Errorf("inherited %q, %s", said["path"], said["ok"])
			}
			if said["again"] != "false" || said["variable"] != "false" {
				t.Error("the path is given twice")
			}
			if said["arguments"] != "--flag|two words" {
				t.Errorf("arguments %q", said["arguments"])
			}
			if said["process"] != said["new process"] {
				t.Error("another process")
			}
			if path != "" && (said["cmdline tells"] != "false" || said["environ tells"] != "false") {
				t.Error("the path can be read by other programs")
			}
			if target, there := said["open "+said["leaked"]]; there && target == "/dev/null" {
				t.Error("a file stayed open over the exec")
			}
			for key, target := range said {
				if strings.HasPrefix(key, "open ") && strings.HasPrefix(target, "pipe:") {
					t.Errorf("the pipe stayed open: %s %s", key, target)
				}
			}
		})
	}
}

func TestReplaceRefusesPathsItCannotHandOn(t *testing.T) {
	for name, path := range map[string]string{"NUL": "a\x00b", "too long": strings.Repeat("x", maxPath+1)} {
		if err := Replace(nil, path); err == nil {
			t.Errorf("%s: replaced", name)
		}
	}
}

// TestInheritedVaultRefusesOtherFiles: the number may come from whoever started
// the program.
func TestInheritedVaultRefusesOtherFiles(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("/some/vault.ebb"); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	pipe := func(content string, keepWriter bool) string {
		var ends [2]int
		if err := unix.Pipe2(ends[:], unix.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
		if _, err := unix.Write(ends[1], []byte(content)); err != nil {
			t.Fatal(err)
		}
		if keepWriter {
			t.Cleanup(func() { unix.Close(ends[1]) })
		} else if err := unix.Close(ends[1]); err != nil {
			t.Fatal(err)
		}
		return strconv.Itoa(ends[0])
	}
	for name, value := range map[string]string{
		"empty": "", "word": "x", "negative": "-1", "huge": "99999999999999999999", "standard input": "0",
		"standard error": "2", "closed": "987", "ordinary file": strconv.Itoa(int(file.Fd())),
		"pipe with a writer": pipe("/some/vault.ebb", true), "NUL": pipe("a\x00b", false),
		"nothing": pipe("", false), "too long": pipe(strings.Repeat("x", maxPath+1), false),
	} {
		t.Setenv(inheritedVariable, value)
		if path, ok := InheritedVault(); ok {
			t.Errorf("%s: inherited %q", name, path)
		}
		if _, there := os.LookupEnv(inheritedVariable); there {
			t.Errorf("%s: the variable stays", name)
		}
	}
	if _, err := file.Stat(); err != nil {
		t.Errorf("somebody else's file was closed: %v", err)
	}
	t.Setenv(inheritedVariable, pipe("/some/vault.ebb", false))
	if path, ok := InheritedVault(); !ok || path != "/some/vault.ebb" {
		t.Errorf("the real thing: %q, %v", path, ok)
	}
}
