package publish

import (
	"context"

	"cunju/internal/db"
)

var (
	witnessTable = db.Table{Name: "publish_witness", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "vkey", Type: db.Text}, {Name: "size", Type: db.Int}, {Name: "signed", Type: db.Int},
		{Name: "fault", Type: db.Text}, {Name: "said", Type: db.Text}, {Name: "since", Type: db.Int}, {Name: "warned", Type: db.Text}, {Name: "warned_at", Type: db.Int}}}
	releaseTable = db.Table{Name: "publish_release", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "size", Type: db.Int}, {Name: "signed", Type: db.Int}, {Name: "released", Type: db.Int}, {Name: "quorum", Type: db.Int}}}
)

// Migrate brings the tables up to date.
func Migrate(ctx context.Context, d *db.DB) error {
	return d.Migrate(ctx, "publish", []db.Migration{
		{Version: 1, Name: "witnesses and releases", Up: func(ctx context.Context, tx *db.Tx) error {
			return tx.Create(ctx, witnessTable, releaseTable)
		}},
	})
}

// Fault is what is wrong with a witness.
type Fault string

// The faults.
const (
	None    Fault = ""
	Down    Fault = "down"    // no connection, or it broke off
	Slow    Fault = "slow"    // no answer in time
	Refused Fault = "refused" // it does not serve this log, or asks for another form
	Lied    Fault = "lied"    // a signature that is none
	Forked  Fault = "forked"  // it knows another history of this log
	Ahead   Fault = "ahead"   // it knows more acts than the journal has
)

// Chinese is the fault in plain words.
func (f Fault) Chinese() string {
	return map[Fault]string{
		Down: "连不上", Slow: "太慢，没有按时回答", Refused: "不肯签名", Lied: "给的签名是假的",
		Forked: "说它见过的是另一本账", Ahead: "说它见过的比这里的还多",
	}[f]
}

// State is what a witness last did.
type State struct {
	VKey     string
	Size     int64 // acts under the newest checkpoint that it cosigned, 0 for none
	Signed   int64 // when that was, unix milliseconds
	Fault    Fault // what is wrong now
	Said     string
	Since    int64  // since when it is, unix milliseconds
	Warned   string // the last thing that was odd though it signed, in plain Chinese
	WarnedAt int64
}

// States answers the state of each witness that was ever asked, by its public key.
func States(ctx context.Context, q db.Querier, town string) (map[string]State, error) {
	list, err := db.All[State](ctx, q, `SELECT vkey, size, signed, fault, said, since, warned, warned_at FROM publish_witness WHERE town = $1`, town)
	states := map[string]State{}
	for _, s := range list {
		states[s.VKey] = s
	}
	return states, err
}

// Release is how a checkpoint was let out; times are unix milliseconds.
type Release struct {
	Size     int64
	Signed   int64 // by the log
	Released int64
	Quorum   int64 // when the quorum was reached, 0 while it is not
}

// InTime reports whether the quorum was reached before the checkpoint was let out.
func (r Release) InTime() bool { return r.Quorum > 0 && r.Quorum <= r.Released }

// ReleaseOf answers how the checkpoint of a size was let out. The error is of kind [db.NotFound] when no policy asked for
// witnesses then.
func ReleaseOf(ctx context.Context, q db.Querier, town string, size int64) (Release, error) {
	return db.One[Release](ctx, q, `SELECT size, signed, released, quorum FROM publish_release WHERE town = $1 AND size = $2`, town, size)
}

func (p *Publisher) writeRelease(ctx context.Context, r Release) error {
	return p.DB.Update(ctx, func(tx *db.Tx) error {
		return tx.Upsert(ctx, releaseTable, [][]any{{p.Town, r.Size, r.Signed, r.Released, r.Quorum}})
	})
}

func (p *Publisher) writeState(ctx context.Context, s State) error {
	return p.DB.Update(ctx, func(tx *db.Tx) error {
		return tx.Upsert(ctx, witnessTable, [][]any{{p.Town, s.VKey, s.Size, s.Signed, string(s.Fault), s.Said, s.Since, s.Warned, s.WarnedAt}})
	})
}
