package command

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	"ebb/ui/lang"
)

// errNoPassphrase: there is neither a terminal to ask on nor a file to read.
var errNoPassphrase = errors.New("no passphrase was given")

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
func (s *secrets) next(prompt string) ([]byte, error) {
	if s.file == "" {
		if s.env.Ask == nil {
			return nil, errNoPassphrase
		}
		secret, err := s.env.Ask(prompt)
		s.given = append(s.given, secret)
		return secret, err
	}
	if s.lines == nil {
		in := s.env.Stdin
		if s.file != "-" {
			f, err := os.Open(s.file)
			if err != nil {
				return nil, err
			}
			in, s.close = f, f.Close
		}
		s.lines = bufio.NewReaderSize(io.LimitReader(in, 4*maxSecret), maxSecret)
	}
	line, err := s.lines.ReadSlice('\n')
	if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
		if errors.Is(err, io.EOF) {
			return nil, errNoPassphrase
		}
		return nil, err
	}
	secret := bytes.Clone(bytes.TrimRight(line, "\r\n"))
	s.given = append(s.given, secret)
	return secret, nil
}

// fresh returns a new secret, asked for twice on a terminal.
func (s *secrets) fresh() ([]byte, error) {
	first, err := s.next(lang.T("command.ask.new-passphrase"))
	if err != nil || s.file != "" {
		return first, err
	}
	again, err := s.next(lang.T("command.ask.again"))
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(first, again) {
		return nil, errDifferent
	}
	return first, nil
}

var errDifferent = errors.New("the two passphrases differ")

// wipe clears what was handed out.
func (s *secrets) wipe() {
	for _, secret := range s.given {
		clear(secret)
	}
	if s.close != nil {
		s.close()
	}
}
