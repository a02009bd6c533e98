package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/db"
	"cunju/internal/files"
	"cunju/internal/member"
)

type verifyCommand struct {
	place
	Quick  bool   `help:"不逐行核对数据表（其余照常）。"`
	Backup string `help:"校验一个备份文件，不打开数据库。" placeholder:"文件"`
	keys
	Receipt string `help:"离线校验一份凭据：存下的网页，或扫码得到的文字。" placeholder:"文件"`
	Mirror  string `help:"校验一份副本、公开数据包或网址，不连街道的数据库。" placeholder:"目录、文件或网址"`
	Proof   string `help:"离线校验一份证明（.tlog-proof），与 --act 同用，不打开数据库。" placeholder:"文件"`
	Act     string `help:"证明所证的公开事项（.json）。" placeholder:"文件"`
}

// Help says what is held against what.
func (verifyCommand) Help() string {
	return "重新计算每一号记录的指纹、全部哈希、根和检查点签名，核对台账收支、党员名册、查阅记录、数据表和附件。\n发现问题时说明第一处出错的编号，退出码为 1；没有问题为 0。校验不改动任何数据。\n--mirror 可以写公开栏的网址。不写 --policy 时，用副本或网站自己的信任规则，并说明这意味着什么；找不到、连不上，没有核对成的，退出码为 3。"
}

// Run verifies the database, a back-up or a proof.
func (v *verifyCommand) Run(c *console) error {
	policy, err := v.policy()
	if err != nil {
		return err
	}
	switch {
	case v.Receipt != "":
		return verifyReceipt(c, v.Receipt, policy)
	case v.Mirror != "":
		return verifyMirror(c, v.Mirror, policy)
	case v.Proof != "" || v.Act != "" || policy != nil:
		return verifyProof(c, v.Proof, v.Act, policy)
	case v.Backup != "":
		return verifyBackup(c, v.Backup)
	}
	h, err := v.open(c, options{log: quiet(c), stale: true})
	if err != nil {
		return err
	}
	defer h.close()
	checks := []func(context.Context, *console) (bool, error){h.verifyLog, h.verifyRoster, h.verifyViews, h.verifyFiles}
	if h.stale != nil {
		c.say("数据表由另一版本的程序生成，不逐行核对；请另运行 cunju rebuild。")
	}
	if !v.Quick && h.stale == nil {
		checks = slices.Insert(checks, 2, h.verifyTables)
	}
	good := true
	for _, check := range checks {
		ok, err := check(c, c)
		if err != nil {
			return fmt.Errorf("校验没有做完，数据没有改动：%w", err)
		}
		good = good && ok
	}
	if !good {
		c.say("校验没有通过。数据没有改动；请保留现场，用最近一次校验通过的备份比对或恢复。")
		return errSaid
	}
	c.say("校验通过。")
	return nil
}

// verifyLog recomputes the whole journal and the ledger that hangs on it.
func (h *house) verifyLog(ctx context.Context, c *console) (bool, error) {
	start := time.Now()
	key, err := note.NewVerifier(h.key.VKey)
	if err != nil {
		return false, err
	}
	rep, err := h.journal.Verify(ctx, h.town, key, c.progress("总账"))
	if err != nil {
		return false, err
	}
	c.say("总账    %d 件，检查点 %d 个，依法删除 %d 件，根 %s（%s）", rep.Size, rep.Checkpoints, rep.Erased, rep.Root, took(start))
	if rep.OK() {
		c.say("        指纹、哈希、签名、收支全部相符")
		return true, nil
	}
	for i, f := range rep.Faults {
		if i == 0 {
			c.say("        第一处问题：%s", f.What)
			continue
		}
		c.say("        %s", f.What)
	}
	return false, nil
}

// verifyRoster holds the members' roster against the ledger's heads.
func (h *house) verifyRoster(ctx context.Context, c *console) (bool, error) {
	start := time.Now()
	bad, err := member.Audit(ctx, h.db, h.town)
	if err != nil {
		return false, err
	}
	if len(bad) == 0 {
		c.say("名册    党员名册与人数账相符（%s）", took(start))
		return true, nil
	}
	c.say("名册    党员名册与人数账有 %d 处不符（%s）", len(bad), took(start))
	for _, b := range bad {
		c.say("        科目 %s 相差 %+d", b.Account, b.Sum)
	}
	return false, nil
}

// verifyViews walks the view log along its chain and holds it against what the journal sealed.
func (h *house) verifyViews(ctx context.Context, c *console) (bool, error) {
	start := time.Now()
	a, err := h.views.Audit(ctx, h.db)
	if err != nil {
		return false, err
	}
	if a.Fault != "" {
		c.say("查阅    %s（%s）", a.Fault, took(start))
		return false, nil
	}
	c.say("查阅    查阅记录 %d 条，首尾相接，总账封存到第 %d 条（%s）", a.Rows, a.Sealed, took(start))
	return true, nil
}

// verifyTables prints every table anew from the journal and compares.
func (h *house) verifyTables(ctx context.Context, c *console) (bool, error) {
	start := time.Now()
	acts, diffs, err := h.journal.CheckProjections(ctx, h.town, c.progress("数据表"))
	if err != nil {
		return false, err
	}
	if len(diffs) == 0 {
		c.say("数据表  按 %d 件记录重新计算，与现有数据一致（%s）", acts, took(start))
		return true, nil
	}
	c.say("数据表  按 %d 件记录重新计算，%d 张表与现有数据不同（%s）", acts, len(diffs), took(start))
	for _, d := range diffs {
		c.say("        %s %s：%s", d.Table, d.Key, d.What)
	}
	c.say("        总账是准的；可用 cunju rebuild 按总账重新生成数据表。")
	return false, nil
}

// attachment is a file that an act quotes by its hash.
type attachment struct {
	act  int64
	hash string
}

// quoted finds hashes of files in a payload; every payload type that attaches files writes them under this name.
var quoted = regexp.MustCompile(`"sha256":"([0-9a-f]{64})"`)

// attachments lists the files that acts quote, each with the first act that does, in order of acts.
func (h *house) attachments(ctx context.Context) (list []attachment, err error) {
	seen := map[string]bool{}
	err = db.Each(ctx, h.db, `SELECT n, payload FROM journal_act WHERE town = $1 AND payload LIKE '%"sha256":"%' ORDER BY n`,
		func(r struct {
			N       int64
			Payload []byte
		}) error {
			for _, m := range quoted.FindAllSubmatch(r.Payload, -1) {
				if hash := string(m[1]); !seen[hash] {
					seen[hash] = true
					list = append(list, attachment{r.N, hash})
				}
			}
			return nil
		}, h.town)
	return list, err
}

// verifyFiles reads every attachment, those that acts quote and those that no act quotes yet.
func (h *house) verifyFiles(ctx context.Context, c *console) (bool, error) {
	start := time.Now()
	store, err := files.Open(h.place.fileFolder())
	if err != nil {
		return false, err
	}
	list, err := h.attachments(ctx)
	if err != nil {
		return false, err
	}
	good, named := true, map[string]bool{}
	for _, a := range list {
		named[a.hash] = true
		_, err := store.Check(a.hash)
		var damaged *files.Damaged
		switch {
		case err == nil:
			continue
		case errors.Is(err, files.ErrMissing):
			c.say("附件    第 %d 号所附的文件 %s 缺失", a.act, a.hash)
		case errors.As(err, &damaged):
			c.say("附件    第 %d 号所附的文件 %s 已被改动或损坏", a.act, a.hash)
		default:
			return false, err
		}
		good = false
	}
	total, damaged, err := store.Verify(ctx)
	if err != nil {
		return false, err
	}
	for _, d := range damaged {
		if !named[d.Hash] {
			c.say("附件    尚未使用的文件 %s 已被改动或损坏", d.Hash)
			good = false
		}
	}
	if good {
		c.say("附件    %d 个文件，记录中引用 %d 个，全部完好（%s）", total, len(list), took(start))
	}
	return good, nil
}

// readFile reads a file named on the command line.
func readFile(name, flag string) ([]byte, error) {
	if name == "" {
		return nil, fmt.Errorf("缺少 %s。离线校验需要 --proof、--act 和 --policy（或 --key）", flag)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s %s 读不了：%w", flag, name, err)
	}
	return b, nil
}
