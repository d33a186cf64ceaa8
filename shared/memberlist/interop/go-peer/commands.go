package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hashicorp/memberlist"
)

// announceTimeout bounds how long `meta` and `leave` wait until their broadcast has gone out.
const announceTimeout = 5 * time.Second

// readCommands runs one command a line, one after another, until `quit`: true, or the end of the input: false.
func (p *peer) readCommands(input io.Reader) bool {
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		command, rest := cut(lines.Text())
		if command == "quit" {
			return true
		}
		if command == "" {
			continue
		}
		if err := p.run(command, rest); err != nil {
			printError(command, err)
		}
	}
	return false
}

func (p *peer) run(command, rest string) error {
	switch command {
	case "members":
		nodes := []fields{}
		for _, node := range p.list.Members() {
			nodes = append(nodes, tableNode(node))
		}
		printEvent("members", fields{"nodes": nodes})
	case "join":
		p.join(splitList(rest))
	case "meta":
		p.mutex.Lock()
		p.meta = []byte(rest)
		p.mutex.Unlock()
		return p.list.UpdateNode(announceTimeout)
	case "state":
		p.mutex.Lock()
		p.state = []byte(rest)
		p.mutex.Unlock()
	case "broadcast":
		p.queue.QueueBroadcast(broadcast(rest))
	case "send", "send-reliable":
		return p.send(command, rest)
	case "key":
		return p.changeKeys(rest)
	case "leave":
		return p.list.Leave(announceTimeout)
	case "stats":
		printEvent("stats", fields{
			"members": p.list.NumMembers(), "health": p.list.GetHealthScore(), "queued": p.queue.NumQueued(),
		})
	default:
		return errors.New("unknown command")
	}
	return nil
}

func (p *peer) join(addresses []string) {
	if _, err := p.list.Join(addresses); err != nil {
		printError("join", err)
	}
}

func (p *peer) send(command, rest string) error {
	name, text := cut(rest)
	for _, node := range p.list.Members() {
		if node.Name != name {
			continue
		}
		if command == "send" {
			return p.list.SendBestEffort(node, []byte(text))
		}
		return p.list.SendReliable(node, []byte(text))
	}
	return fmt.Errorf("no node %q", name)
}

func (p *peer) changeKeys(rest string) error {
	action, text := cut(rest)
	actions := map[string]func(*memberlist.Keyring, []byte) error{
		"add":    (*memberlist.Keyring).AddKey,
		"use":    (*memberlist.Keyring).UseKey,
		"remove": (*memberlist.Keyring).RemoveKey,
	}
	change, ok := actions[action]
	if !ok {
		return fmt.Errorf("key %q: neither add nor use nor remove", action)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return err
	}
	return change(p.config.Keyring, key)
}

func cut(line string) (string, string) {
	parts := strings.SplitN(line, " ", 2)
	if len(parts) == 1 {
		return parts[0], ""
	}
	return parts[0], parts[1]
}
