package portable

import (
	"crypto/sha256"
	"fmt"
)

// identities sees to it that two entries of one source never share an id
// without sharing their content. It keeps a hash of what stood behind each id.
type identities map[string][sha256.Size]byte

// settle returns the id to use, or the reason why the entry is a repetition.
func (ids identities) settle(e Entry) (id, reason string) {
	content := contentHash(e)
	earlier, taken := ids[e.SourceID]
	if !taken {
		ids[e.SourceID] = content
		return e.SourceID, ""
	}
	if earlier == content {
		return "", reasonRepeated
	}
	e.SourceID = fmt.Sprintf("%s:%x", e.SourceID, content[:8])
	if _, again := ids[e.SourceID]; again {
		return "", reasonRepeated
	}
	ids[e.SourceID] = content
	return e.SourceID, ""
}

func contentHash(e Entry) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s\x00%s", e.Written.UnixNano(), e.Zone, e.LocalDate, e.Text))
}
