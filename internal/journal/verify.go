package journal

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// fullRow is an act with everything that verification holds against each other.
type fullRow struct {
	N          int64
	Kind       string
	Recorded   int64
	Effective  calendar.Date
	Commitment []byte
	Leaf       []byte
	Salt       []byte
	Payload    *string
}

func (r fullRow) seal() sealedRow {
	return sealedRow{r.N, r.Kind, r.Recorded, r.Effective, r.Commitment}
}

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

func (r *Report) fault(n int64, format string, args ...any) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, Fault{n, fmt.Sprintf(format, args...)})
	}
}

// OK reports that nothing was found.
func (r *Report) OK() bool { return len(r.Faults) == 0 }

// Verify reads the whole journal of a town and recomputes every commitment, every entry, every tile, the root, every
// checkpoint (signature when key is given, and root), and the ledger's balance. progress, if given, is called now and then.
func (j *Journal) Verify(ctx context.Context, town string, key note.Verifier, progress func(done, total int64)) (*Report, error) {
	rep := &Report{Town: town}
	err := j.DB.View(ctx, func(tx *db.Tx) error {
		head, err := readHead(ctx, tx, town)
		if err != nil {
			return err
		}
		v := &verifier{ctx: ctx, tx: tx, town: town, rep: rep, head: head, key: key, t: &tree{}, progress: progress}
		return v.run()
	})
	return rep, err
}

type verifier struct {
	ctx      context.Context
	tx       *db.Tx
	town     string
	rep      *Report
	head     headRow
	key      note.Verifier
	t        *tree
	cps      []Checkpoint    // not yet reached, by size
	on       map[int64]int64 // act → sum over its entities in the index table
	progress func(done, total int64)
}

func (v *verifier) run() error {
	var err error
	if v.cps, err = db.All[Checkpoint](v.ctx, v.tx, `SELECT size, at, note FROM journal_checkpoint WHERE town = $1 ORDER BY size`, v.town); err != nil {
		return err
	}
	v.rep.Checkpoints = len(v.cps)
	if err := v.checkpointsAt(); err != nil {
		return err
	}
	if err := v.index(); err != nil {
		return err
	}
	next := int64(0)
	err = db.Each(v.ctx, v.tx, `SELECT n, kind, recorded, effective, commitment, leaf, salt, payload FROM journal_act WHERE town = $1 ORDER BY n`, func(r fullRow) error {
		if r.N != next {
			v.rep.fault(next, "第 %d 号到第 %d 号缺失", next, r.N-1)
		}
		next = r.N + 1
		return v.entry(r)
	}, v.town)
	if err != nil {
		return err
	}
	v.rep.Size, v.rep.Root = v.t.size, v.t.root()
	if v.t.size != v.head.Size {
		v.rep.fault(min(v.t.size, v.head.Size), "总账记有 %d 件，首页却写着 %d 件", v.t.size, v.head.Size)
	} else if string(v.rep.Root[:]) != string(v.head.Root) {
		v.rep.fault(-1, "全部记录算出的根与首页不符")
	}
	for _, cp := range v.cps {
		v.rep.fault(v.t.size, "已公布的检查点有 %d 件，总账只有 %d 件", cp.Size, v.t.size)
	}
	if err := v.ledger(); err != nil {
		return err
	}
	sort.SliceStable(v.rep.Faults, func(i, k int) bool { return uint64(v.rep.Faults[i].N) < uint64(v.rep.Faults[k].N) })
	return nil
}

// entry holds one act against its commitment and adds it to the tree.
func (v *verifier) entry(r fullRow) error {
	if r.Payload == nil && len(r.Salt) == 0 {
		v.rep.Erased++
	} else if r.Payload == nil || string(Commit(r.Salt, []byte(*r.Payload))) != string(r.Commitment) {
		v.rep.fault(r.N, "第 %d 号的内容与封存的指纹不符", r.N)
	}
	leaf := leafHash(r.seal().entry(v.town))
	if string(leaf[:]) != string(r.Leaf) {
		v.rep.fault(r.N, "第 %d 号的抬头（编号、种类、日期或指纹）与封存的不符", r.N)
	}
	if r.Payload != nil && v.sumOn(*r.Payload) != v.on[r.N] {
		v.rep.fault(r.N, "第 %d 号涉及的对象与索引不符", r.N)
	}
	for _, f := range v.t.add(leaf) {
		stored, err := readTile(v.ctx, v.tx, v.town, f.level, f.i)
		switch {
		case err != nil && v.ctx.Err() != nil:
			return err
		case err != nil:
			v.rep.fault(f.i<<(tileHeight*(f.level+1)), "第 %d 层第 %d 片缺失或损坏", f.level, f.i)
		case string(stored) != string(f.data):
			at := firstDifference(stored, f.data)
			n := (f.i*tileWidth + at) << (tileHeight * f.level)
			v.rep.fault(n, "第 %d 号与封存的第 %d 层第 %d 片不符", n, f.level, f.i)
		}
	}
	if v.progress != nil && v.t.size%50_000 == 0 {
		v.progress(v.t.size, v.head.Size)
	}
	return v.checkpointsAt()
}

func firstDifference(a, b []byte) int64 {
	for i := range a {
		if a[i] != b[i] {
			return int64(i / tlog.HashSize)
		}
	}
	return 0
}

// checkpointsAt checks the checkpoints of the size reached.
func (v *verifier) checkpointsAt() error {
	for len(v.cps) > 0 && v.cps[0].Size == v.t.size {
		cp := v.cps[0]
		v.cps = v.cps[1:]
		want := checkpointText(v.head.Origin, v.t.size, v.t.root())
		if len(cp.Note) < len(want) || cp.Note[:len(want)] != want {
			v.rep.fault(v.t.size, "第 %d 件时公布的检查点与总账不符", cp.Size)
			continue
		}
		if v.key != nil {
			if _, _, err := openCheckpoint(cp.Note, v.key); err != nil {
				v.rep.fault(v.t.size, "第 %d 件时公布的检查点签名无效", cp.Size)
			}
		}
	}
	return nil
}

// index reads, for each act, a sum over the entities that the index table gives it.
func (v *verifier) index() error {
	v.on = make(map[int64]int64, v.head.Size)
	return db.Each(v.ctx, v.tx, `SELECT n, entity FROM journal_on WHERE town = $1`, func(r struct{ N, Entity int64 }) error {
		v.on[r.N] += r.Entity + 1
		return nil
	}, v.town)
}

// sumOn is the same sum over the sealed payload's list. The list is cut out of the bytes: what stands before it in an envelope
// holds only numbers, and reading the whole payload would be most of the work of a verification.
func (v *verifier) sumOn(payload string) int64 {
	const mark = `},"on":[`
	i := strings.Index(payload, mark)
	if i < 0 || i > 100 {
		return 0
	}
	list, _, _ := strings.Cut(payload[i+len(mark):], "]")
	var sum int64
	for s := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return -1
		}
		sum += n + 1
	}
	return sum
}

func (v *verifier) ledger() error {
	bad, err := ledger.Audit(v.ctx, v.tx, v.town)
	for _, b := range bad {
		if b.Account == "" {
			v.rep.fault(b.Act, "第 %d 号的收付不平（%s 差 %+d）", b.Act, b.Commodity, b.Sum)
		} else {
			v.rep.fault(-1, "科目 %s 的年度结转与明细不符（%s 差 %+d）", b.Account, b.Commodity, b.Sum)
		}
	}
	return err
}
