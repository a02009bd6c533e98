package org

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/rulebook"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// termRow is one local term as the list shows it.
type termRow struct {
	Key     law.Key
	Now     string
	Act     int64 // that set it, 0 for the national term
	Readers string
	Floor   string
}

// setRow is one recorded term.
type setRow struct {
	settingRow
	Title string
	Text  string
	Whose string
	Who   string
	State string
}

// terms lists every local term once: a rule of several versions is adopted as one.
func terms() []law.Key {
	return slices.CompactFunc(rulebook.Keys(), func(a, b law.Key) bool { return a.Name == b.Name })
}

// settingRow is a row of org_setting with who recorded it.
type settingRow struct {
	ID    int64
	Key   string
	Value int64
	Level string
	Unit  int64
	From  calendar.Date
	Until calendar.Date
	Cite  string
}

func settingRows(ctx context.Context, q db.Querier, town string) ([]settingRow, error) {
	return db.All[settingRow](ctx, q, `SELECT id, key, value, level, unit, from_day, until, citation FROM org_setting
		WHERE town = $1 ORDER BY from_day DESC, id DESC`, town)
}

// rootUnit is the town's first unit: what belongs to no unit in particular belongs to it.
func (p *Pages) rootUnit(r *web.Request) (int64, error) {
	units, err := p.Units(r.Context())
	if err != nil {
		return 0, err
	}
	if len(units) == 0 {
		return 0, web.NotFound("还没有设立街道（乡镇）。")
	}
	return units[0], nil
}

func (p *Pages) settings(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.SettingSet)) == 0 && len(p.Anchors(r, access.OrgRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看本地规定。")
	}
	on := p.Day(r)
	frame, err := p.Desk(r, desk.Frame{Title: "本地规定", Active: settingsPath, AsOf: true})
	if err != nil {
		return web.Response{}, err
	}
	local, err := Settings(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	props := settingsProps{Frame: frame, MaySet: len(p.Anchors(r, access.SettingSet)) > 0}
	for _, k := range terms() {
		value, act := k.In(local.On(on))
		row := termRow{Key: k, Now: k.Text(value), Act: act, Floor: "没有下限"}
		if k.Floor != "" {
			row.Floor = "不得低于" + k.Text(k.Default) + "（" + k.Floor + "）"
			if k.Stricter == law.Lower {
				row.Floor = "不得高于" + k.Text(k.Default) + "（" + k.Floor + "）"
			}
		} else if k.Stricter == law.Least {
			row.Floor = "几级都有规定的，按天数最少的"
		}
		for i, id := range rulebook.Readers(k) {
			if i > 0 {
				row.Readers += "、"
			}
			row.Readers += id
		}
		if law.IsAdoption(k.Name) {
			props.Adoptions = append(props.Adoptions, row)
		} else {
			props.Terms = append(props.Terms, row)
		}
	}
	if props.Set, err = p.setRows(r, on); err != nil {
		return web.Response{}, err
	}
	return web.Render(settingsPageOf(props)), nil
}

// setRows lists every recorded term with who recorded it and whether it holds on a day.
func (p *Pages) setRows(r *web.Request, on calendar.Date) ([]setRow, error) {
	rows, err := settingRows(r.Context(), p.DB, p.Town)
	if err != nil {
		return nil, err
	}
	out := make([]setRow, len(rows))
	for i, s := range rows {
		k := rulebook.Key(s.Key)
		out[i] = setRow{settingRow: s, Title: cmp.Or(k.Title, s.Key), Text: k.Text(s.Value), Whose: law.Level(s.Level).Chinese()}
		if s.Unit != 0 {
			name, err := p.Name(r.Context(), p.DB, s.Unit)
			if err != nil {
				return nil, err
			}
			out[i].Whose = name + "章程、村规"
		}
		a, err := journal.Read(r.Context(), p.DB, p.Town, s.ID)
		if err != nil {
			return nil, err
		}
		out[i].Who = "系统"
		if !a.By.System {
			if out[i].Who, err = p.Person(r.Context(), p.DB, a.By.Person); err != nil {
				return nil, err
			}
		}
		out[i].Who += " " + string(calendar.On(time.UnixMilli(a.Recorded)))
		switch {
		case s.From > on:
			out[i].State = "自" + s.From.Chinese() + "起"
		case s.Until != "" && s.Until <= on:
			out[i].State = "已于" + s.Until.Chinese() + "失效"
		default:
			out[i].State = "有效"
		}
	}
	return out, nil
}

var settingLabels = map[string]string{"key": "规定事项", "value": "定为", "level": "由哪一级规定", "unit": "所属单位", "from": "自哪一天起",
	"until": "到哪一天止", "citation": "依据"}

func (p *Pages) settingForm(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.SettingSet)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记本地规定。")
	}
	return p.showSetting(r, web.NewForm("key", r.Query("key"), "from", string(p.Today()), "level", string(law.Town)), nil)
}

func (p *Pages) showSetting(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "登记本地规定", Active: settingsPath, Crumbs: []ui.Link{{Text: "本地规定", Href: settingsPath}}})
	if err != nil {
		return web.Response{}, err
	}
	units, err := p.charterOptions(r)
	if err != nil {
		return web.Response{}, err
	}
	props := settingProps{formProps: formProps{Frame: frame, Title: "登记本地规定", Sub: "省、市、县、街道的规定，或者村（社区）的章程",
		Action: "/desk/settings/new", Back: settingsPath, Form: f, Params: []ui.Param{r.KeyParam()}, Trial: o,
		Help: []string{"法律定了下限的，只能更严，不能放宽。", "登记的规定自写明的日期起，由有关的规则自动采用；以前办的事不受影响。",
			"是或否的事项，填“是”或“否”。"}}, Units: units}
	for _, k := range terms() {
		group := "数值和期限"
		if law.IsAdoption(k.Name) {
			group = "采纳只作提醒的规则"
		}
		props.Keys = append(props.Keys, ui.Option{Value: k.Name, Text: k.Title, Group: group})
	}
	return answer(props.formProps, settingPage(props)), nil
}

// charterOptions are the villages, communities and collectives that may have a charter of their own.
func (p *Pages) charterOptions(r *web.Request) ([]ui.Option, error) {
	f, err := p.forest(r, Area, p.Today())
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, u := range sortedUnits(f.Units) {
		if slices.Contains([]string{"village", "community", "collective"}, u.Kind) && u.ID != 0 {
			out = append(out, ui.Option{Value: number(u.ID), Text: u.Name, Group: kindTitle(u.Kind)})
		}
	}
	return out, nil
}

// readValue reads a number with or without its unit, or 是 and 否.
func readValue(f *web.Form, k law.Key) int64 {
	switch text := f.Required("value", settingLabels["value"], 20); {
	case text == "":
		return 0
	case k.Type == law.YesNo && text == "是":
		return 1
	case k.Type == law.YesNo && text == "否":
		return 0
	case k.Type == law.YesNo:
		f.Fail("value", settingLabels["value"], "这一项请填“是”或“否”")
		return 0
	case text == k.Zero:
		return 0
	}
	return f.Int64("value", settingLabels["value"], true, -1<<40, 1<<40)
}

func (p *Pages) setting(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.SettingSet)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记本地规定。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	var names []string
	for _, k := range terms() {
		names = append(names, k.Name)
	}
	s := law.SetSetting{Key: f.Choice("key", settingLabels["key"], true, names...)}
	s.Level = law.Level(f.Choice("level", settingLabels["level"], true, levelCodes()...))
	k := rulebook.Key(s.Key)
	if s.Key != "" {
		s.Value = readValue(f, k)
	}
	s.From = f.Date("from", settingLabels["from"], true)
	s.Until = lastDay(f.Date("until", settingLabels["until"], false))
	s.Citation = f.Required("citation", settingLabels["citation"], 200)
	units, err := p.charterOptions(r)
	if err != nil {
		return web.Response{}, err
	}
	unit := f.Choice("unit", settingLabels["unit"], s.Level == law.Charter, codesOf(units)...)
	if f.OK() && unit != "" && s.Level != law.Charter {
		f.Fail("unit", settingLabels["unit"], "只有章程、村规才写所属单位；其他级别请空着")
	}
	if !f.OK() {
		return p.showSetting(r, f, nil)
	}
	over, err := p.rootUnit(r)
	if err == nil && unit != "" {
		over, err = strconv.ParseInt(unit, 10, 64)
		s.Unit = over
	}
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.SettingSet, over)
	if err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Adopt(ctx, w, s, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, settingLabels)
		if err != nil {
			return web.Response{}, err
		}
		o.Verdicts = desk.Panel([]law.Verdict{control.Tighten.Judge(control.Term{Set: s, Key: k}, p.Today(), law.Settings{})})
		return p.showSetting(r, f, o)
	}
	return p.done(r, fmt.Sprintf("已登记：%s定为%s", k.Title, k.Text(s.Value)), receipt, settingsPath), nil
}

func levelOptions() []ui.Option {
	var out []ui.Option
	for _, l := range []law.Level{law.Province, law.City, law.County, law.Town, law.Charter} {
		out = append(out, ui.Option{Value: string(l), Text: l.Chinese()})
	}
	return out
}

func levelCodes() []string { return codesOf(levelOptions()) }
