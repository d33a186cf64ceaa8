//go:build nolabel

package main

import (
	"errors"

	"github.com/hashicorp/memberlist"
)

// setLabel refuses: memberlist has labels since 0.3.0.
func setLabel(_ *memberlist.Config, _ string) error {
	return errors.New("--label: this version of memberlist has no labels")
}
