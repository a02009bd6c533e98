package demotown

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/journal"
)

// oversightEvents are what villagers and supervisors did besides reading: questions answered, unanswered and private, an answer that
// did not satisfy, a finding of the supervisors' own, a request for an audit, and a complaint to the street with the order that came of it.
func (b *builder) oversightEvents() []event {
	const september, august = "文峰村2026年9月财务收支公开表", "文峰村2026年8月财务收支公开表"
	villager, director, accountant := b.login("lixiuying"), b.login("lizhiqiang"), b.login("xuhaiyan")
	head, clerk, street := b.login("zhumingliang"), b.login("chenxiaomei"), b.login("zhoujianping")
	self := oversight.Asker{Channel: oversight.Self, Person: b.persons[villager.id]}
	var out []event
	var private, doubt, finding, audit, complaint int64
	on := func(day calendar.Date, by who, do func(ctx context.Context, w *journal.Writer) error) {
		out = append(out, event{day, by, do})
	}
	unit := func(name string) int64 { return b.byLabel[name] }
	add := func(_ int64, err error) error { return err }

	on("2026-09-21", villager, func(ctx context.Context, w *journal.Writer) (err error) {
		private, err = oversight.Pose(ctx, w, oversight.Ask{Unit: unit("文峰村村民委员会"), Notice: b.notices[august], Private: true, Asker: self,
			Text: "我家门口的公共照明坏了，电费里有没有算我们那一盏？"}, w.Today())
		return err
	})
	on("2026-09-25", director, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.Give(ctx, w, private, "那一盏已经报修，坏的时候没有用电，不计电费。", nil, w.Today()))
	})
	on("2026-10-21", villager, func(ctx context.Context, w *journal.Writer) error {
		said, err := oversight.Object(ctx, w, b.question, "只说了检测哪几栋，没有说钱是怎么定的，有没有比过价。", w.Today())
		doubt = said + 1 // the finding that it opened
		return err
	})
	on("2026-10-22", head, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.TakeUp(ctx, w, doubt, true, "请合作社说明询价情况。", w.Today()))
	})
	on("2026-10-27", accountant, func(ctx context.Context, w *journal.Writer) error {
		return add(journal.Add(ctx, w, oversight.KindRespond, w.Today(), []int64{doubt}, oversight.Respond{Text: "询价三家，取最低价，询价单附在凭证后面，成员可以查阅。"}))
	})
	on("2026-10-28", head, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.CheckUp(ctx, w, doubt, oversight.Done, "已看询价单三份，金额相符。", w.Today()))
	})
	on("2026-10-28", head, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.Publicise(ctx, w, doubt, "村民问消防检测费怎样定价。经查，合作社询价三家，取最低价，询价单可以查阅。", w.Today()))
	})
	on("2026-10-28", villager, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.Pose(ctx, w, oversight.Ask{Unit: unit("文峰村村民委员会"), Notice: b.notices[september], Asker: self,
			Text: "九月的困难家庭慰问发了多少户？"}, w.Today()))
	})
	on("2026-11-16", head, func(ctx context.Context, w *journal.Writer) (err error) {
		finding, err = oversight.Find(ctx, w, oversight.Finding{Unit: unit("文峰村村民委员会"), Notice: b.notices[lastMonth], Title: "道路维修的验收单",
			Text: "十月道路零星维修附了发票，没有附验收单，请补齐。"}, w.Today())
		return err
	})
	on("2026-11-18", director, func(ctx context.Context, w *journal.Writer) error {
		return add(journal.Add(ctx, w, oversight.KindRespond, w.Today(), []int64{finding}, oversight.Respond{Text: "验收单已补，十一月十七日由两名村民代表签字。"}))
	})
	on("2026-11-09", clerk, func(ctx context.Context, w *journal.Writer) (err error) {
		audit, err = oversight.Require(ctx, w, oversight.Call{Unit: unit("渡江村村民委员会"), Title: "搬家补助的发放", Text: "村民联名要求审计九十七户搬家补助的发放情况。",
			Signers: oversight.Villagers, Asked: 538, All: 2566, Basis: "签名册，按住户登记的村民人数", Handed: "2026-11-06"}, w.Today())
		return err
	})
	on("2026-11-12", street, func(ctx context.Context, w *journal.Writer) error {
		return add(journal.Add(ctx, w, oversight.KindAccept, w.Today(), []int64{audit}, oversight.Accept{Agree: true, Text: "签名人数超过五分之一，受理。"}))
	})
	on("2026-11-10", villager, func(ctx context.Context, w *journal.Writer) (err error) {
		complaint, err = oversight.Lodge(ctx, w, oversight.Complain{Unit: unit("渡江村股份经济合作社"), Title: "集体财务没有按时公开", Asker: self,
			Text: "渡江村合作社第三季度的账到现在没有贴出来。"}, w.Today())
		return err
	})
	on("2026-11-13", street, func(ctx context.Context, w *journal.Writer) error {
		return add(journal.Add(ctx, w, oversight.KindExamine, w.Today(), []int64{complaint}, oversight.Examine{Found: true, Text: "第三季度集体财务收支至今没有公布。"}))
	})
	on("2026-11-13", street, func(ctx context.Context, w *journal.Writer) error {
		return add(oversight.Command(ctx, w, complaint, oversight.Order{Unit: unit("渡江村股份经济合作社"), Title: "公布第三季度集体财务", Text: "请在期限内公布第三季度集体财务收支，并说明迟延的原因。",
			Due: "2026-11-27"}, w.Today()))
	})
	return out
}
