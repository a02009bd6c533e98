package search

import (
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGrams(t *testing.T) {
	for name, want := range map[string]string{
		"王小明":      "王 王小 小明",
		"王 小 明":    "王 王小 小明",
		"王":        "王",
		"王王王":      "王 王王",
		"欧阳修":      "欧 欧阳 阳修",
		"买买提•艾力":   "买 买买 买提 提· ·艾 艾力",
		"Ｌｉ":       "l li",
		"":         "",
		" \u200b ": "",
	} {
		if got := strings.Join(Grams(name), " "); got != want {
			t.Errorf("Grams(%q) = %q, want %q", name, got, want)
		}
	}
}

// Whatever two or more neighbouring characters of a name are typed, the plan's grams are among the name's.
func TestAnyPartOfANameFindsIt(t *testing.T) {
	character := rapid.SampledFrom([]rune("王欧阳小明曾单·提䶮李"))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SliceOfN(character, 1, 6).Draw(t, "name")
		from := rapid.IntRange(0, len(name)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(name)).Draw(t, "to")
		q := Plan(string(name[from:to]))
		grams := Grams(string(name))
		for _, g := range q.Grams {
			if !slices.Contains(grams, g) {
				t.Fatalf("%s: gram %s of %s is missing", string(name), g, q.Text)
			}
		}
		if len(q.Grams) == 0 && (to-from > 1 || q.First == "") {
			t.Fatalf("%q plans %+v", string(name[from:to]), q)
		}
	})
}

func TestReadings(t *testing.T) {
	for name, want := range map[string]string{
		"王小明": "wang xiao ming", "曾志伟": "zeng zhi wei", "单雄信": "shan xiong xin", "仇英": "qiu ying",
		"区寄": "ou ji", "查良镛": "zha liang yong", "盖叫天": "ge jiao tian", "朴正": "piao zheng", "解缙": "xie jin",
		"任平": "ren ping", "尉健行": "wei jian xing", "冼星海": "xian xing hai", "洗夫人": "xian fu ren", "翟志刚": "zhai zhi gang",
		"缪昌期": "miao chang qi", "乐毅": "yue yi", "华佗": "hua tuo", "覃小明": "qin xiao ming", "尉迟恭": "yu chi gong",
		"单于明": "chan yu ming", "欧阳修": "ou yang xiu", "欧阳": "ou yang", "万俟卨": "mo qi xie", "吕布": "lv bu",
		"小曾": "xiao ceng", "买买提·艾力": "mai mai ti ai li", "℡": "",
	} {
		got := strings.Join(Syllables(name), " ")
		if got != want {
			t.Errorf("Syllables(%s) = %q, want %q", name, got, want)
		}
		initials := ""
		for _, s := range strings.Fields(want) {
			initials += s[:1]
		}
		if got := Initials(name); got != initials {
			t.Errorf("Initials(%s) = %q, want %q", name, got, initials)
		}
	}
}

// An entry that says what the dictionary says anyway would hide its next mistake.
func TestFamilyNamesAreNeeded(t *testing.T) {
	for r, reading := range surnames {
		if syllable(r) == reading {
			t.Errorf("%c reads %s without an entry", r, reading)
		}
	}
	for name, reading := range compound {
		if len([]rune(name)) != 2 || len(strings.Fields(reading)) != 2 {
			t.Errorf("%s: %q", name, reading)
		}
		for _, s := range strings.Fields(reading) {
			if !syllables().has(s) {
				t.Errorf("%s: %q is no syllable", name, s)
			}
		}
	}
}

func TestSortKeyOrdersByPinyin(t *testing.T) {
	names := []string{"张三", "曾子", "王小明", "单明", "欧阳修", "王晓明", "安平", "王五", "○", "张伞"}
	sort.Slice(names, func(i, j int) bool { return SortKey(names[i]) < SortKey(names[j]) })
	want := "安平 欧阳修 单明 王五 王小明 王晓明 曾子 张三 张伞"
	got := strings.Join(names, " ")
	if !strings.Contains(got, want) && got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if SortKey("王 小明") != SortKey("王小明") {
		t.Error("a space changes the order")
	}
	if SortKey("℡") < SortKey("左左") {
		t.Error("a name without a reading does not stand last")
	}
}

func TestSurname(t *testing.T) {
	for name, want := range map[string]string{"王小明": "王", "欧阳修": "欧阳", "欧阳": "欧", "单于明": "单于", "": ""} {
		if got := Surname(name); got != want {
			t.Errorf("Surname(%s) = %s, want %s", name, got, want)
		}
	}
}

func BenchmarkKeys(b *testing.B) {
	for b.Loop() {
		if SortKey("欧阳小明") == "" || Initials("欧阳小明") == "" || len(Grams("欧阳小明")) == 0 {
			b.Fatal("no keys")
		}
	}
}
