package interpose

import "golang.org/x/sys/unix"

var callsHere = []systemCall{{unix.SYS_FSTATAT, Stat, byPath}}
