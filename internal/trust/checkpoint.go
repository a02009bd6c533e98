package trust

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a log states of itself: the body of a signed note (C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin string
	Size   int64 // acts
	Root   tlog.Hash
}

// String is the text that is signed: origin, decimal size, base64 root; no extension lines.
func (c Checkpoint) String() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ParseCheckpoint reads the text of a checkpoint. Only the one way in which String writes it is accepted.
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	f := strings.Split(text, "\n")
	if len(f) != 4 || f[0] == "" || f[3] != "" {
		return c, fmt.Errorf("checkpoint has an unknown form")
	}
	c.Origin = f[0]
	if c.Size, err = strconv.ParseInt(f[1], 10, 64); err != nil || c.Size < 0 {
		return c, fmt.Errorf("checkpoint size %q", f[1])
	}
	if c.Root, err = tlog.ParseHash(f[2]); err != nil {
		return c, fmt.Errorf("checkpoint root: %w", err)
	}
	if c.String() != text {
		return c, fmt.Errorf("checkpoint is not written as the format says")
	}
	return c, nil
}

// Lines parts the signature lines of a signed note from its text: what a witness answers with, and what is appended.
func Lines(signed string) (text string, lines []string) {
	text, sigs, ok := strings.Cut(signed, "\n\n")
	if !ok {
		return signed, nil
	}
	return text + "\n", strings.Split(strings.TrimSuffix(sigs, "\n"), "\n")
}
