package posting

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// readAll reads an upload of a known size.
func readAll(r io.Reader, size int64) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

// reportProps is the posting report of one notice.
type reportProps struct {
	Row    disclosure.Row
	Unit   string
	Report Report
	Area   *org.UnitRow
}

func (p *Pages) gather(r *web.Request) (reportProps, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return reportProps{}, err
	}
	props := reportProps{Row: n}
	if props.Report, err = Of(r.Context(), p.DB, p.Town, n, p.Today()); err != nil {
		return props, err
	}
	if props.Unit, err = p.Name(r.Context(), p.DB, n.Unit); err != nil {
		return props, err
	}
	props.Area, err = p.notices.AreaOf(r.Context(), n.Unit)
	return props, err
}

// report shows everyone on which days a notice provably hung.
func (p *Pages) report(r *web.Request) (web.Response, error) {
	props, err := p.gather(r)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.notices.BoardFrame(r, "张贴证明："+props.Row.Title, props.Area, "")
	return web.Render(reportPage(frame, props)), err
}

func (p *Pages) printReport(r *web.Request) (web.Response, error) {
	props, err := p.gather(r)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(reportPaper(p.paperOf(r, "张贴证明", fmt.Sprintf("/n/%d/posting", props.Row.ID)), props, p.Today())), nil
}

func (p *Pages) paperOf(r *web.Request, title, back string) ui.SheetProps {
	return ui.SheetProps{Page: r.Page(title), Paper: ui.A4, Back: ui.Link{Text: "返回", Href: back}}
}

func (p *Pages) sheetReport(r *web.Request) (web.Response, error) {
	props, err := p.gather(r)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeReport(&b, props); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), "张贴证明 "+props.Row.Number+".xlsx"), nil
}

// yearProps is the posting of a village, a community or the street over a year.
type yearProps struct {
	Unit    org.UnitRow
	Year    int
	Now     int
	Notices []disclosure.Row
	Reports []Report
	Names   map[int64]string
	Sum     Sum
}

// firstYear is the first year that can be asked for.
const firstYear = 2000

func (p *Pages) gatherYear(r *web.Request) (yearProps, error) {
	u, err := org.AskedFor(r, p.DB, p.Town)
	if err != nil {
		return yearProps{}, err
	}
	props := yearProps{Unit: u, Now: p.Today().Year(), Names: map[int64]string{}}
	if props.Year, err = strconv.Atoi(r.Query("year")); err != nil || props.Year < firstYear || props.Year > props.Now {
		props.Year = props.Now
	}
	if props.Notices, props.Reports, err = Year(r.Context(), p.DB, p.Town, u.ID, props.Year, p.Today()); err != nil {
		return props, err
	}
	props.Sum = Total(props.Reports)
	for _, n := range props.Notices {
		if _, ok := props.Names[n.Unit]; !ok {
			if props.Names[n.Unit], err = p.Name(r.Context(), p.DB, n.Unit); err != nil {
				return props, err
			}
		}
	}
	return props, nil
}

// year shows everyone a village's notices of a year with their days.
func (p *Pages) year(r *web.Request) (web.Response, error) {
	props, err := p.gatherYear(r)
	if err != nil {
		return web.Response{}, err
	}
	var village *org.UnitRow
	if props.Unit.Kind == "village" || props.Unit.Kind == "community" {
		village = &props.Unit
	}
	frame, err := p.notices.BoardFrame(r, props.Unit.Label()+"张贴证明", village, "")
	return web.Render(yearPage(frame, props)), err
}

func (p *Pages) printYear(r *web.Request) (web.Response, error) {
	props, err := p.gatherYear(r)
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(yearPaper(p.paperOf(r, "张贴证明", props.path("")), props, p.Today())), nil
}

func (p *Pages) sheetYear(r *web.Request) (web.Response, error) {
	props, err := p.gatherYear(r)
	if err != nil {
		return web.Response{}, err
	}
	var b bytes.Buffer
	if err := writeYear(&b, props); err != nil {
		return web.Response{}, err
	}
	return web.Spreadsheet(b.Bytes(), fmt.Sprintf("%s%d年张贴证明.xlsx", props.Unit.Label(), props.Year)), nil
}

func (p yearProps) path(rest string) string {
	return fmt.Sprintf("/v/%d/posting%s?year=%d", p.Unit.ID, rest, p.Year)
}

func (p yearProps) at(year int) string { return fmt.Sprintf("/v/%d/posting?year=%d", p.Unit.ID, year) }

// sentence is the year in one sentence.
func (p yearProps) sentence() string {
	s := p.Sum
	if s.Notices == 0 {
		return fmt.Sprintf("%d年没有登记贴上公开栏的公示。", p.Year)
	}
	return fmt.Sprintf("%d 张公示，应贴的日子已过 %d 天，有 %d 天有人在现场核实，缺 %d 天；期满的 %d 张里，一天不缺的 %d 张。", s.Notices, s.Over, s.Proven, s.Gaps, s.Ended, s.Whole)
}

// publicCard is what stands under a notice for everyone.
func (p *Pages) publicCard(r *web.Request, n disclosure.Row) (templ.Component, error) {
	if n.Published == "" || n.Posted == "" {
		return nil, nil
	}
	rep, err := Of(r.Context(), p.DB, p.Town, n, p.Today())
	return noticeCard(n, rep), err
}

// villageCard leads from a village's board to its year; the year itself is reckoned when somebody asks.
func (p *Pages) villageCard(_ *web.Request, village org.UnitRow) (templ.Component, error) {
	return villageLine(village.ID), nil
}

// chinese says a standing, and mark is its one character in the strip: colour never stands alone.
func (s Standing) chinese() string {
	return map[Standing]string{Proven: "有人核实", Missed: "没有人核实", Absent: "核实不在栏上", Stale: "贴的是遮盖前的旧纸", Down: "已撤下", Open: "今天还没有人核实", Ahead: "未到", Free: "不要求"}[s]
}

func (s Standing) mark() string {
	return map[Standing]string{Proven: "在", Missed: "缺", Absent: "不在", Stale: "旧", Down: "撤", Open: "待", Ahead: "", Free: "—"}[s]
}

// says lists what was said on a day, for people.
func (d Day) says() []string {
	var out []string
	for _, w := range d.Words {
		s := w.Witness.Chinese()
		if w.Witness == Paper {
			s += "（" + word(sides, w.Side) + "于" + calendar.InstantChinese(w.At) + "补录）"
		} else {
			s += " " + calendar.Clock(w.At)
			switch {
			case w.Code && w.Witness != Scan:
				s += "，扫了码"
			case w.Witness == Villager || w.Witness == Supervisor:
				s += "，登录后自述，没有扫现场的码"
			}
		}
		s += "：" + brief(w.Answer)
		if w.Old {
			s += "（遮盖前的旧纸，不算）"
		}
		if w.Count > 1 {
			s += fmt.Sprintf("（%d 次）", w.Count)
		}
		out = append(out, s)
	}
	switch {
	case d.Online:
		out = append(out, "网上公开栏：当天已封存")
	case d.Spoiled:
		out = append(out, "网上公开栏：当天没有完好显示")
	}
	return out
}

// brief is an answer in a word or two.
func brief(a Answer) string {
	return map[Answer]string{There: "在", Gone: "不在", Differs: "内容不一样"}[a]
}
