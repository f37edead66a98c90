//go:build unix

package drawer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A process that writes, takes back, checkpoints, vacuums and migrates is killed
// at any moment. Every transaction that it acknowledged is there afterwards, at
// most one more, nothing of it in the plain, and opening a second time finds
// nothing left to do.
func TestKill(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "kill")
	folder := campaignFolder(t)
	path := filepath.Join(folder, "drawer")
	var life lifetime
	for kill := range size(10, 150, 10_000) {
		if !c.TimeLeft() {
			break
		}
		if kill%12 == 0 { // begin anew, so that being made is killed too
			life = lifetime{}
			image{}.put(t, path)
		}
		task := childTask{Role: "write", Path: path, Create: !life.created, Migrations: life.migrations}
		patience := 1 << 30
		switch {
		case kill%12 == 0:
			task.KillAt = 1 + c.IntN(80)
		case kill%3 == 0:
			patience = 1 + c.IntN(60)
		default:
			task.KillAt = 1 + c.IntN([]int{40, 300, 1500}[c.IntN(3)])
			task.KillWithin = c.IntN(2) == 0
		}
		child := startChild(t, task, nil)
		doing := life.follow(child, patience, time.Duration(c.IntN(4000))*time.Microsecond)
		err := child.Wait()
		killed := life.cutOff || err != nil && child.ProcessState.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
		if life.complaint != "" {
			c.failed("kill %d: the child said %s", kill, life.complaint)
		}
		life.complaint, life.cutOff = "", false
		if found := findPlain(t, folder); len(found) > 0 {
			c.failed("kill %d: in the plain: %v", kill, found)
		}
		note, err := life.inspect(path)
		if err != nil {
			c.failed("kill %d while %s: %v", kill, doing, err)
			life = lifetime{}
			image{}.put(t, path)
		}
		if !killed {
			note = "lived"
		}
		c.ran(killed, "while "+doing+": "+note)
	}
}

// lifetime is what the children said about one drawer.
type lifetime struct {
	created      bool
	acknowledged int
	migrated     int // acknowledged
	migrations   int // tried
	complaint    string
	cutOff       bool // a write was done in part and nothing came after it
}

// follow reads what a child says until it ends, and kills it some time after its
// patience with acknowledgements is over. It returns what the child was doing.
func (l *lifetime) follow(c *child, patience int, later time.Duration) (doing string) {
	doing = "starting"
	for line := c.next(); line != ""; line = c.next() {
		word, rest, _ := strings.Cut(line, " ")
		var n int
		_, _ = fmt.Sscan(rest, &n)
		switch word {
		case "CREATED":
			l.created = true
		case "ACK":
			l.acknowledged = n
		case "MIGRATING":
			l.migrations = max(l.migrations, n)
			doing = "migrating"
			continue
		case "MIGRATED":
			l.migrated = n
		case "DOING":
			doing = rest
			continue
		case "FAILED":
			if l.cutOff = rest == errKilled.Error(); !l.cutOff {
				l.complaint = line
			}
		default:
			continue
		}
		if patience--; patience == 0 {
			time.AfterFunc(later, func() { _ = c.Process.Kill() })
		}
	}
	return doing
}

// inspect opens what a killed child left, twice.
func (l *lifetime) inspect(path string) (note string, err error) {
	ctx := context.Background()
	schema := ledgerSchema(l.migrations)
	d, err := Open(ctx, path, ledgerID, ledgerKey, schema, Options{})
	if err != nil {
		if !l.created && (errors.Is(err, ErrUnfinished) || errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotExist)) {
			return "unfinished", nil
		}
		return "", fmt.Errorf("opening: %w", err)
	}
	l.created = true
	note = "whole"
	if repairs := d.Repairs(); len(repairs) > 0 {
		note = fmt.Sprint(repairs)
		if len(repairs) != 1 || repairs[0].Kind != LogEndedEarly {
			err = fmt.Errorf("repairs after a kill: %v", repairs)
		}
	}
	n, failure := audit(ctx, d)
	err = errors.Join(err, failure)
	if n < l.acknowledged || n > l.acknowledged+1 {
		err = errors.Join(err, fmt.Errorf("%d transactions, acknowledged %d", n, l.acknowledged))
	}
	if n == l.acknowledged+1 {
		note += ", with one not acknowledged"
	}
	l.acknowledged = n
	err = errors.Join(err, d.Close())
	if err == nil {
		err = lookAgain(path, schema, n, &watcher{})
	}
	return note, err
}

// writeUntilKilled is what the child does.
func writeUntilKilled(task childTask) error {
	ctx := context.Background()
	count, within := 0, false
	hook := func(a access) (int, error) {
		if a.op == opRead {
			return 0, nil
		}
		count++
		switch {
		case within, count == task.KillAt && !task.KillWithin:
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until it arrives
		case count == task.KillAt && a.op == opWrite:
			within = true
			return a.length / 3, errKilled
		case count == task.KillAt:
			within = true
		}
		return 0, nil
	}
	o := Options{hooks: &hooks{access: hook}}
	migrations := task.Migrations
	if task.Create {
		say("DOING creating")
		d, err := Create(ctx, task.Path, ledgerID, ledgerKey, ledgerSchema(migrations), o)
		if err == nil {
			say("CREATED")
			err = d.Close()
		}
		if err != nil {
			return err
		}
	}
	n := -1
	for range 8 {
		say("DOING opening")
		say("MIGRATING %d", migrations)
		d, err := Open(ctx, task.Path, ledgerID, ledgerKey, ledgerSchema(migrations), o)
		if err != nil {
			return err
		}
		say("MIGRATED %d", migrations)
		migrations++
		if n < 0 {
			if err := d.View(ctx, func(tx *Tx) (err error) { n, err = readLedger(ctx, tx); return err }); err != nil {
				return err
			}
		}
		for range 25 {
			n++
			say("DOING writing")
			if err := post(ctx, d, n); err != nil {
				return err
			}
			say("ACK %d", n)
			if err := sometimes(ctx, d, n); err != nil {
				return err
			}
		}
		say("DOING closing")
		if err := d.Close(); err != nil {
			return err
		}
	}
	return nil
}

// sometimes does something else after transaction n.
func sometimes(ctx context.Context, d *Drawer, n int) error {
	switch {
	case n%29 == 0:
		say("DOING vacuuming")
		return vacuum(ctx, d)
	case n%11 == 0:
		say("DOING taking back")
		return takeBack(ctx, d)
	case n%7 == 0:
		say("DOING checkpointing")
		return d.Checkpoint(ctx)
	}
	return nil
}
