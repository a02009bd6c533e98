package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
)

const (
	income  = "收入"
	expense = "支出"
)

// entry is one line of a finance table.
type entry struct {
	item, side, source, department string
	fen                            int64
}

// item is something that recurs in the books: the range of its amount in yuan
// and the months in which it comes (nil: every month).
type item struct {
	name, side, source, department string
	lo, hi                         int
	months                         []int
}

var villageItems = []item{
	{"农贸市场摊位租金收入", income, "村集体经营收入", "农贸市场", 42000, 56000, nil},
	{"沿街店面租金收入", income, "村集体经营收入", "股份经济合作社", 61000, 74000, []int{1, 4, 7, 10}},
	{"标准厂房租金收入", income, "村集体经营收入", "股份经济合作社", 98000, 120000, []int{3, 6, 9, 12}},
	{"村级组织运转经费", income, "上级转移支付", "村民委员会", 38000, 42000, nil},
	{"环境卫生长效管护补助", income, "上级转移支付", "村民委员会", 26000, 30000, []int{2, 5, 8, 11}},
	{"水面发包收入", income, "村集体经营收入", "股份经济合作社", 15000, 21000, []int{1, 7}},
	{"银行存款利息收入", income, "利息", "股份经济合作社", 800, 1900, []int{3, 6, 9, 12}},
	{"环卫保洁人员劳务费", expense, "村集体资金", "村民委员会", 21000, 25000, nil},
	{"垃圾清运费", expense, "村集体资金", "村民委员会", 4200, 6800, nil},
	{"办公水电费", expense, "村集体资金", "村民委员会", 1900, 4300, nil},
	{"公共照明电费", expense, "村集体资金", "村民委员会", 2600, 3900, nil},
	{"村组干部误工补贴", expense, "上级转移支付", "村民委员会", 14000, 16500, nil},
	{"村民代表会议误工补贴", expense, "村集体资金", "村民委员会", 1800, 2600, []int{3, 6, 9, 12}},
	{"办公用品购置", expense, "村集体资金", "村民委员会", 600, 1800, []int{1, 3, 5, 7, 9, 11}},
	{"道路零星维修", expense, "村集体资金", "村民委员会", 5200, 14800, []int{4, 6, 9, 11}},
	{"河道管护劳务费", expense, "上级转移支付", "村民委员会", 6200, 8400, []int{2, 5, 8, 11}},
	{"市场消毒与设施维护", expense, "村集体资金", "农贸市场", 2300, 5200, nil},
	{"困难家庭慰问", expense, "村集体资金", "村民委员会", 12000, 18000, []int{1, 9}},
	{"七十周岁以上老人节日慰问", expense, "村集体资金", "村民委员会", 26000, 34000, []int{1, 10}},
	{"党报党刊订阅", expense, "上级转移支付", "党总支", 4200, 5600, []int{11}},
	{"文体活动支出", expense, "村集体资金", "村民委员会", 2200, 6400, []int{1, 5, 7, 10}},
	{"公益性岗位保险费", expense, "村集体资金", "村民委员会", 3100, 3900, []int{6, 12}},
	{"代理记账服务费", expense, "村集体资金", "股份经济合作社", 3000, 3000, []int{3, 6, 9, 12}},
}

var communityItems = []item{
	{"社区工作经费拨款", income, "街道拨款", "居民委员会", 90000, 105000, nil},
	{"党组织为民服务专项经费", income, "上级专项", "党组织", 50000, 50000, []int{4, 10}},
	{"社区配套用房租金收入", income, "社区自有收入", "居民委员会", 18000, 27000, nil},
	{"志愿服务项目资助", income, "社会捐赠", "居民委员会", 5000, 12000, []int{1, 7}},
	{"办公水电费", expense, "街道拨款", "居民委员会", 5200, 8800, nil},
	{"办公用品和印刷费", expense, "街道拨款", "居民委员会", 3100, 5900, nil},
	{"居民小组长补贴", expense, "街道拨款", "居民委员会", 9000, 11000, nil},
	{"公共区域保洁", expense, "街道拨款", "居民委员会", 14000, 19000, nil},
	{"楼道灯和健身器材维修", expense, "专项经费", "居民委员会", 4200, 13800, nil},
	{"助老助餐服务补助", expense, "专项经费", "居民委员会", 12000, 18500, nil},
	{"党员教育活动", expense, "专项经费", "党组织", 2600, 5800, nil},
	{"困难家庭慰问", expense, "社区自有收入", "居民委员会", 8000, 13000, []int{1, 7}},
	{"无障碍坡道改造", expense, "专项经费", "居民委员会", 16000, 24000, []int{4}},
	{"青少年暑期活动", expense, "专项经费", "居民委员会", 5600, 8900, []int{7}},
	{"电动车充电棚建设", expense, "专项经费", "居民委员会", 28000, 36000, []int{10}},
}

// landPrice is the invented amount, in fen, that the demonstration pays for one
// tenth of a mu of collective land.
const landPrice = 330000

// special are the lines of one month only: the money for the two hamlets of
// 渡江村 comes in and goes out; the 412.6 mu are at an invented price.
var special = map[string][]entry{
	"dujiang-2026-03": {{"征地补偿费到账(前圩、后圩412.6亩)", income, "区征地补偿专户", "股份经济合作社", 4126 * landPrice}},
	"dujiang-2026-04": {{"征地补偿费发放(前圩自然村53户)", expense, "征地补偿专款", "股份经济合作社", 2364 * landPrice / 10 * 8}},
	"dujiang-2026-05": {{"征地补偿费发放(后圩自然村44户)", expense, "征地补偿专款", "股份经济合作社", 1762 * landPrice / 10 * 8}},
	"dujiang-2026-06": {{"搬家补助发放(97户)", expense, "征地补偿专款", "村民委员会", 97 * 150000}},
	"wenfeng-2026-07": {{"农贸市场雨棚改造工程款", expense, "村集体资金", "农贸市场", 18640000}},
	"wenfeng-2025-10": {{"农田水利专项补助", income, "上级转移支付", "村民委员会", 12000000}},
	"wenfeng-2025-11": {{"三组排水沟整治工程款", expense, "上级转移支付", "村民委员会", 9876540}},
}

// opening balances in fen before the first table.
var openingFen = map[string]int64{"文峰村": 128456037, "渡江村": 96821452, "宝塔社区": 8430515, "连运社区": 6127740, "荷花池社区": 10246908}

func (i item) due(month int) bool {
	if i.months == nil {
		return true
	}
	for _, m := range i.months {
		if m == month {
			return true
		}
	}
	return false
}

// department is the full name of who used the money.
func (v *period) department(name string) string {
	if name == "农贸市场" {
		return v.place.market()
	}
	return v.place.Name + name
}

// entries draws the lines of one table, income first.
func (v *period) entries(r *rand.Rand) []entry {
	items := villageItems
	switch {
	case v.Items != nil:
		items = v.Items
	case v.Quarterly:
		items = communityItems
	}
	month := int(day(v.From).Month())
	var out []entry
	for _, i := range items {
		if !i.due(month) {
			continue
		}
		fen := int64(i.lo+r.IntN(i.hi-i.lo+1)) * 100
		switch {
		case strings.Contains(i.name, "电费") || strings.Contains(i.name, "利息") || strings.Contains(i.name, "清运"):
			fen += int64(r.IntN(100)) // metered or reckoned, hence odd
		case i.hi-i.lo > 1000:
			fen = fen / 10000 * 10000
		}
		out = append(out, entry{i.name, i.side, i.source, v.department(i.department), fen})
	}
	for _, s := range special[v.Slug] {
		s.department = v.department(s.department)
		out = append(out, s)
	}
	sorted := make([]entry, 0, len(out))
	for _, side := range []string{income, expense} {
		for _, e := range out {
			if e.side == side {
				sorted = append(sorted, e)
			}
		}
	}
	return sorted
}

var (
	headVillageFinance   = []string{"序号", "收支项目", "收支类别", "金额(小写)", "金额(大写)", "资金来源", "使用部门", "负责人", "审核意见", "公示起止"}
	headCommunityFinance = []string{"序号", "项目", "收支类别", "金额(元)", "金额(大写)", "资金来源", "使用部门", "负责人", "审核意见", "公示起止"}
)

// writeFinance writes the books of every village and community; each table opens
// with the closing balance of the one before. One is a GB18030 text table.
func writeFinance(dir string, w *world) error {
	for _, p := range places {
		r := stream("finance " + p.Name)
		balance := openingFen[p.Name]
		for _, v := range periodsOf(p) {
			s, closing := v.table(w, r, balance)
			if closing < 0 {
				return fmt.Errorf("%s closes at %d fen", v.Slug, closing)
			}
			balance = closing
			var err error
			if v.Slug == "dujiang-2025-06" {
				err = s.saveCSV(dir, "finance/"+v.Slug+".csv")
			} else {
				err = s.save(dir, "finance/"+v.Slug+".xlsx")
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// table writes one period from its opening balance and returns the closing one.
func (v *period) table(w *world, r *rand.Rand, opening int64) (sheet, int64) {
	s := sheet{Name: "财务公开", Title: v.title(), Head: headVillageFinance, Widths: []float64{6, 32, 10, 16, 40, 18, 30, 10, 12, 26},
		Notes: []string{"单位：" + cmp.Or(v.Of, v.place.Name) + "　金额单位：元　所属期间：" + v.From + "至" + v.To}}
	last := "上月余额"
	this := "本月"
	if v.Quarterly {
		s.Head, last, this = headCommunityFinance, "上季度余额", "本季度"
	}
	in, out := int64(0), int64(0)
	n := 0
	opinion := ""
	if v.Checked != "" {
		opinion = "审核无误"
	}
	line := func(e entry, officer string) {
		n++
		s.add(n, e.item, e.side, float64(e.fen)/100, capital(e.fen), e.source, e.department, officer, opinion, v.shown())
	}
	balance := func(name, side string, fen int64) {
		n++
		s.add(n, name, side, float64(fen)/100, capital(fen), "", "", "", "", "")
	}
	balance(last, "余额", opening)
	director := w.holder(v.place.committee(), "主任", v.To).Name
	for _, e := range v.entries(r) {
		if e.side == income {
			in += e.fen
		} else {
			out += e.fen
		}
		line(e, director)
	}
	balance(this+"收入合计", "合计", in)
	balance(this+"支出合计", "合计", out)
	balance(this+"余额", "余额", opening+in-out)
	return s, opening + in - out
}

func (v *period) title() string {
	return cmp.Or(v.Of, v.place.Name) + v.Name + cmp.Or(v.Title, "财务收支公开表")
}

// yunxiao are the eleven published rows: villages, poor villages among them,
// communities, and the sum in 10,000 yuan. Each village or community gets 4, a
// poor village 1 more.
// Source: 云霄县人民政府《关于下达2017年度村级组织运转经费的通知》, 2017-01-05,
// http://www.yunxiao.gov.cn/cms/html/yxxrmzf/2017-01-06/2133838793.html
var yunxiao = []struct {
	town                             string
	villages, poor, communities, sum int
}{
	{"云陵镇", 4, 0, 15, 76}, {"莆美镇", 16, 1, 8, 97}, {"陈岱镇", 18, 2, 0, 74}, {"列屿镇", 12, 2, 0, 50}, {"东厦镇", 15, 2, 0, 62}, {"火田镇", 21, 6, 1, 94},
	{"下河乡", 23, 9, 1, 105}, {"和平乡", 13, 7, 0, 59}, {"马铺乡", 28, 9, 0, 121}, {"开发区", 8, 2, 0, 34}, {"和平农场", 13, 0, 0, 52},
}

func writeYunxiao(dir string, _ *world) error {
	s := sheet{Name: "经费分配", Title: "云霄县2017年度村级组织运转经费分配表",
		Head:   []string{"序号", "开支项目", "行政村(个)", "其中贫困村(个)", "社区(个)", "分配金额(万元)", "金额(小写)", "金额(大写)", "资金来源", "使用部门"},
		Widths: []float64{6, 28, 11, 14, 9, 14, 14, 26, 24, 12},
		Notes:  []string{"本表数字取自云霄县人民政府2017年1月5日《关于下达2017年度村级组织运转经费的通知》：每个行政村、社区4万元，贫困村另加1万元；小写金额单位为元。"}}
	v, p, c, sum := 0, 0, 0, 0
	for i, y := range yunxiao {
		s.add(i+1, y.town+"村级组织运转经费", y.villages, y.poor, y.communities, y.sum, y.sum*10000, capital(int64(y.sum)*1000000), "村级组织运转经费", y.town)
		v, p, c, sum = v+y.villages, p+y.poor, c+y.communities, sum+y.sum
	}
	s.add("", "合计", v, p, c, sum, sum*10000, capital(int64(sum)*1000000), "", "")
	return s.save(dir, "finance/yunxiao-2017.xlsx")
}
