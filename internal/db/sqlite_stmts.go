package db

import (
	"context"
	"database/sql/driver"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// stmtsPerConn is how many prepared statements a SQLite connection keeps.
// pgx keeps its own.
const stmtsPerConn = 256

// cachingConnector opens connections that prepare each statement text once.
type cachingConnector struct{ driver.Connector }

func (c cachingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	stmts, err := simplelru.NewLRU(stmtsPerConn, func(_ string, s *keptStmt) { s.drop() })
	if err != nil {
		return nil, err
	}
	return &cachingConn{conn.(fullConn), stmts}, nil
}

// fullConn is what database/sql uses of a SQLite connection.
type fullConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type cachingConn struct {
	fullConn
	stmts *simplelru.LRU[string, *keptStmt]
}

// keptStmt is a prepared statement. While its rows are read it is busy: the
// same text then gets a second one, and it must not be closed before the end.
type keptStmt struct {
	fullStmt
	busy, dropped bool
}

type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (s *keptStmt) drop() {
	s.dropped = true
	if !s.busy {
		s.Close()
	}
}

func (s *keptStmt) release() {
	s.busy = false
	if s.dropped {
		s.Close()
	}
}

// stmt answers a free prepared statement, marked busy.
func (c *cachingConn) stmt(ctx context.Context, query string) (*keptStmt, error) {
	kept, ok := c.stmts.Get(query)
	if ok && !kept.busy {
		kept.busy = true
		return kept, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	fresh := &keptStmt{fullStmt: s.(fullStmt), busy: true, dropped: ok}
	if !ok {
		c.stmts.Add(query, fresh)
	}
	return fresh, nil
}

// ExecContext implements driver.ExecerContext.
func (c *cachingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	defer s.release()
	return s.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *cachingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		s.release()
		return nil, err
	}
	return &keptRows{rows, s}, nil
}

// Close implements driver.Conn.
func (c *cachingConn) Close() error {
	c.stmts.Purge()
	return c.fullConn.Close()
}

type keptRows struct {
	driver.Rows
	stmt *keptStmt
}

// Next implements driver.Rows. Empty bytes are told from NULL, as on
// PostgreSQL: the driver answers both as nil.
func (r *keptRows) Next(dest []driver.Value) error {
	if err := r.Rows.Next(dest); err != nil {
		return err
	}
	for i, v := range dest {
		if b, ok := v.([]byte); ok && b == nil {
			dest[i] = []byte{}
		}
	}
	return nil
}

func (r *keptRows) Close() error {
	defer r.stmt.release()
	return r.Rows.Close()
}
