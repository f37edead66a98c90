package home_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/guard"
	"ebb/vault/home"
	"ebb/vault/keys"
)

const memoryVariable = "EBB_MEMORY_CHILD"

// memoryOptions: the passphrases of one cycle cost what they cost a person.
func memoryOptions() vault.Options {
	o := home.Options(nil)
	if os.Getenv(memoryVariable) != "full cost" {
		o.KDF, o.Insecure = keys.InsecureParams, true
	}
	return o
}

// TestMemoryChild is the process whose memory and files are searched: it opens a
// vault, writes, locks, and replaces itself as the program does. What it is to do it
// reads line by line, so that no secret stands in its arguments or its environment.
// It does not call guard.Harden, which would keep a parent without rights from
// looking. By itself it does nothing.
func TestMemoryChild(t *testing.T) {
	if os.Getenv(memoryVariable) == "" {
		return
	}
	if dir, ok := guard.InheritedVault(); ok {
		fmt.Println("REPLACED", dir)
		_, _ = io.Copy(io.Discard, os.Stdin) // until the parent has looked
		return
	}
	if err := memoryChild(t); err != nil {
		fmt.Println("FAILED", err)
		t.Fatal(err)
	}
}

func memoryChild(t *testing.T) error {
	ctx := t.Context()
	lines := bufio.NewScanner(os.Stdin)
	next := func() string {
		lines.Scan()
		return lines.Text()
	}
	dir := next()
	v, err := vault.Open(dir, memoryOptions())
	if err != nil {
		return err
	}
	fmt.Println("CLOSED")
	s, _, err := v.Unlock(ctx, []byte(next()))
	if err != nil {
		return err
	}
	h, err := home.Open(ctx, s, nil)
	if err != nil {
		return err
	}
	text := next()
	e := h.Journal.New()
	e.Text = strings.Repeat(text+" ", 300)
	if err := h.Journal.SaveDraft(ctx, e); err != nil {
		return err
	}
	if e, err = h.Journal.Save(ctx, e); err != nil {
		return err
	}
	if _, err := h.Journal.Search(ctx, text); err != nil {
		return err
	}
	fmt.Println("OPEN", len(e.Text))
	if next() != "lock" {
		return errors.New("nobody said to lock")
	}
	if err := s.Lock(ctx); err != nil {
		return err
	}
	fmt.Println("LOCKED")
	next()
	return guard.Replace([]string{"-test.run=^TestMemoryChild$", "-test.count=1"}, dir)
}

// A memoryProcess is a running child.
type memoryProcess struct {
	*exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
}

// startMemoryChild starts one whose home, temporary folder and working folder are
// below root.
func startMemoryChild(t *testing.T, root, cost string) *memoryProcess {
	t.Helper()
	p := &memoryProcess{Cmd: exec.Command(os.Args[0], "-test.run=^TestMemoryChild$", "-test.count=1")}
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !slices.Contains([]string{"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}, name) {
			p.Env = append(p.Env, variable)
		}
	}
	for _, folder := range []string{"home", "tmp", "work"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	p.Env = append(p.Env, memoryVariable+"="+cost, "HOME="+filepath.Join(root, "home"), "TMPDIR="+filepath.Join(root, "tmp"))
	p.Dir = filepath.Join(root, "work")
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err == nil {
		p.in, err = p.StdinPipe()
	}
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.end() })
	p.lines = bufio.NewScanner(out)
	return p
}

func (p *memoryProcess) end() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

func (p *memoryProcess) say(t *testing.T, line string) {
	t.Helper()
	if _, err := fmt.Fprintln(p.in, line); err != nil {
		t.Fatal(err)
	}
}

// await waits for a line that begins with a word.
func (p *memoryProcess) await(t *testing.T, word string) {
	t.Helper()
	for p.lines.Scan() {
		if strings.HasPrefix(p.lines.Text(), word) {
			return
		}
		if strings.HasPrefix(p.lines.Text(), "FAILED") {
			break
		}
	}
	t.Fatalf("the child did not say %s, but %q", word, p.lines.Text())
}

// A mapping is a stretch of a process's memory.
type mapping struct {
	from, to uint64
	flags    string // the kernel's two-letter flags, each with a space around it
}

// mappings lists what of a process's memory can be read.
func (p *memoryProcess) mappings(t *testing.T) (all []mapping) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var m mapping
		var rights string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &m.from, &m.to, &rights); n == 3 {
			all = append(all, m)
			continue
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok {
			all[len(all)-1].flags = " " + strings.TrimSpace(flags) + " "
		}
	}
	return slices.DeleteFunc(all, func(m mapping) bool {
		return !strings.Contains(m.flags, " rd ") || strings.Contains(m.flags, " io ") || strings.Contains(m.flags, " pf ")
	})
}

// search finds words in a process's memory, and says how often each is there.
func (p *memoryProcess) search(t *testing.T, words map[string]string, within func(mapping) bool) map[string]int {
	t.Helper()
	names := map[string]string{}
	var all []string
	for name, word := range words {
		names[word], all = name, append(all, word)
	}
	s := proof.NewSearch(all...)
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	found := map[string]int{}
	const piece, overlap = 1 << 20, 1 << 10
	buffer := make([]byte, piece+overlap)
	read := uint64(0)
	for _, m := range p.mappings(t) {
		if within != nil && !within(m) {
			continue
		}
		for at := m.from; at < m.to; at += piece {
			n, err := memory.ReadAt(buffer[:min(uint64(len(buffer)), m.to-at)], int64(at))
			if err != nil && n == 0 {
				continue // a mapping that nothing lies behind
			}
			read += uint64(n)
			for _, word := range s.In(buffer[:n]) {
				found[names[word]]++
			}
		}
	}
	if read == 0 && within == nil {
		t.Fatal("nothing of the memory could be read")
	}
	return found
}

// locked is how many kilobytes of a process's memory are locked.
func (p *memoryProcess) locked(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmLck:"); ok {
			n, err := strconv.Atoi(strings.Fields(value)[0])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatal("the kernel does not say how much is locked")
	return 0
}

// secretsIn are what a vault's key file holds for A.
func secretsIn(t *testing.T, dir, passphrase string, o vault.Options) map[string]string {
	t.Helper()
	var options []keys.Option
	if o.Insecure {
		options = append(options, keys.InsecureCheapKDF())
	}
	f, err := keys.Open(filepath.Join(dir, "keys"), options...)
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := f.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer seat.Close()
	box, err := seat.Ring().BoxKey()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"key of the private drawer": string(seat.Ring().Drawer(keys.Private).Key[:]),
		"key of the shared drawer":  string(seat.Ring().Drawer(keys.Shared).Key[:]),
		"own private key":           string(box.Bytes()),
		"own signing key":           string(seat.Ring().SignKey().Seed()),
	}
}

// A vault is opened, written to and locked, and the process replaced. Nothing of the
// passphrase, of the keys or of the text is in the memory afterwards, and nothing of
// them is ever in a file: not while it is open, not after it was locked, and not after
// it was killed. Meanwhile the keys are in memory that is neither swapped nor dumped.
func TestMemoryAndFiles(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "canary in memory and on disk")
	cycles := proof.Size(2, 20, 300)
	for cycle := 0; cycle < cycles && c.TimeLeft(); cycle++ {
		root, cost := proof.Folder(t), "cheap"
		if cycle == 1 {
			cost = "full cost"
		}
		memoryCycle(c, t, root, cost, cycle%4 == 3)
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
	}
}

func memoryCycle(c *proof.Campaign, t *testing.T, root, cost string, killed bool) {
	t.Helper()
	dir := filepath.Join(root, "Home.ebb")
	o := home.Options(nil)
	if cost == "cheap" {
		o.KDF, o.Insecure = keys.InsecureParams, true
	}
	// A word that stands in a test's code is in the memory of every test's process.
	text, passphrase := fmt.Sprintf("kestrel%dcanopy", c.Uint64()), fmt.Sprintf("otter%d slow%d ember", c.Uint64(), c.Uint64())
	if err := home.Create(t.Context(), dir, "Ada", []byte(passphrase), o); err != nil {
		t.Fatal(err)
	}
	words := secretsIn(t, dir, passphrase, o)
	words["text"], words["passphrase"] = text, passphrase
	inFiles := func(when string) {
		t.Helper()
		var all []string
		for _, word := range words {
			all = append(all, word)
		}
		if found, err := proof.Find(root, all...); err != nil || len(found) > 0 {
			c.Failure("%s: %d words in files, %v", when, len(found), err)
		}
	}
	p := startMemoryChild(t, root, cost)
	defer p.end()
	p.say(t, dir)
	p.await(t, "CLOSED")
	before := p.locked(t)
	p.say(t, passphrase)
	p.say(t, text)
	p.await(t, "OPEN")
	inFiles("while it is open")

	// The control: what is looked for can be found.
	open := p.search(t, words, nil)
	for _, name := range []string{"text", "key of the private drawer", "own private key"} {
		if open[name] == 0 {
			c.Failure("while it is open, the %s is not in the memory: nothing is proved", name)
		}
	}
	kept := func(m mapping) bool { return strings.Contains(m.flags, " lo ") && strings.Contains(m.flags, " dd ") }
	locked := p.search(t, words, kept)
	for name := range words {
		if want := name != "text" && name != "passphrase"; (locked[name] > 0) != want {
			c.Failure("in memory that is neither swapped nor dumped the %s is %d times", name, locked[name])
		}
	}
	if now := p.locked(t); now <= before {
		c.Failure("%d KiB are locked while it is open, %d before", now, before)
	}
	if killed {
		p.end()
		inFiles("after a kill")
		c.Ran(true, "killed")
		return
	}
	p.say(t, "lock")
	p.await(t, "LOCKED")
	inFiles("after locking")
	if now := p.locked(t); now != before {
		c.Failure("%d KiB are locked after locking, %d before", now, before)
	}
	// Of the keys copies that were made for the ciphers may be left until the process
	// is replaced, and of the text what the collector has not wiped.
	left := p.search(t, words, nil)
	p.say(t, "replace")
	p.await(t, "REPLACED "+dir)
	for name, n := range p.search(t, words, nil) {
		c.Failure("after the replacement the %s is %d times in the memory", name, n)
	}
	inFiles("after the replacement")
	c.Ran(true, fmt.Sprintf("replaced; before, of %d secrets something was left", len(left)))
}
