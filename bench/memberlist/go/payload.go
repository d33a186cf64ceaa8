package main

import (
	_ "embed"
	"encoding/binary"
)

//go:embed payload.txt
var payloadText []byte

// endMark is the message after which a receiver reports; shorter than any payload.
const endMark = "end"

// payload has `size` bytes: four for a number, then the text of payload.txt.
func payload(size int) []byte { return append(make([]byte, 4), payloadText[:size-4]...) }

func number(payload []byte, value uint32) { binary.BigEndian.PutUint32(payload, value) }
