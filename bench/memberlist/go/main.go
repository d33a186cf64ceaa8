// Command go-bench measures HashiCorp memberlist. Each measurement is one JSON object on a line of standard output; what the
// commands, their flags and the objects are is in ../README.md.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

func main() {
	commands := map[string]func([]string) error{
		"cluster": runCluster, "receive": runReceive, "send": runSend, "throughput": runThroughput, "codec": runCodec,
	}
	name := ""
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	command, ok := commands[name]
	if !ok {
		fmt.Fprintln(os.Stderr, "usage: go-bench cluster|receive|send|throughput|codec [flags]")
		os.Exit(1)
	}
	if err := command(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// version of memberlist; that of a replaced module is the one that was asked for.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/hashicorp/memberlist" {
			return module.Version
		}
	}
	return ""
}
