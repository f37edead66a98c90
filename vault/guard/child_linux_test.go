package guard

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// What a process does to itself cannot be undone, so each test of it runs in a
// child: this test binary again, with the name of what to do.
const childVariable = "EBB_GUARD_TEST_CHILD"

var children = map[string]func() error{
	"deny":           childDeny,
	"deny twice":     childDenyTwice,
	"denied by exec": childDeniedByExec,
	"refused":        childRefused,
	"harden":         childHarden,
	"no lock":        childNoLock,
	"replace":        childReplace,
	"replaced":       childReplaced,
	"hold":           childHold,
}

func TestMain(m *testing.M) {
	name := os.Getenv(childVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	child, ok := children[name]
	if !ok {
		fmt.Fprintf(os.Stderr, "there is no child %q\n", name)
		os.Exit(2)
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// startChild runs a child and returns it with the reading end of its output.
func startChild(t *testing.T, name string, args ...string) (*os.Process, *os.File) {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.StartProcess(program, append([]string{"guard.test"}, args...), &os.ProcAttr{
		Env:   append(os.Environ(), childVariable+"="+name),
		Files: []*os.File{nil, in, os.Stderr},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return p, out
}

// runChild runs a child to its end and returns what it said, as key: value.
func runChild(t *testing.T, name string, args ...string) map[string]string {
	t.Helper()
	p, out := startChild(t, name, args...)
	said, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	state, err := p.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if !state.Success() {
		t.Fatalf("child %q: %v\n%s", name, state, said)
	}
	values := map[string]string{}
	for _, line := range strings.Split(string(bytes.TrimSpace(said)), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		values[key] = value
	}
	return values
}

func say(key string, value any) { fmt.Printf("%s: %v\n", key, value) }
