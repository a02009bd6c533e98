package disclosure

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/trust"
)

// Standing is how a public act stands under the log's seal.
type Standing string

// The standings.
const (
	Sealed  Standing = "sealed"  // everything agrees
	Pending Standing = "pending" // recorded; no published checkpoint covers it yet
	Broken  Standing = "broken"  // something does not agree
	Erased  Standing = "erased"  // the content was deleted by law; the entry stands
)

// Test is one thing that was computed again.
type Test struct {
	Title string // what was compared, in plain words
	OK    bool
	Open  bool   // could not be computed yet
	Text  string // what came out
}

// Examined is a public act held against the log.
type Examined struct {
	Act        int64
	Header     journal.Header
	Entry      string
	Body       json.RawMessage
	Standing   Standing
	Tests      []Test
	Leaf       string // SHA-256 of the entry as a leaf of the tree (RFC 6962), hex
	Checkpoint journal.Checkpoint
	Signed     trust.Opened // the checkpoint's signatures, by the town's policy
}

// Fingerprint is the head of the leaf's hash in groups, as it is printed.
func (e *Examined) Fingerprint() string {
	if len(e.Leaf) < fingerprint {
		return ""
	}
	var g []string
	for i := 0; i < fingerprint; i += 4 {
		g = append(g, e.Leaf[i:i+4])
	}
	return strings.Join(g, " ")
}

// fingerprintOf is [Examined.Fingerprint] of an entry whose payload is gone.
func fingerprintOf(entry []byte) string {
	leaf := tlog.RecordHash(entry)
	return (&Examined{Leaf: hex.EncodeToString(leaf[:])}).Fingerprint()
}

// fingerprint is how many hex digits of the leaf's hash are printed: 64 bits, enough to find an entry, and the QR code carries
// the rest of the way.
const fingerprint = 16

func (e *Examined) test(title string, err error, good string) bool {
	t := Test{Title: title, OK: err == nil, Text: good}
	if err != nil {
		t.Text = err.Error()
		e.Standing = Broken
	}
	e.Tests = append(e.Tests, t)
	return err == nil
}

// open reads a public act and holds its bytes against its commitment. The error is of kind db.NotFound when there is no such
// public act at all.
func (p *Pages) open(ctx context.Context, n int64) (*Examined, error) {
	a, err := p.Journal.Open(ctx, p.Town, n)
	return p.held(ctx, n, a, err)
}

// openWithin is open for an act whose payload only some may read.
func (p *Pages) openWithin(ctx context.Context, n int64) (*Examined, error) {
	a, err := p.Journal.OpenWithin(ctx, p.Town, n)
	return p.held(ctx, n, a, err)
}

func (p *Pages) held(ctx context.Context, n int64, a journal.PublicAct, err error) (*Examined, error) {
	if db.Kind(err) == db.NotFound {
		return p.erased(ctx, n, err)
	}
	if err != nil {
		return nil, err
	}
	e := &Examined{Act: n, Standing: Sealed, Entry: a.Entry}
	leaf := tlog.RecordHash([]byte(a.Entry))
	e.Leaf = hex.EncodeToString(leaf[:])
	h, err := journal.ParseEntry([]byte(a.Entry))
	if err == nil && (h.Town != p.Town || h.N != n) {
		err = fmt.Errorf("登记条目写的是 %s 的第 %d 号，不是 %s 的第 %d 号", h.Town, h.N, p.Town, n)
	}
	e.Header = h
	e.test("登记的编号和日期", err, fmt.Sprintf("总账第 %d 号，%s，生效日期 %s。", n, p.Journal.Book().Title(h.Kind), h.Effective.Chinese()))
	salt, err := base64.StdEncoding.DecodeString(a.Salt)
	if err == nil && string(journal.Commit(salt, []byte(a.Payload))) != string(h.Commitment) {
		err = errors.New("现在存着的内容算出来的指纹，和当初封存的指纹不一样：内容被改动过")
	}
	e.test("内容与封存的指纹", err, "把现在的内容重新计算一遍，和当初封存的指纹一样。")
	var env journal.Envelope
	if err := json.Unmarshal([]byte(a.Payload), &env); err != nil {
		e.test("内容的格式", errors.New("内容已经损坏，读不出来"), "")
		return e, nil
	}
	e.Body = env.Body
	return e, nil
}

// erased tells an act whose payload was deleted by law from one that never was public.
func (p *Pages) erased(ctx context.Context, n int64, none error) (*Examined, error) {
	a, err := journal.Read(ctx, p.DB, p.Town, n)
	if err != nil {
		return nil, err
	}
	if !a.Erased || !p.Journal.Book().Public(a.Kind) {
		return nil, none
	}
	return &Examined{Act: n, Standing: Erased}, nil
}

// examine opens a public act and proves that it stands in the log under the newest published checkpoint.
func (p *Pages) examine(ctx context.Context, n int64) (*Examined, error) {
	e, err := p.open(ctx, n)
	if err != nil || e.Standing == Erased {
		return e, err
	}
	proof, err := p.Journal.Prove(ctx, p.Town, n)
	var damaged *journal.Damaged
	switch {
	case db.Kind(err) == db.NotFound:
		if e.Standing == Sealed {
			e.Standing = Pending
		}
		e.Tests = append(e.Tests, Test{Title: "街道的封账章", Open: true, Text: "已经记入总账，正在等街道盖封账章，一般几秒钟就好。请过半分钟刷新本页。"})
		return e, nil
	case errors.As(err, &damaged):
		e.test("总账前后相连", errors.New("总账里前后相连的指纹对不上，可能被改动过"), "")
		return e, nil
	case err != nil:
		return nil, err
	}
	e.Checkpoint = proof.Checkpoint
	signed, err := p.signatures(ctx, e, proof.Checkpoint)
	if err != nil || !signed {
		return e, err
	}
	if err = proof.Check([]byte(e.Entry), p.key); err != nil {
		err = errors.New("从这一条一步步推算，和封账章对不上：这一条或它前后的被改动过")
	}
	e.test("在总账中的位置", err, "从这一条一步步推算，和封账章里的印子一样：它的前后都没有被抽走、插入。")
	return e, nil
}

// attachments holds the stored files of a notice against the hashes that its act states.
func (p *Pages) attachments(e *Examined, list []File) error {
	for _, f := range list {
		_, err := p.files.Check(f.Hash)
		var damaged *files.Damaged
		switch {
		case errors.As(err, &damaged):
			err = errors.New("附件的内容和登记的指纹不一样：文件被改动过")
		case errors.Is(err, files.ErrMissing):
			err = errors.New("附件找不到了")
		case err != nil:
			return err
		}
		e.test("附件“"+f.Name+"”", err, "和登记的指纹一样。")
	}
	return nil
}

// stand opens a published notice's act and reads what it says.
func (p *Pages) stand(ctx context.Context, row Row, whole bool) (said, *Examined, error) {
	var b said
	see := p.open
	switch {
	case row.Scope != ScopePublic:
		see = p.openWithin
	case whole:
		see = p.examine
	}
	e, err := see(ctx, row.ShownAct)
	if err != nil || e.Body == nil {
		return b, e, err
	}
	if b, err = saidIn(e.Header.Kind, e.Body); err != nil {
		e.test("内容的格式", errors.New("内容已经损坏，读不出来"), "")
	}
	b.Content = b.Content.On(p.Today())
	return b, e, nil
}

// said is what a notice says now, and where and why parts of it were covered.
type said struct {
	Publish
	Cover *Redact // nil while nothing was
}

func saidIn(kind string, body json.RawMessage) (s said, err error) {
	if s.Publish, err = publishOf(kind, body); err == nil && kind != KindPublish.Name && kind != KindRelease.Name {
		s.Cover = &Redact{}
		err = json.Unmarshal(body, s.Cover)
	}
	return s, err
}

// covered holds the entry of the original publication against the log. Its payload is deleted, and with it what could be compared;
// that it was recorded, when, and in which place, is proven as before.
func (p *Pages) covered(ctx context.Context, e *Examined, row Row) error {
	const title = "遮盖前的原件"
	entry, err := journal.EntryOf(ctx, p.DB, p.Town, row.PublishAct)
	if err != nil {
		return err
	}
	proof, err := p.Journal.Prove(ctx, p.Town, row.PublishAct)
	var damaged *journal.Damaged
	switch {
	case db.Kind(err) == db.NotFound:
		e.Tests = append(e.Tests, Test{Title: title, Open: true, Text: "正在等街道盖封账章。"})
		return nil
	case errors.As(err, &damaged):
		e.test(title, errors.New("总账里前后相连的指纹对不上，可能被改动过"), "")
		return nil
	case err != nil:
		return err
	}
	if err = proof.Check(entry, p.key); err != nil {
		err = errors.New("原件的登记条目和总账对不上")
	}
	e.test(title, err, fmt.Sprintf("总账第 %d 号的登记条目还在原来的位置，编号、日期和封存的指纹都没有变。它的内容已经依法删除，所以不能再和内容比较。", row.PublishAct))
	return nil
}
