package law

import (
	"fmt"
	"strings"
)

// Direction says which way a local term is stricter.
type Direction string

// The directions.
const (
	Higher Direction = "higher" // a larger value is stricter
	Lower  Direction = "lower"  // a smaller value is stricter
	Least  Direction = "least"  // the law fixes no number: the smallest that any level set, 0 fixing nothing; the default where none did
)

// Type is the kind of a key's value.
type Type string

// The types.
const (
	Number Type = "number"
	YesNo  Type = "yes-no"
)

// Key names a local term that rules read.
type Key struct {
	Name     string    `json:"name"`
	Title    string    `json:"title"` // plain Chinese
	Type     Type      `json:"type"`
	Unit     string    `json:"unit,omitempty"`   // of the number: 日
	Default  int64     `json:"default"`          // the term where nobody set one
	Origin   string    `json:"origin,omitempty"` // whose Default is, in plain Chinese; "" for the national law's
	Zero     string    `json:"zero,omitempty"`   // how 0 reads where it means that nothing is fixed
	Stricter Direction `json:"stricter,omitempty"`
	Floor    string    `json:"floor,omitempty"` // the article that makes Default a floor; "" = no floor
	Min      int64     `json:"min"`
	Max      int64     `json:"max"`
}

// Whose a default is that no national law fixes.
const (
	house     = "本系统的惯例"
	lawSilent = "法律没有规定"
)

// The keys. What differs by place and why: provincial rules and charters tighten
// the national floors or fill what the laws leave open.
var (
	PostingDays = Key{Name: "disclosure.posting-days", Title: "公开内容张贴的最少天数", Type: Number, Unit: "日",
		Default: 15, Stricter: Higher, Floor: "《村民委员会组织法》第三十五条、《城市居民委员会组织法》第三十四条", Min: 1, Max: 365}
	MonthlyMoney = Key{Name: "disclosure.monthly-money", Title: "收支往来较多，财务按月公布", Type: YesNo,
		Stricter: Higher, Min: 0, Max: 1}
	MajorDays = Key{Name: "disclosure.major-days", Title: "重大事项发生后最迟公布的天数", Type: Number, Unit: "日",
		Zero: "随时", Stricter: Least, Min: 0, Max: 15}
	PromptDays = Key{Name: "disclosure.community-days", Title: "社区事项发生后最迟公布的天数", Type: Number, Unit: "日",
		Zero: "及时", Stricter: Least, Min: 0, Max: 90}
	CheckDays = Key{Name: "disclosure.check-within", Title: "监督委员会审查公开事项的期限", Type: Number, Unit: "日",
		Zero: "不限", Origin: lawSilent, Stricter: Least, Min: 0, Max: 30}
	AnswerDays = Key{Name: "disclosure.answer-days", Title: "答复村民询问和反映的期限", Type: Number, Unit: "日",
		Default: 15, Origin: "沿用上海的做法", Stricter: Least, Min: 1, Max: 60}
	ConfirmDays = Key{Name: "disclosure.confirm-days", Title: "紧急公开以后补办审查和确认的期限", Type: Number, Unit: "个工作日",
		Default: 3, Origin: house, Stricter: Lower, Min: 1, Max: 30}
	LongOverdueDays = Key{Name: "disclosure.long-overdue-days", Title: "应公开事项逾期多少天后记为长期逾期", Type: Number, Unit: "日",
		Default: 30, Origin: house, Stricter: Lower, Min: 1, Max: 180}
	BranchLimit = Key{Name: "party.branch-limit", Title: "党支部党员人数的一般上限", Type: Number, Unit: "人",
		Default: 50, Stricter: Lower, Min: 3, Max: 200}
)

// Keys lists the registry, in the order of the list for clerks.
func Keys() []Key {
	return []Key{PostingDays, MonthlyMoney, MajorDays, PromptDays, CheckDays, AnswerDays, ConfirmDays, LongOverdueDays, BranchLimit}
}

const adoption = "adopt."

// Adoption is the yes-or-no key by which a town adopts a rule that otherwise
// only warns.
func Adoption(rule, title string) Key {
	return Key{Name: adoption + rule, Title: "采纳规则" + rule + "：" + title, Type: YesNo, Stricter: Higher, Max: 1}
}

// IsAdoption reports whether a key's name is that of an adoption.
func IsAdoption(name string) bool { return strings.HasPrefix(name, adoption) }

// Text writes a value of the key in Chinese.
func (k Key) Text(value int64) string {
	if k.Type == YesNo {
		if value != 0 {
			return "是"
		}
		return "否"
	}
	if value == 0 && k.Zero != "" {
		return k.Zero
	}
	return fmt.Sprintf("%d%s", value, k.Unit)
}

// Whose says in plain Chinese where the default comes from.
func (k Key) Whose() string {
	if k.Origin == "" {
		return "全国"
	}
	return k.Origin
}

// stricter reports whether a is stricter than b.
func (k Key) stricter(a, b int64) bool {
	switch k.Stricter {
	case Higher:
		return a > b
	case Lower:
		return a < b
	}
	return false
}
