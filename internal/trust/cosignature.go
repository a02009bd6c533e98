package trust

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

const (
	algEd25519     = 1 // C2SP signed-note
	algCosignature = 4 // timestamped Ed25519 cosignature
	cosignatureLen = 8 + ed25519.SignatureSize
)

// Cosigner signs checkpoints that others' logs state, with the time at which it saw them (C2SP tlog-cosignature). It is a
// [note.Signer].
type Cosigner struct {
	signer note.Signer
	hash   uint32
	vkey   string
	clock  func() time.Time
}

// NewCosigner makes a cosigner of a key pair as note.GenerateKey gives it. What it signs begins with a line of its own, so the same
// key never says one thing as a log and another as a witness.
func NewCosigner(signer note.Signer, vkey string, clock func() time.Time) (*Cosigner, error) {
	name, key, err := parseKey(vkey, algEd25519)
	if err != nil {
		return nil, err
	}
	c := &Cosigner{signer: signer, hash: keyHash(name, algCosignature, key), clock: clock}
	c.vkey = fmt.Sprintf("%s+%08x+%s", name, c.hash, base64.StdEncoding.EncodeToString(append([]byte{algCosignature}, key...)))
	return c, nil
}

// Name implements note.Signer.
func (c *Cosigner) Name() string { return c.signer.Name() }

// KeyHash implements note.Signer.
func (c *Cosigner) KeyHash() uint32 { return c.hash }

// VKey is the public half, as it stands in a policy.
func (c *Cosigner) VKey() string { return c.vkey }

// Sign implements note.Signer.
func (c *Cosigner) Sign(msg []byte) ([]byte, error) {
	if _, err := ParseCheckpoint(string(msg)); err != nil {
		return nil, err
	}
	at := c.clock().Unix()
	if at <= 0 {
		return nil, fmt.Errorf("the clock says %d", at)
	}
	sig, err := c.signer.Sign(cosigned(uint64(at), msg))
	if err != nil {
		return nil, err
	}
	return append(binary.BigEndian.AppendUint64(nil, uint64(at)), sig...), nil
}

// cosigned is the message that a cosignature is over.
func cosigned(at uint64, text []byte) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", at), text...)
}

// verifier is a witness's public key as a [note.Verifier].
type verifier struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// NewVerifier reads a witness's public key.
func NewVerifier(vkey string) (note.Verifier, error) {
	name, key, err := parseKey(vkey, algCosignature)
	if err != nil {
		return nil, err
	}
	return &verifier{name, keyHash(name, algCosignature, key), key}, nil
}

func (v *verifier) Name() string    { return v.name }
func (v *verifier) KeyHash() uint32 { return v.hash }

// Verify implements note.Verifier; a cosignature without a time is none.
func (v *verifier) Verify(msg, sig []byte) bool {
	if len(sig) != cosignatureLen {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	if _, err := ParseCheckpoint(string(msg)); err != nil || at == 0 || at > 1<<62 {
		return false
	}
	return ed25519.Verify(v.key, cosigned(at, msg), sig[8:])
}

// stampOf reads the time of a verified cosignature, unix seconds.
func stampOf(s note.Signature) int64 {
	b, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(b) != 4+cosignatureLen {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b[4:]))
}

var errKey = errors.New("公钥形如 名称+8位十六进制+一串字母数字，请完整复制")

// parseKey reads a vkey of one algorithm.
func parseKey(vkey string, alg byte) (name string, key ed25519.PublicKey, err error) {
	name, rest, _ := strings.Cut(vkey, "+")
	hash, b64, _ := strings.Cut(rest, "+")
	h, err1 := strconv.ParseUint(hash, 16, 32)
	b, err2 := base64.StdEncoding.DecodeString(b64)
	if len(hash) != 8 || err1 != nil || err2 != nil || !validName(name) || len(b) != 1+ed25519.PublicKeySize {
		return "", nil, errKey
	}
	if b[0] != alg {
		switch b[0] {
		case algEd25519:
			return "", nil, errors.New("这是总账的公钥，不是见证方的")
		case algCosignature:
			return "", nil, errors.New("这是见证方的公钥，不是总账的")
		}
		return "", nil, fmt.Errorf("公钥的种类 %d 这里不认识", b[0])
	}
	if uint32(h) != keyHash(name, alg, b[1:]) {
		return "", nil, errors.New("公钥的名称和指纹对不上，请核对有没有抄错")
	}
	return name, b[1:], nil
}

func keyHash(name string, alg byte, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"+string([]byte{alg})), key...))
	return binary.BigEndian.Uint32(sum[:])
}

func validName(name string) bool {
	return name != "" && utf8.ValidString(name) && strings.IndexFunc(name, unicode.IsSpace) < 0 && !strings.Contains(name, "+")
}
