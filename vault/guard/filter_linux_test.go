package guard

import (
	"encoding/binary"
	"testing"

	"golang.org/x/sys/unix"
)

// call is one system call as a filter sees it.
type call struct {
	audit, number uint32
	family        uint64
}

// run interprets the four instructions that the filter uses.
func run(t *testing.T, program []unix.SockFilter, c call) uint32 {
	t.Helper()
	var data [64]byte
	binary.LittleEndian.PutUint32(data[numberAt:], c.number)
	binary.LittleEndian.PutUint32(data[architectureAt:], c.audit)
	binary.LittleEndian.PutUint64(data[argument0At:], c.family)
	var word uint32
	for at := 0; at < len(program); at++ {
		i := program[at]
		holds := false
		switch i.Code {
		case unix.BPF_LD | unix.BPF_W | unix.BPF_ABS:
			word = binary.LittleEndian.Uint32(data[i.K:])
			continue
		case unix.BPF_RET | unix.BPF_K:
			return i.K
		case unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K:
			holds = word == i.K
		case unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K:
			holds = word&i.K != 0
		default:
			t.Fatalf("instruction %d has the unknown code %#x", at, i.Code)
		}
		if holds {
			at += int(i.Jt)
		} else {
			at += int(i.Jf)
		}
	}
	t.Fatal("the program runs over its end")
	return 0
}

func refusal(e unix.Errno) uint32 { return answerErrno | uint32(e) }

func TestNetworkFilterAnswers(t *testing.T) {
	const auditI386, auditARM = 0x40000003, 0x40000028
	for name, c := range conventions {
		t.Run(name, func(t *testing.T) {
			program, err := networkFilter(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range []struct {
				what string
				call call
				want uint32
			}{
				{"unix socket", call{c.audit, c.socket, unix.AF_UNIX}, answerAllow},
				{"netlink socket", call{c.audit, c.socket, unix.AF_NETLINK}, answerAllow},
				{"unix pair", call{c.audit, c.socketpair, unix.AF_UNIX}, answerAllow},
				{"IPv4", call{c.audit, c.socket, unix.AF_INET}, refusal(unix.EAFNOSUPPORT)},
				{"IPv6", call{c.audit, c.socket, unix.AF_INET6}, refusal(unix.EAFNOSUPPORT)},
				{"packet", call{c.audit, c.socket, unix.AF_PACKET}, refusal(unix.EAFNOSUPPORT)},
				{"vsock", call{c.audit, c.socket, unix.AF_VSOCK}, refusal(unix.EAFNOSUPPORT)},
				{"bluetooth", call{c.audit, c.socket, unix.AF_BLUETOOTH}, refusal(unix.EAFNOSUPPORT)},
				{"family 0", call{c.audit, c.socket, 0}, refusal(unix.EAFNOSUPPORT)},
				{"IPv4 pair", call{c.audit, c.socketpair, unix.AF_INET}, refusal(unix.EAFNOSUPPORT)},
				{"IPv4 with rubbish above 32 bits", call{c.audit, c.socket, 1<<32 | unix.AF_INET}, refusal(unix.EAFNOSUPPORT)},
				{"probe", call{c.audit, c.socket, probeFamily}, refusal(probeAnswer)},
				{"io_uring_setup", call{c.audit, ioUringSetup, 0}, refusal(unix.EPERM)},
				{"io_uring_enter", call{c.audit, ioUringEnter, 0}, refusal(unix.EPERM)},
				{"io_uring_register", call{c.audit, ioUringRegister, 0}, refusal(unix.EPERM)},
				{"read", call{c.audit, 0, 99}, answerAllow},
				{"32-bit x86", call{auditI386, 359, unix.AF_INET}, refusal(unix.ENOSYS)},
				{"32-bit ARM", call{auditARM, 281, unix.AF_INET}, refusal(unix.ENOSYS)},
			} {
				if got := run(t, program, row.call); got != row.want {
					t.Errorf("%s: %#x, want %#x", row.what, got, row.want)
				}
			}
			if c.x32 {
				for _, number := range []uint32{c.socket, 39, ioUringSetup} {
					if got := run(t, program, call{c.audit, x32Bit | number, unix.AF_UNIX}); got != refusal(unix.ENOSYS) {
						t.Errorf("x32 call %d: %#x", number, got)
					}
				}
			}
		})
	}
}

func TestAssemblerRefusesWhatItCannotReach(t *testing.T) {
	var none, back, far assembler
	none.jumpIf(1, "nowhere")
	none.answer(0)

	back.label("here")
	back.jumpIf(1, "here")
	back.answer(0)

	far.jumpIf(1, "end")
	for range 256 {
		far.load(0)
	}
	far.label("end")
	far.answer(0)

	var over assembler
	over.jumpIf(1, "end")
	over.label("end")
	for name, a := range map[string]*assembler{"no label": &none, "backwards": &back, "too far": &far, "over the end": &over} {
		if _, err := a.assemble(); err == nil {
			t.Errorf("%s: assembled", name)
		}
	}
}
