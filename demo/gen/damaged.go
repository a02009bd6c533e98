package main

import (
	"path/filepath"
	"strings"

	"cunju/demo"

	"github.com/xuri/excelize/v2"
)

// The damaged roster: its header takes rows 3 and 4, its data begin in row 5.
const (
	damagedRows  = 40
	damagedStart = 5
	damagedDay   = today
)

// damage is one damaged cell: the member's row (from 0), the heading, what stands
// there, and what is wrong with it.
type damage struct {
	row            int
	heading        string
	given, problem string
}

// newMembers draws the forty members of the damaged roster, who come to branches
// that have room; some have dates that the damage needs.
func (w *world) newMembers() []*member {
	r := stream("damaged")
	into := []*partyUnit{w.unit("文峰街道两新组织第三联合党支部"), w.unit("文峰街道物业行业联合党支部"), w.unit("文峰街道新就业群体联合党支部"), w.unit("文峰街道文峰幼儿园党支部")}
	var out []*member
	for i := range damagedRows {
		u := into[i%len(into)]
		m := w.census.member(r, u.Profile, birthFor(r, u.Profile, damagedDay), damagedDay)
		m.Branch, m.JoinedAt = u, pick(r, outside)
		set := func(birth, joined, full string) {
			m.Birth, m.Joined, m.Full, m.Extended = birth, joined, full, 0
			m.ID = w.census.number(r, m.Male, birth)
		}
		switch i {
		case rowImpossible:
			set("1998-04-16", "2025-02-28", "2026-02-28")
		case rowUnderAge:
			set("2003-05-10", "2021-06-25", "2022-06-25")
		case rowTooEarly:
			set("1996-12-03", "2024-06-28", "2025-06-28")
		case rowDuplicate: // the same day of birth and sex as the number it copies
			m.Male = out[rowCopied].Male
			joined := admission(r, out[rowCopied].Birth, damagedDay)
			set(out[rowCopied].Birth, joined, addMonths(joined, 12))
		case 17, 27, 33, 38: // on probation
			set(birthAt(r, damagedDay, 23, 34), pick(r, []string{"2026-03-27", "2026-06-26"}), "")
		}
		out = append(out, m)
	}
	return out
}

// Rows (from 0) that hold the damage.
const (
	rowFloat = 1 + iota*3
	rowFifteen
	rowCheck
	rowBirth
	rowSex
	rowImpossible
	rowUnderAge
	rowTooEarly
	rowBranch
	rowPhone
	rowCategory
	rowDuplicate
	rowCopied = 2
)

func damages(ms []*member) []damage {
	const id = "公民身份号码"
	check := ms[rowCheck].ID
	wrong := "0"
	if strings.HasSuffix(check, "0") {
		wrong = "1"
	}
	sex := "男"
	if ms[rowSex].Male {
		sex = "女"
	}
	return []damage{
		{rowFloat, id, ms[rowFloat].ID[:1] + "." + ms[rowFloat].ID[1:6] + "E+17", "号码被表格软件存成数字（科学计数），后面各位已丢失"},
		{rowFifteen, id, ms[rowFifteen].ID[:6] + ms[rowFifteen].ID[8:17], "15位旧号码，没有校验位"},
		{rowCheck, id, check[:17] + wrong, "校验位不正确"},
		{rowBirth, "出生日期", addDays(ms[rowBirth].Birth, 40), "与公民身份号码中的出生日期不一致"},
		{rowSex, "性别", sex, "与公民身份号码中的性别不一致"},
		{rowImpossible, "入党日期", "2025-02-30", "没有这一天"},
		{rowUnderAge, "入党日期", "2021-04-25", "入党时不满十八周岁"},
		{rowTooEarly, "转正日期", "2025-03-28", "预备期未满一年即转正"},
		{rowBranch, "所在党支部", "文峰街道第九联合党支部", "没有这个党支部"},
		{rowPhone, "手机号码", "1864410", "不是11位手机号码"},
		{rowCategory, "人员类别", "在册党员", "没有这个人员类别"},
		{rowDuplicate, id, ms[rowCopied].ID, "与本表另一行的公民身份号码重复"},
	}
}

// column is the place of a roster heading, from 1.
func column(heading string) int {
	for i, h := range headRoster {
		if h == heading {
			return i + 1
		}
	}
	panic("no roster heading " + heading)
}

// writeDamaged writes the damaged roster and the same roster repaired, and keeps
// the list of damaged cells for facts.yaml.
func writeDamaged(dir string, w *world) error {
	ms := w.newMembers()
	rows := make([][]any, len(ms))
	for i, m := range ms {
		rows[i] = m.row(i+1, damagedDay, m.Branch, false)
	}
	if err := writeGrouped(rows, filepath.Join(dir, "repaired-roster.xlsx")); err != nil {
		return err
	}
	for _, d := range damages(ms) {
		col := column(d.heading)
		w.damaged = append(w.damaged, demo.Damaged{Cell: cell(col, damagedStart+d.row), Heading: d.heading, Given: d.given, Problem: d.problem, Repaired: rows[d.row][col-1].(string)})
		rows[d.row][col-1] = d.given
	}
	return writeGrouped(rows, filepath.Join(dir, "damaged-roster.xlsx"))
}

// writeGrouped writes a roster as many offices draw it: a merged title, a note,
// and a header of two rows, of which the first groups the headings.
func writeGrouped(rows [][]any, path string) error {
	f := excelize.NewFile()
	defer f.Close()
	s := sheet{Name: "新转入党员", Title: "文峰街道新转入党员信息采集表", Notes: []string{}, Head: headRoster, Widths: rosterWidths, Text: []string{"D", "K"}}
	s.Head = make([]string, len(headRoster))
	for _, g := range []struct{ heading, title string }{{"序号", "序号"}, {"姓名", "基本情况"}, {"人员类别", "党籍情况"}, {"新社会阶层类型", "从业和居住情况"}, {"是否失联党员", "其他情况"}} {
		s.Head[column(g.heading)-1] = g.title
	}
	second := make([]any, len(headRoster))
	for i, h := range headRoster {
		second[i] = h
	}
	second[0] = "" // 序号 stands in the first header row, merged with the cell below
	s.Rows = append([][]any{second}, rows...)
	if err := s.fill(f); err != nil {
		return err
	}
	for _, m := range [][2]string{{"A3", "A4"}, {"B3", "G3"}, {"H3", "O3"}, {"P3", "U3"}, {"V3", "AC3"}} {
		if err := f.MergeCell(s.Name, m[0], m[1]); err != nil {
			return err
		}
	}
	if at := cell(column("公民身份号码"), damagedStart+rowFloat); strings.HasSuffix(path, "damaged-roster.xlsx") {
		raw, err := f.GetCellValue(s.Name, at)
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(s.Name, at, at, 0); err != nil {
			return err
		}
		if err := f.SetCellDefault(s.Name, at, raw); err != nil { // a number, as the spreadsheet program would store it
			return err
		}
	}
	return saveBook(f, path)
}
