package journal

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
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
	Payload    []byte
}

const fullColumns = `n, kind, recorded, effective, commitment, leaf, salt, payload`

func (r fullRow) seal() sealedRow {
	return sealedRow{r.N, r.Kind, r.Recorded, r.Effective, r.Commitment}
}

// verifier is a verification under way. Two goroutines fill it, each its own fields.
type verifier struct {
	ctx      context.Context
	town     string
	head     headRow
	key      note.Verifier
	progress func(done, total int64)

	// of the reader of acts
	t           tree
	read        int64            // acts that are there
	lost        bool             // an act is missing: the tree says nothing from there on
	upper       []fullTile       // tiles above level 0, checked at the end
	cps         []Checkpoint     // not yet reached, by size
	last        int64            // the largest number of an act
	recorded    int64            // when the act read last was recorded
	checkpoints int              // all of them
	named       []uint64         // act → digest of the entities that its payload names
	erased      map[int64]string // act → what stands in place of its payload
	kept        map[int64]string // act → what may stand there, as erasures say
	faults      []Fault
	bad         []int64 // the entries of faults
	room        int     // how many may be noted

	// of the reader beside it
	indexed    []uint64 // act → digest of the entities that the index gives it
	imbalances []ledger.Imbalance
}

// page is a stretch of acts with the tiles over them.
type page struct {
	first int64
	acts  []fullRow
	tiles map[int64][]byte // of level 0
	err   error
}

const pageActs = 16 * tileWidth

// readActs walks through the acts page by page; the next page is read while this one is hashed.
func (v *verifier) readActs(tx *db.Tx) error {
	var err error
	if v.cps, err = db.All[Checkpoint](v.ctx, tx, `SELECT size, at, note FROM journal_checkpoint WHERE town = $1 ORDER BY size`, v.town); err != nil {
		return err
	}
	v.checkpoints = len(v.cps)
	last := min(v.last, v.head.Size-1+pageActs) // a number far beyond the head's is a fault, and no reason to count up to it
	v.named = make([]uint64, max(0, last+1))
	v.erased, v.kept = map[int64]string{}, map[int64]string{}
	v.checkCheckpoints()
	pages := make(chan page, 1)
	ctx, cancel := context.WithCancel(v.ctx)
	go func() {
		defer close(pages)
		for first := int64(0); first <= last; first += pageActs {
			p := readPage(ctx, tx, v.town, first)
			select {
			case pages <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	for p := range pages {
		if err == nil {
			err = p.err
		}
		if err != nil {
			cancel() // and go on until the reader is gone: it uses the transaction
			continue
		}
		v.page(p)
		if v.progress != nil {
			v.progress(v.read, v.head.Size)
		}
	}
	cancel()
	if err != nil {
		return err
	}
	return v.checkTop(tx)
}

func readPage(ctx context.Context, tx *db.Tx, town string, first int64) page {
	p := page{first: first, tiles: map[int64][]byte{}}
	p.acts, p.err = db.All[fullRow](ctx, tx, `SELECT `+fullColumns+` FROM journal_act WHERE town = $1 AND n >= $2 AND n < $3 ORDER BY n`,
		town, first, first+pageActs)
	if p.err != nil {
		return p
	}
	tiles, err := db.All[struct {
		I      int64
		Hashes []byte
	}](ctx, tx, `SELECT i, hashes FROM journal_tile WHERE town = $1 AND level = 0 AND i >= $2 AND i < $3`, town, first/tileWidth, (first+pageActs)/tileWidth)
	p.err = err
	for _, t := range tiles {
		p.tiles[t.I] = t.Hashes
	}
	return p
}

func (v *verifier) page(p page) {
	next := p.first
	for _, r := range p.acts {
		if r.N != next {
			v.missing(next, r.N)
		}
		next = r.N + 1
		v.read, v.recorded = v.read+1, r.Recorded
		leaf := v.entry(r)
		if v.lost {
			continue
		}
		for _, f := range v.t.add(leaf) {
			if f.level > 0 {
				v.upper = append(v.upper, f)
				continue
			}
			v.checkTile(f, p.tiles[f.i])
		}
		v.checkCheckpoints()
	}
	if end := min(p.first+pageActs, int64(len(v.named))); next < end {
		v.missing(next, end)
	}
}

func (v *verifier) missing(from, to int64) {
	v.lost = true
	if to == from+1 {
		v.fault(from, "第 %d 号缺失", from)
	} else {
		v.fault(from, "第 %d 号到第 %d 号缺失", from, to-1)
	}
}

// entry holds one act against its commitment and returns its leaf.
func (v *verifier) entry(r fullRow) tlog.Hash {
	leaf := leafHash(r.seal().entry(v.town))
	switch {
	case !bytes.Equal(leaf[:], r.Leaf):
		v.fault(r.N, "第 %d 号的抬头（编号、种类、日期或指纹）与封存的不符", r.N)
	case r.Salt == nil:
		v.erased[r.N] = string(r.Payload)
	case !bytes.Equal(Commit(r.Salt, r.Payload), r.Commitment):
		v.fault(r.N, "第 %d 号的内容与封存的指纹不符", r.N)
	}
	var e Envelope
	head := reading{r.Payload}
	if head.head(&e) {
		for _, id := range e.On {
			v.named[r.N] += digest(id)
		}
	}
	if r.Kind == Erase.Name && r.Salt != nil {
		v.erasure(r)
	}
	return leaf
}

// erasure notes which payloads the law took away, and what was to stay of them.
func (v *verifier) erasure(r fullRow) {
	e, err := openEnvelope(r.Payload)
	var body Erasure
	if err != nil || json.Unmarshal(e.Body, &body) != nil {
		v.fault(r.N, "第 %d 号“依法删除”的内容无法读出", r.N)
		return
	}
	for _, k := range body.Kept {
		remnant, _ := k.remnant() // fails only with verdicts, of which there are none
		v.kept[k.Act] = string(remnant)
	}
}

// checkTile holds a stored tile against the one computed.
func (v *verifier) checkTile(f fullTile, stored []byte) {
	shift := tileHeight * f.level
	from, to := f.i*tileWidth<<shift, (f.i+1)*tileWidth<<shift
	if len(stored) != len(f.data) {
		if !v.badIn(from, to) {
			v.fault(from, "第 %d 号到第 %d 号的第 %d 层第 %d 片缺失或损坏", from, to-1, f.level, f.i)
		}
		return
	}
	for k := range int64(tileWidth) {
		at := k * tlog.HashSize
		if bytes.Equal(stored[at:at+tlog.HashSize], f.data[at:at+tlog.HashSize]) {
			continue
		}
		a := from + k<<shift
		if b := a + 1<<shift; !v.badIn(a, b) {
			if f.level == 0 {
				v.fault(a, "第 %d 号与封存的第 0 层第 %d 片不符", a, f.i)
			} else {
				v.fault(a, "第 %d 号到第 %d 号与封存的第 %d 层第 %d 片不符", a, b-1, f.level, f.i)
			}
		}
	}
}

// checkCheckpoints checks the checkpoints of the size reached.
func (v *verifier) checkCheckpoints() {
	for len(v.cps) > 0 && v.cps[0].Size == v.t.size {
		cp := v.cps[0]
		v.cps = v.cps[1:]
		n := max(cp.Size-1, 0)
		want := checkpointText(v.head.Origin, v.t.size, v.t.root())
		if len(cp.Note) < len(want) || cp.Note[:len(want)] != want {
			if !v.badIn(0, cp.Size) {
				v.fault(n, "到第 %d 号为止公布的检查点与总账不符", n)
			}
		} else if v.key != nil {
			if _, _, err := openCheckpoint(cp.Note, v.key); err != nil || !spelled(cp.Note) {
				v.fault(n, "到第 %d 号为止公布的检查点签名无效", n)
			}
		}
	}
}

// spelled reports whether the signatures of a note are written in their one way: base64 has bits that decoding ignores.
func spelled(signed string) bool {
	_, lines, _ := strings.Cut(signed, "\n\n")
	for line := range strings.Lines(lines) {
		at := strings.LastIndexByte(line, ' ') + 1
		text := strings.TrimSuffix(line[at:], "\n")
		b, err := base64.StdEncoding.Strict().DecodeString(text)
		if err != nil || base64.StdEncoding.EncodeToString(b) != text {
			return false
		}
	}
	return true
}

// checkTop checks the upper tiles, the head row, and that no checkpoint knows more than the journal.
func (v *verifier) checkTop(tx *db.Tx) error {
	for _, f := range v.upper {
		stored, err := db.All[[]byte](v.ctx, tx, `SELECT hashes FROM journal_tile WHERE town = $1 AND level = $2 AND i = $3`, v.town, f.level, f.i)
		if err != nil {
			return err
		}
		v.checkTile(f, append(stored, nil)[0])
	}
	root := v.t.root()
	switch have := int64(len(v.named)); {
	case have < v.head.Size:
		v.fault(have, "第 %d 号起缺失：总账首页记有 %d 件，只找到 %d 件", have, v.head.Size, have)
	case have > v.head.Size:
		v.fault(v.head.Size, "第 %d 号起不在总账首页记载的 %d 件之内", v.head.Size, v.head.Size)
	case !v.lost && !bytes.Equal(root[:], v.head.Root) && !v.badIn(0, have):
		v.fault(max(have-1, 0), "到第 %d 号为止算出的根与总账首页不符", max(have-1, 0))
	case have > 0 && v.recorded > v.head.Recorded && !v.badIn(have-1, have): // the head's clock never goes back, and may be ahead
		v.fault(have-1, "第 %d 号的记录时间晚于总账首页所记", have-1)
	}
	for _, cp := range v.cps {
		if !v.lost && cp.Size <= int64(len(v.named)) {
			v.fault(max(cp.Size-1, 0), "第 %d 号处的检查点写着 %d 件，位置不对", max(cp.Size-1, 0), cp.Size)
		}
		if cp.Size > int64(len(v.named)) {
			v.fault(int64(len(v.named)), "第 %d 号起缺失：已公布的检查点有 %d 件，总账只有 %d 件", len(v.named), cp.Size, len(v.named))
		}
	}
	return nil
}
