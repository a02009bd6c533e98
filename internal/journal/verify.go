package journal

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/ledger"
)

// Fault is one thing that verification found. N is the first entry concerned, −1 when it is about no entry.
type Fault struct {
	N    int64
	What string // in plain Chinese
}

// Report is what verification saw.
type Report struct {
	Town        string
	Size        int64
	Root        tlog.Hash
	Erased      int64 // payloads deleted by law
	Checkpoints int
	Faults      []Fault // in order of entry, at most maxFaults
}

const maxFaults = 20

// OK reports that nothing was found.
func (r *Report) OK() bool { return len(r.Faults) == 0 }

// Verify reads the whole journal of a town and recomputes every commitment, every entry, every tile, the root, every
// checkpoint (signature when key is given, and root), the index of entities, and the ledger's balance. Each fault names the
// first entry that it is about, and faults that only follow from another are left out. progress, if given, is called now and
// then.
func (j *Journal) Verify(ctx context.Context, town string, key note.Verifier, progress func(done, total int64)) (*Report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	v := &verifier{ctx: ctx, town: town, key: key, progress: progress, room: faultRoom}
	rep := &Report{Town: town}
	err := j.DB.View(ctx, func(tx *db.Tx) error {
		var err error
		if v.head, err = readHead(ctx, tx, town); err != nil {
			return err
		}
		if v.last, err = db.One[int64](ctx, tx, `SELECT CAST(COALESCE(MAX(n), -1) AS BIGINT) FROM journal_act WHERE town = $1`, town); err != nil {
			return err
		}
		// The index and the ledger are read beside the acts. What another snapshot of the index holds beyond this one's size
		// is left aside; the ledger is held against itself.
		beside := make(chan error, 1)
		go func() { beside <- j.DB.View(ctx, v.readBeside) }()
		err = v.readActs(tx)
		if err != nil {
			cancel()
		}
		return errors.Join(err, <-beside)
	})
	if err != nil {
		return rep, err
	}
	v.finish()
	rep.Size, rep.Root, rep.Erased, rep.Checkpoints = v.read, v.t.root(), int64(len(v.erased)), v.checkpoints
	sort.SliceStable(v.faults, func(i, k int) bool { return uint64(v.faults[i].N) < uint64(v.faults[k].N) })
	rep.Faults = v.faults[:min(len(v.faults), maxFaults)]
	return rep, nil
}

// readBeside reads, for each act, a digest of the entities that the index gives it, and audits the ledger.
func (v *verifier) readBeside(tx *db.Tx) error {
	v.indexed = make([]uint64, max(0, min(v.head.Size, v.last+1))) // neither number alone is believed
	err := db.Each(v.ctx, tx, `SELECT n, entity FROM journal_on WHERE town = $1`, func(r struct{ N, Entity int64 }) error {
		if r.N >= 0 && r.N < int64(len(v.indexed)) {
			v.indexed[r.N] += digest(r.Entity)
		}
		return nil
	}, v.town)
	if err != nil {
		return err
	}
	v.imbalances, err = ledger.Audit(v.ctx, tx, v.town)
	return err
}

// digest spreads an entity's number so that sums of different sets differ.
func digest(entity int64) uint64 {
	x := uint64(entity) + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// finish holds against each other what both readers saw.
func (v *verifier) finish() {
	v.room += faultRoom
	for n, sum := range v.named {
		if n < len(v.indexed) && sum != v.indexed[n] && !v.badIn(int64(n), int64(n)+1) {
			v.fault(int64(n), "第 %d 号涉及的对象与索引不符", n)
		}
	}
	for n, row := range v.erased {
		if v.kept[n] != row {
			v.fault(n, "第 %d 号的内容被删去，却没有相应的“依法删除”记录", n)
		}
	}
	for _, b := range v.imbalances {
		if b.Account == "" {
			v.fault(b.Act, "第 %d 号的收付不平（%s 差 %+d）", b.Act, b.Commodity, b.Sum)
		} else {
			v.fault(-1, "科目 %s 的年度结转与明细不符（%s 差 %+d）", b.Account, b.Commodity, b.Sum)
		}
	}
}

// faultRoom is how many faults each reader may note. They come in order of entry, so the first is among them.
const faultRoom = 1000

func (v *verifier) fault(n int64, format string, args ...any) {
	if len(v.faults) >= v.room {
		return
	}
	v.bad = append(v.bad, n)
	v.faults = append(v.faults, Fault{n, fmt.Sprintf(format, args...)})
}

// badIn reports whether an entry from a on, before b, has a fault already: what follows from it need not be told.
func (v *verifier) badIn(a, b int64) bool {
	for _, n := range v.bad {
		if a <= n && n < b {
			return true
		}
	}
	return false
}
