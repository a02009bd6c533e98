package search

import (
	"reflect"
	"testing"
)

func TestPlan(t *testing.T) {
	for typed, want := range map[string]Query{
		"":                      {},
		"  ":                    {},
		"321002196203051234":    {Text: "321002196203051234", ID: "321002196203051234"},
		"32100219620305123x":    {Text: "32100219620305123x", ID: "32100219620305123X"},
		"321002 19620305 123Ｘ":  {Text: "32100219620305123x", ID: "32100219620305123X"},
		"321002620305123":       {Text: "321002620305123", ID: "321002620305123"},
		"138 0013 8000":         {Text: "13800138000", Phone: "13800138000"},
		"+86-138-0013-8000":     {Text: "+86-138-0013-8000", Phone: "13800138000"},
		"１３８００１３８０００":           {Text: "13800138000", Phone: "13800138000"},
		"1234":                  {Text: "1234", IDTail: "1234", PhoneEnd: "1234"},
		"123x":                  {Text: "123x", IDTail: "123X"},
		"12":                    {Text: "12"},
		"1234567890123456789":   {Text: "1234567890123456789"},
		"wxm":                   {Text: "wxm", Initials: "wxm"},
		"WXM":                   {Text: "wxm", Initials: "wxm"},
		"wang":                  {Text: "wang", Initials: "wang", Pinyin: "wang"},
		"wangxi":                {Text: "wangxi", Initials: "wangxi", Pinyin: "wang xi"},
		"wangxiaom":             {Text: "wangxiaom", Initials: "wangxiaom", Pinyin: "wang xiao m"},
		"Wang  Xiao":            {Text: "wangxiao", Initials: "wangxiao", Pinyin: "wang xiao"},
		"lv":                    {Text: "lv", Initials: "lv", Pinyin: "lv"},
		"王":                     {Text: "王", First: "王"},
		"小明":                    {Text: "小明", Grams: []string{"小明"}},
		"王 小 明":                 {Text: "王小明", Grams: []string{"王小", "小明"}},
		"王a":                    {Text: "王a", Grams: []string{"王a"}},
		"'; drop table person;": {Text: "';droptableperson;", Grams: []string{"';", ";d", "dr", "ro", "op", "pt", "ta", "ab", "bl", "le", "ep", "pe", "er", "rs", "so", "on", "n;"}},
	} {
		got := Plan(typed)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Plan(%q) = %+v, want %+v", typed, got, want)
		}
		if got.Empty() != reflect.DeepEqual(want, Query{Text: want.Text}) {
			t.Errorf("Plan(%q).Empty() = %v", typed, got.Empty())
		}
	}
}

// What Plan makes of full pinyin is a prefix of the sort key of the names it means.
func TestPinyinFindsTheSortKey(t *testing.T) {
	for typed, name := range map[string]string{"zengzhi": "曾志伟", "ouyangx": "欧阳修", "shan xiong": "单雄信", "lvb": "吕布"} {
		prefix := Plan(typed).Pinyin
		if prefix == "" || SortKey(name)[:len(prefix)] != prefix {
			t.Errorf("%q plans %q, %s sorts as %q", typed, prefix, name, SortKey(name))
		}
	}
}

func FuzzPlan(f *testing.F) {
	for _, s := range []string{"", "王小明", "x", "+", "·", "1x", "86", "\xff", "wang xiao", "3210021962030512345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Plan(s)
		for _, g := range q.Grams {
			if len([]rune(g)) != 2 {
				t.Errorf("Plan(%q): gram %q", s, g)
			}
		}
		Grams(s)
		SortKey(s)
		Surname(s)
	})
}
