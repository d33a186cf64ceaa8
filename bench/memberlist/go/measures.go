package main

import (
	"fmt"
	"slices"
	"time"
)

const broadcastRounds = 5

// converge is the time from the last join until every node lists all.
func (c *cluster) converge(settings *settings, n int) error {
	var joined time.Time
	for index := range n {
		config, err := settings.config(fmt.Sprintf("node-%d", index))
		if err != nil {
			return err
		}
		if err := countTraffic(config, &c.traffic); err != nil {
			return err
		}
		made, err := newNode(config)
		if err != nil {
			return err
		}
		c.nodes = append(c.nodes, made)
		if index == 0 {
			c.firstHeap, c.firstResident = heapBytes(), residentBytes()
			continue
		}
		joined = time.Now()
		if _, err := made.list.Join([]string{c.nodes[0].list.LocalNode().Address()}); err != nil {
			return err
		}
	}
	err := c.waitUntil("convergence", func() bool {
		return !slices.ContainsFunc(c.nodes, func(n *node) bool { return n.list.NumMembers() != len(c.nodes) })
	})
	if err == nil {
		c.print("convergence", fields{"ms": milliseconds(time.Since(joined))})
	}
	return err
}

// steady is what nodes that know each other cost.
func (c *cluster) steady(window time.Duration) {
	before, cpuBefore, from := c.traffic.counts(), cpuTime(), time.Now()
	time.Sleep(window)
	after, cpu, seconds := c.traffic.counts(), cpuTime()-cpuBefore, time.Since(from).Seconds()
	each := func(difference int64) float64 { return round(float64(difference) / seconds / float64(len(c.nodes))) }
	c.print("steady", fields{
		"seconds":                 round(seconds),
		"packetsPerSecondPerNode": each(after.packets - before.packets),
		"bytesPerSecondPerNode":   each(after.bytes - before.bytes),
		"dialsPerSecondPerNode":   each(after.dials - before.dials),
		"cpuPercentPerNode":       round(100 * cpu.Seconds() / seconds / float64(len(c.nodes))),
	})
}

// memory of the process, and what each node after the first has added.
func (c *cluster) memory() {
	resident, heap := residentBytes(), heapBytes()
	more := max(1, int64(len(c.nodes)-1))
	c.print("memory", fields{
		"residentBytes":               resident,
		"residentBytesPerFurtherNode": (resident - c.firstResident) / more,
		"heapBytesPerFurtherNode":     (heap - c.firstHeap) / more,
	})
}

// broadcasts is the time until the last node has heard what the first one tells.
func (c *cluster) broadcasts() error {
	var times []time.Duration
	for turn := range broadcastRounds {
		text := fmt.Sprintf("broadcast %d", turn)
		from := time.Now()
		c.nodes[0].broadcast(text)
		last, err := c.lastOf("a broadcast", c.nodes, func(n *node) (time.Time, bool) { return n.heardAt(text) })
		if err != nil {
			return err
		}
		times = append(times, last.Sub(from))
	}
	slices.Sort(times)
	c.print("broadcast", fields{
		"rounds": broadcastRounds,
		"p50Ms":  milliseconds(times[len(times)/2]),
		"maxMs":  milliseconds(times[len(times)-1]),
	})
	return nil
}

// crash is the time until the first and the last node say that one is gone that closed its sockets without a word.
func (c *cluster) crash() error {
	victim, others := c.takeLast()
	from := time.Now()
	if err := victim.list.Shutdown(); err != nil {
		return err
	}
	gone := func(n *node) (time.Time, bool) { return n.goneAt(victim.name) }
	last, err := c.lastOf("a crash", others, gone)
	if err != nil {
		return err
	}
	first := last
	falsePositives := 0
	for _, each := range others {
		if at, _ := gone(each); at.Before(first) {
			first = at
		}
		falsePositives += each.goneCount() - 1
	}
	c.print("crash", fields{
		"firstMs": milliseconds(first.Sub(from)), "lastMs": milliseconds(last.Sub(from)), "falsePositives": falsePositives,
	})
	return nil
}

// leave is how long the call takes, and until the last other node knows.
func (c *cluster) leave() error {
	leaver, others := c.takeLast()
	from := time.Now()
	if err := leaver.list.Leave(c.limit); err != nil {
		return err
	}
	call := time.Since(from)
	last, err := c.lastOf("a leave", others, func(n *node) (time.Time, bool) { return n.goneAt(leaver.name) })
	if err == nil {
		c.print("leave", fields{"callMs": milliseconds(call), "lastMs": milliseconds(last.Sub(from))})
	}
	return err
}
