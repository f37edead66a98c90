package command

import (
	"fmt"
	"io"
	"time"
)

// progress shows one line on the terminal that long work rewrites, at most a few
// times a second. Where there is no terminal it says nothing: a script wants the
// result.
type progress struct {
	screen io.Writer // nil if there is no terminal
	last   time.Time
	any    bool
}

func (c *call) progress() *progress { return &progress{screen: c.Screen} }

const progressEvery = 100 * time.Millisecond

func (p *progress) show(what string, done, total int64) {
	if p.screen == nil || time.Since(p.last) < progressEvery {
		return
	}
	p.last, p.any = time.Now(), true
	if total > 0 {
		fmt.Fprintf(p.screen, "\r%s %d %%  ", what, done*100/total)
	} else {
		fmt.Fprintf(p.screen, "\r%s %d  ", what, done)
	}
}

func (p *progress) end() {
	if p.any {
		fmt.Fprint(p.screen, "\r\x1b[K")
	}
}
