package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"cunju/internal/db"
)

const (
	// deviceCookie names the cookie by which a browser that has been logged in is known again.
	deviceCookie = "cunju-device"
	// deviceKeep is how long a device that is not used stays known, sourceKeep how long a network's wrong passwords are
	// remembered.
	deviceKeep = 365 * 24 * time.Hour
	sourceKeep = 7 * 24 * time.Hour
	// apart is how many times the wrong passwords that lock one source lock the account for all devices that are not known.
	apart = 4
)

const (
	knownDevice = "device:" // followed by the hash of the cookie
	networkOf   = "net:"    // followed by the network
)

// source is where attempts come from: a device that has entered this account before, else the network.
type source struct {
	key   string
	known bool
}

// source tells which source of an account an attempt comes from.
func (s *Store) source(ctx context.Context, account int64, from Origin) (source, error) {
	if account != 0 && from.Token != "" {
		key := deviceKey(from.Token)
		n, err := db.One[int64](ctx, s.db, `SELECT count(*) FROM account_device WHERE town = $1 AND account = $2 AND source = $3`, s.town, account, key)
		if err != nil || n > 0 {
			return source{key, true}, err
		}
	}
	return source{networkOf + network(from.Address), false}, nil
}

func deviceKey(token string) string {
	h := sha256.Sum256([]byte(token))
	return knownDevice + base64.RawURLEncoding.EncodeToString(h[:])
}

// Remember makes a device known to an account that has just been entered from it, and answers the token that the device shall
// keep. It is a new one each time: whoever has seen or planted the old one, on a machine that several use, knows nothing any
// more. Accounts that knew the device by the old one know it by the new one.
func (s *Store) Remember(ctx context.Context, account int64, from Origin) (string, error) {
	fresh := make([]byte, sha256.Size)
	if _, err := rand.Read(fresh); err != nil {
		return "", err
	}
	token := base64.RawURLEncoding.EncodeToString(fresh)
	return token, s.db.Update(ctx, func(tx *db.Tx) error {
		if from.Token != "" {
			if _, err := tx.Exec(ctx, `UPDATE account_device SET source = $3 WHERE town = $1 AND source = $2`, s.town, deviceKey(from.Token), deviceKey(token)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO account_device (town, account, source, failures, locked_until, seen) VALUES ($1, $2, $3, 0, 0, $4)
			ON CONFLICT (town, account, source) DO UPDATE SET seen = excluded.seen`, s.town, account, deviceKey(token), s.millis())
		return err
	})
}

// forget makes an account's devices but one strangers again and drops what was counted; keep "" keeps none.
func (s *Store) forget(ctx context.Context, tx *db.Tx, account int64, keep string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_device WHERE town = $1 AND account = $2 AND source <> $3`, s.town, account, deviceKey(keep))
	return err
}

// forgive drops what was counted against an account's sources; its devices stay known.
func (s *Store) forgive(ctx context.Context, tx *db.Tx, account int64) error {
	_, err := tx.Exec(ctx, `UPDATE account_device SET failures = 0, locked_until = 0 WHERE town = $1 AND account = $2`, s.town, account)
	return err
}

// errBarred undoes what was counted of an attempt from a locked source.
var errBarred = errors.New("account: the source is locked")

// countSource counts a failure of a source in advance, and locks it when it is one too many; a locked one is errBarred. The
// statement looks and counts at once.
func (s *Store) countSource(ctx context.Context, tx *db.Tx, account int64, src source) error {
	now := s.millis()
	failures, err := db.One[int64](ctx, tx, `INSERT INTO account_device (town, account, source, failures, locked_until, seen) VALUES ($1, $2, $3, 1, 0, $4)
		ON CONFLICT (town, account, source) DO UPDATE SET failures = account_device.failures + 1, seen = excluded.seen
		WHERE account_device.locked_until <= $4 RETURNING failures`, s.town, account, src.key, now)
	if db.Kind(err) == db.NotFound {
		return errBarred
	}
	if err != nil || failures%int64(s.set.LockAfter) != 0 {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE account_device SET locked_until = $4 WHERE town = $1 AND account = $2 AND source = $3`,
		s.town, account, src.key, now+s.lockTime(failures).Milliseconds())
	return err
}

// purgeDevices forgets devices long unused and networks long quiet.
func (s *Store) purgeDevices(ctx context.Context, tx *db.Tx) error {
	now := s.millis()
	_, err := tx.Exec(ctx, `DELETE FROM account_device WHERE town = $1 AND locked_until <= $2
		AND (seen < $3 OR seen < $4 AND source LIKE '`+networkOf+`%')`,
		s.town, now, now-deviceKeep.Milliseconds(), now-sourceKeep.Milliseconds())
	return err
}
