package main

import (
	"sync"
	"time"

	"github.com/hashicorp/memberlist"
)

// node is one of the cluster in the process. It passes a broadcast on when it hears it for the first time, as applications do.
type node struct {
	name  string
	list  *memberlist.Memberlist
	queue *memberlist.TransmitLimitedQueue

	lock  sync.Mutex
	heard map[string]time.Time
	gone  map[string]time.Time
}

func newNode(config *memberlist.Config) (*node, error) {
	made := &node{name: config.Name, heard: map[string]time.Time{}, gone: map[string]time.Time{}}
	made.queue = &memberlist.TransmitLimitedQueue{NumNodes: func() int { return 1 }, RetransmitMult: config.RetransmitMult}
	config.Delegate, config.Events = made, made
	list, err := memberlist.Create(config)
	if err != nil {
		return nil, err
	}
	made.list = list
	made.queue.NumNodes = list.NumMembers
	return made, nil
}

func (n *node) broadcast(text string) {
	n.lock.Lock()
	_, known := n.heard[text]
	if !known {
		n.heard[text] = time.Now()
	}
	n.lock.Unlock()
	if !known {
		n.queue.QueueBroadcast(broadcast(text))
	}
}

func (n *node) heardAt(text string) (time.Time, bool) {
	n.lock.Lock()
	defer n.lock.Unlock()
	at, ok := n.heard[text]
	return at, ok
}

func (n *node) goneAt(name string) (time.Time, bool) {
	n.lock.Lock()
	defer n.lock.Unlock()
	at, ok := n.gone[name]
	return at, ok
}

func (n *node) goneCount() int {
	n.lock.Lock()
	defer n.lock.Unlock()
	return len(n.gone)
}

func (n *node) NodeMeta(int) []byte      { return nil }
func (n *node) NotifyMsg(message []byte) { n.broadcast(string(message)) }
func (n *node) GetBroadcasts(overhead, limit int) [][]byte {
	return n.queue.GetBroadcasts(overhead, limit)
}
func (n *node) LocalState(bool) []byte        { return nil }
func (n *node) MergeRemoteState([]byte, bool) {}
func (n *node) NotifyJoin(*memberlist.Node)   {}
func (n *node) NotifyUpdate(*memberlist.Node) {}
func (n *node) NotifyLeave(other *memberlist.Node) {
	n.lock.Lock()
	defer n.lock.Unlock()
	n.gone[other.Name] = time.Now()
}

type broadcast []byte

func (b broadcast) Invalidates(memberlist.Broadcast) bool { return false }
func (b broadcast) Message() []byte                       { return b }
func (b broadcast) Finished()                             {}
func (b broadcast) UniqueBroadcast()                      {}
