// Package golden keeps whole vaults in a small form, for tests that open vaults of
// earlier days: vault/testdata/golden.
//
// The files of a vault are random from end to end, so nothing makes them smaller but
// leaving out the bytes that mean nothing: the filler between and behind records. A
// packed vault is a manifest and the parts that count; [Unpack] makes the folder anew,
// with a filler that is the same everywhere.
package golden

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	manifestName = "manifest.json"
	partsName    = "parts"
)

// A Part is a piece of a file that counts.
type Part struct {
	At   int64 `json:"at"`   // where it lies in its file
	Size int64 `json:"size"` // in bytes
	From int64 `json:"from"` // where it lies in the parts; Pack says where
}

// A File is one file of a packed vault.
type File struct {
	Name  string `json:"name"`
	Size  int64  `json:"size"`
	Parts []Part `json:"parts,omitempty"`
}

// Pack writes the small form of the vault at dir to the new folder packed. counts
// says which pieces of each file count; of a file that it does not name, none do. A
// piece with the same bytes as an earlier one is packed once.
func Pack(packed, dir string, counts map[string][]Part) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var files []File
	var parts []byte
	packedAt := map[string]int64{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		file := File{Name: e.Name(), Size: int64(len(content))}
		for _, p := range counts[e.Name()] {
			if p.At < 0 || p.Size < 0 || p.At+p.Size > file.Size {
				return fmt.Errorf("a part of %s lies outside of it", e.Name())
			}
			piece := content[p.At:][:p.Size]
			at, again := packedAt[string(piece)]
			if !again {
				at = int64(len(parts))
				packedAt[string(piece)] = at
				parts = append(parts, piece...)
			}
			p.From = at
			file.Parts = append(file.Parts, p)
		}
		files = append(files, file)
	}
	if err := os.Mkdir(packed, 0o755); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(files, "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(packed, manifestName), append(manifest, '\n'), 0o644),
		os.WriteFile(filepath.Join(packed, partsName), parts, 0o644),
	)
}

// Unpack makes the vault of a packed one in the new folder dir.
func Unpack(packed, dir string) error {
	description, err := os.ReadFile(filepath.Join(packed, manifestName))
	if err != nil {
		return err
	}
	var files []File
	if err := json.Unmarshal(description, &files); err != nil {
		return fmt.Errorf("the manifest of %s: %w", packed, err)
	}
	parts, err := os.ReadFile(filepath.Join(packed, partsName))
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	for _, f := range files {
		content := filler(f.Name, f.Size)
		for _, p := range f.Parts {
			if p.At+p.Size > f.Size || p.From+p.Size > int64(len(parts)) {
				return fmt.Errorf("the manifest of %s: a part of %s lies outside", packed, f.Name)
			}
			copy(content[p.At:], parts[p.From:][:p.Size])
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// filler is the key stream of AES-256-CTR from a block of zeros on, under SHA-256 of
// the file's name. It looks as random as what it stands for, and is no secret.
func filler(name string, size int64) []byte {
	key := sha256.Sum256([]byte(name))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic("golden: " + err.Error()) // only for a key of another size
	}
	content := make([]byte, size)
	cipher.NewCTR(block, make([]byte, aes.BlockSize)).XORKeyStream(content, content)
	return content
}
