// Command go-peer is a node of a HashiCorp memberlist cluster for the interop tests. It has the command line, the commands and
// the JSON lines of `npm run memberlist -- agent`, so that a test can put either in the place of the other.
package main

import (
	"os"
	"runtime/debug"

	"github.com/hashicorp/memberlist"
)

// version is set by the linker where there is no module to ask.
var version = moduleVersion()

func main() {
	options, err := parseOptions(os.Args[1:])
	if err != nil {
		printError("", err)
		os.Exit(1)
	}
	peer := newPeer(options)
	list, err := memberlist.Create(peer.config)
	if err != nil {
		printError("", err)
		os.Exit(1)
	}
	peer.list = list
	peer.queue.NumNodes = list.NumMembers
	checkLayout(list.LocalNode())
	printEvent("ready", fields{"node": tableNode(list.LocalNode()), "version": version})
	go watchStates(list)
	if len(options.join) > 0 {
		peer.join(options.join)
	}
	if peer.readCommands(os.Stdin) {
		if err := list.Leave(announceTimeout); err != nil {
			printError("quit", err)
		}
	}
	if err := list.Shutdown(); err != nil {
		printError("quit", err)
	}
}

func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, module := range info.Deps {
		if module.Path == "github.com/hashicorp/memberlist" {
			return module.Version
		}
	}
	return ""
}
