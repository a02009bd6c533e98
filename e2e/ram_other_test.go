//go:build !linux

package e2e

// ramFolder is the usual temporary folder where no folder in memory is known.
func ramFolder() string { return "" }
