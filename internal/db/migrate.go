package db

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migration is one step of a set of tables from a version to the next. It runs
// once in a transaction of its own. A released migration is never changed.
type Migration struct {
	Version int64 // from 1, rising
	Name    string
	Up      func(ctx context.Context, tx *Tx) error
}

// Migrate applies those of ms that this database has not seen, in order of
// version, and notes them in the table schema_<set>. Each set (journal,
// accounts …) counts for itself. A database that has seen more than ms holds
// is refused: it was written by a newer program.
func (db *DB) Migrate(ctx context.Context, set string, ms []Migration) (err error) {
	defer Wrap(&err, "db: migrate %s", set)
	if !nameForm.MatchString(set) {
		return fmt.Errorf("bad name of a set")
	}
	if db.closed.Load() {
		return ErrClosed
	}
	table := "schema_" + set
	steps := make([]*goose.Migration, len(ms))
	for i, m := range ms {
		steps[i] = goose.NewGoMigration(m.Version, &goose.GoFunc{RunTx: func(ctx context.Context, inner *sql.Tx) error {
			tx := &Tx{db: db, sql: inner}
			// Another process may have been faster between the look and the lock.
			seen, err := One[int64](ctx, tx, "SELECT count(*) FROM "+table+" WHERE version_id = $1", m.Version)
			if err != nil || seen > 0 {
				return err
			}
			if err := m.Up(ctx, tx); err != nil {
				return fmt.Errorf("%d %s: %w", m.Version, m.Name, err)
			}
			return tx.failed
		}}, nil)
	}
	options := []goose.ProviderOption{goose.WithGoMigrations(steps...), goose.WithTableName(table),
		goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if db.Engine() == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db.writer, nil, options...)
	if err != nil {
		return err
	}
	return patiently(ctx, func() error { return up(ctx, provider) })
}

func up(ctx context.Context, provider *goose.Provider) error {
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > target {
		return fmt.Errorf("the database has version %d, this program knows %d: use the newer program", current, target)
	}
	_, err = provider.Up(ctx)
	return err
}
