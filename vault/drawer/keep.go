package drawer

// keptFrames is how many frames of the log are kept in memory, as they are before
// sealing: half a MiB. SQLite reads a frame at least once more, for the checkpoint,
// and then needs neither the disk nor the cipher.
const keptFrames = 4 * keepChunk

const keepChunk = 32

// kept holds the first frames of the log in chunks, allocated as the log grows.
// Those that were there before the drawer was opened are not in it.
type kept struct {
	first  int // the first frame that is kept
	chunks [][]byte
}

// has reports whether a frame that the log holds is kept.
func (k *kept) has(number int) bool { return number >= k.first && number <= keptFrames }

// frame returns the place of a frame, or nil if it is not to be kept.
func (k *kept) frame(number int) []byte {
	if !k.has(number) {
		return nil
	}
	i := number - 1
	for i/keepChunk >= len(k.chunks) {
		k.chunks = append(k.chunks, make([]byte, keepChunk*frameSize))
	}
	return k.chunks[i/keepChunk][i%keepChunk*frameSize:][:frameSize]
}

// wipe forgets what the frames held.
func (k *kept) wipe() {
	for _, chunk := range k.chunks {
		clear(chunk)
	}
	k.chunks = nil
}
