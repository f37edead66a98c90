package command

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"ebb/ui/lang"
	"ebb/vault/keys"
)

// secrets hands out the lines of the passphrase file one after the other, or asks
// on the terminal.
type secrets struct {
	env   *Env
	file  string
	lines *bufio.Reader
	close func() error
	given [][]byte
}

// maxSecret bounds a line, so that a wrong file is refused and not read whole.
const maxSecret = 64 << 10

// next returns the next secret. The caller must not keep it: wipe clears it.
func (s *secrets) next(ctx context.Context, prompt string) ([]byte, error) {
	if s.file != "" {
		return s.line()
	}
	if s.env.Ask == nil {
		return nil, errNoPassphrase
	}
	secret, err := s.env.Ask(ctx, prompt)
	s.given = append(s.given, secret)
	if errors.Is(err, io.EOF) {
		return nil, errNoPassphrase
	}
	return secret, err
}

// line reads the next line of the passphrase file, without its end.
func (s *secrets) line() ([]byte, error) {
	if s.lines == nil {
		in := s.env.Stdin
		if s.file != "-" {
			f, err := os.Open(s.file)
			if err != nil {
				return nil, errPassphraseFile
			}
			in, s.close = f, f.Close
		}
		s.lines = bufio.NewReaderSize(io.LimitReader(in, 4*maxSecret), maxSecret)
	}
	line, err := s.lines.ReadSlice('\n')
	switch {
	case err == nil, errors.Is(err, io.EOF) && len(line) > 0:
	case errors.Is(err, io.EOF):
		return nil, errNoPassphrase
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, keys.ErrPassphraseForm
	default:
		return nil, errPassphraseFile
	}
	secret := bytes.Clone(bytes.TrimRight(line, "\r\n"))
	s.given = append(s.given, secret)
	return secret, nil
}

// generatedWords is how many words Ebb's own passphrases have: 77 bits.
const generatedWords = 6

// fresh returns a new passphrase: the next line of the file, or what is typed
// twice on the terminal. Nothing typed there means that Ebb makes one, which is
// shown on the terminal this once and nowhere else. A weak one is warned about
// and taken.
func (s *secrets) fresh(ctx context.Context) ([]byte, error) {
	first, err := s.next(ctx, lang.T("command.ask.new-passphrase"))
	if err != nil {
		return nil, err
	}
	if s.file == "" {
		if len(bytes.TrimSpace(first)) == 0 && s.env.Screen != nil {
			return s.generate()
		}
		again, err := s.next(ctx, lang.T("command.ask.again"))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(first, again) {
			return nil, errDifferent
		}
	}
	if _, err := keys.NormalizePassphrase(first); err != nil {
		return nil, err
	}
	if keys.Measure(first) == keys.Weak {
		fmt.Fprintln(s.env.Stderr, lang.T("command.weak-passphrase"))
	}
	return first, nil
}

func (s *secrets) generate() ([]byte, error) {
	words, err := keys.GeneratePassphrase(generatedWords)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(s.env.Screen, lang.F("command.generated", map[string]any{"Words": words})); err != nil {
		return nil, errOutput
	}
	return []byte(words), nil
}

// wipe clears what was handed out.
func (s *secrets) wipe() error {
	for _, secret := range s.given {
		clear(secret)
	}
	if s.close != nil {
		return s.close()
	}
	return nil
}
