package main

import (
	"bytes"
	"os"
	"path/filepath"

	"cunju/demo"

	"gopkg.in/yaml.v3"
)

// password of every demonstration account: public on purpose, shown by the program.
const password = "Wenfeng-2026"

// writeYAML writes a value below the sentence that all persons are invented.
func writeYAML(dir, name string, v any) error {
	b := bytes.NewBufferString("# " + disclaimer + "。由 demo/gen 生成，请勿手工修改。\n")
	e := yaml.NewEncoder(b)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644)
}

func writeFacts(dir string, w *world) error {
	f := demo.Facts{
		Notice: disclaimer + "。", Logins: w.logins(), Damaged: w.damaged, Journeys: journeys,
		Town: demo.Town{Name: streetName, District: "扬州市广陵区", Code: "321002003", Opening: openingDay, Today: today, PartyUnit: "文峰街道党工委",
			PartyUnits: len(w.units), Opened: len(w.members), Members: w.total(), Movements: len(w.moves)},
		Arrivals: demo.Arrivals{On: mergeDay, Into: "文峰村党总支"},
		Market:   w.market(),
		Clearing: w.clearing(),
	}
	for _, b := range bigFirms {
		f.Arrivals.Count += b.n
		f.Arrivals.From = append(f.Arrivals.From, demo.ArrivalsFrom{Name: b.name, Count: b.n})
	}
	for _, p := range places {
		v := w.placeFacts(p)
		f.Places = append(f.Places, v)
		f.Town.Households += v.Households
		f.Town.Persons += v.Persons
	}
	return writeYAML(dir, "facts.yaml", f)
}

func (w *world) placeFacts(p *placeSpec) demo.Place {
	v := demo.Place{Name: p.Name, Kind: "社区", Code: p.Code, PartyUnit: p.Name + p.PartyKind, Branches: len(p.branches), Households: len(w.homes[p.Name])}
	if p.Village {
		v.Kind = "村"
	}
	for _, h := range w.homes[p.Name] {
		v.Persons += len(h.People)
	}
	for _, m := range w.everyone() {
		if m.Opening != nil && m.Opening.Place == p.Name {
			v.Opened++
		}
		if m.Gone || m.Branch.Place != p.Name {
			continue
		}
		v.Members++
		if !m.fullOn(today) {
			v.Probation++
		}
		if m.Floating {
			v.Floating++
		}
	}
	return v
}

// logins are one account per role first, then the three that 渡江村's unfinished
// notices need, and the street's discipline officer.
func (w *world) logins() []demo.Login {
	var out []demo.Login
	for _, l := range []struct{ login, name, unit, office, title, shows string }{
		{"chenxiaomei", "陈晓梅", office0, "党建办干事", "街道党建办干事", "导入党员花名册和机构名册，查看全街道党员，登记变动"},
		{"zhoujianping", "周建平", "文峰街道党工委", "书记", "街道党工委书记", "全街道情况、各村居公开是否按时"},
		{"wangjianguo", "王建国", "文峰村党总支", "书记", "文峰村党总支书记", "216名党员、5个支部，批准公开事项"},
		{"xuhaiyan", "徐海燕", "文峰村股份经济合作社", "会计", "文峰村会计", "导入财务表，起草财务公开"},
		{"lizhiqiang", "李志强", "文峰村村民委员会", "主任", "文峰村村民委员会主任", "起草和张贴村务公开"},
		{"zhumingliang", "朱明亮", "文峰村村务监督委员会", "主任", "文峰村村务监督委员会主任", "审查公开事项，查看查阅记录"},
		{"sunlihua", "孙丽华", "宝塔社区党委", "书记", "宝塔社区党委书记", "社区党员和居务公开"},
		{"shenguoping", "沈国平", office0, "审计员", "审计人员", "查看账目和查阅记录，不能改动"},
		{"guxiaodong", "顾晓东", office0, "系统管理员", "系统管理员", "开通和停用账号，看不到个人信息"},
		{"lixiuying", "李秀英", "文峰村老党员党支部", "", "普通党员", "手机页面：我的党籍、村里的公开、只给党员看的公开、谁看过我的资料"},
		{"chenzhiqiang", "陈志强", "渡江村党总支", "书记", "渡江村党总支书记", "待批准的2026年10月财务公开，紧急公布后待确认的停水通知"},
		{"zhaofurong", "赵芙蓉", "渡江村股份经济合作社", "会计", "渡江村会计", "已起草、未审查的2026年10月财务公开"},
		{"wuguodong", "吴国栋", "渡江村村务监督委员会", "主任", "渡江村村务监督委员会主任", "待办：审查2026年10月财务公开、补审紧急公布的停水通知"},
	} {
		out = append(out, demo.Login{Login: l.login, Password: password, Name: l.name, ID: w.named[l.name].ID, Unit: l.unit, Office: l.office, Title: l.title, Shows: l.shows})
	}
	discipline := w.reserves[""].party[2] // drawn, unlike the others
	return append(out, demo.Login{Login: "yaohonglin", Password: password, Name: discipline.Name, ID: discipline.ID, Unit: "文峰街道党工委", Office: "纪检监察工委书记",
		Title: "街道纪检监察干部", Shows: "监督发现、村民反映、各村居公开和查阅记录"})
}

func (w *world) market() demo.Market {
	m := demo.Market{Village: hamletVillage, Unit: "渡江农贸市场", Duty: marketDuty}
	seen := map[*person]bool{}
	for _, o := range w.offices {
		if o.Left != "" || o.Unit != hamletVillage+"党总支" && o.Unit != hamletVillage+"村民委员会" {
			continue
		}
		if !seen[o.Holder] {
			seen[o.Holder] = true
			m.Members = append(m.Members, o.Holder.Name)
		}
		if o.Duty == marketDuty {
			m.Running = append(m.Running, o.Holder.Name)
		}
	}
	return m
}

func (w *world) clearing() demo.Clearing {
	c := demo.Clearing{Village: hamletVillage, Mu: "412.6", RehousedIn: "渡江新苑", Announced: "2025-09-10", Approved: "2026-02-06", Rehoused: "2026-09-28"}
	for _, h := range hamlets {
		d := demo.Hamlet{Name: h.Name, Group: h.Group, Mu: h.Mu}
		for _, x := range w.homes[hamletVillage] {
			if x.Group == h.Group {
				if d.First == "" {
					d.First = x.No
				}
				d.Last = x.No
				d.Households++
			}
		}
		c.Households += d.Households
		c.Hamlets = append(c.Hamlets, d)
	}
	return c
}

var journeys = []demo.Journey{
	{Title: "把党员花名册导进来，找出12处错误", Login: "chenxiaomei", Files: []string{"damaged-roster.xlsx", "repaired-roster.xlsx"},
		Steps: []string{"导入 damaged-roster.xlsx，预览列出12处错误，什么都没有登记", "改用 repaired-roster.xlsx，没有错误，全部登记", "打开一名党员，看他去年这一天在哪个支部"}},
	{Title: "从一张财务表到公开栏", Login: "xuhaiyan", Files: []string{"finance/yunxiao-2017.xlsx", "finance/wenfeng-2026-10.xlsx"},
		Steps: []string{"会计导入财务表并起草公开", "朱明亮（监督委员会主任）审查", "王建国（书记）批准，李志强（主任）张贴", "不登录打开公开栏，扫二维码核验"}},
	{Title: "没办完的事自己会出来", Login: "wuguodong", Files: []string{"finance/dujiang-2026-10.xlsx"},
		Steps: []string{"登录后待办里有渡江村2026年10月财务公开", "审查后交陈志强批准"}},
	{Title: "42名党员从企业转来", Login: "wangjianguo", Files: []string{"movements.xlsx", "arrivals.xlsx"},
		Steps: []string{"把日期调到2026年3月17日和18日，看党总支人数", "看三家企业各转来多少人"}},
	{Title: "渡江村两委10人，7人管着市场", Login: "chenzhiqiang", Files: []string{"offices.xlsx"},
		Steps: []string{"打开渡江村党总支和村民委员会的任职", "看兼管事项"}},
	{Title: "两个自然村拆迁", Login: "chenzhiqiang", Files: []string{"households.csv", "finance/dujiang-2026-03.xlsx"},
		Steps: []string{"查前圩、后圩97户", "看征地公告、方案、款项到账和发放的公开"}},
}
