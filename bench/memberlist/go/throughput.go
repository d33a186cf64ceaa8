package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// row is one way to send, between a receiver and a sender in processes of their own.
type row struct {
	name     string
	mode     string
	size     int
	compress bool
	keyBytes int
}

var rows = []row{
	{name: "udp-100", mode: "udp", size: 100},
	{name: "udp-1200", mode: "udp", size: 1200},
	{name: "udp-100-aes128", mode: "udp", size: 100, keyBytes: 16},
	{name: "udp-100-lzw", mode: "udp", size: 100, compress: true},
	{name: "udp-1200-lzw", mode: "udp", size: 1200, compress: true},
	{name: "tcp-100", mode: "tcp", size: 100},
	{name: "tcp-1200", mode: "tcp", size: 1200},
	{name: "tcp-1200-lzw", mode: "tcp", size: 1200, compress: true},
}

// runThroughput runs one row, or all.
func runThroughput(arguments []string) error {
	set := flag.NewFlagSet("throughput", flag.ExitOnError)
	only := set.String("row", "", "name of the only row to run")
	seconds := set.Float64("seconds", 4, "of sending, for each row")
	if err := set.Parse(arguments); err != nil {
		return err
	}
	found := false
	for _, each := range rows {
		if *only != "" && *only != each.name {
			continue
		}
		found = true
		if err := each.run(*seconds); err != nil {
			return fmt.Errorf("%s: %w", each.name, err)
		}
	}
	if !found {
		return fmt.Errorf("--row: there is no %q", *only)
	}
	return nil
}

func (r row) run(seconds float64) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	settings := []string{"--compress=" + strconv.FormatBool(r.compress), "--key-bytes", strconv.Itoa(r.keyBytes)}
	receive := exec.Command(program, append([]string{"receive"}, settings...)...)
	receive.Stderr = os.Stderr
	output, err := receive.StdoutPipe()
	if err != nil {
		return err
	}
	if err := receive.Start(); err != nil {
		return err
	}
	defer func() { _ = receive.Process.Kill() }()
	lines := json.NewDecoder(bufio.NewReader(output))
	ready := fields{}
	if err := lines.Decode(&ready); err != nil {
		return err
	}
	parameters := append([]string{
		"send", "--to", fmt.Sprint(ready["address"]), "--mode", r.mode,
		"--size", strconv.Itoa(r.size), "--seconds", fmt.Sprint(seconds),
	}, settings...)
	printed, err := exec.Command(program, parameters...).Output()
	if err != nil {
		return err
	}
	sent, received := fields{}, fields{}
	if err := json.Unmarshal(printed, &sent); err != nil {
		return err
	}
	if err := lines.Decode(&received); err != nil {
		return err
	}
	printMeasurement("throughput", nil, fields{
		"row": r.name, "mode": r.mode, "size": r.size, "compress": r.compress, "keyBytes": r.keyBytes,
		"sentPerSecond": sent["sentPerSecond"], "failed": sent["failed"], "senderCpuSeconds": sent["cpuSeconds"],
		"receivedPerSecond": received["receivedPerSecond"], "receiverCpuSeconds": received["cpuSeconds"],
		"seconds": sent["seconds"],
	})
	return receive.Wait()
}
