package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"ebb/ui/lang"
	"ebb/vault"
)

// seatFlags are what the commands about somebody's own seat take.
type seatFlags struct {
	generate bool // let Ebb make the passphrase
	recovery bool // make recovery words, also if there were none
	yes      bool // leave without being asked
}

func generateFlag(c *call, f *flag.FlagSet) { f.BoolVar(&c.seat.generate, "generate", false, "") }
func recoveryFlag(c *call, f *flag.FlagSet) { f.BoolVar(&c.seat.recovery, "recovery", false, "") }
func yesFlag(c *call, f *flag.FlagSet)      { f.BoolVar(&c.seat.yes, "yes", false, "") }

var (
	// errNoScreen: a generated passphrase cannot be shown.
	errNoScreen = errors.New("there is no terminal to show a passphrase on")
	// errUnasked: nobody could be asked whether they are sure.
	errUnasked = errors.New("there is no terminal to ask on")
	// errKept: somebody was asked, and is not sure.
	errKept = errors.New("it was not confirmed")
	// errWordsLost: recovery words were made and could not be printed.
	errWordsLost = errors.New("the recovery words cannot be written")
)

// withSeat opens a session, gives fn what it was opened with, and locks.
func (c *call) withSeat(ctx context.Context, prompt string, fn func(s *vault.Session, passphrase []byte) error) (err error) {
	s, passphrase, err := c.sessionBy(ctx, prompt)
	if err != nil {
		return err
	}
	// Locking must not be cut short by the interruption that ends fn.
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	return fn(s, passphrase)
}

func changePassphrase(ctx context.Context, c *call) error {
	return c.withSeat(ctx, lang.T("seat.ask-current"), func(s *vault.Session, current []byte) error {
		fresh, err := c.renewed(ctx)
		if err != nil {
			return err
		}
		bar := c.progress()
		words, err := s.ChangePassphrase(ctx, current, fresh, func(done, total int64) { bar.show(lang.T("seat.changing"), done, total) })
		bar.end()
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Stderr, lang.T("seat.changed"))
		if words == "" && c.seat.recovery {
			if words, err = s.NewRecovery(ctx, fresh); err != nil {
				return err
			}
		}
		if words == "" {
			return nil
		}
		return c.printWords(words)
	})
}

// renewed is the new passphrase, which Ebb makes if it was told to.
func (c *call) renewed(ctx context.Context) ([]byte, error) {
	if !c.seat.generate {
		return c.secrets.fresh(ctx)
	}
	if c.Screen == nil {
		return nil, errNoScreen
	}
	return c.secrets.generate()
}

func makeRecovery(ctx context.Context, c *call) error {
	return c.withSeat(ctx, lang.T("seat.ask-current"), func(s *vault.Session, passphrase []byte) error {
		words, err := s.NewRecovery(ctx, passphrase)
		if err != nil {
			return err
		}
		return c.printWords(words)
	})
}

// printWords prints recovery words, and nothing else, on standard output.
func (c *call) printWords(words string) error {
	if _, err := fmt.Fprintln(c.Stdout, words); err != nil {
		return errWordsLost
	}
	fmt.Fprintln(c.Stderr, lang.T("seat.words"))
	return nil
}

func rekey(ctx context.Context, c *call) error {
	return c.withSeat(ctx, lang.T("command.ask.passphrase"), func(s *vault.Session, _ []byte) error {
		bar := c.progress()
		err := s.Rekey(ctx, func(done, total int64) { bar.show(lang.T("seat.rekeying"), done, total) })
		bar.end()
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Stderr, lang.T("seat.rekeyed"))
		return nil
	})
}

func leave(ctx context.Context, c *call) error {
	return c.withSeat(ctx, lang.T("command.ask.passphrase"), func(s *vault.Session, passphrase []byte) error {
		fmt.Fprintln(c.Stderr, lang.T("seat.leave.about"))
		if len(s.Members()) == 1 {
			fmt.Fprintln(c.Stderr, lang.T("seat.leave.alone"))
		}
		if err := c.confirmLeaving(ctx); err != nil {
			return err
		}
		if err := s.Leave(ctx, passphrase); err != nil {
			return err
		}
		fmt.Fprintln(c.Stderr, lang.T("seat.leave.done"))
		return nil
	})
}

// confirmLeaving asks for a word, on the terminal.
func (c *call) confirmLeaving(ctx context.Context) error {
	switch {
	case c.seat.yes:
		return nil
	case c.Ask == nil:
		return errUnasked
	}
	word := lang.T("seat.leave.word")
	answer, err := c.Ask(ctx, lang.F("seat.leave.ask", map[string]any{"Word": word}))
	if err != nil {
		return errKept
	}
	if !strings.EqualFold(strings.TrimSpace(string(answer)), word) {
		return errKept
	}
	return nil
}
