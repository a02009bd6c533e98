package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"cunju/internal/trust"
	"cunju/internal/witness"
)

type witnessCommand struct {
	Init   witnessInit   `cmd:"" help:"建立见证方的密钥，显示公钥。"`
	Add    witnessAdd    `cmd:"" help:"约定替一本总账见证。"`
	Run    witnessRun    `cmd:"" help:"运行见证服务。"`
	Policy witnessPolicy `cmd:"" help:"写出或检查信任规则（policy.txt）。"`
}

// witnessFolder is where a witness keeps its key and what it has seen.
type witnessFolder struct {
	Dir string `help:"见证方的目录。" default:"witness" placeholder:"目录"`
}

type witnessInit struct {
	witnessFolder
	Name string `help:"见证方的名称，签名前显示，定下后不再改，如 jiancheng.example.gov.cn/committee。" required:"" placeholder:"名称"`
}

// Help says who it is for.
func (witnessInit) Help() string {
	return "见证方替别人盯着总账：每次只在旧的一条没改、只添了新的时候才签名。区里、监督委员会主任、邻村都可以各运行一个。\n密钥只在这台电脑上，不要交给街道。"
}

// Run makes the key.
func (w *witnessInit) Run(c *console) error {
	vkey, err := witness.Init(w.Dir, w.Name)
	if err != nil {
		return err
	}
	c.say("见证方的公钥（交给街道写进 policy.txt，也贴在墙上）：\n%s", vkey)
	c.say("下一步：cunju witness add 总账的公钥 --dir %s，再运行 cunju witness run --dir %s", w.Dir, w.Dir)
	return nil
}

type witnessAdd struct {
	witnessFolder
	Log   string `arg:"" help:"总账的公钥，见街道公开栏。" placeholder:"公钥"`
	Title string `help:"给它起的名字，如 文峰街道。" placeholder:"文字"`
}

// Run adds a log to the list.
func (w *witnessAdd) Run(c *console) error {
	p, err := trust.Alone(w.Log)
	if err != nil {
		return fmt.Errorf("总账的公钥有误，没有添加：%w", err)
	}
	file := filepath.Join(w.Dir, witness.LogsFile)
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s 读不了：%w", file, err)
	}
	title := strings.NewReplacer("\n", " ", "#", " ").Replace(w.Title)
	text := strings.TrimRight(string(old), "\n")
	if text != "" {
		text += "\n"
	}
	text += fmt.Sprintf("log %s # %s\n", w.Log, title)
	if _, err := witness.ParseLogs(text); err != nil {
		return fmt.Errorf("没有添加。%s %w", file, err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return fmt.Errorf("%s 写不了：%w", file, err)
	}
	c.say("已约定替 %s 见证。正在运行的见证服务会自己读到。", p.Origin())
	return nil
}

type witnessRun struct {
	witnessFolder
	logging
	Addr string `help:"服务地址：主机:端口。" default:"127.0.0.1:8090" placeholder:"地址"`

	clock func() time.Time // time.Now when nil; the demonstration's may stand at a later day
}

// Help says what is served.
func (witnessRun) Help() string {
	return "按公开的格式（C2SP tlog-witness）替约定的总账见证；首页用大白话说见证到了哪里、有没有发现过两本账。\n一个目录只能由一个程序使用。"
}

// Run serves until told to stop.
func (w *witnessRun) Run(c *console) error {
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt, syscall.SIGTERM)
	defer stop()
	return w.serve(ctx, c, nil)
}

// serve runs the witness until ctx ends. ready, if given, is called with its address once it can be asked.
func (w *witnessRun) serve(ctx context.Context, c *console, ready func(base, vkey string)) error {
	l, err := hold(w.Dir, "started "+time.Now().UTC().Format(time.RFC3339)+"\n")
	if err != nil {
		return err
	}
	defer l.file.Close()
	x, err := witness.Open(w.Dir, w.clock, w.logger(c.err))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", w.Addr)
	if err != nil {
		return fmt.Errorf("无法在 %s 提供服务（可能已被别的程序占用）。请换一个 --addr：%w", w.Addr, err)
	}
	server := &http.Server{Handler: x.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	base := "http://" + listener.Addr().String()
	if ready != nil {
		ready(base, x.VKey())
	} else {
		c.say("见证方    %s\n网页      %s/\n公钥      %s\n按 Ctrl+C 停止。", x.Name(), base, x.VKey())
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return err
	}
	return l.release()
}

type witnessPolicy struct {
	Log     string   `help:"总账的公钥。" placeholder:"公钥"`
	Witness []string `help:"见证方：名称,公钥,网址；每方写一次 --witness。" sep:"none" placeholder:"见证方"`
	Need    int      `help:"至少要几方签名；默认为过半。" placeholder:"几方"`
	Check   string   `help:"只检查这个文件。" placeholder:"文件"`
	Out     string   `help:"写入的文件；默认显示出来。" placeholder:"文件"`
}

// Help says where the file goes.
func (witnessPolicy) Help() string {
	return "信任规则写明总账的公钥、各见证方的公钥和至少要几方签名（C2SP 格式，别人的程序也能读）。\n放在街道服务器的数据目录里，名为 policy.txt，重新启动后生效；等多久、见证不足时公布还是先不公布，写在同一目录的 publish.txt：\n  wait 8s\n  without-quorum publish（到时照样公布）或 hold（先不公布）"
}

// Run writes or checks a policy.
func (w *witnessPolicy) Run(c *console) error {
	text := ""
	if w.Check != "" {
		b, err := os.ReadFile(w.Check)
		if err != nil {
			return fmt.Errorf("%s 读不了：%w", w.Check, err)
		}
		text = string(b)
	} else {
		var err error
		if text, err = w.compose(); err != nil {
			return err
		}
	}
	p, err := trust.Parse(text)
	if err != nil {
		return fmt.Errorf("信任规则有误：%w", err)
	}
	switch {
	case w.Check != "":
		c.say("总账    %s\n规则    %s", p.Origin(), p.Rule())
		for _, x := range p.Witnesses {
			c.say("见证方  %s　%s　%s", x.Name, x.KeyName(), x.URL)
		}
		return nil
	case w.Out != "":
		if err := writeNew(w.Out, []byte(text)); err != nil {
			return err
		}
		c.say("已写出 %s。规则：%s。", w.Out, p.Rule())
		return nil
	}
	fmt.Fprint(c.out, text)
	return nil
}

// compose puts a policy of one group together.
func (w *witnessPolicy) compose() (string, error) {
	if w.Log == "" {
		return "", errors.New("请用 --log 写明总账的公钥，或用 --check 检查一个文件")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "log %s\n", w.Log)
	if len(w.Witness) == 0 {
		return b.String() + "quorum none\n", nil
	}
	var names []string
	for _, x := range w.Witness {
		f := strings.Split(x, ",")
		if len(f) != 3 {
			return "", fmt.Errorf("--witness %s：写法是 名称,公钥,网址", x)
		}
		names = append(names, f[0])
		fmt.Fprintf(&b, "witness %s %s %s\n", f[0], f[1], f[2])
	}
	need := w.Need
	if need == 0 {
		need = len(names)/2 + 1
	}
	fmt.Fprintf(&b, "group witnesses %d %s\nquorum witnesses\n", need, strings.Join(names, " "))
	return b.String(), nil
}

// writeNew writes a file that must not exist.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s 已经有了，没有改动。请换一个文件名", name)
	}
	if err != nil {
		return fmt.Errorf("%s 写不了：%w", name, err)
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
