package practice

import (
	"context"
	"encoding/json"
)

// Cover is who advises the practitioner, and who stands in for them: for hours that they
// do not work, and for days on which they cannot. Nothing in it is about anybody who
// comes.
type Cover struct {
	Supervisor string // with whom, and how they are reached
	Hours      string // when supervision is, and how often
	Locum      string // who stands in, and how they are reached
	Away       string // when the practitioner does not work
	May        string // what the one who stands in may know of whom, and how they get it
}

const coverName = "cover"

// Cover returns what was kept of it; empty if nothing was.
func (p *Practice) Cover(ctx context.Context) (c Cover, err error) {
	value, err := p.setting(ctx, coverName)
	if err != nil || value == "" {
		return c, err
	}
	return c, json.Unmarshal([]byte(value), &c)
}

// SetCover keeps it, each line within MaxLine.
func (p *Practice) SetCover(ctx context.Context, c Cover) error {
	if err := lines(MaxLine, &c.Supervisor, &c.Hours, &c.Locum, &c.Away, &c.May); err != nil {
		return err
	}
	value, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return p.set(ctx, coverName, string(value))
}
