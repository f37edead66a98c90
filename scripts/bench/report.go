package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"ebb/vault/drawer/work"
)

// results are those of one size. They are kept in the order of the rounds, so that
// the i-th of every server belong together.
type results struct {
	size, entries int
	order         []string // of the steps, as they were first measured
	servers       []string
	answers       map[string]map[string][]work.Answer // by step and server
}

func newResults(size, entries int, servers []*server) *results {
	r := &results{size: size, entries: entries, answers: map[string]map[string][]work.Answer{}}
	for _, s := range servers {
		r.servers = append(r.servers, s.name)
	}
	return r
}

func (r *results) add(step, server string, a work.Answer) {
	if r.answers[step] == nil {
		r.order = append(r.order, step)
		r.answers[step] = map[string][]work.Answer{}
	}
	r.answers[step][server] = append(r.answers[step][server], a)
}

// refused returns why a server could not do a step, at least once; else nothing.
func (r *results) refused(step, server string) string {
	for _, a := range r.answers[step][server] {
		if a.Error != "" {
			return a.Error
		}
	}
	return ""
}

// sorted returns what of tells of a server's answers in a step, from the least on.
func (r *results) sorted(step, server string, of func(work.Answer) float64) (values []float64) {
	for _, a := range r.answers[step][server] {
		values = append(values, of(a))
	}
	slices.Sort(values)
	return values
}

// ratios returns those of the rounds, of a server to plain SQLite, from the least on.
func (r *results) ratios(step, server string, of func(work.Answer) float64) (ratios []float64) {
	for i, a := range r.answers[step][server] {
		if base := of(r.answers[step][plain][i]); base > 0 {
			ratios = append(ratios, of(a)/base)
		}
	}
	slices.Sort(ratios)
	return ratios
}

// time, ratio and middle write what a table has to say of a server in a step.
func (r *results) time(step, server string) string {
	if why := r.refused(step, server); why != "" {
		return why
	}
	return milliseconds(median(r.sorted(step, server, took)))
}

func (r *results) ratio(step, server string, of func(work.Answer) float64) string {
	ratios := r.ratios(step, server, of)
	if r.refused(step, server) != "" || len(ratios) == 0 {
		return ""
	}
	return fmt.Sprintf("**%.2f** (%.2f–%.2f)", median(ratios), ratios[0], ratios[len(ratios)-1])
}

func (r *results) middle(step, server string, of func(work.Answer) float64) string {
	if ratios := r.ratios(step, server, of); r.refused(step, server) == "" && len(ratios) > 0 {
		return fmt.Sprintf("%.2f", median(ratios))
	}
	return ""
}

func median(sorted []float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2]
}

func took(a work.Answer) float64  { return float64(a.Took) }
func cpu(a work.Answer) float64   { return float64(a.CPU) }
func peak(a work.Answer) float64  { return float64(a.Peak) / mib }
func pages(a work.Answer) float64 { return float64(a.Pages) }

const mib = 1 << 20

// print writes two tables in Markdown: time and memory.
func (r *results) print(out io.Writer) {
	fmt.Fprintf(out, "\n#### %d MB, %d entries\n\n", r.size, r.entries)
	fmt.Fprintf(out, "| | %s | %s | %s | %s : %s | processor time | %s : %s |\n|---|---|---|---|---|---|---|\n",
		plain, drawer, sqlcipher, drawer, plain, sqlcipher, plain)
	for _, step := range r.order {
		fmt.Fprintf(out, "| %s", step)
		for _, server := range r.servers {
			fmt.Fprintf(out, " | %s", r.time(step, server))
		}
		fmt.Fprintf(out, " | %s | %s | %s |\n", r.ratio(step, drawer, took), r.middle(step, drawer, cpu), r.ratio(step, sqlcipher, took))
	}
	count := func(server string) int { return int(median(r.sorted("fts", server, pages))) }
	fmt.Fprintf(out, "\nPages: %d, %d, %d.", count(plain), count(drawer), count(sqlcipher))
	if median(r.sorted("fts", plain, peak)) == 0 {
		fmt.Fprintln(out, " Memory is not measured on this system.")
		return
	}
	fmt.Fprintf(out, " Memory at its peak, in MiB; a drawer may have %.1f more than plain SQLite, 16 bytes per page and 4 MiB:\n\n", 4+float64(count(drawer))*16/mib)
	fmt.Fprintf(out, "| | %s | %s | %s | %s − %s |\n|---|---|---|---|---|\n", plain, drawer, sqlcipher, drawer, plain)
	for _, step := range r.order {
		fmt.Fprintf(out, "| %s", step)
		for _, server := range r.servers {
			fmt.Fprintf(out, " | %.1f", median(r.sorted(step, server, peak)))
		}
		fmt.Fprintf(out, " | %.1f |\n", median(r.sorted(step, drawer, peak))-median(r.sorted(step, plain, peak)))
	}
}

func milliseconds(nanoseconds float64) string {
	switch ms := nanoseconds / 1e6; {
	case ms < 10:
		return fmt.Sprintf("%.2f ms", ms)
	case ms < 1000:
		return fmt.Sprintf("%.0f ms", ms)
	default:
		return fmt.Sprintf("%.1f s", ms/1000)
	}
}

// machine says where and with what it was measured.
func machine() string {
	model := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for _, line := range strings.Split(string(info), "\n") {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	revision, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		revision = []byte("unknown revision")
	}
	return fmt.Sprintf("Measured on %s: %s, %d cores, %s, %s, revision %s.",
		began.Format("2006-01-02"), model, runtime.NumCPU(), runtime.GOOS, runtime.Version(), strings.TrimSpace(string(revision)))
}

// load returns how many processes wanted to run, on average over the last minute.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

const (
	beginMark = "<!-- written by make bench-all -->\n"
	endMark   = "<!-- end of what make bench-all writes -->\n"
)

// insert puts a report between the marks in a file.
func insert(path, report string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(text), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fmt.Errorf("%s has no marks", path)
	}
	return os.WriteFile(path, []byte(before+beginMark+"\n"+report+"\n"+endMark+after), 0o644)
}
