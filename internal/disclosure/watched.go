package disclosure

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/publish"
	"cunju/internal/trust"
	"cunju/internal/web"
)

// Watched says who watches over the log, and by which rule its checkpoints come out.
type Watched struct {
	Policy *trust.Policy
	Rule   publish.Rule
	Held   func() int64 // since when a checkpoint is held back for want of witnesses, unix milliseconds; 0 when none is
}

// Watch tells the pages who watches over the log; until then nobody does. It is called before the first request.
func (p *Pages) Watch(w Watched) { p.watched = w }

// unwatched is a log that nobody but its town signs.
func unwatched(vkey string) (Watched, error) {
	policy, err := trust.Alone(vkey)
	return Watched{policy, publish.Standard, func() int64 { return 0 }}, err
}

// signatures checks who signed a checkpoint and tells it.
func (p *Pages) signatures(ctx context.Context, e *Examined, cp journal.Checkpoint) (ok bool, err error) {
	o, err := p.watched.Policy.Open(cp.Note)
	if errors.Is(err, trust.ErrLogSignature) {
		err = errors.New("封账章上的签名，和本街道公布的印鉴码对不上")
	}
	if !e.test("街道的封账章", err, fmt.Sprintf("%s盖的章，章上的签名是真的，盖到总账前 %d 条。", calendar.InstantChinese(cp.At), cp.Size)) {
		return false, nil
	}
	e.Signed = o
	if !p.watched.Policy.Asks() {
		return true, nil
	}
	t := Test{Title: "见证方的签名", OK: o.Met, Open: !o.Met}
	var names []string
	for _, c := range o.Cosigned {
		names = append(names, "“"+c.Witness.Name+"”（"+calendar.InstantChinese(c.At*1000)+"）")
	}
	by := "还没有一方签名"
	if len(names) > 0 {
		by = strings.Join(names, "、") + "签了名"
	}
	switch {
	case o.Met:
		t.Text = by + "，够了。规则是：" + p.watched.Policy.Rule() + "。"
	default:
		t.Text = "见证不足：" + by + "。规则是：" + p.watched.Policy.Rule() + "。等到时限，先公布了；补来的签名会加上去。"
	}
	e.Tests = append(e.Tests, t)
	return true, nil
}

// witnessView is what the pages say of a witness.
type witnessView struct {
	Name, KeyName, VKey, URL string
	State                    publish.State
	Asked                    bool // it was asked at least once
	Current                  bool // it signed the newest checkpoint
}

// watchView is what the pages say of all witnesses and of the newest checkpoint.
type watchView struct {
	Asks      bool
	Rule      string // whose signatures are asked for
	Wait      string // how long, and what then
	Witnesses []witnessView
	Signed    trust.Opened
	Release   publish.Release // Released is 0 when it is not known
	Held      int64
	Recent    []publish.Release // the newest, newest first
}

// releases is how many checkpoints back the pages tell how they came out.
const releases = 100

// lately says how often the witnesses were not there in time, and when last; nothing while there is nothing to tell.
func (v watchView) lately() string {
	late := 0
	var last publish.Release
	for _, r := range v.Recent {
		if r.InTime() {
			continue
		}
		if late == 0 {
			last = r
		}
		late++
	}
	switch {
	case len(v.Recent) == 0:
		return ""
	case late == 0:
		return fmt.Sprintf("最近 %d 次封账，次次都是见证齐了才公布的。", len(v.Recent))
	}
	then := "到现在还没有补齐"
	if last.Quorum > 0 {
		then = "后来补齐了"
	}
	return fmt.Sprintf("最近 %d 次封账，有 %d 次到了时限见证还不足，先公布了；最近的一次在%s，%s。", len(v.Recent), late, calendar.InstantChinese(last.Released), then)
}

func (p *Pages) watch(ctx context.Context, cp journal.Checkpoint) (v watchView, err error) {
	policy := p.watched.Policy
	v = watchView{Asks: policy.Asks(), Rule: policy.Rule(), Wait: p.watched.Rule.Chinese(), Held: p.watched.Held()}
	if cp.Size > 0 {
		if v.Signed, err = policy.Open(cp.Note); err != nil {
			v.Signed = trust.Opened{} // the page of verification says what is wrong with it
		}
	}
	if !v.Asks {
		return v, nil
	}
	if v.Release, err = publish.ReleaseOf(ctx, p.DB, p.Town, cp.Size); err != nil && db.Kind(err) != db.NotFound {
		return v, err
	}
	if v.Recent, err = publish.Recent(ctx, p.DB, p.Town, releases); err != nil {
		return v, err
	}
	states, err := publish.States(ctx, p.DB, p.Town)
	for _, w := range policy.Witnesses {
		s, asked := states[w.VKey]
		v.Witnesses = append(v.Witnesses, witnessView{w.Name, w.KeyName(), w.VKey, w.URL, s, asked, v.Signed.By(w.Name)})
	}
	return v, err
}

// outcome says how the newest checkpoint came out.
func (v watchView) outcome() string {
	switch {
	case v.Held > 0:
		return "正在等见证方签名，从" + calendar.InstantChinese(v.Held) + "起还没有公布新的封账章。事情照常办理、照常记账。"
	case v.Signed.Size == 0:
		return "还没有盖过封账章。"
	case v.Signed.Met && v.Release.Released > 0 && !v.Release.InTime():
		return fmt.Sprintf("最新的封账章公布时见证不足，后来补齐了（%s）。", calendar.InstantChinese(v.Release.Quorum))
	case v.Signed.Met && v.Release.Released > 0:
		if took := v.Release.Released - v.Release.Signed; took >= 100 {
			return fmt.Sprintf("最新的封账章见证齐了才公布，等了 %.1f 秒。", float64(took)/1000)
		}
		return "最新的封账章见证齐了才公布，等了不到 0.1 秒。"
	case v.Signed.Met:
		return "最新的封账章见证齐了。"
	case v.Release.Released > 0:
		return fmt.Sprintf("最新的封账章等了 %.0f 秒，见证不足，先公布了；补来的签名会加上去。", float64(v.Release.Released-v.Release.Signed)/1000)
	}
	return "最新的封账章见证不足。"
}

// now says what a witness does.
func (w witnessView) now() string {
	switch {
	case w.State.Fault != publish.None:
		return "从" + calendar.InstantChinese(w.State.Since) + "起" + w.State.Fault.Chinese() + "：" + w.State.Said + "。"
	case w.Current:
		return "已在最新的封账章上签名。"
	case w.State.Signed > 0:
		return "正常。"
	case w.Asked:
		return "还没有签过名。"
	}
	return "还没有请过它。"
}

// bad reports whether a witness's state asks for someone's attention.
func (w witnessView) bad() bool { return w.State.Fault != publish.None }

// last says until where it has signed.
func (w witnessView) last() string {
	if w.State.Signed == 0 {
		return ""
	}
	return fmt.Sprintf("最近一次签名：%s，见证到前 %d 条。", calendar.InstantChinese(w.State.Signed), w.State.Size)
}

// policyFile is the policy as anyone's program reads it.
func (p *Pages) policyFile(*web.Request) (web.Response, error) {
	return web.Bytes("text/plain; charset=utf-8", []byte(p.watched.Policy.String()), false), nil
}
