// Package window is Ebb's one window: the first pages, unlocking, the rail and
// its pages, every shortcut, quick hide, the idle lock and locking.
//
// # Policy
//
// Locking replaces the process. A garbage-collected program cannot wipe all
// copies of a text it has shown; a new process has none. The order is: what is
// being written is sealed in its drawer, the screen is cleared, the drawers are
// closed, the clipboard is cleared if Ebb filled it, and then the process starts
// anew on the unlock page.
//
// Quick hide paints a neutral page first and does the rest of locking behind it;
// the process is replaced at the next touch, so that nothing flashes while
// somebody looks.
//
// Every shortcut is an item of the menu: shortcuts set on a Fyne canvas never fire
// while a text field has the focus.
//
// The window's title, icon and preferences are neutral. Preferences hold colours,
// text size and window size, and nothing else.
package window
