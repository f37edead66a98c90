package backup_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/home"
)

// The campaigns need a process to kill: this test binary, with its task in the
// environment.
const killRole = "EBB_BACKUP_KILL_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(killRole); role != "" {
		if err := killChild(role, os.Args[1:]); err != nil {
			fmt.Println("CHILD", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func killChild(role string, args []string) error {
	w := &world{clock: &clock{}, dir: args[0], place: args[1]}
	begin, err := strconv.ParseInt(args[2], 10, 64)
	if err != nil {
		return err
	}
	w.at = time.Unix(begin, 0)
	if role == "restore" {
		for n := 0; ; n++ {
			fmt.Println("DOING", n)
			o := w.options()
			o.Progress = tellSteps()
			if _, err := backup.Restore(context.Background(), args[3], fmt.Sprintf("%s %d.ebb", w.dir, n), o); err != nil {
				return err
			}
			fmt.Println("ACK", n)
		}
	}
	for {
		w.at = w.at.Add(day)
		if err := w.evening(); err != nil {
			return err
		}
	}
}

// evening is what a person does: they unlock, write, and lock, which makes a backup.
func (w *world) evening() error {
	ctx := context.Background()
	v, err := vault.Open(w.dir, w.options().Vault)
	if err != nil {
		return err
	}
	s, _, err := v.Unlock(ctx, []byte(passA))
	if err != nil {
		return err
	}
	h, err := home.Open(ctx, s, w.now)
	if err != nil {
		return err
	}
	e := h.Journal.New()
	e.Text = "one more evening"
	if _, err := h.Journal.Save(ctx, e); err != nil {
		return err
	}
	fmt.Println("ACK entry")
	fmt.Println("DOING", w.at.Unix())
	result, err := h.Lock(ctx, tellSteps())
	if err = errors.Join(err, result.Err, result.Made.Left); err != nil {
		return err
	}
	fmt.Println("ACK", result.Made.Backup.Time.Unix())
	return nil
}

// tellSteps says when a step begins, and when the last one ends, behind which the new
// folder gets its name and the rotation runs.
func tellSteps() backup.Progress {
	var last backup.Step
	return func(step backup.Step, done, total int64) {
		if step != last {
			fmt.Println("STEP", step)
		}
		if last = step; done == total && step != backup.Copying {
			fmt.Println("STEP", step, "done")
		}
	}
}

// killed runs a child and kills it a random moment after one of the points that it
// comes by, of the first tasks that it does. It returns what was said before.
func killed(c *proof.Campaign, tasks int, points []string, role string, args ...string) (said []string) {
	c.Helper()
	doing, point := 1+c.IntN(tasks), points[c.IntN(len(points))]
	moment := time.Duration(c.IntN(20_000)) * time.Microsecond
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), killRole+"="+role)
	out, err := cmd.StdoutPipe()
	if err != nil {
		c.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if line := lines.Text(); !strings.HasPrefix(line, "STEP") {
			said = append(said, line)
		}
		if strings.HasPrefix(lines.Text(), point) {
			if doing--; doing == 0 {
				time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })
			}
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		c.Fatalf("the child ended by itself: %v, %q", err, said[max(0, len(said)-3):])
	}
	return said
}

// Killed at any moment of an evening's backup and its rotation, the vault has every
// entry that was acknowledged; every backup that is offered is whole and holds what
// it is to hold; of those that were acknowledged the rotation's are all there.
func TestKillWhileBackingUp(t *testing.T) {
	c := proof.Start(t, "backup kill")
	w := newLonely(t)
	w.visit(w.dir, passA, func(_ *vault.Session, h *home.Home) {
		if err := h.Settings.SetBackupPlace(t.Context(), w.place); err != nil {
			t.Fatal(err)
		}
	})
	prints := map[string]string{} // of every backup that was ever offered
	entries := 0
	var offered []backup.Backup
	for kill := range proof.Size(3, 30, 2000) {
		if !c.TimeLeft() {
			break
		}
		points := []string{"DOING", "STEP 1", "STEP 2", "STEP 3", "STEP 3 done", "STEP 3 done"}
		lines := killed(c, 2, points, "evenings", w.dir, w.place, fmt.Sprint(w.at.Unix()))
		acknowledged := slices.Clone(offered)
		tried := false
		for _, line := range lines {
			seconds, err := strconv.ParseInt(line[strings.LastIndexByte(line, ' ')+1:], 10, 64)
			switch {
			case line == "ACK entry":
				entries++
			case err != nil:
				t.Fatalf("the child said %q", line)
			case strings.HasPrefix(line, "DOING"):
				w.at, tried = time.Unix(seconds, 0), true
			default:
				tried = false
				acknowledged = kept(append(acknowledged, backup.Backup{Time: time.Unix(seconds, 0).UTC()}))
			}
		}
		n := w.entries(w.dir)
		if n != entries && n != entries+1 {
			c.Failure("kill %d: %d entries, acknowledged %d", kill, n, entries)
		}
		entries = n
		offered = w.list()
		note := "before it had a name"
		if tried && len(offered) > 0 && offered[0].Time.Equal(w.at) {
			note = "with a new one"
			acknowledged = kept(append(acknowledged, offered[0]))
		} else if !tried {
			note = "between two"
		}
		for _, b := range acknowledged {
			if !slices.ContainsFunc(offered, func(o backup.Backup) bool { return o.Time.Equal(b.Time) }) {
				c.Failure("kill %d: the backup of %v is gone", kill, b.Time)
			}
		}
		for _, b := range offered {
			if b.Problem != nil {
				c.Failure("kill %d: the backup of %v is offered: %v", kill, b.Time, b.Problem)
				continue
			}
			now := print(t, b.Path)
			if before, seen := prints[b.Path]; seen && before != now {
				c.Failure("kill %d: the backup of %v was changed", kill, b.Time)
			} else if !seen {
				prints[b.Path] = now
				w.proves(c, b)
			}
		}
		parts, _ := filepath.Glob(filepath.Join(w.place, "*.part"))
		if len(parts) > 0 {
			note += ", with something left"
		}
		c.Ran(true, note)
		if kill%5 == 4 { // the next run clears up, whichever that is
			w.at = w.at.Add(day)
			made := w.make()
			if parts, _ := filepath.Glob(filepath.Join(w.place, "*.part")); len(parts) > 0 {
				c.Failure("kill %d: %d are left", kill, len(parts))
			}
			prints[made.Backup.Path] = print(t, made.Backup.Path)
			offered = w.list()
		}
	}
}

// kept is what the rotation keeps of some backups.
func kept(all []backup.Backup) (kept []backup.Backup) {
	slices.SortFunc(all, func(a, b backup.Backup) int { return b.Time.Compare(a.Time) })
	var times []time.Time
	for _, b := range all {
		times = append(times, b.Time)
	}
	for i, keep := range backup.Keep(times, times[0]) {
		if keep {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// proves lets a backup prove itself.
func (w *world) proves(c *proof.Campaign, b backup.Backup) {
	proof, err := backup.Drill(context.Background(), b.Path, "", []byte(passA), func(ctx context.Context, s *vault.Session) error {
		_, err := home.Open(ctx, s, w.now)
		return err
	}, w.options())
	if err != nil || !proof.Sound() {
		c.Failure("the backup of %v: %+v, %v", b.Time, proof, err)
	}
}

// Killed at any moment of a restore, the folder is there and whole, or not there, and
// can be restored then.
func TestKillWhileRestoring(t *testing.T) {
	c := proof.Start(t, "restore kill")
	w := newLonely(t)
	w.write("some words")
	from := w.make().Backup.Path
	want := print(t, from)
	for kill := range proof.Size(3, 10, 1000) {
		if !c.TimeLeft() {
			break
		}
		acknowledged := map[string]bool{}
		for _, line := range killed(c, 3, []string{"DOING", "STEP 1", "STEP 2", "STEP 2 done"}, "restore", w.dir, w.place, "0", from) {
			if n, ok := strings.CutPrefix(line, "ACK "); ok {
				acknowledged[fmt.Sprintf("%s %s.ebb", w.dir, n)] = true
			}
		}
		there, err := filepath.Glob(w.dir + " *.ebb")
		if err != nil {
			t.Fatal(err)
		}
		for dir := range acknowledged {
			if !slices.Contains(there, dir) {
				c.Failure("kill %d: a restored folder is gone", kill)
			}
		}
		for _, dir := range there {
			if print(t, dir) != want {
				c.Failure("kill %d: a folder is not the backup's copy", kill)
			}
		}
		if print(t, from) != want {
			c.Failure("kill %d: the backup was changed", kill)
		}
		left, err := filepath.Glob(w.dir + " *.part")
		if err != nil || len(left) > 1 {
			c.Failure("kill %d: %d are left, %v", kill, len(left), err)
		}
		note := "between two"
		for _, part := range left {
			note = "with something left"
			if _, err := backup.Restore(t.Context(), from, strings.TrimSuffix(part, ".part"), w.options()); err != nil {
				c.Failure("kill %d: the next run: %v", kill, err)
			}
			there = append(there, strings.TrimSuffix(part, ".part"))
		}
		c.Ran(true, note)
		if len(there) > 0 {
			w.entries(there[0])
		}
		for _, dir := range there {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}
