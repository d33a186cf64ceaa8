package main

import (
	"io"
	"log"
	"net"
	"sync/atomic"
	"time"

	"github.com/hashicorp/memberlist"
)

// traffic counts what all nodes of the process send.
type traffic struct{ packets, bytes, dials atomic.Int64 }

type trafficCounts struct{ packets, bytes, dials int64 }

func (t *traffic) counts() trafficCounts {
	return trafficCounts{t.packets.Load(), t.bytes.Load(), t.dials.Load()}
}

// countedTransport is memberlist's own, counted.
type countedTransport struct {
	*memberlist.NetTransport
	traffic *traffic
}

// countTraffic gives the configuration a transport on a free port.
func countTraffic(config *memberlist.Config, traffic *traffic) error {
	transport, err := memberlist.NewNetTransport(&memberlist.NetTransportConfig{
		BindAddrs: []string{config.BindAddr}, Logger: log.New(io.Discard, "", 0),
	})
	if err != nil {
		return err
	}
	config.BindPort = transport.GetAutoBindPort()
	config.AdvertisePort = config.BindPort
	config.Transport = &countedTransport{transport, traffic}
	return nil
}

func (t *countedTransport) WriteToAddress(packet []byte, address memberlist.Address) (time.Time, error) {
	t.traffic.packets.Add(1)
	t.traffic.bytes.Add(int64(len(packet)))
	return t.NetTransport.WriteToAddress(packet, address)
}

func (t *countedTransport) DialAddressTimeout(address memberlist.Address, timeout time.Duration) (net.Conn, error) {
	t.traffic.dials.Add(1)
	return t.NetTransport.DialAddressTimeout(address, timeout)
}
