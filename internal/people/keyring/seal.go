package keyring

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"strconv"
	"strings"

	"cunju/internal/db"
)

// prefix marks the scheme of a sealed value.
const prefix = "1."

// Seal encrypts one field of a person. Equal values give different texts. The empty value stays empty: that nothing is
// known of a person is not secret.
func (r *Ring) Seal(ctx context.Context, town string, h Handle, field Field, plain string) (sealed string, err error) {
	if plain == "" {
		return "", nil
	}
	defer db.Wrap(&err, "keyring.Seal(%s, %d, %s)", town, h, field)
	key, err := r.key(ctx, town, h)
	if err != nil {
		return "", err
	}
	aead, err := newAEAD(key[:])
	if err != nil {
		return "", err
	}
	out := make([]byte, 12, 12+len(plain)+16)
	if _, err := rand.Read(out); err != nil {
		return "", err
	}
	out = aead.Seal(out, out, []byte(plain), sealAAD(town, h, field))
	return prefix + encoding.EncodeToString(out), nil
}

// Open decrypts one field of a person. It fails with ErrErased, ErrUnknown or ErrDamaged, or when the key database does
// not answer.
func (r *Ring) Open(ctx context.Context, town string, h Handle, field Field, sealed string) (plain string, err error) {
	if sealed == "" {
		return "", nil
	}
	defer db.Wrap(&err, "keyring.Open(%s, %d, %s)", town, h, field)
	body, ok := strings.CutPrefix(sealed, prefix)
	if !ok {
		return "", ErrDamaged
	}
	raw, err := encoding.DecodeString(body)
	if err != nil || len(raw) < 12+16 {
		return "", ErrDamaged
	}
	key, err := r.key(ctx, town, h)
	if err != nil {
		return "", err
	}
	aead, err := newAEAD(key[:])
	if err != nil {
		return "", err
	}
	out, err := aead.Open(raw[12:12], raw[:12], raw[12:], sealAAD(town, h, field))
	if err != nil {
		return "", ErrDamaged
	}
	return string(out), nil
}

// Blind is the blind index of a value: 22 characters, equal exactly for values whose [Normal] form is equal, within one
// town and field. The empty value has the empty index, so that unknown numbers do not find each other.
func (r *Ring) Blind(town string, field Field, plain string) string {
	plain = Normal(field, plain)
	if plain == "" {
		return ""
	}
	name := town + "|" + string(field)
	sub, ok := r.subs.Load(name)
	if !ok {
		key, err := derive(r.blind, name)
		if err != nil { // HKDF fails only for a length it cannot give; 32 bytes it can
			panic(err)
		}
		sub, _ = r.subs.LoadOrStore(name, key)
	}
	mac := hmac.New(sha256.New, sub.([]byte))
	mac.Write([]byte(plain))
	return encoding.EncodeToString(mac.Sum(nil)[:16])
}

func sealAAD(town string, h Handle, field Field) []byte {
	aad := make([]byte, 0, len(town)+len(field)+24)
	aad = append(append(aad, town...), '|')
	aad = append(strconv.AppendInt(aad, int64(h), 10), '|')
	return append(aad, field...)
}
