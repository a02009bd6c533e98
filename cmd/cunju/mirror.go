package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/trust"
)

type mirrorCommand struct {
	keys
	From string `arg:"" help:"公开栏的网址，如 https://gk.example.gov.cn；有几本总账的，写到 /log/ 加区划代码。" placeholder:"网址"`
	Out  string `help:"副本所在的目录。" required:"" placeholder:"目录"`
}

// Help says what is checked each time.
func (mirrorCommand) Help() string {
	return "第一次取全部，以后只取新的。每次都核对：上次存下的，是不是这次的开头；整个副本的指纹、签名、内容对不对。\n对不上的，说明总账换过，旧的检查点留着作证据。不写 --policy 时，第一次用网站自己的信任规则并存下，以后一直用存下的。副本用 cunju verify --mirror 目录 随时可以再核对。"
}

// Run brings a copy up to date and verifies it.
func (m *mirrorCommand) Run(c *console) error {
	policy, err := m.policy()
	if err != nil {
		return err
	}
	public, err := publicKinds()
	if err != nil {
		return err
	}
	if !mirror.IsAddress(m.From) {
		return fmt.Errorf("%s 不是网址：要写公开栏的网址，以 http:// 或 https:// 开头", m.From)
	}
	web, err := mirror.Open(c, m.From)
	if err != nil {
		return unchecked(c, err)
	}
	if web.Town == "" {
		return fmt.Errorf("网址 %s 上是一本总账，但不知道是哪个街道的：总账的网址以 /log/ 加区划代码结尾", m.From)
	}
	rules := policy
	if rules == nil {
		if rules, err = m.rules(c, web); err != nil {
			return err
		}
	}
	start := time.Now()
	prefix := mirror.LogPath(web.Town)
	here := mirror.Folder(os.DirFS(m.Out))
	old, oldNote, err := checkpointOf(c, here, prefix)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(m.Out, 0o755); err != nil {
		return fmt.Errorf("目录 %s 建不了：%w", m.Out, err)
	}
	staged := &lastly{Into: mirror.Dir(m.Out), name: prefix + "/checkpoint"}
	now, err := mirror.Copy(c, web, staged, prefix, public, mirror.Have(m.Out), func(a journal.PublicAct) error {
		return mirror.Renew(c, web, staged, prefix, disclosure.Deleted, a)
	})
	var away *mirror.Absent
	if errors.As(err, &away) {
		c.say("没有复制完，已复制的留着，可以再运行一次。")
		return unchecked(c, err)
	}
	if err != nil {
		return fmt.Errorf("没有复制完，已复制的留着，可以再运行一次：%w", err)
	}
	err = mirror.Grown(c, web, prefix, old, now.Checkpoint)
	if err == nil {
		_, err = rules.Open(now.Note)
	}
	if err != nil {
		kept := fmt.Sprintf("%s/conflict-%d.txt", m.Out, time.Now().Unix())
		werr := os.WriteFile(kept, []byte(oldNote+"\n=====\n"+now.Note), 0o644)
		c.say("核对没有通过：%v\n两份签了名的检查点都存在 %s，请保留作证据，并告诉见证方和上级。", err, kept)
		return errors.Join(errSaid, werr)
	}
	if err := staged.commit(); err != nil {
		return err
	}
	if err := mirror.Prune(m.Out, prefix, now.Size); err != nil {
		return err
	}
	if err := mirror.Dir(m.Out).Add(mirror.PolicyFile, []byte(rules.String())); err != nil {
		return err
	}
	c.say("已取到前 %d 条，新写 %d 个文件（%s）。", now.Size, now.Files, took(start))
	return verifyMirror(c, m.Out, policy)
}

// rules are those that the copy took from the site the first time, and then for ever: a site that changes them later is found out.
func (m *mirrorCommand) rules(c *console, web mirror.Place) (*trust.Policy, error) {
	theirs, err := web.Read(c, mirror.PolicyFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unchecked(c, err)
	}
	kept, err := mirror.Folder(os.DirFS(m.Out)).Read(c, mirror.PolicyFile)
	if errors.Is(err, fs.ErrNotExist) && theirs == nil {
		return nil, unchecked(c, &mirror.Absent{What: "网站上没有信任规则（" + mirror.PolicyFile + "）。请用 --policy 给出规则文件，或用 --key 给出总账的公钥"})
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	text := theirs
	if kept != nil {
		text = kept
	}
	p, err := trust.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s 有误：%w", mirror.PolicyFile, err)
	}
	switch now, err := trust.Parse(string(theirs)); {
	case kept == nil:
		saySiteKeys(c, p)
	case err == nil && now.String() != p.String():
		c.say("注意    网站上的信任规则和副本里存的不一样了，这里照旧用存下的。街道公告过更换的，请核实后用 --policy 给出新的；没有公告的，请向上级反映。")
	}
	return p, nil
}

// lastly keeps the checkpoint back until the rest was judged.
type lastly struct {
	mirror.Into
	name string
	data []byte
}

// Add writes a file, or keeps the checkpoint.
func (l *lastly) Add(name string, data []byte) error {
	if name == l.name {
		l.data = data
		return nil
	}
	return l.Into.Add(name, data)
}

func (l *lastly) commit() error { return l.Into.Add(l.name, l.data) }

// checkpointOf reads the checkpoint that a folder stood at; size 0 when it is new.
func checkpointOf(c *console, src mirror.Source, prefix string) (cp trust.Checkpoint, signed string, err error) {
	b, err := src.Read(c, prefix+"/checkpoint")
	if errors.Is(err, fs.ErrNotExist) {
		return cp, "", nil
	}
	if err != nil {
		return cp, "", err
	}
	text, _ := trust.Lines(string(b))
	if cp, err = trust.ParseCheckpoint(text); err != nil {
		return cp, "", fmt.Errorf("原有的副本已经损坏，没有复制：%w", err)
	}
	return cp, string(b), nil
}
