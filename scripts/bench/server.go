package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"ebb/vault/drawer/work"
)

// A program serves one kind of database.
type program struct {
	name string
	path string
	args []string
	env  string
}

const (
	plain     = "plain"
	drawer    = "drawer"
	sqlcipher = "SQLCipher"
)

// build makes the programs. The first is what the others are compared with.
func build(dir, tags string) ([]program, error) {
	ours, theirs := filepath.Join(dir, "drawer.test"), filepath.Join(dir, "sqlcipher")
	for _, command := range []*exec.Cmd{
		exec.Command("go", "test", "-c", "-tags", tags, "-o", ours, "./vault/drawer"),
		exec.Command("go", "build", "-tags", "sqlite_fts5 sqlite_omit_load_extension", "-o", theirs, "./sqlcipher"),
	} {
		if command.Args[1] == "test" {
			command.Dir = filepath.Join("..", "..")
		}
		if said, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, said)
		}
	}
	serve := []string{"-test.run=^TestBenchServer$", "-test.timeout=0"}
	return []program{
		{plain, ours, serve, "EBB_DRAWER_BENCH=plain"},
		{drawer, ours, serve, "EBB_DRAWER_BENCH=sealed"},
		{sqlcipher, theirs, nil, ""},
	}, nil
}

// server is a program that runs.
type server struct {
	name    string
	path    string // of its database
	command *exec.Cmd
	in      io.WriteCloser
	lines   *bufio.Scanner
	over    bool
}

func (p program) start() (*server, error) {
	s := &server{name: p.name, command: exec.Command(p.path, p.args...)}
	// With several arenas the C library keeps what was freed on one thread from the
	// others, and memory would be a matter of which thread asked.
	s.command.Env = append(os.Environ(), "MALLOC_ARENA_MAX=1", p.env)
	s.command.Stderr = os.Stderr
	out, err := s.command.StdoutPipe()
	if err == nil {
		s.in, err = s.command.StdinPipe()
	}
	if err == nil {
		err = s.command.Start()
	}
	s.lines = bufio.NewScanner(out)
	return s, err
}

// refusal is what a server says when it cannot do something.
type refusal string

func (r refusal) Error() string { return string(r) }

// ask sends a request and waits for the answer. If the server could not do it, the
// error is a refusal.
func (s *server) ask(r work.Request) (a work.Answer, err error) {
	r.Path = s.path
	text, err := json.Marshal(r)
	if err != nil {
		return a, err
	}
	if _, err := fmt.Fprintf(s.in, "%s\n", text); err != nil {
		return a, fmt.Errorf("%s: %s: %w", s.name, r.Do, err)
	}
	for s.lines.Scan() {
		answer, ok := strings.CutPrefix(s.lines.Text(), work.Mark)
		if !ok {
			continue
		}
		if err := json.Unmarshal([]byte(answer), &a); err != nil {
			return a, fmt.Errorf("%s: %s: %w", s.name, r.Do, err)
		}
		if a.Error != "" {
			return a, fmt.Errorf("%s: %s: %w", s.name, r.Do, refusal(a.Error))
		}
		return a, nil
	}
	return a, fmt.Errorf("%s: %s: no answer: %w", s.name, r.Do, errors.Join(s.lines.Err(), io.ErrUnexpectedEOF))
}

// stop ends the program, once.
func (s *server) stop() error {
	if s.over {
		return nil
	}
	s.over = true
	err := s.in.Close()
	for s.lines.Scan() { // so that it is not stopped by what it still says
		continue
	}
	return errors.Join(err, s.command.Wait())
}
