//go:build codec

// This file is built as one of memberlist's own, in a copy of its sources (see ../../README.md): the operations are not exported.
package memberlist

import (
	"bytes"
	"fmt"
	"hash/crc32"

	"github.com/hashicorp/go-msgpack/v2/codec"
)

// BenchOperation is one operation of the codec; Bytes is the size of its input, or of the output where it encodes.
type BenchOperation struct {
	Name  string
	Bytes int
	Run   func() error
}

const benchAlives = 15

var benchKey = []byte("0123456789abcdef")

// BenchOperations makes the operations and checks the sizes that the other side of the benchmark has, too.
func BenchOperations() ([]BenchOperation, error) {
	pingIn := &ping{SeqNo: 1, Node: "node-01", SourceAddr: []byte{127, 0, 0, 1}, SourcePort: 7946, SourceNode: "node-02"}
	aliveIn := benchAlive(1)
	pingBytes := encoded(pingMsg, pingIn)
	aliveBytes := encoded(aliveMsg, aliveIn)
	var alives [][]byte
	for index := range benchAlives {
		alives = append(alives, encoded(aliveMsg, benchAlive(index)))
	}
	compound := makeCompoundMessage(alives).Bytes()
	if len(compound) != 1337 {
		return nil, fmt.Errorf("the compound has %d bytes", len(compound))
	}
	compressed, err := compressPayload(compound, false)
	if err != nil {
		return nil, err
	}
	sealed := &bytes.Buffer{}
	if err := encryptPayload(1, benchKey, compound, nil, sealed); err != nil {
		return nil, err
	}

	operations := []BenchOperation{
		{"encode ping", len(pingBytes), func() error { return encodeOnly(pingMsg, pingIn) }},
		{"decode ping", len(pingBytes), func() error { return decode(pingBytes[1:], &ping{}) }},
		{"encode alive", len(aliveBytes), func() error { return encodeOnly(aliveMsg, aliveIn) }},
		{"decode alive", len(aliveBytes), func() error { return decode(aliveBytes[1:], &alive{}) }},
		{"make compound of 15 alives", len(compound), func() error { makeCompoundMessage(alives); return nil }},
		{"split compound of 15 alives", len(compound), func() error { return split(compound, false) }},
		{"split and decode 15 alives", len(compound), func() error { return split(compound, true) }},
		{"LZW compress 1337 B", compressed.Len(), func() error { _, err := compressPayload(compound, false); return err }},
		{"LZW decompress 1337 B", compressed.Len(), func() error { _, err := decompressPayload(compressed.Bytes()[1:]); return err }},
		{"CRC-32 of 1337 B", len(compound), func() error { crc32.ChecksumIEEE(compound); return nil }},
		{"AES-128-GCM encrypt 1337 B", sealed.Len(), func() error {
			return encryptPayload(1, benchKey, compound, nil, &bytes.Buffer{})
		}},
		{"AES-128-GCM decrypt 1337 B", sealed.Len(), func() error {
			_, err := decryptPayload([][]byte{benchKey}, sealed.Bytes(), nil)
			return err
		}},
	}
	for _, n := range []int{100, 1000} {
		state, err := encodeState(benchStates(n))
		if err != nil {
			return nil, err
		}
		packed, err := compressPayload(state, false)
		if err != nil {
			return nil, err
		}
		states := benchStates(n)
		operations = append(operations,
			BenchOperation{fmt.Sprintf("encode push/pull of %d", n), len(state), func() error { _, err := encodeState(states); return err }},
			BenchOperation{fmt.Sprintf("decode push/pull of %d", n), len(state), func() error { return decodeState(state) }},
			BenchOperation{fmt.Sprintf("LZW compress push/pull of %d", n), packed.Len(), func() error {
				_, err := compressPayload(state, false)
				return err
			}},
			BenchOperation{fmt.Sprintf("LZW decompress push/pull of %d", n), packed.Len(), func() error {
				_, err := decompressPayload(packed.Bytes()[1:])
				return err
			}},
		)
	}
	return append(operations, BenchOperation{"queue 1000 broadcasts and drain", 1000, drainQueue}), nil
}

func benchAlive(index int) *alive {
	return &alive{
		Incarnation: uint32(index + 1),
		Node:        fmt.Sprintf("node-%02d", index),
		Addr:        []byte{127, 0, 0, byte(index + 1)},
		Port:        7946,
		Meta:        []byte("role=web;zone=b;weight=1"),
		Vsn:         []uint8{1, 5, 2, 2, 5, 4},
	}
}

func benchStates(n int) []pushNodeState {
	states := make([]pushNodeState, n)
	for index := range states {
		a := benchAlive(index)
		states[index] = pushNodeState{
			Name: a.Node, Addr: []byte{127, 0, byte(index >> 8), byte(index)}, Port: a.Port,
			Meta: a.Meta, Incarnation: a.Incarnation, State: StateAlive, Vsn: a.Vsn,
		}
	}
	return states
}

func encoded(kind messageType, in any) []byte {
	buffer, err := encode(kind, in, false)
	if err != nil {
		panic(err)
	}
	return buffer.Bytes()
}

func encodeOnly(kind messageType, in any) error {
	_, err := encode(kind, in, false)
	return err
}

func split(compound []byte, alsoDecode bool) error {
	_, parts, err := decodeCompoundMessage(compound[1:])
	if err != nil || !alsoDecode {
		return err
	}
	for _, part := range parts {
		if err := decode(part[1:], &alive{}); err != nil {
			return err
		}
	}
	return nil
}

// encodeState writes as sendLocalState does, which writes to a connection.
func encodeState(states []pushNodeState) ([]byte, error) {
	buffer := bytes.NewBuffer([]byte{byte(pushPullMsg)})
	encoder := codec.NewEncoder(buffer, &codec.MsgpackHandle{})
	if err := encoder.Encode(&pushPullHeader{Nodes: len(states)}); err != nil {
		return nil, err
	}
	for index := range states {
		if err := encoder.Encode(&states[index]); err != nil {
			return nil, err
		}
	}
	return buffer.Bytes(), nil
}

// decodeState reads as readRemoteState does.
func decodeState(state []byte) error {
	decoder := codec.NewDecoder(bytes.NewReader(state[1:]), &codec.MsgpackHandle{})
	var header pushPullHeader
	if err := decoder.Decode(&header); err != nil {
		return err
	}
	states := make([]pushNodeState, header.Nodes)
	for index := range states {
		if err := decoder.Decode(&states[index]); err != nil {
			return err
		}
	}
	return nil
}

func drainQueue() error {
	queue := &TransmitLimitedQueue{RetransmitMult: 4, NumNodes: func() int { return 100 }}
	for index := range 1000 {
		message := encoded(aliveMsg, benchAlive(index))
		queue.QueueBroadcast(&memberlistBroadcast{node: fmt.Sprint(index), msg: message})
	}
	for len(queue.GetBroadcasts(2, 1400)) > 0 {
	}
	return nil
}
