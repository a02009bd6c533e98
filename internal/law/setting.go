package law

import (
	"cmp"
	"fmt"

	"cunju/internal/calendar"
)

// Level is who set a local term.
type Level string

// The levels, from the widest to the narrowest. Their values stand in sealed
// acts.
const (
	Province Level = "province"
	City     Level = "city"
	County   Level = "county"
	Town     Level = "town"
	Charter  Level = "charter" // a unit's own charter, village rules or resolution
)

var levelNames = map[Level]string{Province: "省", City: "市", County: "县（区）", Town: "街道（乡镇）", Charter: "章程、村规"}

var levelRank = map[Level]int{Province: 1, City: 2, County: 3, Town: 4, Charter: 5}

// Chinese names the level; "" for an unknown one.
func (l Level) Chinese() string { return levelNames[l] }

// SetSetting is the frozen payload of the act that records a local term.
type SetSetting struct {
	Key      string        `json:"key" title:"规定事项" list:"org.setting"`
	Value    int64         `json:"value" title:"数值" help:"是否类的，1 为是，0 为否"` // a yes-or-no term is 1 or 0
	Level    Level         `json:"level" title:"由哪一级规定" list:"org.setting-level"`
	Unit     int64         `json:"unit,omitempty" title:"所属单位" ref:"org.unit"` // the unit whose charter it is; only with Charter
	From     calendar.Date `json:"from" title:"开始日期"`
	Until    calendar.Date `json:"until,omitempty" title:"失效日期" help:"不再执行的第一天；长期有效的不填"` // first day it no longer holds; "" = open
	Citation string        `json:"citation" title:"依据文件" as:"long"`                      // the document that sets it, with its number
}

// Setting is a recorded local term.
type Setting struct {
	SetSetting
	Act int64 // number of the act that recorded it
}

// Settings are the local terms of a town, seen on a date and for a unit. The
// zero value has none, so that the national terms hold.
type Settings struct {
	list    []Setting
	on      calendar.Date
	entered calendar.Date
	unit    int64
}

// NewSettings gathers recorded terms, in any order.
func NewSettings(list ...Setting) Settings { return Settings{list: list} }

// On looks at the terms as they held on a date. [Rule.Judge] sets it.
func (s Settings) On(d calendar.Date) Settings { s.on = d; return s }

// Entered names the day of the act that enters a deed of an earlier day. A rule is asked about the day of the deed, and whether
// the town has adopted it, about this one: who adopts a rule wants it for what is entered from then on.
func (s Settings) Entered(d calendar.Date) Settings { s.entered = d; return s }

// For adds the charter terms of a unit; without it only the terms of province
// to town are seen.
func (s Settings) For(unit int64) Settings { s.unit = unit; return s }

// Date is the day the terms are looked at.
func (s Settings) Date() calendar.Date { return s.on }

// In gives the key's value that holds, and the act that set it, 0 for the
// national term. Within a level the latest term holds; across levels the
// strictest: a town may bind itself more than its province does, never less. A looser value than the law's floor is never given, even if one was recorded
// before the law tightened.
func (k Key) In(s Settings) (value, act int64) {
	byLevel := map[Level]Setting{}
	for _, t := range s.list {
		if t.Key != k.Name || t.From == "" || s.on == "" || t.From > s.on || t.Until != "" && t.Until <= s.on {
			continue
		}
		if t.Unit != 0 && t.Unit != s.unit {
			continue
		}
		old, ok := byLevel[t.Level]
		if !ok || cmp.Or(cmp.Compare(t.From, old.From), cmp.Compare(t.Act, old.Act)) > 0 {
			byLevel[t.Level] = t
		}
	}
	value = k.Default
	for _, level := range []Level{Province, City, County, Town, Charter} {
		t, ok := byLevel[level]
		switch {
		case !ok:
		case k.Stricter == Least && t.Value > 0 && (act == 0 || t.Value < value), k.Stricter != Least && k.stricter(t.Value, value):
			value, act = t.Value, t.Act
		}
	}
	return value, act
}

// Is reads a yes-or-no key.
func (k Key) Is(s Settings) (yes bool, act int64) {
	value, act := k.In(s)
	return value != 0, act
}

// Check decides whether a local term may be recorded under this key; the zero
// Key stands for a name that no rule knows.
func (p SetSetting) Check(k Key) Finding {
	refuse := func(given, need, remedy string) Finding {
		return Finding{Outcome: Refuse, Given: given, Need: need, Remedy: remedy}
	}
	switch {
	case k.Name == "" || k.Name != p.Key:
		return refuse("没有这个设置项", "只能登记规则用到的设置项", "从设置项清单中选择")
	case levelRank[p.Level] == 0:
		return refuse("没有写明由哪一级规定", "写明省、市、县（区）、街道（乡镇）或章程", "选择规定的级别")
	case (p.Level == Charter) != (p.Unit != 0):
		return refuse("章程规定与所属单位不对应", "章程规定只对本单位有效，须写明单位；其他级别不写单位", "选择所属单位，或改选级别")
	case !p.From.Valid() || p.Until != "" && (!p.Until.Valid() || p.Until <= p.From):
		return refuse(fmt.Sprintf("生效日期%s，失效日期%s", p.From.Chinese(), p.Until.Chinese()), "有生效日期，失效日期晚于生效日期", "改正日期")
	case p.Citation == "":
		return refuse("没有写明依据", "写明作出规定的文件名称和文号", "补充依据")
	case p.Value < k.Min || p.Value > k.Max:
		return refuse("填写的是"+k.Text(p.Value), fmt.Sprintf("在%s至%s之间", k.Text(k.Min), k.Text(k.Max)), "改正数值")
	case k.Floor != "" && k.stricter(k.Default, p.Value):
		return refuse("填写的是"+k.Text(p.Value), fmt.Sprintf("%s规定的是%s，地方只能更严", k.Floor, k.Text(k.Default)), "不低于法律规定，或者不作规定")
	}
	return Finding{Outcome: Pass, Given: fmt.Sprintf("%s：%s，%s，自%s起", k.Title, k.Text(p.Value), p.Level.Chinese(), p.From.Chinese()),
		Need: "在允许范围内，不低于法律规定，写明依据"}
}
