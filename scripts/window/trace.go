package window

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// traced are the system calls that are recorded. The question mark lets strace
// pass over one that this machine does not have.
var traced = []string{
	"socket", "socketpair", "connect", "sendto", "io_uring_setup",
	"?open", "openat", "openat2", "?creat", "?mkdir", "mkdirat", "?rename", "renameat", "renameat2",
	"?link", "linkat", "?symlink", "symlinkat", "?mknod", "mknodat", "truncate",
	"execve", "execveat",
}

// A Trace is what a program did to the world around it, with all that it started.
// Calls that failed are left out, except those that never returned.
type Trace struct {
	Sockets   []string // families of the sockets made: AF_UNIX
	Connected []string // addresses connected or sent to, as strace shows them
	Written   []string // paths of files opened for writing, made or renamed to
	Executed  []string // programs started; the first is the program itself
}

// Trace reads what the program has done since it was started with Options.Trace.
// It is whole only after the program has ended.
func (p *Program) Trace() Trace {
	p.t.Helper()
	if p.trace == "" {
		p.t.Fatal("the program was started without Options.Trace")
	}
	data, err := os.ReadFile(p.trace)
	if err != nil {
		p.t.Fatal(err)
	}
	trace, err := parseTrace(string(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return trace
}

var (
	call    = regexp.MustCompile(`^\d+ +(\w+)\((.*)$`)
	quoted  = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	result  = regexp.MustCompile(`\) += (-?\d+|\?)`)
	address = regexp.MustCompile(`\{sa_family=(\w+)`)
	writes  = regexp.MustCompile(`\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\b`)
)

// parseTrace reads the output of strace -f -y -xx.
func parseTrace(output string) (Trace, error) {
	var t Trace
	add := func(list *[]string, what string) {
		if !slices.Contains(*list, what) {
			*list = append(*list, what)
		}
	}
	for line := range strings.Lines(output) {
		found := call.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if found == nil {
			continue // the second half of a call, a signal, an exit
		}
		name, args := found[1], found[2]
		if r := result.FindStringSubmatch(args); r != nil && strings.HasPrefix(r[1], "-") && !strings.Contains(args, "EINPROGRESS") {
			continue
		}
		var paths []string
		for _, q := range quoted.FindAllStringSubmatch(args, -1) {
			path, err := strconv.Unquote(`"` + q[1] + `"`)
			if err != nil {
				return Trace{}, fmt.Errorf("trace: %q: %w", line, err)
			}
			paths = append(paths, path)
		}
		switch name {
		case "socket", "socketpair", "io_uring_setup":
			family, _, _ := strings.Cut(args, ",")
			if name == "io_uring_setup" {
				family = name
			}
			add(&t.Sockets, family)
		case "connect", "sendto":
			if to := address.FindStringSubmatch(args); to != nil {
				add(&t.Connected, strings.TrimSpace(to[1]+" "+strings.Join(paths, " ")))
			}
		case "execve", "execveat":
			if len(paths) > 0 {
				t.Executed = append(t.Executed, paths[0])
			}
		case "open", "openat", "openat2":
			if len(paths) > 0 && writes.MatchString(args) {
				add(&t.Written, paths[0])
			}
		default:
			if len(paths) > 0 {
				add(&t.Written, paths[len(paths)-1])
			}
		}
	}
	return t, nil
}
