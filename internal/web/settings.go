package web

import (
	"net/netip"
	"time"
)

// Settings are all the values an operator may set for pages, sessions and
// passwords. The defaults follow the usual reading of level 2 of GB/T 22239-2019
// (8.1.4.1: identity checks, lockout, time-outs; 8.1.4.3: audit).
type Settings struct {
	// SessionIdle ends a session that was not used for this long.
	SessionIdle time.Duration
	// SessionLife ends a session this long after log-in, used or not.
	SessionLife time.Duration
	// SessionTouch is how stale "last seen" may be before it is written again.
	SessionTouch time.Duration

	// LockAfter is the number of wrong passwords in a row that locks an account.
	LockAfter int
	// LockFor is the length of the first lock; every further lock doubles it.
	LockFor time.Duration
	// LockMax is the longest lock.
	LockMax time.Duration
	// AddressTries is the number of failed log-ins one network address may make
	// within AddressWindow before it has to wait.
	AddressTries  int
	AddressWindow time.Duration

	// PasswordLength is the smallest number of characters.
	PasswordLength int
	// PasswordClasses is how many of the four classes (capital letters, small
	// letters, digits, others) a password needs.
	PasswordClasses int
	// PasswordAge is after how long a password must be changed; 0 means never.
	PasswordAge time.Duration
	// HashMemory is argon2id's memory in KiB, HashTime its passes, HashParallel
	// the number of passwords checked at the same time: together they bound the
	// memory that log-ins can take.
	HashMemory   uint32
	HashTime     uint32
	HashParallel int

	// AuditKeep is how long log-ins stay on record. The Cybersecurity Law
	// (2025 text), article 23, asks for six months at least.
	AuditKeep time.Duration

	// MaxBody is the size of a request body in bytes unless its route says
	// otherwise; MaxParallel the number of requests answered at the same time.
	MaxBody     int64
	MaxParallel int
	// UploadRoom bounds the bytes of uploaded forms that lie in memory at the same
	// time; nothing of them is written to the disk before a page does so. It must
	// be at least as large as the largest MaxBody of a route.
	UploadRoom int64
	// GuestRoom is the same for visitors who are not logged in, apart from the
	// other, so that nobody from outside can keep a clerk's file waiting.
	GuestRoom int64
	// SlotWait is how long a request beyond MaxParallel waits for its turn, and an
	// upload for room.
	SlotWait time.Duration
	// ReadStall and WriteStall end a connection that moved no byte for so long;
	// UploadLimit is the longest any body may take in all.
	ReadStall   time.Duration
	WriteStall  time.Duration
	UploadLimit time.Duration
	// StopWithin is how long a stopping server waits for requests under way.
	StopWithin time.Duration

	// Proxies are the networks of our own reverse proxies: only from them are
	// X-Forwarded-For and X-Forwarded-Proto believed.
	Proxies []netip.Prefix
	// MetricsFrom are the networks that may read /metrics.
	MetricsFrom []netip.Prefix
}

// AuditKeepLeast is the shortest time log-ins may be kept: six months, counted
// generously (Cybersecurity Law, 2025 text, article 23).
const AuditKeepLeast = 184 * 24 * time.Hour

// DefaultSettings are the values used where an operator sets none.
func DefaultSettings() Settings {
	return Settings{
		SessionIdle:  30 * time.Minute,
		SessionLife:  12 * time.Hour,
		SessionTouch: time.Minute,

		LockAfter:     5,
		LockFor:       10 * time.Minute,
		LockMax:       4 * time.Hour,
		AddressTries:  30,
		AddressWindow: 10 * time.Minute,

		PasswordLength:  8,
		PasswordClasses: 3,
		PasswordAge:     90 * 24 * time.Hour,
		HashMemory:      19 * 1024,
		HashTime:        2,
		HashParallel:    2,

		AuditKeep: 365 * 24 * time.Hour,

		MaxBody:     256 << 10,
		MaxParallel: 256,
		UploadRoom:  32 << 20,
		GuestRoom:   2 << 20,
		SlotWait:    2 * time.Second,
		ReadStall:   30 * time.Second,
		WriteStall:  60 * time.Second,
		UploadLimit: 30 * time.Minute,
		StopWithin:  20 * time.Second,

		MetricsFrom: []netip.Prefix{
			netip.MustParsePrefix("127.0.0.0/8"),
			netip.MustParsePrefix("::1/128"),
		},
	}
}
