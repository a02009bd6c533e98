package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/trust"
)

type mirrorCommand struct {
	keys
	From string `arg:"" help:"总账的网址，如 https://gk.example.gov.cn/log/321002003。" placeholder:"网址"`
	Out  string `help:"副本所在的目录。" required:"" placeholder:"目录"`
}

// Help says what is checked each time.
func (mirrorCommand) Help() string {
	return "第一次取全部，以后只取新的。每次都核对：上次存下的，是不是这次的开头；整个副本的指纹、签名、内容对不对。\n对不上的，说明总账换过，旧的检查点留着作证据。副本用 cunju verify --mirror 目录 随时可以再核对。"
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
	base, town, ok := strings.Cut(strings.TrimRight(m.From, "/"), "/log/")
	if !ok || town == "" || strings.Contains(town, "/") {
		return fmt.Errorf("网址 %s 不是总账的：总账的网址以 /log/ 加区划代码结尾", m.From)
	}
	start := time.Now()
	prefix := mirror.LogPath(town)
	here := mirror.Folder(os.DirFS(m.Out))
	old, oldNote, err := checkpointOf(c, here, prefix)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(m.Out, 0o755); err != nil {
		return fmt.Errorf("目录 %s 建不了：%w", m.Out, err)
	}
	staged := &lastly{Into: mirror.Dir(m.Out), name: prefix + "/checkpoint"}
	web := mirror.Web(base)
	now, err := mirror.Copy(c, web, staged, prefix, public, mirror.Have(m.Out), func(a journal.PublicAct) error {
		return mirror.Renew(c, web, staged, prefix, disclosure.Deleted, a)
	})
	if err != nil {
		return fmt.Errorf("没有复制完，已复制的留着，可以再运行一次：%w", err)
	}
	err = mirror.Grown(c, web, prefix, old, now.Checkpoint)
	if err == nil && policy != nil {
		_, err = policy.Open(now.Note)
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
	if policy != nil {
		if err := mirror.Dir(m.Out).Add(mirror.PolicyFile, []byte(policy.String())); err != nil {
			return err
		}
	}
	c.say("已取到前 %d 条，新写 %d 个文件（%s）。", now.Size, now.Files, took(start))
	return verifyMirror(c, m.Out, policy)
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
