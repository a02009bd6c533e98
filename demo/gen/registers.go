package main

import (
	"fmt"
	"path/filepath"
	"strconv"
)

var headUnits = []string{"序号", "党组织全称(按公章)", "简称", "上级党组织", "书记", "联系人", "电话(区号)", "组织类别", "所在单位情况", "单位信息", "所属村居", "代码", "成立日期"}

func writeUnits(dir string, w *world) error {
	s := sheet{Name: "党组织", Title: "文峰街道党组织基本信息表", Head: headUnits, Text: []string{"G", "L"}, Widths: []float64{6, 52, 28, 22, 10, 10, 18, 14, 16, 36, 12, 16, 12},
		Notes: []string{"代码、电话为演示编号，不是真实的党组织代码和电话。"}}
	for i, u := range w.units {
		parent := ""
		if u.Parent != nil {
			parent = u.Parent.Short
		}
		area := u.Place
		if area == "" {
			area = streetName
		}
		secretary := w.holder(u.Short, "书记", openingDay)
		contact := secretary
		if u.Final != 5 {
			contact = w.holder(u.Short, "组织委员", openingDay)
		}
		s.addText(fmt.Sprint(i+1), u.Full, u.Short, parent, secretary.Name, contact.Name, fmt.Sprintf("(0514)80000%03d", i+1), u.Kind, u.Situation, u.Info, area, u.Code, u.Founded)
	}
	return s.save(dir, "units.xlsx")
}

// headRoster are the 29 headings of the provincial roster, in its order.
var headRoster = []string{"序号", "姓名", "性别", "公民身份号码", "民族", "出生日期", "学历", "人员类别", "学位", "所在党支部", "手机号码", "入党日期", "转正日期",
	"党龄", "党龄校正值", "新社会阶层类型", "工作岗位", "从事专业技术职务", "是否农民工", "现居住地", "户籍所在地", "是否失联党员", "是否流动党员", "入党类型", "转正情况", "入党时所在支部",
	"延长预备期时间", "党员所属行业", "工作岗位补充"}

var rosterWidths = []float64{6, 10, 6, 21, 8, 12, 10, 10, 8, 28, 13, 12, 12, 6, 8, 14, 20, 14, 8, 30, 30, 8, 8, 10, 14, 28, 12, 22, 10}

// row is a member's line of the roster on a date, in a branch.
func (m *member) row(n int, on string, branch *partyUnit, floating bool) []any {
	category, full, age, state, extended := "正式党员", m.Full, "", "按期转正", ""
	if m.Extended > 0 {
		extended = fmt.Sprintf("%d个月", m.Extended)
		state = "延长预备期后转正"
	}
	if m.fullOn(on) {
		age = strconv.Itoa(years(m.Full, on))
	} else {
		category, full, state = "预备党员", "", ""
	}
	home, register := "扬州市广陵区文峰街道", "江苏省扬州市广陵区"
	if m.Home != nil {
		home += m.Home.Address
		register += "文峰街道"
		if m.Home.Origin == "外地" {
			register = "江苏省"
		}
	}
	return []any{strconv.Itoa(n), m.Name, m.sex(), m.ID, m.Nation, m.Birth, m.Education, category, m.Degree, branch.Short, m.Phone, m.Joined, full,
		age, "0", m.Class, m.Job, m.Tech, m.Migrant, home, register, "否", yes(floating), "新发展", state, m.JoinedAt, extended, m.Industry, ""}
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func writeRoster(dir string, w *world) error {
	s := sheet{Name: "党员名册", Title: "文峰街道党员花名册（截至2025年5月31日）", Head: headRoster, Text: []string{"D", "K"}, Widths: rosterWidths}
	for i, m := range w.members {
		s.add(m.row(i+1, openingDay, m.Opening, m.WasFloating)...)
	}
	return s.save(dir, "roster.xlsx")
}

// writeArrivals gives the roster entry of everybody who comes by a movement, as
// of the day he came.
func writeArrivals(dir string, w *world) error {
	s := sheet{Name: "新增党员", Title: "文峰街道新发展和转入党员花名册（2025年6月至2026年11月）", Head: headRoster, Text: []string{"D", "K"}, Widths: rosterWidths,
		Notes: []string{"各人信息以发展或转入当日为准；所在党支部为当日所在支部。"}}
	n := 0
	for _, v := range w.moves {
		if v.act != actAdmit && v.act != actIn {
			continue
		}
		n++
		s.add(v.m.row(n, v.on, v.toUnit, false)...)
	}
	return s.save(dir, "arrivals.xlsx")
}

var headMoves = []string{"序号", "日期", "事项", "姓名", "公民身份号码", "原支部", "现支部", "说明"}

func writeMovements(dir string, w *world) error {
	s := sheet{Name: "党员变动", Title: "文峰街道党员变动登记表（2025年6月至2026年11月20日）", Head: headMoves, Text: []string{"E"}, Widths: []float64{6, 12, 14, 10, 21, 38, 38, 40}}
	for i, v := range w.moves {
		s.addText(strconv.Itoa(i+1), v.on, v.act, v.m.Name, v.m.ID, v.from, v.to, v.note)
	}
	return s.save(dir, "movements.xlsx")
}

var headHouseholds = []string{"户号", "户主", "姓名", "与户主关系", "性别", "公民身份号码", "出生日期", "民族", "手机号码", "村民小组/居民小组", "门牌地址", "户籍", "所属村居"}

func writeHouseholds(dir string, w *world) error {
	s := sheet{Title: "文峰街道住户人口登记册 截至2025年5月31日", Head: headHouseholds}
	for _, p := range places {
		for _, h := range w.homes[p.Name] {
			for _, x := range h.People {
				s.addText(h.No, h.People[0].Name, x.Name, x.Relation, x.sex(), x.ID, x.Birth, x.Nation, x.Phone, h.Group, h.Address, h.Origin, h.Place)
			}
		}
	}
	if err := s.saveCSV(dir, "households.csv"); err != nil {
		return err
	}
	return pack(filepath.Join(dir, "households.csv"))
}

// writeVillageRoster gives 渡江村's members in the short form that villages keep
// themselves; it has no citizen's number.
func writeVillageRoster(dir string, w *world) error {
	s := sheet{Title: "渡江村党员名册 截至2026年11月20日", Head: []string{"姓名", "性别", "所在村", "所在支部", "入党时间", "党龄", "联系电话"}}
	for _, u := range w.units {
		if u.Place != hamletVillage {
			continue
		}
		for _, m := range u.Members {
			age := "0"
			if m.fullOn(today) {
				age = strconv.Itoa(years(m.Full, today))
			}
			s.addText(m.Name, m.sex(), u.Place, u.Short, m.Joined, age, m.Phone)
		}
	}
	return s.saveCSV(dir, "village-roster.csv")
}
