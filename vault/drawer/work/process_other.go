//go:build !linux

package work

import (
	"errors"
	"time"
)

func processorTime() time.Duration { return 0 }

func resetPeak() {}

func peak() int64 { return 0 }

func forgetCached(...string) error {
	return errors.New("this system cannot be told to forget what it keeps of a file in memory")
}
