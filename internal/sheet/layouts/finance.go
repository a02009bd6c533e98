package layouts

import (
	"slices"
	"strconv"
	"strings"

	"cunju/internal/sheet"
)

// FinanceTable is the table by which a village discloses its money (村务财务
// 公开表): receipts and payments either in two columns or in one with a capital
// amount beside it, and the balances of the three-review form around it.
func FinanceTable() *sheet.Layout {
	money := func(key, title string, summed bool, synonyms ...string) sheet.Column {
		return sheet.Column{Key: key, Title: title, Kind: sheet.Money, Summed: summed, Synonyms: synonyms}
	}
	day := func(key, title string, synonyms ...string) sheet.Column {
		return sheet.Column{Key: key, Title: title, Kind: sheet.Date, Synonyms: synonyms}
	}
	date := day("date", "日期", "时间", "发生日期", "记账日期", "入账日期", "收支日期", "支出日期", "业务日期")
	date.Partial = true
	return &sheet.Layout{
		Name:  "finance",
		Title: "村务财务公开表",
		Columns: []sheet.Column{
			serial(),
			date,
			text("voucher", "凭证号", "凭证编号", "凭证字号", "票据号", "单据号", "记账凭证号", "凭证"),
			{Key: "item", Title: "收支项目", Kind: sheet.Text, Required: true, Width: 30,
				Synonyms: []string{"开支项目", "项目", "摘要", "支出项目", "收入项目", "项目名称", "收支内容", "开支内容", "内容", "事由", "用途", "收支事项", "资金用途", "支出用途", "科目", "收入支出项目"}},
			{Key: "direction", Title: "收支类别", Kind: sheet.Choice, Synonyms: []string{"收支", "收支类型", "类别", "收入支出", "收/支", "方向"},
				Choices: []sheet.Option{{Value: "收入", Synonyms: []string{"收"}}, {Value: "支出", Synonyms: []string{"支", "开支"}}}},
			money("income", "收入金额", true, "收入", "收入数", "金额收入", "收入额", "本期收入", "本月收入", "借方", "借方金额", "收方", "收方金额"),
			money("expense", "支出金额", true, "支出", "支出数", "金额支出", "支出额", "开支金额", "本期支出", "本月支出", "贷方", "贷方金额", "付方", "付方金额"),
			money("amount", "金额", true, "金额(小写)", "小写", "小写金额", "收支金额", "发生额", "发生金额", "金额小写", "人民币小写", "金额数"),
			text("capital", "金额（大写）", "大写", "大写金额", "金额大写", "人民币大写", "人民币(大写)"),
			money("balance", "结余", false, "余额", "结余金额", "本期结余", "累计结余", "结存"),
			text("source", "资金来源", "来源", "款项来源", "经费来源"),
			text("department", "使用部门", "使用单位", "部门", "用款单位", "用款部门", "使用人"),
			text("officer", "负责人", "审批人", "签批人", "批准人", "责任人"),
			text("handler", "经手人", "经办人", "领款人", "报销人"),
			text("witness", "证明人", "验收人", "见证人"),
			text("review", "审核意见", "审核", "监督意见", "村监委审核意见", "民主理财意见", "民主理财小组意见", "理财小组审核意见", "监委会意见"),
			day("posted_from", "公示开始日期", "公示起", "公示开始时间", "公示起始日期", "公示起止起", "公开日期", "公示日期"),
			day("posted_to", "公示结束日期", "公示止", "公示结束时间", "公示截止日期", "公示起止止"),
			text("posted", "公示起止", "公示时间", "公示期", "公示期限", "公示起止时间", "公示起止日期"),
			remark(),
		},
		Lines: []sheet.Line{
			{Key: "opening", Title: "上月余额", Labels: join(before, rest)},
			{Key: "in", Title: "本期收入", Labels: append(join(now, []string{"收入", "收入合计", "收入小计", "总收入", "合计收入"}), "收入合计", "收入小计", "合计收入", "总收入")},
			{Key: "out", Title: "本期支出", Labels: append(join(now, []string{"支出", "支出合计", "支出小计", "总支出", "合计支出", "开支合计"}), "支出合计", "支出小计", "合计支出", "总支出", "开支合计")},
			{Key: "closing", Title: "本期结余", Labels: append(join(append([]string{"期末", "滚存", "累计", "月末", "季末", "年末"}, now...), rest), "结余", "余额", "结存")},
		},
		Check: checkFinance,
		Bare:  unmoved,
	}
}

// The words of balances: of a period before or of this one, and what is left.
var (
	before = []string{"上月", "上期", "上季", "上季度", "上年", "上年度", "上半年", "期初", "月初", "季初", "年初"}
	now    = []string{"本月", "本期", "本季", "本季度", "本年", "本年度", "本半年", "当月", "当期", "当季"}
	rest   = []string{"余额", "结余", "结存", "结转", "余款"}
)

// join writes every head with every tail.
func join(heads, tails []string) []string {
	var out []string
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return out
}

// flow is one row's receipt and payment in fen.
type flow struct {
	in, out int64
	known   bool // which of the two it is
}

// checkFinance holds the rows against their capital amounts, running balances,
// and the balances of the form: opening + receipts − payments = closing.
func checkFinance(t *sheet.Table) {
	if !t.Has("income") && !t.Has("expense") && !t.Has("amount") {
		t.Block(sheet.LineRow{}, "没有找到金额栏（收入金额、支出金额或金额），请补上后重新上传")
		return
	}
	flows := make([]flow, t.Len())
	var in, out int64
	known := true
	for i := range flows {
		r := t.Record(i)
		flows[i] = rowFlow(t, r)
		checkCapital(r)
		in, out = in+flows[i].in, out+flows[i].out
		known = known && flows[i].known
	}
	if slices.ContainsFunc(moneyKeys, t.Unread) {
		return // sums and balances wait until every amount can be read
	}
	checkTotalCapital(t)
	opening, _, hasOpening := t.Amount("opening")
	closing, end, hasClosing := t.Amount("closing")
	if !known {
		if hasOpening || hasClosing {
			t.Warn(end, "金额没有分收入和支出，上月余额、结余没有核对。请增加“收支类别”一栏，或分成收入、支出两栏")
		}
		return
	}
	runningBalance(t, flows, opening, hasOpening)
	stated(t, "in", "收入", in)
	stated(t, "out", "支出", out)
	if hasOpening && hasClosing && opening+in-out != closing {
		t.Block(end, "结余对不上：上期 "+yuan(opening)+" ＋ 收入 "+yuan(in)+" － 支出 "+yuan(out)+" ＝ "+yuan(opening+in-out)+"，表上填的是 "+yuan(closing))
	}
}

// unmoved reports whether a table says that nothing moved: it ends with what it began with.
func unmoved(t *sheet.Table) bool {
	opening, _, hasOpening := t.Amount("opening")
	closing, _, hasClosing := t.Amount("closing")
	return hasOpening && hasClosing && opening == closing
}

// rowFlow says what a row moves, and reports rows that move nothing.
func rowFlow(t *sheet.Table, r sheet.Record) flow {
	in, hasIn := r.Int("income")
	out, hasOut := r.Int("expense")
	amount, has := r.Int("amount")
	switch {
	case hasIn && hasOut && in != 0 && out != 0:
		r.Report("expense", sheet.Warning, "", "同一行既有收入又有支出，请核对")
		return flow{in, out, true}
	case hasIn || hasOut:
		return flow{in, out, true}
	case !has && slices.ContainsFunc(moneyKeys, r.Unread):
		return flow{}
	case !has:
		r.Report(moneyKey(t), sheet.Error, "", "这一行没有金额，请补填")
		return flow{known: true}
	}
	direction := r.Text("direction")
	if head := t.Heading("item") + t.Heading("amount"); direction == "" && !strings.Contains(head, "收支") {
		switch {
		case strings.Contains(head, "支"):
			direction = "支出"
		case strings.Contains(head, "收"):
			direction = "收入"
		}
	}
	switch direction {
	case "支出":
		return flow{out: amount, known: true}
	case "收入":
		return flow{in: amount, known: true}
	}
	return flow{}
}

// moneyKeys are the columns of amounts.
var moneyKeys = []string{"amount", "expense", "income"}

// moneyKey is the column in which a missing amount is reported.
func moneyKey(t *sheet.Table) string {
	for _, k := range moneyKeys {
		if t.Has(k) {
			return k
		}
	}
	return "amount"
}

// checkCapital compares a row's amount with the one in capital characters.
func checkCapital(r sheet.Record) {
	capital := r.Text("capital")
	if capital == "" {
		return
	}
	fen, ok := sheet.ParseChineseAmount(capital)
	if !ok {
		if number, message := sheet.ParseMoney(capital, 100); message == "" {
			fen, ok = number, true // figures in the capital column
		}
	}
	for _, k := range moneyKeys {
		n, has := r.Int(k)
		switch {
		case !has:
			continue
		case !ok:
			r.Report("capital", sheet.Error, "", "看不懂大写金额，应为："+sheet.ChineseAmount(n))
		case n != fen:
			r.Report("capital", sheet.Error, "", "大写与小写不一致：小写 "+yuan(n)+"，大写应为："+sheet.ChineseAmount(n))
		}
		return
	}
}

// checkTotalCapital compares a total in capital characters with the sum.
func checkTotalCapital(t *sheet.Table) {
	for _, line := range t.Lines(sheet.LineTotal) {
		capital := t.Value(line, "capital")
		if _, rest, ok := strings.Cut(line.Text, "大写"); ok && capital == "" {
			capital = strings.TrimLeft(rest, "):： ")
		}
		fen, ok := sheet.ParseChineseAmount(capital)
		if !ok {
			continue
		}
		for _, k := range moneyKeys {
			if !t.Has(k) {
				continue
			}
			if sum, ok := t.Sum(k); ok && sum != fen {
				t.Block(line, "合计的大写金额是 "+yuan(fen)+"，各行相加是 "+yuan(sum)+"，请核对")
			}
			break
		}
	}
}

// runningBalance follows the balance column from row to row.
func runningBalance(t *sheet.Table, flows []flow, balance int64, known bool) {
	for i := range flows {
		r := t.Record(i)
		balance += flows[i].in - flows[i].out
		n, has := r.Int("balance")
		if has && known && n != balance {
			r.Report("balance", sheet.Error, "", "结余对不上：按上一行推算应为 "+yuan(balance))
		}
		if has {
			balance, known = n, true
		}
	}
}

// stated compares a stated sum with the rows.
func stated(t *sheet.Table, key, word string, sum int64) {
	for _, line := range t.Lines(key) {
		if n, err := strconv.ParseInt(line.Amount, 10, 64); err == nil && n != sum {
			t.Block(line, "“"+line.Text+"”与各行不符：各行"+word+"相加是 "+yuan(sum)+"，表上填的是 "+yuan(n))
		}
	}
}

func yuan(fen int64) string { return sheet.FormatMoney(fen) + " 元" }

// TransferTable is the table by which a county distributes funds to its towns by
// the number of their villages and communities (转移支付、村级运转经费分配表).
func TransferTable() *sheet.Layout {
	count := func(key, title string, synonyms ...string) sheet.Column {
		return sheet.Column{Key: key, Title: title, Kind: sheet.Int, Positive: true, Summed: true, Synonyms: synonyms}
	}
	return &sheet.Layout{
		Name:  "transfer",
		Title: "村级经费分配表",
		Columns: []sheet.Column{
			serial(),
			{Key: "town", Title: "乡镇（街道）", Kind: sheet.Text, Required: true, Unique: true, Width: 18,
				Synonyms: []string{"乡镇", "乡(镇)", "街道", "镇", "单位", "乡镇名称", "乡镇街道", "镇街", "名称", "乡镇(场)", "乡镇(开发区)", "村名", "村(社区)", "村居"}},
			count("villages", "村数", "行政村数", "行政村", "村", "建制村数", "村个数", "行政村个数", "村民委员会数"),
			count("poor", "贫困村数", "其中贫困村", "贫困村", "其中贫困村数", "建档立卡贫困村", "扶贫开发重点村", "贫困村个数"),
			count("communities", "社区数", "社区", "居委会数", "社区个数", "社区居委会数", "居委会", "居民委员会数"),
			{Key: "amount", Title: "金额", Kind: sheet.Money, Required: true, Summed: true, Positive: true,
				Synonyms: []string{"分配金额", "补助金额", "下达金额", "拨付金额", "经费", "合计", "补助资金", "分配数", "下达资金", "资金", "本次下达", "小计"}},
			remark(),
		},
	}
}
