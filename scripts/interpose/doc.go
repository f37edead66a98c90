// Package interpose stands between one thread of a test and the kernel: it sees
// each system call by which that thread reads or changes files below a folder,
// before it takes place, and may let it fail.
//
//	err := interpose.Watch(folder, func(c interpose.Call) interpose.Answer {
//		if c.Op == interpose.Sync {
//			return interpose.Answer{Errno: syscall.EIO}
//		}
//		return interpose.Answer{}
//	}, func() error { return somethingThatWritesInTheFolder() })
//
// The code under test is the program's own, without a hook in it and without a
// process of its own, so it can be struck thousands of times in a minute. It
// works by seccomp's user notifications (Linux 5.5 and later, amd64 and arm64)
// and needs no rights: the filter is put on a thread that Watch makes for the
// call and that ends with it. What the code hands to other goroutines is not
// seen, so contexts that can be cancelled do not belong there: the database
// driver runs their statements elsewhere.
//
// [Tape] records what was written, in order, and makes of it what a power cut at
// any moment would have left on the device: see [Tape.Device].
package interpose
