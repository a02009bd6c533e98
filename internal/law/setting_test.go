package law

import (
	"strings"
	"testing"

	"cunju/internal/calendar"
)

func term(act int64, key string, value int64, level Level, from calendar.Date) Setting {
	return Setting{SetSetting{Key: key, Value: value, Level: level, From: from, Citation: "试行办法"}, act}
}

func TestWhichTermHolds(t *testing.T) {
	days := PostingDays.Name
	ended := term(5, days, 40, Town, "2026-01-01")
	ended.Until = "2026-03-01"
	charter := term(6, days, 60, Charter, "2026-01-01")
	charter.Unit = 12
	for _, c := range []struct {
		name  string
		key   Key
		on    calendar.Date
		unit  int64
		list  []Setting
		value int64
		act   int64
	}{
		{"none", PostingDays, "2026-05-01", 0, nil, 15, 0},
		{"not yet begun", PostingDays, "2025-12-31", 0, []Setting{term(1, days, 20, Province, "2026-01-01")}, 15, 0},
		{"first day", PostingDays, "2026-01-01", 0, []Setting{term(1, days, 20, Province, "2026-01-01")}, 20, 1},
		{"ended on its last day", PostingDays, "2026-03-01", 0, []Setting{ended}, 15, 0},
		{"the day before", PostingDays, "2026-02-28", 0, []Setting{ended}, 40, 5},
		{"looser than the law", PostingDays, "2026-05-01", 0, []Setting{term(1, days, 7, Town, "2010-01-01")}, 15, 0},
		{"a town may not loosen its province", PostingDays, "2026-05-01", 0,
			[]Setting{term(1, days, 30, Province, "2026-01-01"), term(2, days, 20, Town, "2026-02-01")}, 30, 1},
		{"a town may tighten", PostingDays, "2026-05-01", 0,
			[]Setting{term(1, days, 20, Province, "2026-01-01"), term(2, days, 30, Town, "2026-02-01")}, 30, 2},
		{"a later term of one level replaces", PostingDays, "2026-05-01", 0,
			[]Setting{term(2, days, 20, Town, "2026-02-01"), term(1, days, 30, Town, "2026-01-01")}, 20, 2},
		{"same day, the later act", PostingDays, "2026-05-01", 0,
			[]Setting{term(3, days, 25, Town, "2026-01-01"), term(2, days, 30, Town, "2026-01-01")}, 25, 3},
		{"a charter of another unit", PostingDays, "2026-05-01", 7, []Setting{charter}, 15, 0},
		{"the unit's charter", PostingDays, "2026-05-01", 12, []Setting{charter}, 60, 6},
		{"where the law fixes no number, the smallest one set", MajorDays, "2026-05-01", 0,
			[]Setting{term(2, MajorDays.Name, 5, Town, "2026-01-01"), term(1, MajorDays.Name, 3, Province, "2026-01-01")}, 3, 1},
		{"the smaller one of the narrower level", MajorDays, "2026-05-01", 0,
			[]Setting{term(2, MajorDays.Name, 2, Town, "2026-01-01"), term(1, MajorDays.Name, 3, Province, "2026-01-01")}, 2, 2},
		{"a level that fixes nothing leaves the wider one's", CheckDays, "2026-05-01", 0,
			[]Setting{term(2, CheckDays.Name, 0, Town, "2026-01-01"), term(1, CheckDays.Name, 5, Province, "2026-01-01")}, 5, 1},
		{"one number stands against a default of the house", AnswerDays, "2026-05-01", 0, []Setting{term(1, AnswerDays.Name, 20, Town, "2026-01-01")}, 20, 1},
		{"another key", MajorDays, "2026-05-01", 0, []Setting{term(1, days, 30, Town, "2026-01-01")}, 0, 0},
		{"no date", PostingDays, "", 0, []Setting{term(1, days, 30, Town, "2026-01-01")}, 15, 0},
	} {
		value, act := c.key.In(NewSettings(c.list...).On(c.on).For(c.unit))
		if value != c.value || act != c.act {
			t.Errorf("%s: %d by act %d, want %d by act %d", c.name, value, act, c.value, c.act)
		}
	}
}

func TestYesOrNo(t *testing.T) {
	s := NewSettings(term(4, MonthlyMoney.Name, 1, County, "2026-01-01")).On("2026-05-01")
	if yes, act := MonthlyMoney.Is(s); !yes || act != 4 {
		t.Errorf("monthly money is %v by act %d", yes, act)
	}
	if yes, _ := MonthlyMoney.Is(s.On("2025-05-01")); yes {
		t.Error("monthly money held before it was set")
	}
}

func TestCheckOfANewTerm(t *testing.T) {
	good := SetSetting{Key: PostingDays.Name, Value: 20, Level: Town, From: "2026-01-01", Citation: "文街发〔2026〕3号"}
	for _, c := range []struct {
		name string
		edit func(*SetSetting)
		key  Key
		want Outcome
		says string
	}{
		{"good", func(*SetSetting) {}, PostingDays, Pass, "20日"},
		{"equal to the floor", func(p *SetSetting) { p.Value = 15 }, PostingDays, Pass, "15日"},
		{"below the floor", func(p *SetSetting) { p.Value = 14 }, PostingDays, Refuse, "只能更严"},
		{"out of range", func(p *SetSetting) { p.Value = 1000 }, PostingDays, Refuse, "365日"},
		{"unknown key", func(p *SetSetting) { p.Key = "x" }, Key{}, Refuse, "没有这个设置项"},
		{"key and name differ", func(p *SetSetting) { p.Key = "x" }, PostingDays, Refuse, "没有这个设置项"},
		{"no level", func(p *SetSetting) { p.Level = "" }, PostingDays, Refuse, "级"},
		{"charter without unit", func(p *SetSetting) { p.Level = Charter }, PostingDays, Refuse, "单位"},
		{"charter with unit", func(p *SetSetting) { p.Level, p.Unit = Charter, 12 }, PostingDays, Pass, "章程"},
		{"town with unit", func(p *SetSetting) { p.Unit = 12 }, PostingDays, Refuse, "单位"},
		{"no start", func(p *SetSetting) { p.From = "" }, PostingDays, Refuse, "日期"},
		{"ends before it starts", func(p *SetSetting) { p.Until = "2025-12-31" }, PostingDays, Refuse, "日期"},
		{"no citation", func(p *SetSetting) { p.Citation = "" }, PostingDays, Refuse, "依据"},
		{"no floor", func(p *SetSetting) { p.Key, p.Value = MonthlyMoney.Name, 0 }, MonthlyMoney, Pass, "否"},
	} {
		p := good
		c.edit(&p)
		f := p.Check(c.key)
		if f.Outcome != c.want || !strings.Contains(f.Given+f.Need+f.Remedy, c.says) {
			t.Errorf("%s: %+v, want %s with %q", c.name, f, c.want, c.says)
		}
	}
}

func TestRegistryOfKeys(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if seen[k.Name] || IsAdoption(k.Name) {
			t.Errorf("%s: name used twice or reserved", k.Name)
		}
		seen[k.Name] = true
		if k.Title == "" || k.Type == Number && k.Unit == "" || k.Default < k.Min || k.Default > k.Max {
			t.Errorf("%s: incomplete or default out of range", k.Name)
		}
		if k.Type == YesNo && (k.Min != 0 || k.Max != 1) || k.Floor != "" && k.Stricter == Least {
			t.Errorf("%s: range or direction does not fit", k.Name)
		}
	}
	if k := Adoption("DS-09-order", "监督先审"); !IsAdoption(k.Name) || k.Text(1) != "是" {
		t.Errorf("adoption key %+v", k)
	}
}
