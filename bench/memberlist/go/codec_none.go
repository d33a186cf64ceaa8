//go:build !codec

package main

import "errors"

func runCodec([]string) error {
	return errors.New("codec: built without the tag codec, which needs a copy of memberlist's sources; see ../README.md")
}
