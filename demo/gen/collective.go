package main

import "fmt"

// The quarters of the three share co-operatives, who disclose their own books
// beside those of village or community. From 2026 on the street's term is the
// 5th of the quarter's first month: that of October fell into the National Day
// holidays and moved to the 8th. 渡江村's co-operative let it pass.

// coops are the co-operatives' places with their balances, in fen, before the
// first table.
var coops = []struct {
	place, slug string
	opening     int64
}{{"文峰村", "wenfeng", 68_215_380}, {"渡江村", "dujiang", 41_730_925}, {"连运社区", "lianyun", 9_204_160}}

var coopItems = []item{
	{"标准厂房租金收入", income, "村集体经营收入", "股份经济合作社", 98000, 120000, nil},
	{"沿街店面租金收入", income, "村集体经营收入", "股份经济合作社", 61000, 74000, nil},
	{"水面发包收入", income, "村集体经营收入", "股份经济合作社", 15000, 21000, []int{7}},
	{"银行存款利息收入", income, "利息", "股份经济合作社", 800, 1900, nil},
	{"厂房屋面防水维修", expense, "村集体资金", "股份经济合作社", 26000, 39000, []int{4}},
	{"厂房消防设施检测", expense, "村集体资金", "股份经济合作社", 9000, 14000, []int{7}},
	{"资产清查和评估费", expense, "村集体资金", "股份经济合作社", 12000, 18000, []int{10}},
	{"成员大会会务费", expense, "村集体资金", "股份经济合作社", 4000, 7000, []int{1}},
	{"代理记账服务费", expense, "村集体资金", "股份经济合作社", 3000, 3000, nil},
	{"理事、监事误工补贴", expense, "村集体资金", "股份经济合作社", 9600, 9600, nil},
}

// silent is the quarter that its co-operative has not disclosed.
const silent = "dujiang-collective-2026-q3"

// coopQuarters are the tables of one co-operative, from the second quarter of
// 2025 to the third of 2026.
func coopQuarters(place, slug string) []*period {
	p := placeNamed(place)
	var out []*period
	for i := range 6 {
		from := addMonths("2025-04-01", 3*i)
		q := (int(day(from).Month()) + 2) / 3
		v := &period{place: p, Slug: fmt.Sprintf("%s-collective-%s-q%d", slug, from[:4], q), Name: fmt.Sprintf("%s年第%s季度", from[:4], digits[q]),
			From: from, To: addDays(addMonths(from, 3), -1), Quarterly: true, Of: p.coop(), Title: "集体财务收支公开表", Items: coopItems, Index: i}
		switch {
		case v.Slug == silent:
			continue
		case v.To == "2026-06-30":
			v.Drafted, v.Checked, v.Approved, v.Published = "2026-07-01", "2026-07-02", "2026-07-03", "2026-07-06"
		case v.To == "2026-09-30": // the office was manned over the holidays
			v.Drafted, v.Checked, v.Approved, v.Published = "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08"
		default:
			v.schedule()
		}
		v.TakenDown = takenDown(v.Published, 15)
		out = append(out, v)
	}
	return out
}

// writeCollective writes the co-operatives' tables, each opening with the
// balance of the one before.
func writeCollective(dir string, w *world) error {
	for _, c := range coops {
		r := stream("collective " + c.place)
		balance := c.opening
		for _, v := range coopQuarters(c.place, c.slug) {
			s, closing := v.table(w, r, balance)
			if closing < 0 {
				return fmt.Errorf("%s closes at %d fen", v.Slug, closing)
			}
			balance = closing
			if err := s.save(dir, "finance/"+v.Slug+".xlsx"); err != nil {
				return err
			}
		}
	}
	return nil
}
