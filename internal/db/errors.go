package db

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// ErrorKind is what went wrong, in the same words for every engine.
type ErrorKind uint8

// The kinds of errors.
const (
	Other         ErrorKind = iota
	NotFound                // no such row
	Unique                  // a primary key or unique index already has the value
	ForeignKey              // the row that is referred to does not exist, or is still referred to
	Check                   // a CHECK of the table refuses the value
	NotNull                 // a value is missing
	Busy                    // another one holds the lock; worth trying again
	Serialization           // concurrent transactions conflict or deadlock; worth trying again
	DiskFull                // no space left, or a quota is reached
	Unavailable             // the database is closed, gone, or its disk does not answer
	ReadOnly                // a write on a read-only connection or file
	BadData                 // a value the engine, or this package, does not accept
	Corrupt                 // the file or a page is damaged
)

var kindNames = [...]string{"other", "not found", "unique", "foreign key", "check", "not null", "busy",
	"serialization", "disk full", "unavailable", "read only", "bad data", "corrupt"}

// String names the kind in English, for logs and tests.
func (k ErrorKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("ErrorKind(%d)", uint8(k))
}

// ErrNotFound is answered by [One] when no row matches.
var ErrNotFound = errors.New("db: no such row")

// ErrClosed is answered by every call on a [DB] after [DB.Close].
var ErrClosed = errors.New("db: the database is closed")

// dataError is a value refused before it was sent.
type dataError struct{ reason string }

func (e *dataError) Error() string { return "db: " + e.reason }

// Kind classifies err, however deeply it is wrapped, by the codes of the
// engines; a message text is never looked at. Kind(nil) is [Other].
func Kind(err error) ErrorKind {
	var bad *dataError
	switch {
	case err == nil:
		return Other
	case errors.Is(err, ErrNotFound), errors.Is(err, sql.ErrNoRows):
		return NotFound
	case errors.As(err, &bad):
		return BadData
	case errors.Is(err, ErrClosed):
		return Unavailable
	}
	if k, ok := sqliteKind(err); ok {
		return k
	}
	k, _ := postgresKind(err)
	return k
}

// fault is an error of the engine with what was being done. Its text never
// shows an argument, which may be personal data, though engines like to quote
// the value they refuse.
type fault struct {
	text  string
	cause error
}

func (f *fault) Error() string { return f.text }
func (f *fault) Unwrap() error { return f.cause }

// fault tells a closed database from a lost one, and hides args.
func (db *DB) fault(doing string, err error, args ...any) error {
	if db.closed.Load() {
		return &fault{"db: " + doing + ": the database is closed", ErrClosed}
	}
	text := err.Error()
	for _, arg := range args {
		if s, ok := arg.(string); ok && len(s) > 1 {
			text = strings.ReplaceAll(text, s, "…")
		}
	}
	return &fault{"db: " + doing + ": " + text, err}
}

// brief is the beginning of a statement for an error message.
func brief(query string) string {
	query = strings.Join(strings.Fields(query), " ")
	if len(query) > 120 {
		query = strings.ToValidUTF8(query[:120], "") + "…"
	}
	return "“" + query + "”"
}

// Wrap, deferred at the head of a function, puts the call and its arguments
// before the error it returns:
//
//	defer db.Wrap(&err, "member.Accept(%d)", id)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
