package account

import (
	"context"

	"cunju/internal/db"
)

var accountTable = db.Table{
	Name: "account",
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "id", Type: db.Int},
		{Name: "login", Type: db.Text}, // normalised
		{Name: "name", Type: db.Text},
		{Name: "person", Type: db.Int}, // 0: none
		{Name: "state", Type: db.Text}, // active, locked, closed
		{Name: "hash", Type: db.Text},  // argon2id with its parameters
		{Name: "must_change", Type: db.Bool},
		{Name: "created", Type: db.Int},
		{Name: "changed", Type: db.Int}, // when the password was set
		{Name: "failures", Type: db.Int},
		{Name: "locked_until", Type: db.Int},
		{Name: "last_login", Type: db.Int}, // 0: never
	},
	Key: 2,
	Indexes: []db.Index{
		{Name: "account_login", Columns: []string{"town", "login"}, Unique: true},
		{Name: "account_person", Columns: []string{"town", "person"}, Unique: true, Where: "person > 0"},
	},
}

var sessionTable = db.Table{
	Name: "account_session",
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "token", Type: db.Text}, // hash
		{Name: "account", Type: db.Int},
		{Name: "data", Type: db.Bytes},
		{Name: "created", Type: db.Int},
		{Name: "seen", Type: db.Int},
		{Name: "deadline", Type: db.Int},
		{Name: "device", Type: db.Text},
		{Name: "address", Type: db.Text},
	},
	Key: 2,
	Indexes: []db.Index{
		{Name: "account_session_account", Columns: []string{"town", "account"}},
	},
}

var eventTable = db.Table{
	Name: "account_event",
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "at", Type: db.Int},
		{Name: "id", Type: db.Int}, // tells events of one instant apart, rising
		{Name: "account", Type: db.Int},
		{Name: "actor", Type: db.Int}, // the account that did it; 0: nobody logged in
		{Name: "kind", Type: db.Text},
		{Name: "device", Type: db.Text},
		{Name: "address", Type: db.Text},
	},
	Key: 3,
	Indexes: []db.Index{
		{Name: "account_event_account", Columns: []string{"town", "account", "at DESC"}},
	},
}

// deviceTable counts wrong passwords by source: a device that has entered the account before, or a network.
var deviceTable = db.Table{
	Name: "account_device",
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "account", Type: db.Int},
		{Name: "source", Type: db.Text}, // device: and the hash of its cookie, or net: and the network
		{Name: "failures", Type: db.Int},
		{Name: "locked_until", Type: db.Int},
		{Name: "seen", Type: db.Int},
	},
	Key: 3,
}

// slipTable has the activation slips that are not used yet.
var slipTable = db.Table{
	Name: "account_slip",
	Columns: []db.Column{
		{Name: "town", Type: db.Text},
		{Name: "token", Type: db.Text}, // hash of the code
		{Name: "person", Type: db.Int},
		{Name: "name", Type: db.Text},
		{Name: "login", Type: db.Text},
		{Name: "by_account", Type: db.Int}, // who printed it
		{Name: "created", Type: db.Int},
		{Name: "expires", Type: db.Int},
	},
	Key: 2,
	Indexes: []db.Index{
		{Name: "account_slip_person", Columns: []string{"town", "person"}},
	},
}

// Migrate brings the tables of accounts up to date.
func Migrate(ctx context.Context, d *db.DB) error {
	return d.Migrate(ctx, "accounts", []db.Migration{
		{Version: 1, Name: "accounts, sessions and log-ins", Up: func(ctx context.Context, tx *db.Tx) error {
			return tx.Create(ctx, accountTable, sessionTable, eventTable)
		}},
		{Version: 2, Name: "devices", Up: func(ctx context.Context, tx *db.Tx) error { return tx.Create(ctx, deviceTable) }},
		{Version: 3, Name: "activation slips", Up: func(ctx context.Context, tx *db.Tx) error { return tx.Create(ctx, slipTable) }},
	})
}
