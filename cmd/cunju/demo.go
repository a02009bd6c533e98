package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cunju/demo"
	"cunju/internal/calendar"
	"cunju/internal/demotown"
	"cunju/internal/files"
)

const (
	// demoFile marks a data folder as a demonstration; only such a folder is ever emptied. It holds demoReady once the
	// town stands whole.
	demoFile     = "demo.txt"
	demoBuilding = "正在建立\n"
	demoReady    = "演示数据，人物均为虚构。\n"
	// demoOrigin names the demonstration's log.
	demoOrigin = "demo.cunju.example/"
)

type demoCommand struct {
	serving
	Fresh   bool   `help:"删去已有的演示数据，重新建立。"`
	NoServe bool   `help:"只建立，不启动服务。"`
	Today   string `help:"把演示的钟拨到以后的某一天，看期限到了会怎样；只能往后拨。" placeholder:"日期"`

	Witnesses int `help:"同时在本机运行几个演示用的见证方（0 到 3）。" default:"0" placeholder:"几个"`
}

// Help says what there will be to see.
func (demoCommand) Help() string {
	return "首次运行时在数据目录中建立演示街道（文峰街道，两村三社区，人物均为虚构），然后启动服务；再次运行时直接启动。\n目录里有别的数据时拒绝。"
}

// Run builds the demonstration if it is not there, and serves it.
func (d *demoCommand) Run(c *console) error {
	if err := d.clear(); err != nil {
		return err
	}
	facts, err := demo.LoadFacts()
	if err != nil {
		return err
	}
	d.Town = facts.Town.Code
	if !d.ready() {
		if err := d.build(c, facts); err != nil {
			return err
		}
	}
	if d.NoServe {
		sayLogins(c, facts)
		return nil
	}
	clock, err := d.clock(time.Now())
	if err != nil {
		return err
	}
	stop, err := d.watch(c, clock)
	if err != nil {
		return err
	}
	defer stop()
	return d.serve(c, options{clock: clock}, func(c *console, _ string) { sayLogins(c, facts) })
}

// clock is the time of day, or the same hour of the day asked for. A demonstration may look ahead; a town at work may not.
func (d *demoCommand) clock(now time.Time) (func() time.Time, error) {
	if d.Today == "" {
		return time.Now, nil
	}
	day, err := calendar.Parse(d.Today)
	if err != nil {
		return nil, fmt.Errorf("--today %s 读不懂：%w", d.Today, err)
	}
	ahead := calendar.Days(calendar.On(now), day)
	if ahead < 0 {
		return nil, fmt.Errorf("--today %s 已经过去了，演示的钟只能往后拨", day.Chinese())
	}
	return func() time.Time { return time.Now().AddDate(0, 0, ahead) }, nil
}

// ready says that the folder holds a whole demonstration.
func (d *demoCommand) ready() bool {
	mark, err := os.ReadFile(filepath.Join(d.Data, demoFile))
	return err == nil && string(mark) == demoReady
}

func (d *demoCommand) mark(text string) error {
	if err := os.WriteFile(filepath.Join(d.Data, demoFile), []byte(text), 0o600); err != nil {
		return fmt.Errorf("数据目录 %s 无法写入：%w", d.Data, err)
	}
	return nil
}

// clear empties a folder of a demonstration that is to be built again, because someone asked for it or because the last
// building did not come to its end. Any other folder with data is refused.
func (d *demoCommand) clear() error {
	entries, err := os.ReadDir(d.Data)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("数据目录 %s 打不开：%w", d.Data, err)
	}
	if _, err := os.Stat(filepath.Join(d.Data, demoFile)); err != nil {
		return fmt.Errorf("%s 里有别的数据，不是演示目录，没有改动。请用 --data 另选一个目录", d.Data)
	}
	if d.ready() && !d.Fresh {
		return nil
	}
	if d.DB != "" {
		return fmt.Errorf("演示数据在 --db 所指的数据库里，这里不删除别处的数据库。请自行清空它和 %s 再试", d.Data)
	}
	l, err := hold(d.Data, "")
	if err != nil {
		return err
	}
	defer l.file.Close()
	if err := d.mark(demoBuilding); err != nil { // cut short from here on, it is not taken for a whole one
		return err
	}
	for _, e := range entries {
		if e.Name() == lockFile || e.Name() == demoFile {
			continue
		}
		if err := os.RemoveAll(filepath.Join(d.Data, e.Name())); err != nil {
			return fmt.Errorf("旧的演示数据删不掉：%w", err)
		}
	}
	return nil
}

// build founds the town and has it built. The mark goes first, so that a building cut short is known as one.
func (d *demoCommand) build(c *console, facts demo.Facts) error {
	start := time.Now()
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return fmt.Errorf("数据目录 %s 建不了：%w", d.Data, err)
	}
	if err := d.mark(demoBuilding); err != nil {
		return err
	}
	c.say("正在建立演示街道 %s（%s），人物均为虚构……", facts.Town.Name, facts.Town.Code)
	clock := demotown.NewClock(demotown.Opening)
	h, err := d.openAll(c, options{log: quiet(c), clock: clock.Now, salt: demotown.Salt})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.found(c, facts.Town.Code, demoOrigin+facts.Town.Code); err != nil {
		return err
	}
	if err := h.buildDemo(c, clock, c.steps()); err != nil {
		return fmt.Errorf("演示街道没有建成：%w", err)
	}
	if err := h.sign(c); err != nil {
		return err
	}
	if err := d.mark(demoReady); err != nil {
		return err
	}
	c.say("演示街道已建成（%s）。", took(start))
	return nil
}

func (h *house) buildDemo(ctx context.Context, clock *demotown.Clock, tell demotown.Progress) error {
	store, err := files.Open(h.place.fileFolder())
	if err != nil {
		return err
	}
	return demotown.Build(ctx, demotown.Deps{DB: h.db, Journal: h.journal, Vault: h.vault, Files: store, Accounts: h.accounts, Clock: clock, Town: h.town}, tell)
}

// steps prints each step's name once, and how far a long one is.
func (c *console) steps() demotown.Progress {
	now, show := "", func(int64, int64) {}
	return func(done, total int64, what string) {
		if what != now {
			now, show = what, c.progress(what)
			c.say("  %s", what)
		}
		show(done, total)
	}
}

// sayLogins prints the accounts of the demonstration; their passwords are public on purpose.
func sayLogins(c *console, facts demo.Facts) {
	c.say("\n演示账号（口令公开，只供演示）：")
	c.say("  %s%s%s看什么", pad("登录名", 16), pad("密码", 18), pad("职务", 34))
	for _, l := range facts.Logins {
		c.say("  %s%s%s%s", pad(l.Login, 16), pad(l.Password, 18), pad(l.Title, 34), strings.ReplaceAll(l.Shows, "\n", ""))
	}
	c.say("")
}
