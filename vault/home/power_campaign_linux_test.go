package home_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault/home"
)

// A vaultLife is what two people do with a vault, one step after the other, on a
// tape. More steps are added here; each says in the struck vault what it promised.
var vaultLife = []struct {
	name string
	do   func(*struck) error
	// again is true for steps that may be found half done, and are simply done again.
	again func(*struck) error
}{
	{name: "making", do: (*struck).create},
	{name: "the first unlocking", do: unlocked},
	{name: "writing", do: func(k *struck) error { return k.saves(1, 8) }},
	{name: "a checkpoint", do: func(k *struck) error { return k.s.Checkpoint(k.ctx) }},
	{name: "writing on", do: func(k *struck) error { return k.saves(8, 12) }},
	{name: "locking", do: (*struck).lock},
	{name: "unlocking", do: unlocked},
	{name: "inviting", do: (*struck).invite},
	{name: "inviting once more", do: (*struck).invite},
	{name: "locking after the invitation", do: (*struck).lock},
	{name: "joining", do: (*struck).join, again: func(k *struck) error { return joinAgain(k, errors.New("the power went")) }},
	{name: "locking as the second person", do: (*struck).lock},
	{name: "reading the inbox", do: unlocked},
	{name: "sharing", do: func(k *struck) error {
		_, err := k.h.Lines.Share(k.ctx, home.NewID(), canary+" a line")
		if err == nil {
			k.lines++
		}
		return err
	}},
	{name: "importing", do: (*struck).importNotes},
	{name: "locking again", do: (*struck).lock},
	{name: "migrating", do: func(k *struck) error { k.more = 1; return k.unlockOwn() }},
	{name: "writing after the migration", do: func(k *struck) error { return k.saves(30, 34) }},
	{name: "making recovery words", do: (*struck).recover},
	{name: "changing the passphrase", do: (*struck).change},
	{name: "re-keying", do: func(k *struck) error { return k.s.Rekey(k.ctx, nil) }},
	{name: "writing under new keys", do: func(k *struck) error { return k.saves(34, 36) }},
	{name: "locking under new keys", do: (*struck).lock},
	{name: "reading of the re-keying", do: unlockedAsB},
	{name: "leaving", do: (*struck).leave},
	{name: "reading of the leaving", do: unlocked},
	{name: "the last locking", do: (*struck).lock},
}

// lifePromise is what holds before a call of the tape.
type lifePromise struct {
	step int
	k    *struck
}

// recordVaultLife puts the life of a vault on a tape. What was promised is marked
// before every call, because a call may be the first after an acknowledgement.
func recordVaultLife(t *testing.T) *interpose.Tape {
	t.Helper()
	k := newStruck(t, proof.Folder(t))
	k.seats = 1
	if err := writeNotes(k.root); err != nil {
		t.Fatal(err)
	}
	tape, err := interpose.NewTape(k.root)
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range vaultLife {
		record := func(c interpose.Call) interpose.Answer {
			tape.Mark(lifePromise{i, k.again("")})
			return tape.Record(c)
		}
		if err := interpose.Watch(k.root, record, func() error { return step.do(k) }); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
	}
	tape.Mark(lifePromise{len(vaultLife) - 1, k.again("")})
	return tape
}

// The power goes at any moment of a vault's life. Of the whole folder, files and
// names, what was synced is there; of the rest anything may be lost, in any order, in
// pieces of 512 bytes. What was acknowledged is there afterwards.
func TestVaultPowerLoss(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "vault power")
	tape := recordVaultLife(t)
	device := tape.Device()
	cuts := proof.Size(15, 200, 10_000)
	// Pages, frames and filler take many calls of which each is like the other; what
	// is decided is decided by a name, a key file or a sync. Times are not kept here.
	weight := func(call interpose.Call) float64 {
		switch {
		case call.Op == interpose.Touch, call.Op == interpose.Write && call.Size == filler:
			return 0.1
		case call.Op == interpose.Write && filepath.Base(call.Path) != "keys":
			return 1
		}
		return 4
	}
	total, due := 0.0, c.Float64()
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		total += weight(call)
	}
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		device.Play(call)
		// In a long run there is more than one cut behind a call.
		for due += weight(call) / total * float64(cuts); due >= 1 && c.TimeLeft(); due-- {
			cutVault(c, tape, device, i)
		}
	}
}

// cutVault cuts the power behind the i-th call.
func cutVault(c *proof.Campaign, tape *interpose.Tape, device *interpose.Device, i int) {
	call, marked := tape.Call(i)
	after := tape.Promise()
	if i+1 < tape.Len() {
		_, after = tape.Call(i + 1)
	}
	promise, next := marked.(lifePromise), after.(lifePromise)
	root := proof.Folder(c)
	defer os.RemoveAll(root)
	loss := interpose.Losses[c.IntN(len(interpose.Losses))]
	lost, err := device.Cut(c.Rand, loss, root)
	if err != nil {
		c.Fatal(err)
	}
	// What was acknowledged before this call counts; what was acknowledged after it
	// may be there.
	k := promise.k.again(root)
	if next.k.code != k.code {
		k.others, k.code = append(k.others, k.code), ""
	}
	step := vaultLife[promise.step]
	if step.again != nil {
		err = step.again(k)
	}
	if err == nil {
		err = k.settled()
	}
	note := "held"
	if err != nil {
		note = "did not hold"
		c.Failure("call %d of %d (%v %s), %s, %s: %v", i, tape.Len(), call.Op, filepath.Base(call.Path), step.name, loss.Name, err)
	}
	c.Ran(lost > 0 || call.Op != interpose.Sync, fmt.Sprintf("%s: %s", step.name, note))
}
