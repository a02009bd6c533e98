package account

import (
	"context"

	"cunju/internal/db"
)

// OfPerson lists the login names with which a person may still log in, now or once unlocked.
func OfPerson(ctx context.Context, q db.Querier, town string, person int64) ([]string, error) {
	return db.All[string](ctx, q, `SELECT login FROM account WHERE town = $1 AND person = $2 AND state <> 'closed' ORDER BY login`, town, person)
}

// Forget takes the name off the closed accounts of a person whose data were erased by law. Login names stay with the log of
// log-ins, which the law has kept for its own time.
func (s *Store) Forget(ctx context.Context, person int64) error {
	_, err := s.db.Exec(ctx, `UPDATE account SET name = '（个人信息已依法删除）' WHERE town = $1 AND person = $2 AND state = 'closed'`, s.town, person)
	if err == nil {
		_, err = s.db.Exec(ctx, `DELETE FROM account_slip WHERE town = $1 AND person = $2`, s.town, person)
	}
	return err
}
