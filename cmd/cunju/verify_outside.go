package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/receipt"
	"cunju/internal/trust"
)

// keys say whom to trust when something is checked without the server.
type keys struct {
	Policy string `help:"信任规则（policy.txt）：总账和见证方的公钥，至少要几方签名。" placeholder:"文件"`
	Key    string `help:"总账的公钥；不写 --policy 时用，不要求见证签名。" placeholder:"公钥"`
}

// policy reads whom to trust; nil when nothing was said.
func (k keys) policy() (*trust.Policy, error) {
	switch {
	case k.Policy != "" && k.Key != "":
		return nil, errors.New("--policy 和 --key 只写一个")
	case k.Policy != "":
		b, err := os.ReadFile(k.Policy)
		if err != nil {
			return nil, fmt.Errorf("--policy %s 读不了：%w", k.Policy, err)
		}
		p, err := trust.Parse(string(b))
		if err != nil {
			return nil, fmt.Errorf("--policy %s %w", k.Policy, err)
		}
		return p, nil
	case k.Key != "":
		p, err := trust.Alone(k.Key)
		if err != nil {
			return nil, errors.New("--key 不是总账的公钥。公钥形如 名称+8位十六进制+一串字母数字，请完整复制")
		}
		return p, nil
	}
	return nil, nil
}

// publicKinds says which kinds of acts are public, without a database.
func publicKinds() (mirror.Public, error) {
	b, err := book()
	if err != nil {
		return nil, err
	}
	return b.Public, nil
}

// sayOwnKeys warns that keys came along with what they are to prove.
func sayOwnKeys(c *console, p *trust.Policy) {
	c.say("注意    公钥取自被核对的文件本身。请和公开栏墙上、年度报告上印的对一对；对不上的，下面的结果不算数：")
	sayKeys(c, p)
}

// saySiteKeys warns that a site told by itself whom to trust.
func saySiteKeys(c *console, p *trust.Policy) {
	c.say("注意    信任规则（policy.txt）是这个网站自己给的：下面的结果只说明网站前后一致，不说明它没有把整本账连公钥一起换过。\n        请把公钥和公开栏墙上、年度报告上印的对一对，对不上的，结果不算数；对上了，存下来，以后用 --policy 给出：")
	sayKeys(c, p)
}

func sayKeys(c *console, p *trust.Policy) {
	c.say("        总账    %s", p.Log)
	for _, w := range p.Witnesses {
		c.say("        %s  %s", pad(w.Name, 6), w.VKey)
	}
}

// verifyMirror checks a folder, archive or site and says what was found.
func verifyMirror(c *console, place string, policy *trust.Policy) error {
	start := time.Now()
	public, err := publicKinds()
	if err != nil {
		return err
	}
	src, err := mirror.Open(c, place)
	if err != nil {
		return unchecked(c, err)
	}
	defer src.Close()
	r, err := mirror.Verify(c, src.Source, mirror.Options{Town: src.Town, Policy: policy, Public: public, Deleted: disclosure.Deleted, Owed: disclosure.DeletedOnly, Progress: c.progress("总账")})
	if err != nil {
		return unchecked(c, err)
	}
	if r.Own && mirror.IsAddress(place) {
		saySiteKeys(c, r.Policy)
	} else if r.Own {
		sayOwnKeys(c, r.Policy)
	}
	return sayMirror(c, r, start)
}

// unchecked tells a place where nothing could be checked from one where something does not agree.
func unchecked(c *console, err error) error {
	var a *mirror.Absent
	if !errors.As(err, &a) {
		return fmt.Errorf("没有核对完：%w", err)
	}
	c.say("没有核对成：%s。\n这是找不到、取不到，不是核对出了问题：账改没改过，现在还不知道。", a.What)
	return errUnread
}

// sayMirror says what a verification saw.
func sayMirror(c *console, r *mirror.Report, start time.Time) error {
	if r.Size > 0 {
		c.say("总账    %s，前 %d 条，根 %s（%s）", r.Origin, r.Size, r.Root, took(start))
		c.say("        核对了 %d 片哈希砖和条目，公开事项 %d 件，依法删除 %d 件，附件 %d 个", r.Tiles, r.Acts, r.Erased, r.Files)
		sayCosigned(c, r.Policy, r.Opened)
	}
	if r.Manifest {
		c.say("清单    %d 个文件", r.Listed)
	}
	for _, x := range r.Remarks {
		c.say("说明    %s", x)
	}
	if r.OK() {
		c.say("核对通过：内容和签了名的一样，没有被改动。")
		return nil
	}
	if len(r.Faults) == 0 {
		c.say("%s。\n内容和街道签了名的一样，没有被改动，只是见证签名不够。见证方恢复以后再核对一次；一直不够的，请问街道和见证方。", r.Short)
		return errShort
	}
	for i, f := range r.Amiss() {
		if i == 0 {
			c.say("第一处问题：%s", f)
			continue
		}
		c.say("        %s", f)
	}
	c.say("核对没有通过：上面这些不相符。请保留这一份，不要覆盖。")
	return errSaid
}

func sayCosigned(c *console, p *trust.Policy, o trust.Opened) {
	c.say("规则    %s", p.Rule())
	for _, s := range o.Cosigned {
		c.say("见证    %s，%s", s.Witness.Name, calendar.InstantChinese(s.At*1000))
	}
}

// verifyReceipt checks a saved page or scanned codes with nothing but the keys, and shows what was sealed.
func verifyReceipt(c *console, file string, policy *trust.Policy) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("--receipt %s 读不了：%w", file, err)
	}
	rc, lines, err := receipt.Read(string(text))
	if err != nil {
		c.say("核对没有通过：%v。", err)
		return errSaid
	}
	if policy == nil {
		if policy, err = trust.Parse(rc.Policy); err != nil {
			c.say("核对没有通过：凭据里的信任规则读不出来（%v）。请用 --policy 或 --key。", err)
			return errSaid
		}
		sayOwnKeys(c, policy)
	}
	checked, err := rc.Check(policy)
	if err != nil {
		if checked.Short() {
			c.say("%v。\n内容和街道签了名的一样，只是见证签名不够；可以到查验页再存一份。", err)
			return errShort
		}
		c.say("核对没有通过：%v。", err)
		return errSaid
	}
	sayWords(c, checked.Header, checked.Payload)
	sayCosigned(c, policy, checked.Signed)
	if page := bytes.TrimSpace(text); bytes.HasPrefix(bytes.ToLower(page), []byte("<!doctype")) {
		again, err := disclosure.ReceiptPage(c, rc, lines)
		if err != nil {
			return err
		}
		if !bytes.Equal(again, text) {
			c.say("核对没有通过：凭据里的证明成立，但网页上显示的文字和封存的内容不一样：网页可能被改动过，也可能是另一个版本的程序写的。请以上面列出的为准。")
			return errSaid
		}
		c.say("网页上的每一个字都和封存的一样。")
	}
	c.say("校验通过：%s 第 %d 号，内容与封存时一致，在公钥 %s 签名的总账之中。", checked.Header.Town, checked.Header.N, policy.Origin())
	return nil
}

// sayWords shows what was sealed, for comparing with paper.
func sayWords(c *console, h journal.Header, payload []byte) {
	c.say("封存的内容（%s 第 %d 号，%s，记录时间 %s）：", h.Town, h.N, h.Effective.Chinese(), beijing(h.Recorded))
	w, err := disclosure.SaidIn(h.Kind, payload)
	if err != nil { // not a notice
		c.say("  %s", payload)
		return
	}
	for _, l := range w.Plain() {
		c.say("  %s", strings.TrimSpace(l))
	}
}
