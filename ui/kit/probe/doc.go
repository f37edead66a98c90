// Package probe lets a test in the real window read what is on the screen. It is
// part of programs built with the tag windowprobe; in every other, and so in
// every one that is given to people, [Start] is an empty function and Fyne's test
// package stays out.
//
// # Protocol
//
// The environment variable EBB_PROBE names a folder with two named pipes. The
// test writes a line of its choice to the pipe "ask"; the program lets a whole
// frame pass (events that were under way are handled, what they changed is laid
// out and drawn), reads its windows and writes one line to the pipe "tell": a
// [Screen] in JSON that carries the line back. Pipes, unlike a connection, stay
// when the program replaces itself at the lock, and need no socket.
package probe
