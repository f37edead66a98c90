package home_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
)

// A ring that could not be saved at the lock is told, also if everything after that
// goes well.
func TestLockTellsOfAnUnsavedRing(t *testing.T) {
	k := newStruck(t, proof.Folder(t))
	k.seats = 1
	must(t, k.create())
	must(t, k.unlock(passA))
	must(t, k.save(1))
	failed := false
	err := interpose.Watch(k.root, func(c interpose.Call) interpose.Answer {
		if c.Op != interpose.Write || filepath.Base(c.Path) != "keys" || failed {
			return interpose.Answer{}
		}
		failed = true
		return interpose.Answer{Errno: syscall.EIO}
	}, k.lock)
	if !failed || !errors.Is(err, syscall.EIO) {
		t.Errorf("the key file was not written (%t), and locking gives %v", failed, err)
	}
	must(t, k.settled())
}
