package main

// The quarters of one collective: a share co-operative discloses its own books
// beside those of the village. Its term, the 5th of the quarter's first month,
// fell into the National Day holidays of 2026 and moved to the 8th.

const collectiveOpening = 68_215_380 // fen

// collectiveQuarters are the second and third quarter of 2026 of 文峰村's
// co-operative.
func collectiveQuarters() []*period {
	p := placeNamed("文峰村")
	coop := func(name, side, source string, yuan int64) entry {
		return entry{name, side, source, "股份经济合作社", yuan * 100}
	}
	return []*period{
		{place: p, Slug: "wenfeng-collective-2026-q2", Name: "2026年第二季度", From: "2026-04-01", To: "2026-06-30", Quarterly: true, Of: p.coop(), Title: "集体财务收支公开表",
			Drafted: "2026-07-01", Checked: "2026-07-02", Approved: "2026-07-03", Published: "2026-07-06", TakenDown: takenDown("2026-07-06", 15),
			Lines: []entry{
				coop("标准厂房租金收入", income, "村集体经营收入", 112000), coop("沿街店面租金收入", income, "村集体经营收入", 68400), coop("银行存款利息收入", income, "利息", 1263),
				coop("厂房屋面防水维修", expense, "村集体资金", 38600), coop("代理记账服务费", expense, "村集体资金", 3000), coop("理事、监事误工补贴", expense, "村集体资金", 9600)}},
		{place: p, Slug: "wenfeng-collective-2026-q3", Name: "2026年第三季度", From: "2026-07-01", To: "2026-09-30", Quarterly: true, Of: p.coop(), Title: "集体财务收支公开表",
			Drafted: "2026-10-05", Checked: "2026-10-06", Approved: "2026-10-07", Published: "2026-10-08", TakenDown: takenDown("2026-10-08", 15),
			Lines: []entry{
				coop("标准厂房租金收入", income, "村集体经营收入", 112000), coop("沿街店面租金收入", income, "村集体经营收入", 70200), coop("水面发包收入", income, "村集体经营收入", 18000), coop("银行存款利息收入", income, "利息", 1318),
				coop("农贸市场雨棚合作社分担款", expense, "村集体资金", 64000), coop("厂房消防设施检测", expense, "村集体资金", 12800), coop("代理记账服务费", expense, "村集体资金", 3000), coop("理事、监事误工补贴", expense, "村集体资金", 9600)}},
	}
}

// writeCollective writes the co-operative's tables, each opening with the
// balance of the one before.
func writeCollective(dir string, w *world) error {
	balance := int64(collectiveOpening)
	for _, v := range collectiveQuarters() {
		s, closing := v.table(w, nil, balance)
		balance = closing
		if err := s.save(dir, "finance/"+v.Slug+".xlsx"); err != nil {
			return err
		}
	}
	return nil
}
