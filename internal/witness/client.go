package witness

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Client asks witnesses for cosignatures.
type Client struct{ HTTP *http.Client }

// Answer is what a witness said to a checkpoint.
type Answer struct {
	Status int
	Size   int64  // with status 409: the size that the witness knows
	Lines  string // with status 200: signature lines, not checked yet
}

// Add submits a checkpoint to a witness (C2SP tlog-witness): old is the size that the witness last cosigned as far as the log knows,
// proof shows that the tree of that size is the beginning of this one. base is the submission prefix.
func (c Client) Add(ctx context.Context, base string, old int64, proof []tlog.Hash, signed string) (a Answer, err error) {
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", old)
	for _, h := range proof {
		fmt.Fprintf(&b, "%s\n", h)
	}
	b.WriteString("\n" + signed)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/add-checkpoint", strings.NewReader(b.String()))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	resp, err := c.HTTP.Do(r)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return a, err
	}
	a.Status = resp.StatusCode
	switch a.Status {
	case http.StatusOK:
		a.Lines = string(body)
	case http.StatusConflict:
		a.Size, err = strconv.ParseInt(strings.TrimSpace(string(body)), 10, 64)
		if err != nil || a.Size < 0 || resp.Header.Get("Content-Type") != sizeType {
			return a, fmt.Errorf("409 without a size: %q", body)
		}
	}
	return a, nil
}
