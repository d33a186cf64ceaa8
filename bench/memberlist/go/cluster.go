package main

import (
	"flag"
	"fmt"
	"time"
)

const pollInterval = 2 * time.Millisecond

// cluster is n nodes in this process.
type cluster struct {
	common  fields
	nodes   []*node
	traffic traffic
	limit   time.Duration
	// Of the process with one node.
	firstResident, firstHeap int64
}

// runCluster measures what a cluster of n nodes in one process does, one thing after another.
func runCluster(arguments []string) error {
	set := flag.NewFlagSet("cluster", flag.ExitOnError)
	settings := addSettings(set)
	n := set.Int("nodes", 3, "how many")
	seconds := set.Int("seconds", 15, "of the steady window")
	drain := set.Int("drain", 5, "seconds between convergence and the steady window")
	limit := set.Int("limit", 90, "seconds after which waiting for an event fails")
	if err := set.Parse(arguments); err != nil {
		return err
	}
	c := &cluster{common: settings.fields(), limit: time.Duration(*limit) * time.Second}
	c.common["nodes"] = *n
	if err := c.converge(settings, *n); err != nil {
		return err
	}
	time.Sleep(time.Duration(*drain) * time.Second)
	c.steady(time.Duration(*seconds) * time.Second)
	c.memory()
	for _, measure := range []func() error{c.broadcasts, c.crash, c.leave} {
		if err := measure(); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) takeLast() (*node, []*node) {
	end := len(c.nodes) - 1
	taken := c.nodes[end]
	c.nodes = c.nodes[:end]
	return taken, c.nodes
}

func (c *cluster) lastOf(what string, nodes []*node, at func(*node) (time.Time, bool)) (time.Time, error) {
	var last time.Time
	err := c.waitUntil(what, func() bool {
		for _, each := range nodes {
			moment, ok := at(each)
			if !ok {
				return false
			}
			if moment.After(last) {
				last = moment
			}
		}
		return true
	})
	return last, err
}

func (c *cluster) waitUntil(what string, isSo func() bool) error {
	for until := time.Now().Add(c.limit); !isSo(); time.Sleep(pollInterval) {
		if time.Now().After(until) {
			c.print("failed", fields{"waitedFor": what, "seconds": c.limit.Seconds()})
			return fmt.Errorf("%s took longer than %s", what, c.limit)
		}
	}
	return nil
}

func (c *cluster) print(measure string, more fields) { printMeasurement(measure, c.common, more) }
