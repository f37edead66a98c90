package guard

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// What a filter sees of a system call: struct seccomp_data in linux/seccomp.h.
// Both architectures are little-endian, so the low half of an argument comes
// first.
const (
	numberAt       = 0
	architectureAt = 4
	argument0At    = 16
)

// Answers of a filter (linux/seccomp.h).
const (
	answerAllow = 0x7fff0000
	answerErrno = 0x00050000 // with the error number in the low 16 bits
)

// convention is how one architecture numbers the system calls that matter here.
type convention struct {
	audit      uint32 // AUDIT_ARCH_ in linux/audit.h
	socket     uint32
	socketpair uint32
	x32        bool // has the x32 convention beside its own
}

// Both architectures share the numbers of io_uring: the calls are younger than
// the common table.
const (
	ioUringSetup    = 425
	ioUringEnter    = 426
	ioUringRegister = 427
	x32Bit          = 0x40000000 // __X32_SYSCALL_BIT in asm/unistd.h
)

var conventions = map[string]convention{
	"amd64": {audit: 0xc000003e, socket: 41, socketpair: 53, x32: true},
	"arm64": {audit: 0xc00000b7, socket: 198, socketpair: 199},
}

// A process inherits the filter through exec and cannot drop it, so a program
// that replaces itself at every lock would stack one filter per lock, each
// slowing every call down, until the kernel refuses more. A socket of this
// family, which no kernel has, is answered with an error that no kernel gives
// for it: that is how a process learns that this very filter is in force. The
// last byte is the filter's version.
const (
	probeFamily = 0x45626201 // "Ebb" and 1
	probeAnswer = unix.EUCLEAN
)

// networkFilter is the program that DenyNetwork installs:
//
//   - a call in another convention than the machine's own (32 bit, x32) does not
//     exist, because its numbers mean other calls, sockets among them;
//   - socket and socketpair make sockets of AF_UNIX (the display and the session
//     bus) and AF_NETLINK (graphics drivers look for devices; it speaks to the
//     kernel of this machine only), and no other;
//   - io_uring, which makes and uses sockets without these calls, is refused;
//   - everything else is allowed.
func networkFilter(c convention) ([]unix.SockFilter, error) {
	var p assembler
	p.load(architectureAt)
	p.jumpUnless(c.audit, "no such call")
	p.load(numberAt)
	if c.x32 {
		p.jumpIfAny(x32Bit, "no such call")
	}
	p.jumpIf(c.socket, "socket")
	p.jumpIf(c.socketpair, "socket")
	p.jumpIf(ioUringSetup, "refuse")
	p.jumpIf(ioUringEnter, "refuse")
	p.jumpIf(ioUringRegister, "refuse")
	p.answer(answerAllow)

	p.label("socket") // the kernel takes the family from the low 32 bits, as this does
	p.load(argument0At)
	p.jumpIf(unix.AF_UNIX, "allow")
	p.jumpIf(unix.AF_NETLINK, "allow")
	p.jumpIf(probeFamily, "probe")
	p.answer(answerErrno | uint32(unix.EAFNOSUPPORT))

	p.label("allow")
	p.answer(answerAllow)
	p.label("refuse")
	p.answer(answerErrno | uint32(unix.EPERM))
	p.label("probe")
	p.answer(answerErrno | uint32(probeAnswer))
	p.label("no such call")
	p.answer(answerErrno | uint32(unix.ENOSYS))
	return p.assemble()
}

// assembler writes classic BPF with labels instead of counted jumps. Jumps go
// forward only, as the machine wants it.
type assembler struct {
	program []unix.SockFilter
	labels  map[string]int
	jumps   []jump
}

type jump struct {
	at    int
	label string
	when  bool // the jump is taken when the test holds
}

func (a *assembler) load(offset uint32) {
	a.program = append(a.program, unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset})
}

// jumpIf jumps when the loaded word is value, jumpUnless when it is not, and
// jumpIfAny when it has any of the bits.
func (a *assembler) jumpIf(value uint32, label string) { a.jump(unix.BPF_JEQ, value, label, true) }

func (a *assembler) jumpUnless(value uint32, label string) {
	a.jump(unix.BPF_JEQ, value, label, false)
}

func (a *assembler) jumpIfAny(bits uint32, label string) { a.jump(unix.BPF_JSET, bits, label, true) }

func (a *assembler) jump(test uint16, k uint32, label string, when bool) {
	a.jumps = append(a.jumps, jump{at: len(a.program), label: label, when: when})
	a.program = append(a.program, unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, K: k})
}

func (a *assembler) answer(k uint32) {
	a.program = append(a.program, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: k})
}

func (a *assembler) label(name string) {
	if a.labels == nil {
		a.labels = make(map[string]int)
	}
	a.labels[name] = len(a.program)
}

// assemble fills in the distances.
func (a *assembler) assemble() ([]unix.SockFilter, error) {
	for _, j := range a.jumps {
		target, ok := a.labels[j.label]
		distance := target - j.at - 1
		if !ok || target >= len(a.program) || distance < 0 || distance > 255 {
			return nil, fmt.Errorf("the filter has no way to %q", j.label)
		}
		if j.when {
			a.program[j.at].Jt = uint8(distance)
		} else {
			a.program[j.at].Jf = uint8(distance)
		}
	}
	return a.program, nil
}
