package journal

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/calendar"
)

// Act is one recorded deed as it is read back.
type Act struct {
	Town      string
	N         int64         // number in the town's journal, from 0
	Kind      string        // "org.establish/1"
	Recorded  int64         // unix milliseconds
	Effective calendar.Date // when the deed holds
	Envelope                // what was sealed; without body and verdicts when erased (but see [AsCorrected])
	Erased    bool          // payload and salt were deleted by law; header and commitment stand, By and On are kept
	Corrected int64         // number of the correction in force for this act, 0 if none
}

// entryVersion opens every entry of the log; it names the layout and, with it, the hash (SHA-256).
const entryVersion = "cunju.act/1"

// Entry returns the bytes that the log seals for an act: six lines, the last the base64 commitment. Frozen.
func Entry(town string, n int64, kind string, recorded int64, effective calendar.Date, commitment []byte) []byte {
	b := make([]byte, 0, 160)
	b = append(b, entryVersion+"\n"...)
	b = append(append(b, town...), '\n')
	b = append(strconv.AppendInt(b, n, 10), '\n')
	b = append(append(b, kind...), '\n')
	b = append(strconv.AppendInt(b, recorded, 10), '\n')
	b = append(append(b, effective...), '\n')
	return append(base64.StdEncoding.AppendEncode(b, commitment), '\n')
}

// Header is what an entry says without its payload.
type Header struct {
	Town       string
	N          int64
	Kind       string
	Recorded   int64
	Effective  calendar.Date
	Commitment []byte
}

// ParseEntry reads the bytes of an entry.
func ParseEntry(entry []byte) (Header, error) {
	f := strings.Split(string(entry), "\n")
	if len(f) != 8 || f[0] != entryVersion || f[7] != "" {
		return Header{}, fmt.Errorf("not an entry of %s", entryVersion)
	}
	n, err1 := strconv.ParseInt(f[2], 10, 64)
	at, err2 := strconv.ParseInt(f[4], 10, 64)
	c, err3 := base64.StdEncoding.DecodeString(f[6])
	if err1 != nil || err2 != nil || err3 != nil || len(c) != sha256.Size {
		return Header{}, fmt.Errorf("entry of %s is damaged", entryVersion)
	}
	return Header{Town: f[1], N: n, Kind: f[3], Recorded: at, Effective: calendar.Date(f[5]), Commitment: c}, nil
}

// Commit returns SHA-256(salt ‖ payload).
func Commit(salt, payload []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(payload)
	return h.Sum(nil)
}

// Span is a half-open period of days [From, To).
type Span struct{ From, To calendar.Date }

// Has reports whether the day lies in the span.
func (s Span) Has(d calendar.Date) bool { return s.From <= d && d < s.To }

// Empty reports whether no day lies in the span.
func (s Span) Empty() bool { return s.From >= s.To }
