// Package house holds the rules of Ebb's source tree, as tests: which package may
// import which, what the program stands on and under which licences, and what no
// file may have. They read the tree and need nothing but the go command.
//
// A rule that stands in the way is changed here, in a commit of its own that says
// why. The lists of exceptions name each exception with its reason, and an
// exception that nothing needs any more makes its test fail.
package house
