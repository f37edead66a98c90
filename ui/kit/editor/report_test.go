//go:build ci

package editor

import (
	"slices"
	"testing"
)

// report adds the median and the slowest twentieth of a benchmark's times.
func report(b *testing.B, nanoseconds []float64) {
	slices.Sort(nanoseconds)
	n := len(nanoseconds)
	b.ReportMetric(nanoseconds[n/2]/1e6, "median-ms")
	b.ReportMetric(nanoseconds[n*95/100]/1e6, "p95-ms")
}
