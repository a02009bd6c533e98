// Package dbtest gives tests a fresh database of every kind, so that one test
// body proves one meaning on both engines.
//
// SQLite needs nothing. PostgreSQL is used when CUNJU_TEST_PG holds the DSN of
// a server on which databases may be created; make test starts a private one.
// Without it the PostgreSQL half is skipped and says so, or fails when
// CUNJU_REQUIRE_PG=1, so that it cannot be forgotten where it matters. The
// package owns no tables; its databases are gone after the test.
package dbtest
