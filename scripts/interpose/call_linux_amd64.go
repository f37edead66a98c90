package interpose

import "golang.org/x/sys/unix"

// callsHere are calls of this architecture alone: younger ones never had them.
var callsHere = []systemCall{
	{unix.SYS_NEWFSTATAT, Stat, byPath},
	{unix.SYS_OPEN, 0, noAnswer},
	{unix.SYS_CREAT, 0, noAnswer},
	{unix.SYS_RENAME, 0, noAnswer},
	{unix.SYS_MKDIR, 0, noAnswer},
	{unix.SYS_TRUNCATE, 0, noAnswer},
	{unix.SYS_UNLINK, Remove, byOldPath},
	{unix.SYS_STAT, Stat, byOldPath},
	{unix.SYS_LSTAT, Stat, byOldPath},
	{unix.SYS_ACCESS, Stat, byOldPath},
}
