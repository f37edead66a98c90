// Package exercises is the library: what couples can try, written out, with the
// rules that say when an exercise may be offered and when it may start. It stores
// nothing and shows nothing.
//
// # Policy
//
// The library is a menu and no course: there is no order, nothing unlocks
// anything, and whatever is not offered is simply not there. Closeness 0 and 1 ask
// for a spoken check when they begin. Everything closer, and the two practices
// that touch begins with, ask every person to open the exercise privately, and
// whether everybody did comes out as one bool ([Sitting.Start]) that has the same
// value for every reason why not.
//
// The texts are our own. Each exercise names the authors whose work it draws on;
// nobody named has endorsed it, and each waits for a clinical review (REVIEW.md).
package exercises
