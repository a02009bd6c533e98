package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cunju/internal/db"
	"cunju/internal/receipt"
	"cunju/internal/trust"
)

type proofCommand struct {
	place
	N   int64  `arg:"" name:"n" help:"总账编号。" placeholder:"编号"`
	Out string `help:"写入的目录。" default:"." placeholder:"目录"`
}

// Help says what is written and how it is checked.
func (proofCommand) Help() string {
	return "写出一号记录的证明（.tlog-proof，C2SP tlog-proof 格式）；公开事项连同其内容（.json）。\n任何人可离线校验：cunju verify --proof 文件 --act 文件 --key 公钥"
}

// Run writes the proof and, of a public act, the act.
func (p *proofCommand) Run(c *console) error {
	h, err := p.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.sign(c); err != nil {
		return err
	}
	proof, err := h.journal.Prove(c, h.town, p.N)
	if db.Kind(err) == db.NotFound {
		return fmt.Errorf("总账里没有第 %d 号。没有写出文件，请核对编号", p.N)
	}
	if err != nil {
		return err
	}
	base := filepath.Join(p.Out, fmt.Sprintf("%s-%d", h.town, p.N))
	if err := os.WriteFile(base+".tlog-proof", []byte(proof.String()), 0o644); err != nil {
		return fmt.Errorf("文件写不了：%w", err)
	}
	c.say("证明  %s.tlog-proof", base)
	act, err := h.journal.Open(c, h.town, p.N)
	switch {
	case db.Kind(err) == db.NotFound:
		c.say("第 %d 号的内容不公开，只写出了证明。", p.N)
	case err != nil:
		return err
	default:
		b, err := json.MarshalIndent(act, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(base+".json", b, 0o644); err != nil {
			return fmt.Errorf("文件写不了：%w", err)
		}
		c.say("内容  %s.json", base)
	}
	c.say("公钥  %s", h.key.VKey)
	return nil
}

// verifyProof checks a proof and a public act with nothing but the keys.
func verifyProof(c *console, proofFile, actFile string, policy *trust.Policy) error {
	rawProof, err := readFile(proofFile, "--proof")
	if err != nil {
		return err
	}
	rawAct, err := readFile(actFile, "--act")
	if err != nil {
		return err
	}
	if policy == nil {
		return errors.New("缺少总账的公钥。离线校验需要 --proof、--act 和 --policy（或 --key）")
	}
	rc := receipt.Receipt{Proof: string(rawProof)}
	if err := json.Unmarshal(rawAct, &rc.Act); err != nil {
		c.say("校验没有通过：事项文件不是完整的 .json")
		return errSaid
	}
	checked, err := rc.Check(policy)
	if err != nil {
		c.say("校验没有通过：%v", err)
		return errSaid
	}
	head := checked.Header
	c.say("校验通过：%s 第 %d 号“%s”，生效日期 %s，记录时间 %s。\n内容与封存时一致，并在公钥 %s 签名的总账之中。",
		head.Town, head.N, head.Kind, head.Effective.Chinese(), beijing(head.Recorded), policy.Origin())
	if policy.Asks() {
		sayCosigned(c, policy, checked.Signed)
	}
	return nil
}
