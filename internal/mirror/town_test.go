package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/calendar"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/trust"
)

// A slice as small as can be: notices that anyone may read, and remarks that nobody may.

type sheet struct {
	Text string `json:"text"`
	File string `json:"sha256,omitempty"`
}

// cover tells whose contents were deleted.
type cover struct {
	Deleted []int64 `json:"deleted"`
}

func deleted(kind string, body json.RawMessage) ([]int64, bool) {
	var c cover
	ok := kind == kCover.Name && json.Unmarshal(body, &c) == nil
	return c.Deleted, ok
}

func owed(kind string) bool { return kind == kSheet.Name }

type state struct{ life journal.Span }

var (
	kSheet  = journal.Kind[sheet]{Name: "wall.sheet/1", Title: "公示", Public: true}
	kCover  = journal.Kind[cover]{Name: "wall.cover/1", Title: "遮盖", Public: true}
	kRemark = journal.Kind[sheet]{Name: "wall.remark/1", Title: "备注"}
)

func wall() journal.Slice {
	begin := func(s *state, st *journal.Step, _ *sheet) error {
		s.life = journal.Span{From: st.Effective, To: calendar.Forever}
		return nil
	}
	return journal.Slice{Name: "wall", Version: 1, Types: []*journal.Type{
		journal.Define(journal.Entity[state]{Name: "wall.sheet", Folds: []journal.Fold[state]{
			journal.Creates(kSheet, begin),
			journal.On(kRemark, func(*state, *journal.Step, *sheet) error { return nil }),
			journal.On(kCover, func(*state, *journal.Step, *cover) error { return nil }),
		}, Print: func(_ int64, s *state) journal.Print { return journal.Print{Life: s.life} }}),
	}}
}

const code = "321002003"

const origin = "log.example/" + code

type town struct {
	*testing.T
	j      *journal.Journal
	key    journal.Key
	policy *trust.Policy
	files  map[string][]byte // attachments
	erased int64
}

// newTown records sheets, remarks on them, one attachment and one erasure, some hundred acts in all.
func newTown(t *testing.T) *town {
	t.Helper()
	b, err := journal.NewBook(wall())
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), dbtest.SQLite(t), b, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	y := &town{T: t, j: j, files: map[string][]byte{}}
	if err := j.Found(t.Context(), code, origin); err != nil {
		t.Fatal(err)
	}
	if y.key, err = journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin); err != nil {
		t.Fatal(err)
	}
	if y.policy, err = trust.Alone(y.key.VKey); err != nil {
		t.Fatal(err)
	}
	paper := []byte("%PDF-1.7 凭证扫描件")
	sum := sha256.Sum256(paper)
	y.files[hex.EncodeToString(sum[:])] = paper
	y.record(func(ctx context.Context, w *journal.Writer) error {
		for i := range 3 {
			s := sheet{Text: fmt.Sprintf("文峰村公开第%d号 <收支>", i)}
			if i == 1 {
				s.File = hex.EncodeToString(sum[:])
			}
			id, err := journal.Add(ctx, w, kSheet, w.Today(), nil, s)
			if err != nil {
				return err
			}
			y.erased = id
		}
		return nil
	})
	y.more(289)
	y.record(func(ctx context.Context, w *journal.Writer) error {
		return y.erase(ctx, w, y.erased)
	})
	y.sign()
	return y
}

// erase covers a sheet: a public act names it, and its contents go.
func (y *town) erase(ctx context.Context, w *journal.Writer, n int64) error {
	if _, err := journal.Add(ctx, w, kCover, w.Today(), []int64{n}, cover{[]int64{n}}); err != nil {
		return err
	}
	_, err := w.Erase(ctx, journal.Erasure{Targets: []int64{n}, Basis: "《个人信息保护法》第四十七条"})
	return err
}

func (y *town) record(f func(context.Context, *journal.Writer) error) {
	y.Helper()
	if _, err := y.j.Record(y.Context(), code, journal.Request{By: journal.By{System: true}, Decide: f}); err != nil {
		y.Fatal(err)
	}
}

// more records remarks.
func (y *town) more(n int) {
	y.Helper()
	y.record(func(ctx context.Context, w *journal.Writer) error {
		for range n {
			if _, err := journal.Add(ctx, w, kRemark, w.Today(), []int64{0}, sheet{Text: "备注"}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (y *town) sign() journal.Checkpoint {
	y.Helper()
	cp, err := y.j.Sign(y.Context(), code, y.key)
	if err != nil {
		y.Fatal(err)
	}
	return cp
}

func (y *town) public() Public { return y.j.Book().Public }

// fill copies the log and its attachments into a packet.
func (y *town) fill(into Into) {
	y.Helper()
	if _, err := Copy(y.Context(), Served(y.j.Surface()), into, LogPath(code), y.public(), nil, nil); err != nil {
		y.Fatal(err)
	}
	for hash, data := range y.files {
		if err := into.Add(FilesFolder+"/"+hash, data); err != nil {
			y.Fatal(err)
		}
	}
	if err := into.Add(PolicyFile, []byte(y.policy.String())); err != nil {
		y.Fatal(err)
	}
}

// archive is the whole town as one zip file.
func (y *town) archive() []byte {
	y.Helper()
	var b bytes.Buffer
	a := NewArchive(&b)
	y.fill(a)
	if err := a.Close(y.key); err != nil {
		y.Fatal(err)
	}
	return b.Bytes()
}

func (y *town) verify(src Source, p *trust.Policy) *Report {
	y.Helper()
	r, err := Verify(y.Context(), src, Options{Policy: p, Public: y.public(), Deleted: deleted, Owed: owed})
	if err != nil {
		y.Fatal(err)
	}
	return r
}

func verifierOf(t *testing.T, vkey string) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
