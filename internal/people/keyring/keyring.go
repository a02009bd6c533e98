package keyring

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"cunju/internal/db"
)

// Handle names a person's key: a random number of 53 bits (exact in any JSON reader), never 0, never reused.
type Handle int64

var (
	// ErrErased says that the person's key was deleted: the data are gone for good, which is an answer, not a fault.
	ErrErased = errors.New("该人员的个人信息已按规定删除，无法恢复")
	// ErrUnknown says that no key was ever made for the handle, or that the key database is older than the main one.
	ErrUnknown = errors.New("密钥库中没有该人员的密钥，密钥库可能不是最新的备份")
	// ErrDamaged says that a ciphertext does not open: it was changed, or belongs to another person, field or town.
	ErrDamaged = errors.New("加密的个人信息已损坏或被移动，未显示。请用 cunju verify 检查")
	// ErrMaster says that the keys were wrapped with another master key.
	ErrMaster = errors.New("主密钥与密钥库不符，未做任何改动。请使用建库时的 master.key")
)

var (
	keyTable = db.Table{
		Name: "keyring_key", Key: 2,
		Columns: []db.Column{
			{Name: "town", Type: db.Text}, {Name: "handle", Type: db.Int},
			{Name: "wrapped", Type: db.Bytes}, // nonce ‖ ciphertext ‖ tag
			{Name: "erased", Type: db.Int},    // unix milliseconds, 0 while the key lives
		},
		Indexes: []db.Index{{Name: "keyring_key_erased", Columns: []string{"town", "erased"}, Where: "erased > 0"}},
	}
	checkTable = db.Table{
		Name: "keyring_check", Key: 1,
		Columns: []db.Column{{Name: "town", Type: db.Text}, {Name: "value", Type: db.Bytes}},
	}
)

// Migrations of the set "keyring", for the key database.
func Migrations() []db.Migration {
	return []db.Migration{{
		Version: 1, Name: "keys",
		Up: func(ctx context.Context, tx *db.Tx) error { return tx.Create(ctx, keyTable, checkTable) },
	}}
}

// Ring opens and seals personal data. It is safe for concurrent use.
type Ring struct {
	db    *db.DB
	wrap  cipher.AEAD
	blind []byte // the master's part for blind indexes
	keys  *cache
	subs  sync.Map // town|field → []byte, keys of blind indexes
}

// CacheSize is how many unwrapped keys a Ring keeps (about 150 bytes each).
const CacheSize = 32768

// Open migrates the key database and checks that the master key belongs to it; it fails with ErrMaster if not.
func Open(ctx context.Context, d *db.DB, master Master) (*Ring, error) {
	if err := d.Migrate(ctx, "keyring", Migrations()); err != nil {
		return nil, err
	}
	wrap, err := derive(master[:], "cunju keyring 1 wrap")
	if err != nil {
		return nil, err
	}
	blind, err := derive(master[:], "cunju keyring 1 blind")
	if err != nil {
		return nil, err
	}
	check, err := derive(master[:], "cunju keyring 1 check")
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(wrap)
	if err != nil {
		return nil, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		stored, err := db.One[[]byte](ctx, tx, `SELECT value FROM keyring_check WHERE town = $1`, "")
		if errors.Is(err, db.ErrNotFound) {
			return tx.Insert(ctx, checkTable, [][]any{{"", check}})
		}
		if err == nil && !hmac.Equal(stored, check) {
			return ErrMaster
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("keyring.Open: %w", err)
	}
	return &Ring{db: d, wrap: aead, blind: blind, keys: newCache(CacheSize)}, nil
}

// New makes n keys in one durable transaction. Make them before the act that quotes the handles: a handle without a
// person is harmless, a person without a key is not.
func (r *Ring) New(ctx context.Context, town string, n int) (handles []Handle, err error) {
	defer db.Wrap(&err, "keyring.New(%s, %d)", town, n)
	const each = 8 + 32 + 12 // handle, key, nonce
	random := make([]byte, n*each)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	handles = make([]Handle, n)
	rows := make([][]any, n)
	plain := make([][32]byte, n)
	for i := range n {
		part := random[i*each : (i+1)*each]
		h := Handle(binary.BigEndian.Uint64(part)>>11) | 1<<52
		copy(plain[i][:], part[8:40])
		wrapped := make([]byte, 12, 12+32+16)
		copy(wrapped, part[40:])
		wrapped = r.wrap.Seal(wrapped, part[40:], plain[i][:], wrapAAD(town, h))
		handles[i], rows[i] = h, []any{town, int64(h), wrapped, int64(0)}
	}
	// Two equal handles (once in 2⁵² per pair) break the key of the table, and the whole call fails.
	if err := r.db.Update(ctx, func(tx *db.Tx) error { return tx.Insert(ctx, keyTable, rows) }); err != nil {
		return nil, err
	}
	for i, h := range handles {
		r.keys.put(slot{town, h}, plain[i])
	}
	return handles, nil
}

// Load unwraps the keys of many persons with few queries, before a list or an export opens their fields. Erased,
// unknown and damaged keys are left out; Open names them. At most CacheSize at a time stay loaded.
func (r *Ring) Load(ctx context.Context, town string, handles []Handle) (err error) {
	defer db.Wrap(&err, "keyring.Load(%s, %d handles)", town, len(handles))
	missing := make([]Handle, 0, len(handles))
	for _, h := range handles {
		if _, ok := r.keys.get(slot{town, h}); !ok {
			missing = append(missing, h)
		}
	}
	for len(missing) > 0 {
		chunk := missing[:min(len(missing), 200)]
		missing = missing[len(chunk):]
		if err := r.loadChunk(ctx, town, chunk); err != nil {
			return err
		}
	}
	return nil
}

// loadChunk reads a fixed number of keys with one statement text, so that it is prepared once.
func (r *Ring) loadChunk(ctx context.Context, town string, chunk []Handle) error {
	args := make([]any, 0, 1+len(chunk))
	args = append(args, town)
	query := []byte(`SELECT handle, wrapped FROM keyring_key WHERE town = $1 AND erased = 0 AND handle IN (`)
	for i, h := range chunk {
		if i > 0 {
			query = append(query, ',')
		}
		query = strconv.AppendInt(append(query, '$'), int64(i+2), 10)
		args = append(args, int64(h))
	}
	type row struct {
		Handle  Handle
		Wrapped []byte
	}
	return db.Each(ctx, r.db, string(append(query, ')')), func(w row) error {
		// A damaged key concerns one person; Open will say so on his row.
		if key, err := r.unwrap(town, w.Handle, w.Wrapped); err == nil {
			r.keys.put(slot{town, w.Handle}, key)
		}
		return nil
	}, args...)
}

// key returns a person's key from the cache or the database.
func (r *Ring) key(ctx context.Context, town string, h Handle) ([32]byte, error) {
	if key, ok := r.keys.get(slot{town, h}); ok {
		return key, nil
	}
	type row struct {
		Wrapped []byte
		Erased  int64
	}
	w, err := db.One[row](ctx, r.db, `SELECT wrapped, erased FROM keyring_key WHERE town = $1 AND handle = $2`, town, int64(h))
	switch {
	case errors.Is(err, db.ErrNotFound):
		return [32]byte{}, ErrUnknown
	case err != nil:
		return [32]byte{}, err
	case w.Erased > 0:
		return [32]byte{}, ErrErased
	}
	key, err := r.unwrap(town, h, w.Wrapped)
	if err == nil {
		r.keys.put(slot{town, h}, key)
	}
	return key, err
}

func (r *Ring) unwrap(town string, h Handle, wrapped []byte) (key [32]byte, err error) {
	if len(wrapped) != 12+32+16 {
		return key, ErrDamaged
	}
	if _, err := r.wrap.Open(key[:0], wrapped[:12], wrapped[12:], wrapAAD(town, h)); err != nil {
		return [32]byte{}, ErrDamaged
	}
	return key, nil
}

// Erase deletes a person's key: all his sealed data, wherever they lie, can never be opened again. The stored key is
// overwritten, and the handle stays marked so that [Ring.Open] can say why. Callers also delete his blind indexes.
// Old row versions live until [Ring.Scrub] (SQLite) or VACUUM (PostgreSQL), keys in older backups as long as they do, and another process that has the key in memory keeps it until it stops.
func (r *Ring) Erase(ctx context.Context, town string, h Handle) (err error) {
	defer db.Wrap(&err, "keyring.Erase(%s, %d)", town, h)
	at := time.Now().UnixMilli() //nolint:forbidigo // keys are no projection: a rebuild never makes this row again
	n, err := r.db.Exec(ctx, `UPDATE keyring_key SET wrapped = $3, erased = $4
		WHERE town = $1 AND handle = $2 AND erased = 0`, town, int64(h), make([]byte, 12+32+16), at)
	if err != nil {
		return err
	}
	r.keys.forget(slot{town, h})
	if n == 1 {
		return nil
	}
	_, err = db.One[int64](ctx, r.db, `SELECT erased FROM keyring_key WHERE town = $1 AND handle = $2`, town, int64(h))
	if errors.Is(err, db.ErrNotFound) {
		return ErrUnknown
	}
	return err // erased before: nothing to do
}

// Scrub takes the keys that were erased out of the database file too.
func (r *Ring) Scrub(ctx context.Context) error { return r.db.Scrub(ctx) }

// Erased lists the handles whose keys were deleted since an instant in unix milliseconds, to repeat the erasures after
// an older backup was restored.
func (r *Ring) Erased(ctx context.Context, town string, since int64) ([]Handle, error) {
	return db.All[Handle](ctx, r.db, `SELECT handle FROM keyring_key
		WHERE town = $1 AND erased > 0 AND erased >= $2 ORDER BY handle`, town, since)
}

func derive(secret []byte, label string) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, nil, label, 32)
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func wrapAAD(town string, h Handle) []byte {
	return strconv.AppendInt([]byte(town+"|"), int64(h), 10)
}

// encoding of ciphertexts and blind indexes.
var encoding = base64.RawURLEncoding
