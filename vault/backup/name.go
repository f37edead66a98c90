package backup

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"ebb/vault"
)

// partSuffix ends the name of what is being made or removed, as where vaults are
// made.
const partSuffix = ".part"

// owner is what the names of a vault's unfinished folders begin with, so that a run
// finds what an earlier one left even if there is no key file in it yet, and leaves
// alone what belongs to another vault.
func owner(id vault.ID) string {
	sum := sha256.Sum256(append([]byte("ebb/backup part"), id[:]...))
	return hex.EncodeToString(sum[:8]) + "-"
}

// partName is a new name for something unfinished.
func partName(id vault.ID) string {
	var own [8]byte
	rand.Read(own[:])
	return owner(id) + hex.EncodeToString(own[:]) + partSuffix
}

// isPart reports whether a name is one that partName gives for this vault.
func isPart(name string, id vault.ID) bool {
	digits, ok := strings.CutPrefix(name, owner(id))
	if !ok {
		return false
	}
	digits, ok = strings.CutSuffix(digits, partSuffix)
	own, err := hex.DecodeString(digits)
	return ok && err == nil && len(own) == 8
}

var (
	ownFile = regexp.MustCompile(`^(?:keys|keys\.new|lock|[0-9a-f]{16}(?:[0-9a-f]{8})?(?:-wal)?)$`)
	// litter is what a system leaves in every folder that somebody looked at.
	litter = regexp.MustCompile(`(?i)^(?:\.ds_store|\._.*|thumbs\.db|desktop\.ini)$`)
)

const lockName = "lock"
