package sheet

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"math"
)

// sealer computes keyed seals of rows.
type sealer struct {
	mac  hash.Hash
	meta func(l *Layout) string
}

func newSealer(m Meta) sealer {
	s := sealer{mac: hmac.New(sha256.New, m.Secret)}
	s.meta = func(l *Layout) string {
		return s.sum(append([]string{exportMark, m.Town, itoa(m.Position), m.Kind, l.Name}, l.Keys()...))
	}
	return s
}

// row seals a row's key and values. Serial columns are counted anew in every
// export and take no part.
func (s sealer) row(key string, l *Layout, values []string) string {
	parts := []string{key}
	for i := range l.Columns {
		if l.Columns[i].Kind != Serial {
			parts = append(parts, values[i])
		}
	}
	return s.sum(parts)
}

// sum is HMAC-SHA256 over length-prefixed parts, cut to 16 bytes.
func (s sealer) sum(parts []string) string {
	s.mac.Reset()
	var n [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(n[:], uint32(min(len(p), math.MaxInt32)))
		s.mac.Write(n[:])
		s.mac.Write([]byte(p))
	}
	return base64.RawURLEncoding.EncodeToString(s.mac.Sum(nil)[:16])
}
