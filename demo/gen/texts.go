package main

import (
	"fmt"
	"strings"
)

// text is a notice without a table; days is how long it must stay up if that is
// longer than the ordinary fifteen.
type text struct {
	place, category, title, on string
	days                       int
	body                       []string
	from                       string // first day of the quarter that it reports on; empty for what is told once
}

// item is the code in the catalogue of what a notice is about.
func (t text) item() string {
	for _, c := range []struct{ word, code string }{{"决议", "decisions"}, {"慰问名单", "relief"}, {"补助发放", "relief"}, {"发展对象", "发展党员公示"}, {"协助政府", "assistance"}} {
		if strings.Contains(t.title, c.word) {
			return c.code
		}
	}
	return "common"
}

// texts are the free-text notices. Counts of votes meet the law: 渡江村's members'
// assembly needs two thirds of all members with full capacity (农村集体经济组织法第二十七条),
// 文峰村's representatives two thirds present and more than half of them in favour
// (村民委员会组织法第二十九条), the notice of a land plan thirty days (土地管理法第四十七条).
func (w *world) texts() []text {
	return []text{
		{"文峰村", "村务公开", "文峰村村民代表会议决议（农贸市场雨棚改造）", "2026-05-20", 0, []string{
			"2026年5月19日召开村民代表会议，应到46人，实到41人，到会人数超过三分之二。",
			"表决结果：赞成38人，反对1人，弃权2人，赞成超过到会人数的一半，决议通过。",
			"决议：使用村集体资金改造文峰农贸市场雨棚，预算19万元，公开招标，由村务监督委员会全程监督。"}, ""},
		{"文峰村", "村务公开", "文峰农贸市场雨棚改造工程中标和验收结果", "2026-07-22", 0, []string{
			"招标方式：公开招标，三家单位投标。中标单位：扬州文峰建筑安装有限公司（虚构）。中标价186400元，低于预算3600元。",
			"工期：2026年6月22日至7月15日。2026年7月20日由村民委员会、村务监督委员会和三名村民代表验收，合格。"}, ""},
		{"文峰村", "村务公开", "文峰村2026年困难家庭慰问名单", "2026-01-23", 0, append([]string{"经村民代表会议评议，以下家庭符合慰问条件，按困难程度分档慰问。姓名和证件号码部分隐去。"}, w.aidList("文峰村", 12)...), ""},
		{"文峰村", "党务公开", "文峰村党总支拟确定发展对象公示", "2026-03-03", 0, []string{
			"经党支部培养考察一年以上，听取党小组、培养联系人、党员和群众意见，支部委员会讨论，并经街道党工委同意，拟将三名入党积极分子列为发展对象，现予公示，公示期不少于五个工作日。",
			"对公示对象有意见的，可以当面或书面向文峰村党总支反映。"}, ""},
		{"文峰村", "村务公开", "文峰村三组排水沟整治工程结算", "2025-11-26", 0, []string{
			"工程内容：三组排水沟清淤和护坡420米。合同价98765.40元，结算价98765.40元，资金来源为农田水利专项补助。",
			"验收日期：2025年11月20日，村务监督委员会参加验收。"}, ""},
		{"渡江村", "村务公开", "渡江村前圩、后圩土地征收预公告", "2025-09-10", 30, []string{
			"因城市建设需要，拟征收渡江村前圩、后圩两个自然村集体土地412.6亩，涉及97户。本公告期限为十个工作日以上。",
			"自公告之日起，在征收范围内抢栽抢建的，不予补偿。"}, ""},
		{"渡江村", "村务公开", "渡江村前圩、后圩征地补偿安置方案公告", "2025-10-16", 32, []string{
			"征收范围：前圩自然村236.4亩、53户，后圩自然村176.2亩、44户。安置地点：渡江新苑。补偿标准为演示虚构，每亩33000元。",
			"方案公告期三十日。多数集体成员认为方案不合法的，应当组织听证。登记期限、地点和异议反馈渠道见村公告栏。"}, ""},
		{"渡江村", "村务公开", "渡江村股份经济合作社成员大会决议（征地补偿费分配）", "2026-03-09", 0, []string{
			"2026年3月8日召开成员大会，具有完全民事行为能力的成员2136人，实到1702人（含线上参加），到会超过三分之二。",
			"表决结果：赞成1498人，反对127人，弃权77人，赞成超过全体成员的三分之二（1424人），决议通过。",
			"决议：土地补偿费的80%分配给被征地农户，20%留作集体公积公益金，收支情况向成员公布。"}, ""},
		{"渡江村", "村务公开", "渡江村97户安置结果", "2026-09-29", 0, []string{
			"前圩53户、后圩44户已于2026年9月28日全部迁入渡江新苑。搬家补助已按每户1500元发放，合计145500元。",
			"每户补偿档案可由本户凭身份证到村便民服务站查阅。"}, ""},
		{"渡江村", "村务公开", "渡江农贸市场管理分工", "2026-02-03", 0, []string{
			"渡江村两委共10人，其中7人兼管农贸市场，分工如下：市场秩序2人，食品安全2人，摊位合同2人，安全用电1人。不另领报酬。"}, ""},
		{"宝塔社区", "居务公开", "宝塔社区居民代表会议决议（老旧小区加装充电棚）", "2025-10-22", 0, []string{
			"2025年10月21日召开居民代表会议，应到54人，实到47人，到会人数超过三分之二。赞成44人，反对2人，弃权1人，决议通过。",
			"在宝塔新村3幢、7幢、11幢旁建设电动车充电棚三处，资金来源为社区专项经费。"}, ""},
		{"荷花池社区", "居务公开", "荷花池社区助餐服务补助发放情况（2026年第二季度）", "2026-07-09", 0, append([]string{"按照助餐服务办法，本季度补助下列老人，每人每月60元。姓名和证件号码部分隐去。"}, w.aidList("荷花池社区", 10)...), ""},
		{"连运社区", "居务公开", "连运社区无障碍坡道改造完成情况", "2026-05-13", 0, []string{
			"连运新村4处楼道出入口坡道改造完成，由居务监督委员会和居民代表验收。费用已列入2026年第二季度财务收支公开表。"}, ""},
	}
}

// aidList names heads of households over sixty with name and number masked, as a
// public board may show them (个人信息保护法第二十八条).
func (w *world) aidList(place string, n int) []string {
	r := stream("aid " + place)
	homes := w.homes[place]
	var out []string
	for len(out) < n {
		x := homes[r.IntN(len(homes))].People[0]
		if years(x.Birth, openingDay) < 60 || x.Member != nil || x.Office {
			continue
		}
		rest := strings.Repeat("*", (len(x.Name)-3)/3)
		out = append(out, fmt.Sprintf("%d. %s%s，%s********%s，%s", len(out)+1, x.Name[:3], rest, x.ID[:6], x.ID[14:], x.Home.Group))
	}
	return out
}
