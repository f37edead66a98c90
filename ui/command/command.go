package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// The exit codes.
const (
	exitDone            = 0
	exitDamaged         = 1
	exitCannotRun       = 2
	exitWrongPassphrase = 3
)

// Env is what a command sees of the world around it.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Ask reads a secret from the terminal without echo; nil if there is none.
	Ask func(prompt string) ([]byte, error)
	// Now is the clock; nil means the system's.
	Now func() time.Time
	// KDF is the cost of a guess at the passphrases of vaults that are made; the
	// zero value means the default. Only tests set it, with Insecure.
	KDF      keys.Params
	Insecure bool
}

func (e *Env) options() vault.Options {
	o := home.Options(e.Now)
	o.KDF, o.Insecure = e.KDF, e.Insecure
	return o
}

// command is one subcommand.
type command struct {
	name  string
	usage string // its arguments, as the usage line shows them
	about func() string
	args  [2]int // fewest and most arguments
	run   func(ctx context.Context, c *call) error
}

func commands() []command {
	return []command{
		{"create", "VAULT --name NAME [--kind home]", func() string { return lang.T("command.about.create") }, [2]int{1, 1}, create},
		{"invite", "VAULT", func() string { return lang.T("command.about.invite") }, [2]int{1, 1}, invite},
		{"join", "VAULT --name NAME", func() string { return lang.T("command.about.join") }, [2]int{1, 1}, join},
		{"info", "VAULT [--json]", func() string { return lang.T("command.about.info") }, [2]int{1, 1}, info},
		{"check", "VAULT [--json]", func() string { return lang.T("command.about.check") }, [2]int{1, 1}, check},
		{"import", "VAULT --format dayone|markdown|ebb PATH", func() string { return lang.T("command.about.import") }, [2]int{2, 2}, importEntries},
		{"export", "VAULT --format markdown|json FOLDER", func() string { return lang.T("command.about.export") }, [2]int{2, 2}, exportEntries},
		{"demo", "FOLDER", func() string { return lang.T("command.about.demo") }, [2]int{1, 1}, demo},
	}
}

// call is one run of a command: its arguments, its flags and its surroundings.
type call struct {
	*Env
	args           []string
	passphraseFile string
	name           string
	kind           string
	format         string
	json           bool

	secrets *secrets
}

// errUsage: the command line is not of the command's form.
var errUsage = errors.New("usage")

// errDamaged: the command ran and found damage, which it has reported.
var errDamaged = errors.New("damage was found")

// Known reports whether name is a subcommand; everything else is a vault to open
// in the window.
func Known(name string) bool {
	if name == "help" || name == "--help" || name == "-h" || name == "--version" {
		return true
	}
	for _, c := range commands() {
		if c.name == name {
			return true
		}
	}
	return false
}

// Run runs the command named by args[0] and returns its exit code.
func Run(ctx context.Context, args []string, version string, env Env) int {
	if args[0] == "--version" {
		fmt.Fprintln(env.Stdout, "ebb", version)
		return exitDone
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.execute(ctx, args[1:], &env)
		}
	}
	fmt.Fprint(env.Stdout, Usage())
	return exitDone
}

// Usage lists the commands.
func Usage() string {
	text := lang.T("command.usage") + "\n\n"
	for _, c := range commands() {
		text += fmt.Sprintf("  ebb %s %s\n      %s\n", c.name, c.usage, c.about())
	}
	return text + "\n" + lang.T("command.passphrase-flag") + "\n" + lang.T("command.exit-codes") + "\n"
}

func (c command) execute(ctx context.Context, args []string, env *Env) int {
	run := &call{Env: env}
	err := run.parse(c.name, args)
	if err == nil && (len(run.args) < c.args[0] || len(run.args) > c.args[1]) {
		err = errUsage
	}
	if errors.Is(err, errUsage) {
		fmt.Fprintf(env.Stderr, "%s ebb %s %s\n", lang.T("command.usage-line"), c.name, c.usage)
		return exitCannotRun
	}
	run.secrets = &secrets{env: env, file: run.passphraseFile}
	defer run.secrets.wipe()
	err = c.run(ctx, run)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errDamaged):
		return exitDamaged
	case errors.Is(err, errUsage):
		fmt.Fprintf(env.Stderr, "%s ebb %s %s\n", lang.T("command.usage-line"), c.name, c.usage)
		return exitCannotRun
	}
	fmt.Fprintln(env.Stderr, sentence.Of(err))
	switch {
	case errors.Is(err, vault.ErrWrongPassphrase):
		return exitWrongPassphrase
	case errors.Is(err, vault.ErrDamaged):
		return exitDamaged
	}
	return exitCannotRun
}

// parse reads flags wherever they stand.
func (c *call) parse(name string, args []string) error {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.passphraseFile, "passphrase-file", "", "")
	f.StringVar(&c.name, "name", "", "")
	f.StringVar(&c.kind, "kind", "home", "")
	f.StringVar(&c.format, "format", "", "")
	f.BoolVar(&c.json, "json", false, "")
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return errUsage
		}
		rest := f.Args()
		if len(rest) == 0 {
			break
		}
		// A lone -- ends the flags; what follows are arguments, whatever they look like.
		if at := len(args) - len(rest); at > 0 && args[at-1] == "--" {
			c.args = append(c.args, rest...)
			break
		}
		c.args = append(c.args, rest[0])
		args = rest[1:]
	}
	return nil
}

// session opens the vault and unlocks it as a person.
func (c *call) session(ctx context.Context) (*vault.Session, error) {
	passphrase, err := c.secrets.next(lang.T("command.ask.passphrase"))
	if err != nil {
		return nil, err
	}
	v, err := vault.Open(c.args[0], c.options())
	if err != nil {
		return nil, err
	}
	s, invitation, err := v.Unlock(ctx, passphrase)
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	if invitation != nil {
		// A one-time code opens no drawer, so here it is a wrong passphrase.
		return nil, errors.Join(vault.ErrWrongPassphrase, invitation.Close())
	}
	return s, nil
}

// withHome runs fn on an unlocked home vault and locks it afterwards, whatever
// happened.
func (c *call) withHome(ctx context.Context, fn func(*vault.Session, *home.Home) error) (err error) {
	s, err := c.session(ctx)
	if err != nil {
		return err
	}
	// Locking must not be cut short by the interruption that ends fn.
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	h, err := home.Open(ctx, s, c.Now)
	if err != nil {
		return err
	}
	return fn(s, h)
}
