//go:build codec

package main

import (
	"flag"
	"time"

	"github.com/hashicorp/memberlist"
)

// runCodec times what only memberlist's own package can call; see codec/codec.go.
func runCodec(arguments []string) error {
	set := flag.NewFlagSet("codec", flag.ExitOnError)
	seconds := set.Float64("seconds", 0.5, "for each operation")
	if err := set.Parse(arguments); err != nil {
		return err
	}
	operations, err := memberlist.BenchOperations()
	if err != nil {
		return err
	}
	for _, each := range operations {
		count, elapsed, err := repeat(each.Run, time.Duration(*seconds*float64(time.Second)))
		if err != nil {
			return err
		}
		printMeasurement("codec", nil, fields{
			"operation": each.Name, "microseconds": float64(elapsed.Nanoseconds()/int64(count)) / 1e3, "count": count,
			"bytes": each.Bytes,
		})
	}
	return nil
}

// repeat runs the operation for so long, after a warm-up of a tenth of it, in batches between looks at the clock.
func repeat(run func() error, budget time.Duration) (int, time.Duration, error) {
	if _, _, err := runFor(run, budget/10); err != nil {
		return 0, 0, err
	}
	return runFor(run, budget)
}

func runFor(run func() error, budget time.Duration) (int, time.Duration, error) {
	const batch = 16
	count := 0
	from := time.Now()
	for time.Since(from) < budget {
		for range batch {
			if err := run(); err != nil {
				return 0, 0, err
			}
		}
		count += batch
	}
	return count, time.Since(from), nil
}
