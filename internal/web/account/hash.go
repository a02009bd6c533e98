package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cunju/internal/web"
	"golang.org/x/crypto/argon2"
)

const (
	saltLength = 16
	hashLength = 32
	// hashWait is how long a log-in waits for its turn to be checked.
	hashWait = 10 * time.Second
)

// params are the cost of a hash (RFC 9106): memory in KiB and passes. One lane is
// used, because the number of checks at the same time is bounded instead.
type params struct{ memory, time uint32 }

// hasher makes and checks hashes, a bounded number at the same time: each needs
// its memory, and a crowd at the door must not take all of it.
type hasher struct {
	params params
	turns  chan struct{}
	decoy  string
}

func newHasher(set web.Settings) *hasher {
	h := &hasher{params: params{set.HashMemory, set.HashTime}, turns: make(chan struct{}, max(1, set.HashParallel))}
	h.decoy = encodeHash(h.params, make([]byte, saltLength), make([]byte, hashLength))
	return h
}

// turn waits for a place; the caller must give it back with done.
func (h *hasher) turn(ctx context.Context) (done func(), err error) {
	timer := time.NewTimer(hashWait)
	defer timer.Stop()
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, web.Unavailable("现在登录的人太多。")
	}
}

// make hashes a password with a fresh salt.
func (h *hasher) make(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	var salt [saltLength]byte
	rand.Read(salt[:])
	sum := argon2.IDKey([]byte(password), salt[:], h.params.time, h.params.memory, 1, hashLength)
	return encodeHash(h.params, salt[:], sum), nil
}

// check tells whether the password belongs to the hash, and whether the hash was
// made with other costs than today's and should be made again. An empty hash
// stands for no account: the same work is done, and the answer is no.
func (h *hasher) check(ctx context.Context, password, encoded string) (ok, stale bool, err error) {
	nobody := encoded == ""
	if nobody {
		encoded = h.decoy
	}
	p, salt, want, err := decodeHash(encoded)
	if err != nil {
		return false, false, err
	}
	done, err := h.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer done()
	got := argon2.IDKey([]byte(password), salt, p.time, p.memory, 1, uint32(len(want)))
	ok = subtle.ConstantTimeCompare(got, want) == 1 && !nobody
	return ok, p != h.params, nil
}

// encodeHash writes a hash with its parameters in the usual PHC form.
func encodeHash(p params, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, p.memory, p.time,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

var errHash = errors.New("account: not a hash this program made")

// decodeHash reads what encodeHash wrote. Costs beyond reason are refused, since a
// damaged row must not take all memory.
func decodeHash(s string) (p params, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errHash
	}
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 || costs[2] != "p=1" {
		return p, nil, nil, errHash
	}
	memory, ok1 := cost(costs[0], "m=", 8, 1<<20)
	passes, ok2 := cost(costs[1], "t=", 1, 32)
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if !ok1 || !ok2 || err1 != nil || err2 != nil || len(salt) < 8 || len(salt) > 64 || len(sum) < 16 || len(sum) > 64 {
		return params{}, nil, nil, errHash
	}
	return params{memory, passes}, salt, sum, nil
}

func cost(s, prefix string, least, most uint64) (uint32, bool) {
	digits, found := strings.CutPrefix(s, prefix)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), found && err == nil && n >= least && n <= most
}
