package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"cunju/internal/journal"
)

const (
	// smallRebuild is up to how many acts a server rebuilds by itself what another version printed.
	smallRebuild = 200_000
	// softMemory keeps the Go part of a server well below 300 MB; SQLite's caches come on top. GOMEMLIMIT overrules it.
	softMemory = 180 << 20
	// clockSlack is by how much a clock may be set back without a word: time servers do that.
	clockSlack = time.Minute
	// jobsWait is how long a stopping server waits for long works of persons.
	jobsWait = 10 * time.Second
)

// serving is what serve and demo have in common.
type serving struct {
	place
	logging
	Addr    string `help:"服务地址：主机:端口。" default:"127.0.0.1:8080" placeholder:"地址"`
	Public  string `help:"村民访问公开栏的地址，印在二维码里，如 https://gk.example.gov.cn；默认为来访时所用的地址。" placeholder:"网址"`
	Gallery bool   `help:"开发用：在 /desk/gallery 显示全部界面零件。"`
}

type serveCommand struct {
	serving
}

// Run serves until told to stop.
func (s *serveCommand) Run(c *console) error { return s.serve(c, options{}, nil) }

// serve opens the house and serves it. ready, if given, is called with the base address once visitors can come.
func (s *serving) serve(c *console, opt options, ready func(c *console, base string)) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt, syscall.SIGTERM)
	defer stop()
	opt.log, opt.stale = s.logger(c.err), true
	if !s.exists() {
		_, err := s.open(ctx, opt)
		return err
	}
	l, err := hold(s.Data, "started "+time.Now().UTC().Format(time.RFC3339)+"\n")
	if err != nil {
		return err
	}
	defer l.file.Close()
	h, err := s.place.open(ctx, opt)
	if err != nil {
		return err
	}
	defer h.close()
	if l.Stale != "" {
		if err := h.recovered(ctx, c); err != nil {
			return err
		}
	}
	if err := h.refresh(ctx, c); err != nil {
		return err
	}
	if err := h.checkClock(ctx, c); err != nil {
		return err
	}
	web, err := h.site(s.Public, s.Gallery)
	if err != nil {
		return err
	}
	if err := h.run(ctx, c, web, s.Addr, ready); err != nil {
		return err
	}
	c.say("已停止，全部记录已保存。")
	return l.release()
}

// checkClock warns when the last act was recorded later than now: the clock ran ahead then, or it is behind today.
func (h *house) checkClock(ctx context.Context, c *console) error {
	size, err := journal.Size(ctx, h.db, h.town)
	if err != nil || size == 0 {
		return err
	}
	last, err := journal.Read(ctx, h.db, h.town, size-1)
	if err != nil {
		return err
	}
	now := h.clock()
	if last.Recorded <= now.Add(clockSlack).UnixMilli() {
		return nil
	}
	h.log.Warn("clock behind the journal", "now", now.UnixMilli(), "last", last.N, "recorded", last.Recorded)
	c.say("注意！这台电脑的钟比总账慢：现在是%s，最后一件（第 %d 号）却记在%s。\n不是现在的钟慢了，就是上次的钟快过。总账没有改动，照常启动；请先核对日期和时间，钟准了再办理，免得期限算错。",
		beijing(now.UnixMilli()), last.N, beijing(last.Recorded))
	return nil
}

// refresh rebuilds what another version of the program printed, when that takes a moment only.
func (h *house) refresh(ctx context.Context, c *console) error {
	if h.stale == nil {
		return nil
	}
	size, err := journal.Size(ctx, h.db, h.town)
	if err != nil {
		return err
	}
	if size >= smallRebuild {
		return fmt.Errorf("程序已更新，%d 件记录的数据表需要重建后才能启动。总账完好，没有改动；请运行：cunju rebuild --data %s", size, h.place.Data)
	}
	c.say("程序已更新，正在按总账重建数据表（%d 件）……", size)
	if _, err := h.journal.Rebuild(ctx, h.town, nil); err != nil {
		return fmt.Errorf("重建没有完成，原有数据没有改动：%w", err)
	}
	h.stale = nil
	return nil
}

// run answers visitors until ctx ends, then stops in the order in which nothing is lost: visitors first, then their long
// works, the clocks, the journal's queue, and last the checkpoint over all of it.
func (h *house) run(ctx context.Context, c *console, s *site, addr string, ready func(c *console, base string)) error {
	clocks, stopClocks := context.WithCancel(context.WithoutCancel(ctx))
	defer stopClocks()
	done := make(chan struct{})
	go func() { defer close(done); s.clocks.Run(clocks) }()

	err := s.server.Run(ctx, addr, func(at net.Addr) {
		base := "http://" + at.String()
		h.log.Info("serving", "addr", at.String(), "town", h.town)
		c.say("公开栏    %s/\n办公      %s/desk\n我的      %s/me\n校验数据  %s/log/%s/checkpoint\n按 Ctrl+C 停止。", base, base, base, base, h.town)
		if ready != nil {
			ready(c, base)
		}
	})
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "listen" {
		err = fmt.Errorf("无法在 %s 提供服务（可能已被别的程序占用）。请换一个 --addr：%w", addr, err)
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), jobsWait)
	defer cancel()
	err = errors.Join(err, s.jobs.Stop(end))
	stopClocks()
	<-done
	h.journal.Close()
	err = errors.Join(err, h.sign(end))
	h.publisher.Close()
	return err
}

// recovered tells, after a stop that was not in order, what was found: every act that was acknowledged is there, whole.
func (h *house) recovered(ctx context.Context, c *console) error {
	size, err := journal.Size(ctx, h.db, h.town)
	if err != nil {
		return err
	}
	if size == 0 {
		c.say("上次没有正常停止。总账还没有记录。")
		return nil
	}
	last, err := journal.Read(ctx, h.db, h.town, size-1)
	if err != nil {
		return err
	}
	checked, err := h.checkTail(ctx, size)
	if err != nil {
		h.log.Error("unclean stop, tail damaged", "size", size, "err", err)
		return fmt.Errorf("上次没有正常停止，核对最后的记录时发现问题：%w\n没有启动，也没有改动数据。请运行 cunju verify --data %s 查明，必要时用备份恢复", err, h.place.Data)
	}
	h.log.Info("unclean stop, all whole", "size", size, "last", last.N, "kind", last.Kind, "checked", checked)
	c.say("上次没有正常停止。总账共 %d 件，最后一件是第 %d 号“%s”（%s 记录）；已核对最后 %d 件，全部完整，没有半件。",
		size, last.N, h.journal.Book().Title(last.Kind), beijing(last.Recorded), checked)
	return nil
}
