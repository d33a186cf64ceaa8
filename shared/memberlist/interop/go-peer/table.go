package main

import (
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/hashicorp/memberlist"
)

// tableEntry has the layout of memberlist's unexported nodeState. Its first member is the Node that events and Members() point
// to, so what follows there is what the API does not tell: the incarnation and the state. Read without memberlist's lock outside
// of events, which is well enough for a test's view of single words.
type tableEntry struct {
	memberlist.Node
	Incarnation uint32
	State       memberlist.NodeStateType
	StateChange time.Time
}

var layoutKnown atomic.Value

// checkLayout makes sure that what lies behind the node that was just created looks as it must; else it is not printed.
func checkLayout(local *memberlist.Node) {
	entry := (*tableEntry)(unsafe.Pointer(local))
	age := time.Since(entry.StateChange)
	known := entry.Incarnation == 1 && entry.State == memberlist.StateAlive && age >= 0 && age < time.Minute
	layoutKnown.Store(known)
}

var stateNames = []string{"alive", "suspect", "dead", "left"}

// plainNode describes a node that is not of the table.
func plainNode(node *memberlist.Node) fields {
	return fields{"name": node.Name, "address": node.Addr.String(), "port": node.Port, "meta": string(node.Meta)}
}

// tableNode describes a node of the table, with its state and incarnation.
func tableNode(node *memberlist.Node) fields {
	described := plainNode(node)
	// Before the check there is only the join of the node itself.
	if known, checked := layoutKnown.Load().(bool); known || !checked {
		entry := (*tableEntry)(unsafe.Pointer(node))
		described["state"] = stateName(node)
		described["incarnation"] = entry.Incarnation
	}
	return described
}

func stateName(node *memberlist.Node) string {
	state := (*tableEntry)(unsafe.Pointer(node)).State
	if state < 0 || int(state) >= len(stateNames) {
		return "unknown"
	}
	return stateNames[state]
}

// watchStates prints `suspect` and, for the way back, `alive`: changes that memberlist has no events for.
func watchStates(list *memberlist.Memberlist) {
	if known, _ := layoutKnown.Load().(bool); !known {
		return
	}
	suspects := map[string]bool{}
	for range time.Tick(10 * time.Millisecond) {
		for _, node := range list.Members() {
			state := stateName(node)
			if suspected := state == "suspect"; suspected != suspects[node.Name] && (suspected || state == "alive") {
				suspects[node.Name] = suspected
				printEvent(state, fields{"node": tableNode(node)})
			}
		}
	}
}
