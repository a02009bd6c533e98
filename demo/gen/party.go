package main

import "fmt"

const (
	openingDay = "2025-05-31" // the roster and the households are as of this day
	today      = "2026-11-20" // the demonstration's present day
	disclaimer = "演示数据，人物均为虚构生成"
)

// partyUnit is one Party organisation; Final is the number of members on the
// demonstration's present day.
type partyUnit struct {
	Full, Short, Kind, Place, Situation, Info, Code, Founded, Profile string
	Parent                                                            *partyUnit
	Final                                                             int
	Members                                                           []*member
}

func (u *partyUnit) branch() bool { return u.Kind == "党支部" || u.Kind == "联合党支部" }

type branchSpec struct {
	name    string
	size    int
	profile string
}

// placeSpec is a village or community: its division code's last three digits
// follow GB/T 10114 practice (001–199 communities, 200–399 villages) and are
// invented.
type placeSpec struct {
	Name, Code, PartyKind, Founded string
	Village                        bool
	Households, Groups             int
	branches                       []branchSpec
}

var places = []*placeSpec{
	{"文峰村", "321002003200", "党总支", "2003-06-18", true, 1050, 12, []branchSpec{
		{"第一党支部", 48, "mixed"}, {"第二党支部", 47, "mixed"}, {"老党员党支部", 49, "old"}, {"流动党员党支部", 28, "float"}, {"农贸市场党支部", 44, "market"}}},
	{"渡江村", "321002003201", "党总支", "2003-06-20", true, 950, 10, []branchSpec{
		{"第一党支部", 43, "mixed"}, {"第二党支部", 42, "mixed"}, {"老党员党支部", 46, "old"}, {"流动党员党支部", 24, "float"}, {"农贸市场党支部", 32, "market"}}},
	{"宝塔社区", "321002003001", "党委", "2006-09-12", false, 1300, 10, []branchSpec{
		{"第一党支部", 44, "mixed"}, {"第二党支部", 43, "mixed"}, {"第三党支部", 45, "mixed"}, {"第四党支部", 42, "mixed"}, {"第五党支部", 41, "mixed"},
		{"老党员党支部", 48, "old"}, {"流动党员党支部", 33, "float"}, {"宝塔商圈党支部", 46, "market"}}},
	{"连运社区", "321002003002", "党总支", "2008-04-25", false, 1200, 9, []branchSpec{
		{"第一党支部", 45, "mixed"}, {"第二党支部", 46, "mixed"}, {"第三党支部", 44, "mixed"},
		{"老党员党支部", 49, "old"}, {"流动党员党支部", 36, "float"}, {"连运小区物业党支部", 45, "mixed"}}},
	{"荷花池社区", "321002003003", "党委", "2005-11-08", false, 1500, 11, []branchSpec{
		{"第一党支部", 45, "mixed"}, {"第二党支部", 44, "mixed"}, {"第三党支部", 46, "mixed"}, {"第四党支部", 43, "mixed"}, {"第五党支部", 42, "mixed"}, {"第六党支部", 41, "mixed"},
		{"老党员第一党支部", 48, "old"}, {"老党员第二党支部", 47, "old"}, {"流动党员党支部", 30, "float"}, {"商业街党支部", 32, "market"}}},
}

// committee is the name of the villagers' or residents' committee.
func (p *placeSpec) committee() string {
	if p.Village {
		return p.Name + "村民委员会"
	}
	return p.Name + "居民委员会"
}

// supervision is the name of the supervision committee.
func (p *placeSpec) supervision() string {
	if p.Village {
		return p.Name + "村务监督委员会"
	}
	return p.Name + "居务监督委员会"
}

// direct are the branches right under the street's working committee.
var direct = []struct {
	branchSpec
	situation, info, founded string
}{
	{branchSpec{"机关第一党支部", 46, "organ"}, "与上级相同", "文峰街道办事处", "2001-12-10"},
	{branchSpec{"机关第二党支部", 43, "organ"}, "与上级相同", "文峰街道办事处", "2001-12-10"},
	{branchSpec{"退休干部第一党支部", 48, "retired"}, "与上级相同", "文峰街道办事处", "2004-03-16"},
	{branchSpec{"退休干部第二党支部", 47, "retired"}, "与上级相同", "文峰街道办事处", "2011-05-20"},
	{branchSpec{"综合行政执法局党支部", 41, "organ"}, "与上级相同", "文峰街道综合行政执法局", "2019-12-30"},
	{branchSpec{"文峰中学党支部", 47, "school"}, "法人单位", "扬州市文峰中学(虚构)", "1998-09-01"},
	{branchSpec{"文峰小学党支部", 42, "school"}, "法人单位", "扬州市文峰小学(虚构)", "1998-09-01"},
	{branchSpec{"渡江小学党支部", 36, "school"}, "法人单位", "扬州市渡江小学(虚构)", "2000-09-01"},
	{branchSpec{"文峰幼儿园党支部", 14, "school"}, "法人单位", "文峰街道中心幼儿园(虚构)", "2012-10-18"},
	{branchSpec{"社区卫生服务中心党支部", 45, "clinic"}, "法人单位", "文峰街道社区卫生服务中心(虚构)", "2007-07-01"},
	{branchSpec{"原机械厂退休职工党支部", 48, "retired"}, "与上级相同", "文峰街道退休职工管理服务站", "2003-11-05"},
	{branchSpec{"原纺织厂退休职工党支部", 47, "retired"}, "与上级相同", "文峰街道退休职工管理服务站", "2003-11-05"},
	{branchSpec{"文峰建筑公司党支部", 39, "firm"}, "法人单位", "扬州文峰建筑安装有限公司(虚构)", "1999-04-12"},
	{branchSpec{"文峰工业园公司党支部", 40, "firm"}, "法人单位", "扬州文峰工业园发展有限公司(虚构)", "2009-06-08"},
	{branchSpec{"两新组织第一联合党支部", 31, "joint"}, "联合支部", "扬州清源物流有限公司等6家企业(均虚构)", "2013-07-01"},
	{branchSpec{"两新组织第二联合党支部", 28, "joint"}, "联合支部", "扬州致和电子商务有限公司等5家企业(均虚构)", "2015-09-22"},
	{branchSpec{"两新组织第三联合党支部", 19, "joint"}, "联合支部", "扬州明德会计服务有限公司等4家组织(均虚构)", "2018-11-15"},
	{branchSpec{"物业行业联合党支部", 29, "joint"}, "联合支部", "文峰街道辖区7家物业服务企业(均虚构)", "2020-06-30"},
	{branchSpec{"新就业群体联合党支部", 20, "joint"}, "联合支部", "文峰街道快递、外卖站点(均虚构)", "2022-08-26"},
	{branchSpec{"敬老院党支部", 5, "clinic"}, "法人单位", "文峰街道敬老院(虚构)", "2010-03-09"},
}

const streetSeal = "中共扬州市广陵区文峰街道"

// partyTree builds the 60 Party units, parents before children.
func partyTree() []*partyUnit {
	street := &partyUnit{Full: streetSeal + "工作委员会", Short: "文峰街道党工委", Kind: "党工委", Situation: "法人单位", Info: "文峰街道办事处", Founded: "2001-12-01"}
	units := []*partyUnit{street}
	for _, p := range places {
		suffix := "总支部委员会"
		if p.PartyKind == "党委" {
			suffix = "委员会"
		}
		body := p.committee()
		top := &partyUnit{Full: streetSeal + p.Name + suffix, Short: p.Name + p.PartyKind, Kind: p.PartyKind, Place: p.Name, Situation: "法人单位", Info: body, Founded: p.Founded, Parent: street}
		units = append(units, top)
		for i, b := range p.branches {
			units = append(units, &partyUnit{
				Full: streetSeal + p.Name + seal(b.name), Short: p.Name + b.name, Kind: "党支部", Place: p.Name,
				Situation: "与上级相同", Info: body, Founded: addDays(p.Founded, 30+7*i), Parent: top, Final: b.size, Profile: b.profile,
			})
		}
	}
	for _, d := range direct {
		kind := "党支部"
		if d.situation == "联合支部" {
			kind = "联合党支部"
		}
		full := streetSeal + seal(d.name)
		if d.size < 7 { // fewer than seven full members: no committee (支部工作条例)
			full = streetSeal + trimBranch(d.name) + "支部"
		}
		units = append(units, &partyUnit{Full: full, Short: "文峰街道" + d.name, Kind: kind, Situation: d.situation, Info: d.info, Founded: d.founded, Parent: street, Final: d.size, Profile: d.profile})
	}
	for i, u := range units {
		u.Code = fmt.Sprintf("321002003D%03d", i+1)
	}
	return units
}

// trimBranch takes 党支部 off a branch's everyday name.
func trimBranch(name string) string { return name[:len(name)-len("党支部")] }

// seal turns an everyday branch name into the wording of its seal.
func seal(name string) string { return trimBranch(name) + "支部委员会" }
