package main

import (
	"encoding/base64"
	"flag"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/memberlist"
)

type options struct {
	config *memberlist.Config
	meta   string
	join   []string
}

// parseOptions makes memberlist's configuration of the command line. Booleans are written out, as `--compress false`.
func parseOptions(arguments []string) (*options, error) {
	set := flag.NewFlagSet("go-peer", flag.ContinueOnError)
	set.SetOutput(os.Stderr)
	name := set.String("name", "", "name of the node, unique in the cluster")
	bind := set.String("bind", "127.0.0.1:0", "host:port of both UDP and TCP")
	advertise := set.String("advertise", "", "host:port that others are told")
	join := set.String("join", "", "host:port, ... to join at start")
	meta := set.String("meta", "", "metadata, at most 512 bytes")
	keys := set.String("key", "", "BASE64, ... of which the first encrypts")
	label := set.String("label", "", "label of the cluster")
	preset := set.String("preset", "lan", "lan, wan or local")
	versions := set.String("delegate-versions", "", "MIN,MAX,CUR")
	values := map[string]*string{}
	for _, each := range []string{
		"compress", "verify-incoming", "verify-outgoing", "protocol", "probe-interval", "probe-timeout",
		"gossip-interval", "push-pull-interval", "suspicion-mult", "tcp-timeout",
	} {
		values[each] = set.String(each, "", "true or false, a number, or milliseconds; see the README")
	}
	if err := set.Parse(arguments); err != nil {
		return nil, err
	}
	if *name == "" || set.NArg() > 0 {
		return nil, fmt.Errorf("--name is missing, or there is an argument without a flag: %q", set.Args())
	}

	config, err := presetConfig(*preset)
	if err != nil {
		return nil, err
	}
	config.Name = *name
	if config.BindAddr, config.BindPort, err = splitAddress(*bind); err != nil {
		return nil, err
	}
	config.AdvertisePort = config.BindPort
	if *advertise != "" {
		if config.AdvertiseAddr, config.AdvertisePort, err = splitAddress(*advertise); err != nil {
			return nil, err
		}
	}
	if config.Keyring, err = keyring(*keys); err != nil {
		return nil, err
	}
	if *label != "" {
		if err := setLabel(config, *label); err != nil {
			return nil, err
		}
	}
	for name, value := range values {
		if *value == "" {
			continue
		}
		if err := setValue(config, name, *value); err != nil {
			return nil, fmt.Errorf("--%s: %w", name, err)
		}
	}
	if *versions != "" {
		if err := setDelegateVersions(config, *versions); err != nil {
			return nil, err
		}
	}
	return &options{config: config, meta: *meta, join: splitList(*join)}, nil
}

func presetConfig(name string) (*memberlist.Config, error) {
	switch name {
	case "lan":
		return memberlist.DefaultLANConfig(), nil
	case "wan":
		return memberlist.DefaultWANConfig(), nil
	case "local":
		return memberlist.DefaultLocalConfig(), nil
	}
	return nil, fmt.Errorf("--preset: %q is none of lan, wan, local", name)
}

func setValue(config *memberlist.Config, name, value string) error {
	booleans := map[string]*bool{
		"compress":        &config.EnableCompression,
		"verify-incoming": &config.GossipVerifyIncoming,
		"verify-outgoing": &config.GossipVerifyOutgoing,
	}
	durations := map[string]*time.Duration{
		"probe-interval":     &config.ProbeInterval,
		"probe-timeout":      &config.ProbeTimeout,
		"gossip-interval":    &config.GossipInterval,
		"push-pull-interval": &config.PushPullInterval,
		"tcp-timeout":        &config.TCPTimeout,
	}
	if target, ok := booleans[name]; ok {
		on, err := strconv.ParseBool(value)
		*target = on
		return err
	}
	number, err := strconv.Atoi(value)
	if err != nil {
		return err
	}
	if target, ok := durations[name]; ok {
		*target = time.Duration(number) * time.Millisecond
	} else if name == "protocol" {
		config.ProtocolVersion = uint8(number)
	} else {
		config.SuspicionMult = number
	}
	return nil
}

func setDelegateVersions(config *memberlist.Config, text string) error {
	var low, high, current uint8
	if _, err := fmt.Sscanf(text, "%d,%d,%d", &low, &high, &current); err != nil {
		return fmt.Errorf("--delegate-versions: %q is not MIN,MAX,CUR", text)
	}
	config.DelegateProtocolMin, config.DelegateProtocolMax, config.DelegateProtocolVersion = low, high, current
	return nil
}

// keyring is there without keys too, so that a key can be added later.
func keyring(list string) (*memberlist.Keyring, error) {
	var keys [][]byte
	for _, text := range splitList(list) {
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("--key: %w", err)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return memberlist.NewKeyring(nil, nil)
	}
	return memberlist.NewKeyring(keys, keys[0])
}

func splitAddress(text string) (string, int, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", 0, err
	}
	number, err := strconv.Atoi(port)
	return host, number, err
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
