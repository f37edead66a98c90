package keys

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"sync"

	"github.com/sethvargo/go-diceware/diceware"
)

// Recovery words are ten words of the Electronic Frontier Foundation's long list,
// 129 bits, and a check word behind them: 11 words that are typed where a
// passphrase is. FORMAT.md, "Recovery words".
const (
	recoveryWords = 10
	recoveryLabel = "ebb recovery words"
)

// A wordList is a list in its order, with the place of every word in it.
type wordList struct {
	words []string
	at    map[string]int
}

var longList = sync.OnceValue(func() *wordList {
	eff := diceware.WordListEffLarge()
	list := &wordList{at: map[string]int{}}
	var roll func(number, dice int)
	roll = func(number, dice int) {
		if dice == 0 {
			list.at[eff.WordAt(number)] = len(list.words)
			list.words = append(list.words, eff.WordAt(number))
			return
		}
		for eyes := 1; eyes <= 6; eyes++ {
			roll(10*number+eyes, dice-1)
		}
	}
	roll(0, eff.Digits())
	return list
})

// checkWord is the word behind ten recovery words, joined by single spaces, that
// tells them from others: of 7776 slips of the pen it lets one pass.
func checkWord(words []byte) string {
	list := longList().words
	sum := sha256.Sum256(append([]byte(recoveryLabel), words...))
	return list[binary.BigEndian.Uint64(sum[:])%uint64(len(list))]
}

// newRecoveryWords draws ten words and adds the check word.
func newRecoveryWords() (string, error) {
	words, err := GeneratePassphrase(recoveryWords)
	if err != nil {
		return "", err
	}
	return words + " " + checkWord([]byte(words)), nil
}

// normalize is [NormalizePassphrase] for whatever is typed in the one field. Case
// counts in a passphrase; recovery words are read off paper, and a capital letter
// in them is no mistake.
func normalize(typed []byte) ([]byte, error) {
	normal, err := NormalizePassphrase(typed)
	if err != nil {
		return nil, err
	}
	lower := bytes.ToLower(normal)
	if last := bytes.LastIndexByte(lower, ' '); last >= 0 && known(lower) == recoveryWords+1 &&
		bytes.Count(lower, []byte{' '}) == recoveryWords && checkWord(lower[:last]) == string(lower[last+1:]) {
		clear(normal)
		return lower, nil
	}
	clear(lower)
	return normal, nil
}

// known counts the words of a normalised text that are in the list.
func known(normal []byte) (n int) {
	at := longList().at
	for word := range bytes.SplitSeq(normal, []byte{' '}) {
		if _, ok := at[string(word)]; ok {
			n++
		}
	}
	return n
}

// mistyped reports whether a text that opened nothing was meant to be recovery
// words: about as many words, and most of them from the list, but not ten with
// their check word. That depends on what was typed alone, and on nothing in the
// file.
func mistyped(normal []byte) bool {
	lower := bytes.ToLower(normal)
	defer clear(lower)
	words := 1 + bytes.Count(lower, []byte{' '})
	if words < recoveryWords || words > recoveryWords+2 || known(lower) < recoveryWords-2 {
		return false
	}
	last := bytes.LastIndexByte(lower, ' ')
	return words != recoveryWords+1 || checkWord(lower[:last]) != string(lower[last+1:])
}
