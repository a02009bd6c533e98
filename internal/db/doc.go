// Package db is the only place of the project that knows which database it
// runs on. Everything above it writes one SQL text and gets one meaning, on
// the embedded SQLite file of a single street office as on the PostgreSQL
// server of a city.
//
// # What it is for
//
//   - [Open] a database by its name; every setting that matters is part of the
//     connection, so no connection can miss one.
//   - [DB.View] reads a consistent snapshot; [DB.Update] is one durable
//     transaction with retry; [Tx.Savepoint] lets one request of a batch fail
//     without the others.
//   - [All], [One], [Each] read enumerated columns into plain Go values.
//   - [Table] describes a table once; the DDL of both engines, the bulk
//     [Tx.Insert] and [Tx.Upsert] follow from it.
//   - [Kind] says what went wrong in words that do not depend on the engine.
//   - [DB.Migrate] moves the few tables that cannot be rebuilt.
//
// # The SQL that is allowed
//
// Placeholders are $1, $2 …; columns are enumerated; types are BIGINT, TEXT
// and bytes. A date is TEXT YYYY-MM-DD, an instant BIGINT unix milliseconds,
// money BIGINT fen, a truth value BIGINT 0 or 1. Anything whose meaning
// differs between the engines (booleans, time types, JSON operators, arrays,
// LIMIT -1, loose GROUP BY, double-quoted strings) stays out. Sums need
// CAST(sum(x) AS BIGINT), a parameter compared with NULL needs
// CAST($1 AS TEXT), an ORDER BY over a nullable column needs NULLS FIRST or
// LAST. Text orders by code point on both engines, whatever the locale of the
// server, because generated columns carry COLLATE "C".
//
// Arguments are string, int64, int, []byte or nil, named types of those kinds,
// pointers to them, or a driver.Valuer that yields one. A string that holds
// NUL or is not UTF-8 is refused before it is sent: one engine would store it.
//
// # Failure has one shape
//
// As on PostgreSQL, a statement that fails inside a transaction spoils it: all
// later statements answer the first error, and the commit is refused, unless
// a [Tx.Savepoint] around the failure rolls back. SQLite alone would go on,
// and after some errors (disk full) would silently leave the transaction.
//
// # Connections
//
// SQLite has one writer connection (BEGIN IMMEDIATE, WAL, synchronous FULL)
// and a pool of read-only ones; PostgreSQL has a writing and a reading pool.
// Inside an Update or a View use its [Tx] only. A second DB.Update inside an
// Update waits for itself, and a query on the DB inside an [Each] on the DB
// takes a second connection.
//
// # Tables
//
// The package owns one table per migration set, schema_<set>, in which goose
// notes the versions that were applied. What may never change: the names of
// these tables, and the meaning of a version once released.
package db
