package main

import (
	"encoding/hex"
	"sync"

	"github.com/hashicorp/memberlist"
)

// peer is memberlist's Delegate, EventDelegate and ConflictDelegate, and runs the commands.
type peer struct {
	config *memberlist.Config
	list   *memberlist.Memberlist
	queue  *memberlist.TransmitLimitedQueue

	mutex sync.Mutex
	meta  []byte
	state []byte
}

func newPeer(options *options) *peer {
	config := options.config
	made := &peer{
		config: config,
		queue: &memberlist.TransmitLimitedQueue{
			NumNodes:       func() int { return 1 },
			RetransmitMult: config.RetransmitMult,
		},
		meta: []byte(options.meta),
	}
	config.Delegate, config.Events, config.Conflict = made, made, made
	return made
}

func (p *peer) NodeMeta(int) []byte {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.meta
}

func (p *peer) NotifyMsg(message []byte) {
	printEvent("message", fields{"hex": hex.EncodeToString(message), "text": string(message)})
}

func (p *peer) GetBroadcasts(overhead, limit int) [][]byte {
	return p.queue.GetBroadcasts(overhead, limit)
}

func (p *peer) LocalState(bool) []byte {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.state
}

func (p *peer) MergeRemoteState(state []byte, _ bool) {
	printEvent("state", fields{"text": string(state)})
}

func (p *peer) NotifyJoin(node *memberlist.Node) { printEvent("join", fields{"node": tableNode(node)}) }

func (p *peer) NotifyUpdate(node *memberlist.Node) {
	printEvent("update", fields{"node": tableNode(node)})
}

func (p *peer) NotifyLeave(node *memberlist.Node) {
	described := tableNode(node)
	more := fields{"node": described}
	if state, ok := described["state"]; ok {
		reasons := map[any]string{"left": "left", "dead": "failed"}
		more["reason"] = reasons[state]
	}
	printEvent("leave", more)
}

func (p *peer) NotifyConflict(existing, other *memberlist.Node) {
	printEvent("conflict", fields{"node": tableNode(existing), "other": plainNode(other)})
}

// broadcast is a user message in the queue; no later one replaces it.
type broadcast []byte

func (b broadcast) Invalidates(memberlist.Broadcast) bool { return false }
func (b broadcast) Message() []byte                       { return b }
func (b broadcast) Finished()                             {}
func (b broadcast) UniqueBroadcast()                      {}
