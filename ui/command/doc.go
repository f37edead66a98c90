// Package command holds Ebb's subcommands: for scripts, administrators and
// recovery, beside the window.
//
// Every command that needs a passphrase asks for it on the terminal without echo,
// or reads the first line of --passphrase-file (- is standard input). Flags may
// stand before or after the arguments. Nothing private is printed unless it was
// asked for.
//
// Exit codes: 0 done and sound; 1 damage was found, or part of the work could not
// be done; 2 the command could not run; 3 wrong passphrase.
package command
