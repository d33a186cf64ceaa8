package main

import (
	"flag"
	"fmt"
	"io"

	"github.com/hashicorp/memberlist"
)

// settings are the flags of all commands that make nodes.
type settings struct {
	preset   string
	compress bool
	keyBytes int
}

func addSettings(set *flag.FlagSet) *settings {
	made := &settings{}
	set.StringVar(&made.preset, "preset", "lan", "lan, wan or local")
	set.BoolVar(&made.compress, "compress", true, "compress messages; false as --compress=false")
	set.IntVar(&made.keyBytes, "key-bytes", 0, "encrypt with a key of 16, 24 or 32 bytes")
	return made
}

func (s *settings) fields() fields {
	return fields{"preset": s.preset, "compress": s.compress, "keyBytes": s.keyBytes}
}

// config of a node on a free port of 127.0.0.1, which logs nothing.
func (s *settings) config(name string) (*memberlist.Config, error) {
	makers := map[string]func() *memberlist.Config{
		"lan": memberlist.DefaultLANConfig, "wan": memberlist.DefaultWANConfig, "local": memberlist.DefaultLocalConfig,
	}
	maker, ok := makers[s.preset]
	if !ok {
		return nil, fmt.Errorf("--preset: %q is none of lan, wan, local", s.preset)
	}
	config := maker()
	config.Name = name
	config.BindAddr, config.BindPort, config.AdvertisePort = "127.0.0.1", 0, 0
	config.EnableCompression = s.compress
	config.LogOutput = io.Discard
	if s.keyBytes > 0 {
		// The same in all processes: the benchmark has no secrets.
		config.SecretKey = make([]byte, s.keyBytes)
		for index := range config.SecretKey {
			config.SecretKey[index] = byte(index)
		}
	}
	return config, nil
}
