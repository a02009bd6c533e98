package main

import (
	"fmt"
	"time"
)

type rebuildCommand struct {
	place
	Check bool `help:"只核对：在旁边重新计算一遍并逐行比较，不改动数据。"`
}

// Help says what a rebuild is.
func (rebuildCommand) Help() string {
	return "删去全部数据表，按总账重新生成；总账本身不动。完成前读到的仍是原来的数据。\n加 --check 时只比较：一致时退出码为 0，不同时说明第一处不同，退出码为 1。"
}

// Run prints the town's tables again, or compares.
func (r *rebuildCommand) Run(c *console) error {
	h, err := r.open(c, options{log: quiet(c), stale: true})
	if err != nil {
		return err
	}
	defer h.close()
	start := time.Now()
	if r.Check {
		if h.stale != nil {
			c.say("数据表由另一版本的程序生成，无从比较。请先运行 cunju rebuild。")
			return errSaid
		}
		acts, diffs, err := h.journal.CheckProjections(c, h.town, c.progress("核对"))
		if err != nil {
			return fmt.Errorf("核对没有做完，数据没有改动：%w", err)
		}
		if len(diffs) > 0 {
			d := diffs[0]
			c.say("重建结果与现有数据不同。第一处：表 %s，%s：%s", d.Table, d.Key, d.What)
			return errSaid
		}
		c.say("重建结果与现有数据一致（%d 件记录，%s）。", acts, took(start))
		c.say("这里只核对数据表；封存、签名和附件请用 cunju verify 核对。")
		return nil
	}
	acts, err := h.journal.Rebuild(c, h.town, c.progress("重建"))
	if err != nil {
		return fmt.Errorf("重建没有完成，原有数据没有改动：%w", err)
	}
	c.say("已按总账 %d 件记录重新生成全部数据表（%s）。", acts, took(start))
	return nil
}
