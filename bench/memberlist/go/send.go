package main

import (
	"errors"
	"flag"
	"time"

	"github.com/hashicorp/memberlist"
)

const (
	// clockEvery is after how many datagrams the sender looks at the clock.
	clockEvery = 64
	// settleTime is how long the receiver may work off what has arrived before it is told that this was all.
	settleTime = time.Second
)

// runSend joins a receiver and sends it as many messages as it can, one after another, then the end mark.
func runSend(arguments []string) error {
	set := flag.NewFlagSet("send", flag.ExitOnError)
	settings := addSettings(set)
	to := set.String("to", "", "host:port of the receiver")
	mode := set.String("mode", "udp", "udp or tcp")
	size := set.Int("size", 100, "bytes of a message, 4 to 1200")
	seconds := set.Float64("seconds", 4, "how long")
	if err := set.Parse(arguments); err != nil {
		return err
	}
	config, err := settings.config("sender")
	if err != nil {
		return err
	}
	list, err := memberlist.Create(config)
	if err != nil {
		return err
	}
	if _, err := list.Join([]string{*to}); err != nil {
		return err
	}
	target, err := otherMember(list)
	if err != nil {
		return err
	}
	sendOne, each := list.SendBestEffort, clockEvery
	if *mode == "tcp" {
		sendOne, each = list.SendReliable, 1
	}

	message := payload(*size)
	sent, failed := 0, 0
	cpuBefore, from := cpuTime(), time.Now()
	until := from.Add(time.Duration(*seconds * float64(time.Second)))
	for time.Now().Before(until) {
		for range each {
			number(message, uint32(sent))
			if err := sendOne(target, message); err != nil {
				failed++
			} else {
				sent++
			}
		}
	}
	taken, cpu := time.Since(from), cpuTime()-cpuBefore
	time.Sleep(settleTime)
	if err := list.SendReliable(target, []byte(endMark)); err != nil {
		return err
	}
	printMeasurement("sent", settings.fields(), fields{
		"mode": *mode, "size": *size, "sent": sent, "failed": failed, "seconds": round(taken.Seconds()),
		"sentPerSecond": round(float64(sent) / taken.Seconds()), "cpuSeconds": round(cpu.Seconds()),
	})
	return list.Shutdown()
}

func otherMember(list *memberlist.Memberlist) (*memberlist.Node, error) {
	for _, node := range list.Members() {
		if node.Name != list.LocalNode().Name {
			return node, nil
		}
	}
	return nil, errors.New("the receiver has not become a member")
}
