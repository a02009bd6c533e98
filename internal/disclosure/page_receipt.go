package disclosure

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/receipt"
	"cunju/internal/trust"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// receiptOf gathers what proves a published notice as it reads now. A notice that no checkpoint covers yet has none.
func (p *Pages) receiptOf(r *web.Request, row Row) (rc receipt.Receipt, lines []string, err error) {
	ctx := r.Context()
	act, err := p.Journal.Open(ctx, p.Town, row.ShownAct)
	if db.Kind(err) == db.NotFound {
		return rc, nil, web.NotNow("这张公示的内容已经依法删除，没有凭据。")
	}
	if err != nil {
		return rc, nil, err
	}
	proof, err := p.Journal.Prove(ctx, p.Town, row.ShownAct)
	if db.Kind(err) == db.NotFound {
		e := web.NotNow("这张公示刚刚登记，街道的封账章还没有盖到它，凭据还没有做好。")
		e.Do = "一般几秒钟就好，请过半分钟再来。"
		return rc, nil, e
	}
	if err != nil {
		return rc, nil, err
	}
	alone, err := trust.Alone(p.vkey)
	if err != nil {
		return rc, nil, err
	}
	rc = receipt.Receipt{Act: act, Proof: proof.String(), Policy: p.watched.Policy.String(), URL: p.url(r, fmt.Sprintf("/n/%d", row.ID))}
	if _, err := rc.Check(alone); err != nil { // a receipt that proves nothing is not handed out
		e := web.NotNow("这张公示现在存着的内容，和当初封存的对不上，不能出凭据。")
		e.Do = "请打开查验页看是哪一项不对，并向街道反映。"
		return rc, nil, e.Because(err)
	}
	lines, err = rc.Lines()
	return rc, lines, err
}

// receipt hands out a page to keep, which proves the notice without this server.
func (p *Pages) receipt(r *web.Request) (web.Response, error) {
	row, err := p.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	rc, lines, err := p.receiptOf(r, row)
	if err != nil {
		return web.Response{}, err
	}
	page, err := ReceiptPage(r.Context(), rc, lines)
	if err != nil {
		return web.Response{}, err
	}
	return web.Bytes("text/html; charset=utf-8", page, false).Attachment("凭据-" + row.Number + ".html"), nil
}

// ReceiptPage writes the page of a receipt. The same receipt gives the same bytes, so that whoever checks one can have it written
// again and compare every letter that people read.
func ReceiptPage(ctx context.Context, rc receipt.Receipt, lines []string) ([]byte, error) {
	p := receiptProps{Receipt: rc, Lines: lines}
	var err error
	if p.Header, err = journal.ParseEntry([]byte(rc.Act.Entry)); err != nil {
		return nil, err
	}
	if p.Said, err = SaidIn(p.Header.Kind, []byte(rc.Act.Payload)); err != nil {
		return nil, err
	}
	if p.Policy, err = trust.Parse(rc.Policy); err != nil {
		return nil, err
	}
	proof, err := journal.ParseProof(rc.Proof)
	if err != nil {
		return nil, err
	}
	if p.Signed, err = p.Policy.Open(proof.Checkpoint.Note); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = receiptPage(p).Render(ctx, &b)
	return b.Bytes(), err
}

// Words is what a sealed public act of a notice says to people.
type Words struct {
	ui.Notice
	Files  []File
	Covers []string // places that were covered after publication
}

// SaidIn reads what the payload of a published, corrected or redacted notice says.
func SaidIn(kind string, payload []byte) (w Words, err error) {
	var env journal.Envelope
	if err := json.Unmarshal(payload, &env); err != nil {
		return w, err
	}
	s, err := saidIn(kind, env.Body)
	if err != nil {
		return w, err
	}
	if s.Content.Title == "" || s.Content.empty() {
		return w, fmt.Errorf("act of kind %s says nothing", kind)
	}
	w = Words{Notice: s.Content.view(), Files: s.Content.Files}
	w.Number, w.Unit = s.Number, s.UnitName
	if s.Cover != nil {
		w.Covers = s.Cover.Places
	}
	return w, nil
}

// Plain is the words as lines of text.
func (w Words) Plain() []string {
	const between = "　|　"
	lines := []string{w.Title, w.Unit + "　" + w.Number}
	if w.Period != "" {
		lines = append(lines, w.Period)
	}
	lines = append(lines, w.Paragraphs...)
	for _, t := range w.Tables {
		lines = append(lines, t.Caption+"　"+t.Unit, strings.Join(t.Heads, between))
		for _, row := range t.Rows {
			lines = append(lines, strings.Join(row, between))
		}
		if t.Total != nil {
			lines = append(lines, strings.Join(t.Total, between))
		}
	}
	for _, f := range w.Files {
		lines = append(lines, "附件 "+f.Name+"　SHA-256 "+f.Hash)
	}
	return lines
}

// receiptProps is the page of a receipt.
type receiptProps struct {
	receipt.Receipt
	Lines  []string
	Header journal.Header
	Said   Words
	Policy *trust.Policy
	Signed trust.Opened
}

func (p receiptProps) proof() (place, checkpoint string) {
	x, err := journal.ParseProof(p.Proof)
	if err != nil {
		return p.Proof, ""
	}
	return p.Proof[:len(p.Proof)-len(x.Checkpoint.Note)], x.Checkpoint.Note
}

func (p receiptProps) recorded() string { return calendar.InstantChinese(p.Header.Recorded) }

const receiptStyle = `body{font:18px/1.7 "Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC",sans-serif;color:#1d1d1f;max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;border-bottom:3px solid #a6192e;padding-bottom:.3rem}h2{font-size:1.2rem;margin-top:2rem}
article{border:1px solid #999;padding:1rem 1.25rem}article h2{text-align:center;margin:.2rem 0}.mid{text-align:center}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.95rem}th,td{border:1px solid #888;padding:.25rem .5rem;text-align:left;overflow-wrap:anywhere}.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th,td:not(.num){min-width:2.2em}.wide{overflow-x:auto}
caption{text-align:left;font-weight:600}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem;line-height:1.5;background:#f5f5f3;padding:.6rem}code{overflow-wrap:anywhere}
@media(max-width:30rem){body{font-size:17px;padding:.6rem}article{padding:.6rem}table{font-size:.85rem}th,td{padding:.25rem .3rem}}
@media print{details{display:block}body{font-size:11pt}}`

// receiptHead is the style and the rule that nothing else may be loaded or run.
func receiptHead() string {
	sum := sha256.Sum256([]byte(receiptStyle))
	return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'"><style>` + receiptStyle + `</style>`
}
