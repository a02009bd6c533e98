package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law/codes"
)

// cover stands for what was covered; of its length nothing is to be learned.
const cover = "＊＊＊"

// spot is one text of a content: where it stands, in the terms of acts and of people.
type spot struct {
	path string // frozen: marks name it
	name string // 收支明细第3行·备注
	text *string
}

// spots lists every text of a content that people will read, in the order in which they read it.
func (c *Content) spots() []spot {
	list := []spot{{"title", "标题", &c.Title}, {"text", "文字内容", &c.Text}}
	add := func(text *string, path, name string) { list = append(list, spot{path, name, text}) }
	row := func(i int, path, name string, cells ...any) {
		for k := 0; k < len(cells); k += 3 {
			add(cells[k+2].(*string), fmt.Sprintf("%s.%d.%s", path, i, cells[k]), fmt.Sprintf("%s第 %d 行·%s", name, i+1, cells[k+1]))
		}
	}
	if c.Finance != nil {
		for i := range c.Finance.Lines {
			l := &c.Finance.Lines[i]
			row(i, "finance.lines", "收支明细", "item", "收支项目", &l.Item, "source", "资金来源", &l.Source, "dept", "使用部门", &l.Dept,
				"handler", "负责人", &l.Handler, "opinion", "审核意见", &l.Opinion, "voucher", "凭证号", &l.Voucher, "note", "备注", &l.Note)
		}
		for i := range c.Finance.Plan {
			row(i, "finance.plan", "计划", "item", "收支项目", &c.Finance.Plan[i].Item)
		}
		if e := c.Finance.Last; e != nil {
			for i := range e.Items {
				row(i, "finance.last", "上期", "item", "收支项目", &e.Items[i].Item)
			}
		}
	}
	if t := c.Table; t != nil { // places are named by the column's number: its heading may be what is covered
		for k := range t.Columns {
			add(&t.Columns[k], fmt.Sprintf("table.columns.%d", k), fmt.Sprintf("附表栏目·第 %d 列", k+1))
		}
		add(&t.Unit, "table.unit", "附表单位")
		for i := range t.Rows {
			for k := range t.Rows[i] {
				add(&t.Rows[i][k], fmt.Sprintf("table.rows.%d.%d", i, k), fmt.Sprintf("附表第 %d 行·第 %d 列", i+1, k+1))
			}
		}
		for k := range t.Total {
			add(&t.Total[k], fmt.Sprintf("table.total.%d", k), fmt.Sprintf("附表合计·第 %d 列", k+1))
		}
	}
	for i := range c.Decisions {
		d := &c.Decisions[i]
		row(i, "decisions", "决议", "meeting", "会议", &d.Meeting, "text", "决议事项", &d.Text, "charge", "负责人", &d.Charge, "note", "备注", &d.Note)
	}
	if a := c.Aid; a != nil {
		add(&a.Matter, "aid.matter", "救助、补贴事项")
		for i := range a.Rows {
			r := &a.Rows[i]
			row(i, "aid.rows", "名单", "name", "姓名", &r.Name, "group", "组别", &r.Group, "kind", "类别", &r.Kind, "goods", "物资", &r.Goods)
		}
	}
	for i := range c.Results {
		r := &c.Results[i]
		row(i, "results", "审计和评议", "subject", "对象", &r.Subject, "by", "审计（组织）单位", &r.By, "finding", "结果", &r.Finding, "mended", "整改情况", &r.Mended)
	}
	for i := range c.Files {
		add(&c.Files[i].Name, fmt.Sprintf("files.%d", i), fmt.Sprintf("附件 %d", i+1))
	}
	for i := range c.Vouchers {
		add(&c.Vouchers[i].File.Name, fmt.Sprintf("vouchers.%d", i), fmt.Sprintf("凭证 %d（第 %d 行）", i+1, c.Vouchers[i].Line))
	}
	return list
}

// clone is a content that shares no text with the original.
func (c Content) clone() Content {
	if c.Finance != nil {
		f := *c.Finance
		f.Lines, f.Plan = slices.Clone(f.Lines), slices.Clone(f.Plan)
		if f.Last != nil {
			e := *f.Last
			e.Items = slices.Clone(e.Items)
			f.Last = &e
		}
		c.Finance = &f
	}
	if c.Table != nil {
		t := *c.Table
		t.Rows = make([][]string, len(c.Table.Rows))
		for i, r := range c.Table.Rows {
			t.Rows[i] = slices.Clone(r)
		}
		t.Columns, t.Total = slices.Clone(t.Columns), slices.Clone(t.Total)
		c.Table = &t
	}
	if c.Aid != nil {
		a := *c.Aid
		a.Rows = slices.Clone(a.Rows)
		c.Aid = &a
	}
	c.Decisions, c.Results = slices.Clone(c.Decisions), slices.Clone(c.Results)
	c.Files, c.Vouchers = slices.Clone(c.Files), slices.Clone(c.Vouchers)
	return c
}

// isFile reports whether a mark takes a file out, and which.
func (m Mark) isFile() (list string, i int, ok bool) {
	list, index, ok := strings.Cut(m.Path, ".")
	if !ok || list != "files" && list != "vouchers" {
		return "", 0, false
	}
	_, err := fmt.Sscanf(index, "%d", &i)
	return list, i, err == nil
}

// without is the content with the marks covered, the words that stood there, and the places in plain words. A mark that names no
// text of the content is an error.
func (c Content) without(marks []Mark) (out Content, words, places []string, err error) {
	out = c.clone()
	at := map[string]spot{}
	var order []string
	for _, s := range out.spots() {
		at[s.path] = s
		order = append(order, s.path)
	}
	of := map[string][]Mark{}
	for _, m := range marks {
		s, ok := at[m.Path]
		if !ok || m.From < 0 || m.To > int64(len([]rune(*s.text))) || m.From >= m.To {
			return c, nil, nil, fmt.Errorf("no such place: %+v", m)
		}
		of[m.Path] = append(of[m.Path], m)
	}
	gone := map[string]bool{} // hashes of files
	for _, path := range order {
		list := merged(of[path])
		if len(list) == 0 {
			continue
		}
		s := at[path]
		places = append(places, s.name)
		if which, i, ok := list[0].isFile(); ok {
			f := &File{}
			if which == "files" {
				f = &out.Files[i]
			} else {
				f = &out.Vouchers[i].File
			}
			words = append(words, f.Hash)
			gone[f.Hash] = true
			continue
		}
		runes := []rune(*s.text)
		for _, m := range slices.Backward(list) {
			words = append(words, spoken(string(runes[m.From:m.To]))...)
			runes = slices.Replace(runes, int(m.From), int(m.To), []rune(cover)...)
		}
		*s.text = string(runes)
	}
	out.Files = slices.DeleteFunc(out.Files, func(f File) bool { return gone[f.Hash] })
	out.Vouchers = slices.DeleteFunc(out.Vouchers, func(v Voucher) bool { return gone[v.File.Hash] })
	return out, words, places, nil
}

// spoken is what a covered span says: itself and every personal number in it, which drafts may have said in other words. An earlier
// cover says nothing.
func spoken(span string) []string {
	if strings.Trim(span, cover+" \n") == "" {
		return nil
	}
	words := []string{span}
	for _, n := range codes.FindPersonal(span) {
		words = append(words, span[n.Start:n.End])
	}
	return words
}

// left are the texts that still say, after a covering, what was taken out of the midst of another text, or a personal number that was
// covered: who covers a name covers it wherever it stands. Words that filled a cell may stand in other cells.
func (c *Content) left(marks []Mark) (places []string) {
	out, _, _, err := c.without(marks)
	if err != nil {
		return nil
	}
	var words []string
	for _, s := range c.spots() {
		runes := []rune(*s.text)
		for _, m := range merged(marks) {
			if m.Path != s.path || m.From < 0 || m.To > int64(len(runes)) || m.From >= m.To {
				continue
			}
			part := spoken(string(runes[m.From:m.To]))
			if len(part) > 0 && m.whole(runes) {
				part = part[1:]
			}
			for _, s := range part {
				if len([]rune(s)) > 1 {
					words = append(words, s)
				}
			}
		}
	}
	for _, s := range out.spots() {
		if says(*s.text, words) {
			places = append(places, s.name)
		}
	}
	return places
}

// whole reports whether a mark takes a whole text, or a whole paragraph of it.
func (m Mark) whole(text []rune) bool {
	return (m.From == 0 || text[m.From-1] == '\n') && (m.To == int64(len(text)) || text[m.To] == '\n')
}

// rewords reports whether another version of the content has something of its own where marks cover a whole text: it may say the same
// in other words.
func (c *Content) rewords(marks []Mark, other Content) bool {
	full := map[string]bool{}
	for _, s := range c.spots() {
		for _, m := range marks {
			if m.Path == s.path && m.whole([]rune(*s.text)) {
				full[s.path] = true
			}
		}
	}
	for _, s := range other.spots() {
		if full[s.path] && strings.Trim(*s.text, cover+" \n") != "" {
			return true
		}
	}
	return false
}

// merged puts marks of one text in order and joins those that touch.
func merged(marks []Mark) []Mark {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b Mark) int { return int(a.From - b.From) })
	var out []Mark
	for _, m := range marks {
		if n := len(out); n > 0 && m.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, m.To)
			continue
		}
		out = append(out, m)
	}
	return out
}

// removed lists the hashes of files that a covering took out of a content.
func removed(before, after Content) []string {
	stays := map[string]bool{}
	for _, h := range after.hashes() {
		stays[h] = true
	}
	var out []string
	for _, h := range before.hashes() {
		if !stays[h] && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

func (c *Content) hashes() []string {
	var list []string
	for _, f := range c.Files {
		list = append(list, f.Hash)
	}
	for _, v := range c.Vouchers {
		list = append(list, v.File.Hash)
	}
	return list
}

// find marks every place where a word stands.
func (c *Content) find(word string) []Mark {
	var out []Mark
	want := []rune(word)
	for _, s := range c.spots() {
		text := []rune(*s.text)
		for i := 0; len(want) > 0 && i+len(want) <= len(text); {
			if !slices.Equal(text[i:i+len(want)], want) {
				i++
				continue
			}
			out = append(out, Mark{s.path, int64(i), int64(i + len(want))})
			i += len(want)
		}
	}
	return out
}

// On is the content as it may be shown to the public on a day: a list of recipients whose last day has passed is covered, also
// before the system has recorded that.
func (c Content) On(day calendar.Date) Content {
	if c.Aid != nil && c.Aid.Covered == 0 && c.Aid.Last != "" && day > c.Aid.Last {
		c = c.listCovered()
	}
	return c
}

func (c Content) listCovered() Content {
	c = c.clone()
	c.Aid.Covered, c.Aid.Rows = int64(len(c.Aid.Rows)), nil
	return c
}
