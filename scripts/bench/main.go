// Command bench measures a drawer beside plain SQLite and SQLCipher, in one run: the
// same work on databases of the same content, each in a process of its own, turn by
// turn. It prints the medians, and how much memory each process had.
//
// It is started by make bench-all, from the folder of its module: the drawer's side,
// and plain SQLite, is the test program of package drawer.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"ebb/vault/drawer/work"
)

type options struct {
	sizes  []int // of the databases, in MB
	rounds int   // of everything but vacuum above heavy
	few    int   // of vacuum above heavy
	dir    string
	tags   string
}

// heavy is the size in MB above which vacuum is done less often.
const heavy = 200

func main() {
	var o options
	sizes := flag.String("sizes", "1,10,100,900", "sizes of the databases, in MB")
	flag.IntVar(&o.rounds, "rounds", 9, "how often everything is measured")
	flag.IntVar(&o.few, "few", 3, "how often vacuum is measured on large databases")
	flag.StringVar(&o.dir, "dir", "", "folder for the databases, on the disk to be measured (default: that of temporary files)")
	flag.StringVar(&o.tags, "tags", "sqlite_fts5 sqlite_omit_load_extension", "build tags of the drawer")
	into := flag.String("into", "", "file whose part between the marks of this command is written anew")
	flag.Parse()
	for _, size := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 || n > 900 {
			fail(fmt.Errorf("a size of %q MB: from 1 to 900", size))
		}
		o.sizes = append(o.sizes, n)
	}
	if o.rounds < 1 || o.few < 1 {
		fail(fmt.Errorf("less than one round"))
	}
	var report strings.Builder
	if err := o.run(io.MultiWriter(os.Stdout, &report)); err != nil {
		fail(err)
	}
	if *into != "" {
		if err := insert(*into, report.String()); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

func (o options) run(out io.Writer) error {
	dir, err := os.MkdirTemp(o.dir, "ebb-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	programs, err := build(dir, o.tags)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\n\nLoad at the beginning: %s.\n", machine(), load())
	for _, size := range o.sizes {
		r, err := o.measure(dir, programs, size)
		if err != nil {
			return fmt.Errorf("%d MB: %w", size, err)
		}
		r.print(out)
	}
	fmt.Fprintf(out, "\nLoad at the end: %s.\n", load())
	return nil
}

// step is one thing that is measured.
type step struct {
	request work.Request
	before  []work.Request // what is done before, and not measured
}

// steps returns what is done in every round on a database with so many entries, and
// what is done after all rounds: what vacuum leaves in the memory of a process is not
// to be counted for anything else.
func steps(entries int) (ordinary []step, last step) {
	some := work.Typical
	some.Entries = max(50, min(2000, entries/20))
	for _, name := range work.Names {
		s := step{request: work.Request{Do: name, Amount: some}}
		if name == "vacuum" {
			last = s
			continue
		}
		ordinary = append(ordinary, s)
	}
	ordinary = append(ordinary,
		step{request: work.Request{Do: "close"}, before: []work.Request{{Do: "bulk", Amount: work.Amount{Entries: 20}}}},
		step{request: work.Request{Do: "open"}})
	if runtime.GOOS == "linux" {
		ordinary = append(ordinary, step{request: work.Request{Do: "open-cold"}, before: []work.Request{{Do: "close"}}})
	}
	return ordinary, last
}

// round has every server do one step, each time another one first.
func (r *results) round(servers []*server, step step, round int) error {
	for turn := range servers {
		s := servers[(round+turn)%len(servers)]
		for _, request := range step.before {
			if _, err := s.ask(request); err != nil {
				return err
			}
		}
		step.request.Seed = round
		a, err := s.ask(step.request)
		if refused := refusal(""); err != nil && !errors.As(err, &refused) {
			return err
		}
		r.add(step.request.Do, s.name, a)
	}
	return nil
}

// measure has all servers work on databases of one size.
func (o options) measure(dir string, programs []program, size int) (*results, error) {
	// A page of 4,096 bytes holds two and a half entries with their index.
	entries := int(float64(size) * 1e6 / 4096 * 2.5)
	var servers []*server
	for _, p := range programs {
		s, err := p.start()
		if err != nil {
			return nil, err
		}
		defer s.stop()
		servers = append(servers, s)
	}
	r := newResults(size, entries, servers)
	for _, s := range servers {
		s.path = filepath.Join(dir, fmt.Sprint(s.name, size))
		for _, request := range []work.Request{
			{Do: "create"},
			{Do: "bulk", Amount: work.Amount{Entries: entries}},
			{Do: "close"},
			{Do: "open"},
		} {
			if _, err := s.ask(request); err != nil {
				return nil, err
			}
		}
	}
	ordinary, last := steps(entries)
	for round := range o.rounds {
		for _, step := range ordinary {
			if err := r.round(servers, step, round); err != nil {
				return nil, err
			}
		}
	}
	rounds := o.rounds
	if size > heavy {
		rounds = min(rounds, o.few)
	}
	for round := range rounds {
		if err := r.round(servers, last, round); err != nil {
			return nil, err
		}
	}
	for _, s := range servers {
		if err := s.stop(); err != nil {
			return nil, err
		}
	}
	return r, clean(servers)
}

// clean removes the servers' databases.
func clean(servers []*server) error {
	for _, s := range servers {
		for _, suffix := range []string{"", "-wal"} {
			if err := os.Remove(s.path + suffix); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	return nil
}

// began is when the command was started, for the report.
var began = time.Now()
