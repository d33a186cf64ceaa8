package main

import (
	"flag"
	"sync/atomic"
	"time"

	"github.com/hashicorp/memberlist"
)

// receiver counts the messages that arrive.
type receiver struct {
	count           atomic.Int64
	firstAt, lastAt atomic.Int64
	ended           chan struct{}
}

// runReceive prints its address, counts until the end mark, prints the count and ends.
func runReceive(arguments []string) error {
	set := flag.NewFlagSet("receive", flag.ExitOnError)
	settings := addSettings(set)
	if err := set.Parse(arguments); err != nil {
		return err
	}
	config, err := settings.config("receiver")
	if err != nil {
		return err
	}
	made := &receiver{ended: make(chan struct{}, 1)}
	config.Delegate = made
	list, err := memberlist.Create(config)
	if err != nil {
		return err
	}
	printMeasurement("ready", nil, fields{"address": list.LocalNode().Address()})
	cpuBefore := cpuTime()
	<-made.ended
	count, seconds := made.count.Load(), float64(made.lastAt.Load()-made.firstAt.Load())/1e9
	printMeasurement("received", settings.fields(), fields{
		"received": count, "seconds": round(seconds), "receivedPerSecond": round(float64(count) / max(seconds, 0.001)),
		"cpuSeconds": round((cpuTime() - cpuBefore).Seconds()), "residentBytes": residentBytes(),
	})
	return list.Shutdown()
}

func (r *receiver) NotifyMsg(message []byte) {
	if string(message) == endMark {
		r.ended <- struct{}{}
		return
	}
	now := time.Now().UnixNano()
	if r.count.Add(1) == 1 {
		r.firstAt.Store(now)
	}
	r.lastAt.Store(now)
}

func (r *receiver) NodeMeta(int) []byte             { return nil }
func (r *receiver) GetBroadcasts(int, int) [][]byte { return nil }
func (r *receiver) LocalState(bool) []byte          { return nil }
func (r *receiver) MergeRemoteState([]byte, bool)   {}
