package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/kinds"
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
	// Ask reads a secret from the terminal without echo, until ctx ends; nil if
	// there is no terminal.
	Ask func(ctx context.Context, prompt string) ([]byte, error)
	// Screen is the terminal itself, wherever Stdout and Stderr lead: for progress,
	// and for what must not end in a file. Nil if there is none.
	Screen io.Writer
	// Now is the clock; nil means the system's.
	Now func() time.Time
	// KDF is the cost of a guess at the passphrases of vaults that are made; the
	// zero value means the default. Only tests set it, with Insecure.
	KDF      keys.Params
	Insecure bool
}

func (e *Env) options() vault.Options {
	o := kinds.Options(e.Now)
	o.KDF, o.Insecure = e.KDF, e.Insecure
	return o
}

// command is one subcommand.
type command struct {
	name  string
	usage string // its arguments, as the usage line shows them
	about func() string
	args  int // how many it takes; ownArgs: it looks at them itself
	flags []func(*call, *flag.FlagSet)
	run   func(ctx context.Context, c *call) error
}

func commands() []command {
	type flags = []func(*call, *flag.FlagSet)
	return []command{
		{"create", "VAULT --name NAME [--kind home|practice]", func() string { return lang.T("command.about.create") }, 1, flags{nameFlag, kindFlag, passphraseFlag}, create},
		{"invite", "VAULT", func() string { return lang.T("command.about.invite") }, 1, flags{passphraseFlag}, invite},
		{"join", "VAULT --name NAME", func() string { return lang.T("command.about.join") }, 1, flags{nameFlag, passphraseFlag}, join},
		{"info", "VAULT [--json]", func() string { return lang.T("command.about.info") }, 1, flags{jsonFlag}, info},
		{"check", "VAULT [--json] [--apart]", func() string { return lang.T("command.about.check") }, 1, flags{jsonFlag, apartFlag, passphraseFlag}, check},
		{"repair", "VAULT [--at-checkpoint] [--apart] [--keep FOLDER] [--yes]", func() string { return lang.T("damage.command.about") }, 1, flags{repairFlag, apartFlag, yesFlag, passphraseFlag}, repair},
		{"import", "VAULT --format dayone|jrnl|markdown|rednotebook|ebb PATH", func() string { return lang.T("command.about.import") }, 2, flags{formatFlag, passphraseFlag}, importEntries},
		{"export", "VAULT --format markdown|json|dayone [--case CODE] FOLDER", func() string { return lang.T("command.about.export") }, 2, flags{formatFlag, caseFlag, passphraseFlag}, exportEntries},
		{"backup", "VAULT DIR [--json] | --list DIR | --verify BACKUP | --drill BACKUP", func() string { return lang.T("backup.about.make") }, ownArgs, flags{backupFlags, jsonFlag, passphraseFlag}, backUp},
		{"restore", "BACKUP VAULT", func() string { return lang.T("backup.about.restore") }, 2, nil, restore},
		{"passphrase", "VAULT [--generate] [--recovery]", func() string { return lang.T("seat.about.passphrase") }, 1, flags{generateFlag, recoveryFlag, passphraseFlag}, changePassphrase},
		{"recovery", "VAULT", func() string { return lang.T("seat.about.recovery") }, 1, flags{passphraseFlag}, makeRecovery},
		{"rekey", "VAULT", func() string { return lang.T("seat.about.rekey") }, 1, flags{passphraseFlag}, rekey},
		{"leave", "VAULT [--yes]", func() string { return lang.T("seat.about.leave") }, 1, flags{yesFlag, passphraseFlag}, leave},
		{"library", "[--json]", func() string { return lang.T("command.about.library") }, 0, flags{jsonFlag}, library},
		{"demo", "FOLDER", func() string { return lang.T("command.about.demo") }, 1, nil, demo},
	}
}

const ownArgs = -1

// call is one run of a command: its arguments, its flags and its surroundings.
type call struct {
	*Env
	args           []string
	passphraseFile string
	name           string
	named          bool // --name was given, perhaps empty
	kind           string
	format         string
	json           bool
	seat           seatFlags
	repair         repairFlags
	office         officeFlags
	task           backupTask

	secrets *secrets
}

func passphraseFlag(c *call, f *flag.FlagSet) {
	f.Func("passphrase-file", "", func(file string) error {
		if file == "" { // a script's variable that is not set
			return errUsage
		}
		c.passphraseFile = file
		return nil
	})
}

func nameFlag(c *call, f *flag.FlagSet) {
	f.Func("name", "", func(name string) error {
		c.name, c.named = name, true
		return nil
	})
}

func kindFlag(c *call, f *flag.FlagSet)   { f.StringVar(&c.kind, "kind", "home", "") }
func formatFlag(c *call, f *flag.FlagSet) { f.StringVar(&c.format, "format", "", "") }
func jsonFlag(c *call, f *flag.FlagSet)   { f.BoolVar(&c.json, "json", false, "") }

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
	out := &output{Writer: env.Stdout}
	env.Stdout = out
	for _, c := range commands() {
		if c.name == args[0] {
			return c.execute(ctx, args[1:], &env, out)
		}
	}
	if args[0] == "--version" {
		fmt.Fprintln(out, "ebb", version)
	} else {
		fmt.Fprint(out, Usage())
	}
	if out.err != nil {
		fmt.Fprintln(env.Stderr, explain(errOutput))
		return exitCannotRun
	}
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

func (c command) usageLine() string {
	return fmt.Sprintf("%s ebb %s %s\n", lang.T("command.usage-line"), c.name, c.usage)
}

func (c command) execute(ctx context.Context, args []string, env *Env, out *output) int {
	run := &call{Env: env}
	err := run.parse(c, args)
	if err == nil {
		run.secrets = &secrets{env: env, file: run.passphraseFile}
		err = errors.Join(c.run(ctx, run), run.secrets.wipe())
	}
	if err == nil && out.err != nil {
		err = errOutput
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(env.Stdout, c.usageLine(), c.about(), "\n", c.details())
		return exitDone
	case errors.Is(err, errUsage):
		fmt.Fprint(env.Stderr, c.usageLine())
		return exitCannotRun
	case errors.Is(err, errDamaged):
		return exitDamaged
	}
	fmt.Fprintln(env.Stderr, explain(err))
	switch {
	case errors.Is(err, vault.ErrWrongPassphrase):
		return exitWrongPassphrase
	case errors.Is(err, vault.ErrDamaged):
		return exitDamaged
	}
	return exitCannotRun
}

// parse reads flags wherever they stand.
func (c *call) parse(cmd command, args []string) error {
	f := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	for _, define := range cmd.flags {
		define(c, f)
	}
	for len(args) > 0 {
		if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
			return err
		} else if err != nil {
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
	if cmd.args != ownArgs && len(c.args) != cmd.args {
		return errUsage
	}
	return nil
}

// session opens the vault and unlocks it as a person. The vault comes first: who
// mistyped its name need not type a passphrase to learn so.
func (c *call) session(ctx context.Context) (*vault.Session, error) {
	s, _, err := c.sessionBy(ctx, lang.T("command.ask.passphrase"))
	return s, err
}

// sessionBy is session with a prompt of its own, and gives what was typed.
func (c *call) sessionBy(ctx context.Context, prompt string) (*vault.Session, []byte, error) {
	v, err := vault.Open(c.args[0], c.options())
	if err != nil {
		return nil, nil, err
	}
	passphrase, err := c.secrets.next(ctx, prompt)
	if err != nil {
		return nil, nil, errors.Join(err, v.Close())
	}
	s, invitation, err := v.Unlock(ctx, passphrase)
	if err != nil {
		return nil, nil, errors.Join(err, v.Close())
	}
	if invitation != nil {
		// A one-time code opens no drawer, so here it is a wrong passphrase.
		return nil, nil, errors.Join(vault.ErrWrongPassphrase, invitation.Close())
	}
	return s, passphrase, nil
}

// withSession runs fn on an unlocked vault and locks it afterwards, whatever happened.
func (c *call) withSession(ctx context.Context, fn func(*vault.Session) error) (err error) {
	s, err := c.session(ctx)
	if err != nil {
		return err
	}
	// Locking must not be cut short by the interruption that ends fn.
	defer func() { err = errors.Join(err, s.Lock(context.WithoutCancel(ctx))) }()
	return fn(s)
}

// withHome is withSession for what there is only in a home.
func (c *call) withHome(ctx context.Context, fn func(*vault.Session, *home.Home) error) error {
	return c.withSession(ctx, func(s *vault.Session) error {
		if s.Kind() != keys.Home {
			return vault.ErrNotHome
		}
		h, err := home.Open(ctx, s, c.Now)
		if err != nil {
			return err
		}
		return fn(s, h)
	})
}
