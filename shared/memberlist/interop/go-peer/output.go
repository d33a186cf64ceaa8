package main

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

type fields map[string]any

var output = struct {
	sync.Mutex
	*json.Encoder
}{Encoder: newEncoder()}

func newEncoder() *json.Encoder {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder
}

// printEvent prints one line; t is Unix time in milliseconds.
func printEvent(event string, more fields) {
	line := fields{"event": event, "t": time.Now().UnixNano() / 1e6}
	for name, value := range more {
		line[name] = value
	}
	output.Lock()
	defer output.Unlock()
	// Who does not listen any more does not miss the line.
	_ = output.Encode(line)
}

// printError prints an error event; command is empty when no command caused it.
func printError(command string, err error) {
	more := fields{"error": err.Error()}
	if command != "" {
		more["command"] = command
	}
	printEvent("error", more)
}
