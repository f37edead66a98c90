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
	out  io.Writer
	last time.Time
	any  bool
}

func (c *call) progress() *progress {
	if c.Ask == nil { // no terminal
		return &progress{}
	}
	return &progress{out: c.Stderr}
}

const progressEvery = 100 * time.Millisecond

func (p *progress) show(what string, done, total int64) {
	if p.out == nil || time.Since(p.last) < progressEvery {
		return
	}
	p.last, p.any = time.Now(), true
	if total > 0 {
		fmt.Fprintf(p.out, "\r%s %d %%  ", what, done*100/total)
	} else {
		fmt.Fprintf(p.out, "\r%s %d  ", what, done)
	}
}

func (p *progress) end() {
	if p.any {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
