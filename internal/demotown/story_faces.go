package demotown

import (
	"bytes"
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
)

// Notices of kinds that the monthly round does not bring.
const (
	// forMembers is for the Party members of 文峰村 alone: they read it after logging in.
	forMembers = "文峰村党总支2026年下半年确定入党积极分子情况"
	// burst could not wait: it was published first, and still waits for check and confirmation.
	burst = "渡江村供水主管抢修停水通知"
	// relieved is a list of recipients whose days are over: every public face covers it.
	relieved = "文峰村2026年第二季度临时救助名单"
)

// faceStory are those notices, and what a villager and representatives saw before the board of 文峰村.
func (b *builder) faceStory() []event {
	director, secretary, head := b.login("lizhiqiang"), b.login("wangjianguo"), b.login("zhumingliang")
	villager := b.login("lixiuying")
	villager.named = true
	out := b.way(forMembers, disclosure.Content{Subject: "party", Item: "party-admission", Scope: disclosure.ScopeParty, Title: forMembers,
		Text: "经党员推荐、支部委员会讨论，下半年确定入党积极分子二名，均已报街道党工委备案。\n名单在支部会上宣布。有意见的，请在十一月三十日以前向党总支反映。"},
		"文峰村党总支", []calendar.Date{"2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"}, director, head, secretary, director)
	out = append(out, b.way(relieved, disclosure.Content{Subject: "village", Item: "relief", Title: relieved, From: "2026-04-01", To: "2026-06-30",
		Text: "依据《社会救助暂行办法》，经村民代表会议评议、街道审核。", Aid: &disclosure.Aid{Matter: "临时救助", Masked: true, Last: "2026-09-30", Rows: []disclosure.Recipient{
			{Name: "陈＊＊", Group: "三组", Kind: "突发困难", Amount: 3_000_00}, {Name: "王＊", Group: "五组", Kind: "火灾", Amount: 2_000_00}, {Name: "徐＊＊", Group: "八组", Kind: "突发困难", Amount: 2_500_00}}}},
		"文峰村村民委员会", []calendar.Date{"2026-07-02", "2026-07-03", "2026-07-06", "2026-07-07"}, director, head, secretary, director)...)
	return append(out,
		event{"2026-07-07", director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hang(ctx, w, b.notices[relieved], "文峰村公开栏", w.Today())
			return err
		}},
		event{"2026-07-24", secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Remove(ctx, w, b.notices[relieved], "公示期满，撤下归档", w.Today())
			return err
		}},
		event{"2026-07-24", director, func(ctx context.Context, w *journal.Writer) error {
			return b.file(ctx, w, b.notices[relieved], w.Today())
		}},
		event{"2026-11-13", director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hang(ctx, w, b.notices[forMembers], "党群服务中心二楼党员活动室", w.Today())
			return err
		}},
		event{"2026-11-19", b.drafter("渡江村"), func(ctx context.Context, w *journal.Writer) (err error) {
			b.notices[burst], err = disclosure.Begin(ctx, w, b.byLabel["渡江村村民委员会"], disclosure.Content{Subject: "village", Item: "major", Title: burst,
				Text: "村口供水主管今天凌晨爆裂，正在抢修，预计到明天傍晚恢复。停水期间在村委会门口和市场南门设取水点，行动不便的老人由组长送水上门。"}, 0, w.Today())
			return err
		}},
		event{"2026-11-19", b.login("chenxiaomei"), func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hurry(ctx, w, b.notices[burst], "主管爆裂，全村停水，等不及开会。", w.Today())
			return err
		}},
		event{"2026-11-19", b.login("chenxiaomei"), func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hang(ctx, w, b.notices[burst], "渡江村公开栏", w.Today())
			return err
		}},
		event{"2026-11-14", villager, func(ctx context.Context, w *journal.Writer) error {
			_, _, err := posting.Look(ctx, w, posting.CheckIn{Notice: b.notices[lastMonth], Witness: string(posting.Villager), Answer: string(posting.There), Code: true})
			return err
		}},
		event{"2026-11-18", head, func(ctx context.Context, w *journal.Writer) error {
			scan, err := b.scanned(ctx, "公示张贴签到表.pdf", lastMonth, "11月14日　村民代表　在", "11月15日　村民代表　在", "11月16日　村民　在")
			if err != nil {
				return err
			}
			n, err := disclosure.Find(ctx, w, w.Town, b.notices[lastMonth])
			if err != nil {
				return err
			}
			_, err = posting.Enter(ctx, w, posting.SignOff{Notice: n.ID, Unit: n.Unit, Side: posting.SideSupervision, Scan: &scan, Note: "签到表原件在监督委员会",
				Rows: []posting.Signed{{Day: "2026-11-14", By: "delegate"}, {Day: "2026-11-15", By: "delegate"}, {Day: "2026-11-16", By: "villager"}}})
			return err
		}})
}

// way leads a notice through draft, check, approval and publication, each on its day by its office.
func (b *builder) way(title string, c disclosure.Content, unit string, days []calendar.Date, drafts, checks, approves, publishes who) []event {
	step := func(i int, by who, do func(ctx context.Context, w *journal.Writer) (int64, error)) event {
		return event{days[i], by, func(ctx context.Context, w *journal.Writer) error {
			_, err := do(ctx, w)
			return err
		}}
	}
	return []event{
		step(0, drafts, func(ctx context.Context, w *journal.Writer) (id int64, err error) {
			b.notices[title], err = disclosure.Begin(ctx, w, b.byLabel[unit], c, 0, w.Today())
			return 0, err
		}),
		step(0, drafts, func(ctx context.Context, w *journal.Writer) (int64, error) {
			return disclosure.Hand(ctx, w, b.notices[title], w.Today())
		}),
		step(1, checks, func(ctx context.Context, w *journal.Writer) (int64, error) {
			return disclosure.Examine(ctx, w, b.notices[title], disclosure.Check{Agree: true, Note: "经审查，同意公开"}, w.Today())
		}),
		step(2, approves, func(ctx context.Context, w *journal.Writer) (int64, error) {
			m, err := b.meeting(ctx, w, "文峰村", map[string]string{"village": "村务公开", "party": "党务公开"}[c.Subject], "王建国", w.Today())
			if err != nil {
				return 0, err
			}
			return disclosure.Decide(ctx, w, b.notices[title], disclosure.Approve{Agree: true, Meeting: m}, w.Today())
		}),
		step(3, publishes, func(ctx context.Context, w *journal.Writer) (int64, error) {
			return disclosure.Release(ctx, w, b.notices[title], w.Today())
		}),
	}
}

// drafter is who last drafted for a village what is not about money.
func (b *builder) drafter(village string) (last who) {
	for _, n := range b.told {
		if n.Unit == village && subjects[n.Category] == "village" && n.Drafted != nil {
			last = who{id: n.Drafted.ID, unit: n.Drafted.Unit, post: n.Drafted.Office}
		}
	}
	return last
}

// withPlan gives the last month's table its plan.
func withPlan(c disclosure.Content) disclosure.Content {
	f := *c.Finance
	f.Plan = []disclosure.Planned{{Item: "沿街店面租金收入", In: 68_600_00}, {Item: "农贸市场摊位租金收入", In: 48_000_00},
		{Item: "村级组织运转经费", In: 40_000_00}, {Item: "环卫保洁人员劳务费", Out: 22_000_00}, {Item: "七十周岁以上老人节日慰问", Out: 26_000_00}}
	c.Finance = &f
	return c
}

// vouched puts vouchers behind lines of the last month's table: one that everyone may open, one that names persons.
func (b *builder) vouched(ctx context.Context, w *journal.Writer, id int64, f *disclosure.Finance, on calendar.Date) error {
	var v disclosure.Vouch
	for _, x := range []struct {
		item, name string
		open       bool
		text       []string
	}{
		{"市场消毒与设施维护", "消毒和维修发票.pdf", true, []string{"发票（演示）", "市场消毒与设施维护　4,000.00元"}},
		{"环卫保洁人员劳务费", "劳务费签收表.pdf", false, []string{"劳务费签收表（演示）", "保洁人员签收　21,600.00元"}},
	} {
		for i, l := range f.Lines {
			if l.Item != x.item {
				continue
			}
			file, err := b.scanned(ctx, x.name, x.text...)
			if err != nil {
				return err
			}
			v.Add = append(v.Add, disclosure.Voucher{Line: int64(i + 1), File: file, Open: x.open})
		}
	}
	if len(v.Add) != 2 {
		return fmt.Errorf("%d of two lines with vouchers in %s", len(v.Add), lastMonth)
	}
	_, err := disclosure.AttachVouchers(ctx, w, id, v, on)
	return err
}

// scanned puts a page with lines of text into the store.
func (b *builder) scanned(ctx context.Context, name string, lines ...string) (disclosure.File, error) {
	st, err := b.Files.Put(ctx, bytes.NewReader(page(lines)), name, 1<<20)
	return disclosure.File{Name: name, Size: st.Size, Type: st.Type, Hash: st.Hash}, err
}
