package command

import (
	"errors"
	"io"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault/home"
)

// errUsage: the command line is not of the command's form.
var errUsage = errors.New("usage")

// errDamaged: the command ran and found damage, which it has reported.
var errDamaged = errors.New("damage was found")

// The kinds of failure that only a command knows.
var (
	// errNoPassphrase: there is neither a terminal to ask on nor a line to read.
	errNoPassphrase = errors.New("no passphrase was given")
	// errPassphraseFile: the file that --passphrase-file names cannot be read.
	errPassphraseFile = errors.New("the passphrase file cannot be read")
	// errDifferent: a new passphrase was typed in two ways.
	errDifferent = errors.New("the two passphrases differ")
	// errNameTooLong: a name on the command line is longer than home.MaxName.
	errNameTooLong = errors.New("the name is too long")
	// errUnaskedRepair: nobody could be asked whether to give up what cannot be read.
	errUnaskedRepair = errors.New("there is no terminal to ask about a repair on")
	// errNotOpened: somebody was asked that, and is not sure.
	errNotOpened = errors.New("the repair was not confirmed")
	// errStopped: it was interrupted, and has left nothing behind.
	errStopped = errors.New("stopped, with nothing left")
	// errOutput: what the command had to print could not be written.
	errOutput = errors.New("the output cannot be written")
)

// explain says in plain words why a command could not do its work.
func explain(err error) string {
	switch {
	case errors.Is(err, errNoPassphrase):
		return lang.T("command.no-passphrase")
	case errors.Is(err, errPassphraseFile):
		return lang.T("command.no-passphrase-file")
	case errors.Is(err, errDifferent):
		return lang.T("command.different")
	case errors.Is(err, errNameTooLong):
		return lang.F("command.name-too-long", map[string]any{"Max": home.MaxName})
	case errors.Is(err, errNoScreen):
		return lang.T("seat.no-screen")
	case errors.Is(err, errUnasked):
		return lang.T("seat.leave.unasked")
	case errors.Is(err, errKept):
		return lang.T("seat.leave.kept")
	case errors.Is(err, errUnaskedRepair):
		return lang.T("damage.command.unasked")
	case errors.Is(err, errNotOpened):
		return lang.T("damage.command.not-opened")
	case errors.Is(err, errWordsLost):
		return lang.T("seat.words-lost")
	case errors.Is(err, errStopped):
		return lang.T("backup.stopped")
	case errors.Is(err, errNoCase):
		return lang.T("practice-command.no-case")
	case errors.Is(err, errOnlyJSON):
		return lang.T("practice-command.only-json")
	case errors.Is(err, errOutput):
		return lang.T("command.no-output")
	}
	return sentence.Of(err)
}

// output is the standard output, and remembers that something of it was lost: an
// invitation that nobody could read must not look like one.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}
