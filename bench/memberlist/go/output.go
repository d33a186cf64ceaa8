package main

import (
	"encoding/json"
	"math"
	"os"
	"sync"
	"time"
)

type fields map[string]any

var outputLock sync.Mutex

// printMeasurement prints one line; common are the settings that all lines of a run share.
func printMeasurement(measure string, common, more fields) {
	line := fields{"measure": measure, "library": "memberlist " + version()}
	for _, each := range []fields{common, more} {
		for name, value := range each {
			line[name] = value
		}
	}
	outputLock.Lock()
	defer outputLock.Unlock()
	_ = json.NewEncoder(os.Stdout).Encode(line)
}

func milliseconds(duration time.Duration) float64 {
	return round(float64(duration) / 1e6)
}

// round keeps two digits after the point.
func round(value float64) float64 { return math.Round(value*100) / 100 }
