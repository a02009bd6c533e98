package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"

	"cunju/internal/db"
	"cunju/internal/web"
	"golang.org/x/text/width"
)

// slipKeep is how long an activation slip is good.
const slipKeep = 30 * 24 * time.Hour

// Slip is a printed paper with which a person opens his own account, once.
type Slip struct {
	Login   string // with which he will log in
	Code    string // on the paper alone: known here by its hash
	Expires int64  // unix milliseconds
}

// ErrHasAccount says that a person needs no slip.
var ErrHasAccount = errors.New("account: the person has an account already")

// IssueSlip makes a slip for a person without an account; earlier ones of the same person are worth nothing from then on. by is
// the account of whoever prints it.
func (s *Store) IssueSlip(ctx context.Context, person int64, name string, by int64) (Slip, error) {
	slip := Slip{Login: "cm" + strconv.FormatInt(person, 10), Code: slipCode(), Expires: s.now().Add(slipKeep).UnixMilli()}
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		taken, err := db.One[int64](ctx, tx, `SELECT count(*) FROM account WHERE town = $1 AND (person = $2 OR login = $3)`, s.town, person, slip.Login)
		if err != nil {
			return err
		}
		if taken > 0 {
			return ErrHasAccount
		}
		if _, err := tx.Exec(ctx, `DELETE FROM account_slip WHERE town = $1 AND person = $2`, s.town, person); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO account_slip (town, token, person, name, login, by_account, created, expires) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			s.town, slipToken(slip.Code), person, name, slip.Login, by, s.millis(), slip.Expires)
		return err
	})
	return slip, err
}

// slipRow is a slip that was not used yet.
type slipRow struct {
	Person    int64
	Name      string
	Login     string
	By        int64
	ExpiresAt int64
}

// Activate opens the account of a slip under a password of the person's own. A code that is wrong, used or too old is
// [ErrRefused]; a poor password is a *web.Error with status 422 and leaves the slip good.
func (s *Store) Activate(ctx context.Context, code, password string, from Origin) (Account, error) {
	if wait := s.tries.wait(from.Address, s.now()); wait > 0 {
		return Account{}, web.TooMany("这个网络上输错的次数太多。", wait)
	}
	slip, err := db.One[slipRow](ctx, s.db, `SELECT person, name, login, by_account, expires FROM account_slip WHERE town = $1 AND token = $2`, s.town, slipToken(code))
	if db.Kind(err) == db.NotFound || err == nil && slip.ExpiresAt <= s.millis() {
		s.tries.failed(from.Address, s.now())
		return Account{}, ErrRefused
	}
	if err != nil {
		return Account{}, err
	}
	if wrong := CheckPassword(s.set, slip.Login, slip.Name, password); len(wrong) > 0 {
		return Account{}, web.Fail(422, strings.Join(wrong, "；"))
	}
	a, err := s.Create(ctx, New{Login: slip.Login, Name: slip.Name, Person: slip.Person, Password: password, Keep: true, By: slip.By})
	if errors.Is(err, ErrTaken) { // the same slip, sent twice at the same time
		return a, ErrRefused
	}
	if err != nil {
		return a, err
	}
	_, err = s.db.Exec(ctx, `DELETE FROM account_slip WHERE town = $1 AND person = $2`, s.town, slip.Person)
	return a, err
}

// slipLetters are those of codes: none looks like another.
const slipLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// slipCode makes a random code that people can copy from paper: three groups of four, 60 bits.
func slipCode() string {
	var b strings.Builder
	for i := range 12 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(slipLetters))))
		if err != nil {
			panic(err) // the system's source of chance does not fail
		}
		b.WriteByte(slipLetters[n.Int64()])
	}
	return b.String()
}

// slipToken is the hash under which a code is known, however it was typed.
func slipToken(code string) string {
	code = strings.ToUpper(width.Narrow.String(code))
	code = strings.Map(func(r rune) rune {
		if strings.ContainsRune(slipLetters, r) {
			return r
		}
		return -1
	}, code)
	sum := sha256.Sum256([]byte("slip " + code))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
