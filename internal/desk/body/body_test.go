package body

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/web"
	"cunju/internal/web/ui"

	"pgregory.net/rapid"
)

// A deed has a field of every kind.
type deed struct {
	base
	Note   string             `json:"note" title:"说明" as:"long"`
	Day    calendar.Date      `json:"on,omitempty" title:"日期"`
	Sum    int64              `json:"sum" title:"金额" as:"money"`
	Count  int64              `json:"count" title:"件数"`
	Open   bool               `json:"open" title:"公开"`
	Sort   string             `json:"sort" title:"类别" list:"sort"`
	Unit   int64              `json:"unit,omitempty" title:"单位" ref:"org.unit"`
	About  []int64            `json:"about,omitempty" title:"有关事项" ref:"act"`
	Secret struct{ T string } `json:"secret" title:"号码" as:"sealed"`
	Handle int64              `json:"handle" title:"密钥" as:"inner"`
	Words  []string           `json:"words" title:"栏目"`
	Grid   [][]string         `json:"grid" title:"表"`
	Part   *part              `json:"part,omitempty" title:"收支"`
	Maybe  *string            `json:"maybe,omitempty" title:"新名称"`
	Yes    *bool              `json:"yes,omitempty" title:"失联"`
	Record map[string]string  `json:"record,omitempty" title:"其他栏目" list:"column" as:"change"`
}

type base struct {
	Name string `json:"name" title:"名称"`
}

type part struct {
	Opening int64  `json:"opening" title:"结余" as:"money"`
	Lines   []line `json:"lines" title:"明细"`
}

type line struct {
	Item string `json:"item" title:"项目"`
	In   int64  `json:"in,omitempty" title:"收入" as:"money"`
	Seal string `json:"seal,omitempty" title:"印记" as:"inner"`
}

var words = Words{
	Lists: Lists{"sort": {{Value: "a", Text: "甲类"}, {Value: "b", Text: "乙类"}}, "column": {{Value: "post", Text: "岗位"}, {Value: "farm", Text: "农民工"}},
		"column.farm": ui.Options("是", "否")},
	Names: func(ref string, id int64) Name { return Name{ref + "!", "/x"} },
}

func sample() *deed {
	s, yes := "", false
	d := &deed{base: base{"文峰村"}, Note: "一\n二", Day: "2026-11-23", Sum: 123456, Count: 3, Open: true, Sort: "b", Unit: 7, About: []int64{4}, Handle: 99,
		Words: []string{"甲", "乙"}, Grid: [][]string{{"1", "2"}, {"3", ""}},
		Part: &part{Opening: -500, Lines: []line{{"租金", 1000, "x"}, {"补贴", 2000, "y"}}}, Maybe: &s, Yes: &yes, Record: map[string]string{"post": "医师", "farm": ""}}
	d.Secret.T = "cipher"
	return d
}

func form(b *deed) Form {
	fm := NewForm(b)
	fm.Words = words
	return fm
}

func encoded(t *testing.T, b *deed) string {
	t.Helper()
	raw, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestShowSaysEverythingButSecrets(t *testing.T) {
	var got []string
	flatten(words.Show(sample()), "", func(_, label, text string) { got = append(got, label+"="+text) })
	all := strings.Join(got, ";")
	for _, want := range []string{"名称=文峰村", "日期=2026年11月23日", "金额=1,234.56 元", "件数=3", "公开=是", "类别=乙类", "单位=org.unit!", "有关事项=act!",
		"号码=已加密封存，不在这里显示", "栏目=甲\n乙", "表=1 | 2\n3 | ", "收支 · 结余=-5.00 元", "收支 · 明细第 2 行 · 项目=补贴", "新名称=（清空）", "失联=否", "岗位=医师", "农民工=（清空）"} {
		if !strings.Contains(";"+all+";", ";"+want+";") {
			t.Errorf("%q is missing in %s", want, all)
		}
	}
	for _, never := range []string{"cipher", "99", "密钥", "印记"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is shown in %s", never, all)
		}
	}
}

// What a form shows is what it reads: a correction that changes nothing changes no byte.
func TestWhatIsFilledIsRead(t *testing.T) {
	for name, b := range map[string]*deed{"full": sample(), "bare": {}} {
		f := web.NewForm(form(b).Fill(b)...)
		var is deed
		if err := json.Unmarshal([]byte(encoded(t, b)), &is); err != nil {
			t.Fatal(err)
		}
		form(&is).Read(f, &is)
		if !f.OK() {
			t.Errorf("%s: %v", name, f.Errors())
		}
		if was, now := encoded(t, b), encoded(t, &is); was != now {
			t.Errorf("%s: read\n%s, want\n%s", name, now, was)
		}
	}
}

// hostile are values that browsers, trimming, limits and checks could spoil.
var hostile = []string{"", " ", "一|二\n三", "\n首行", "末行\r\n\r\n", "  两边  ", "1\t2", "<b>&amp;</b>\"'", "13812345678", strings.Repeat("长", 30_000), "clear:note", "0", "2026-02-30", "不在单上", "\u200b零宽"}

// browser is what a browser does to a value on its way.
func browser(f Field, s string) string {
	if f.Kind == Long {
		return strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(s, "\n"), "\r\n", "\n"), "\n", "\r\n")
	}
	return strings.NewReplacer("\r", "", "\n", "").Replace(s)
}

// What a form shows comes back as it was, whatever it is: fill, post, read gives the same body.
func TestNothingIsLostOnTheWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			if rapid.Bool().Draw(t, name+" odd") {
				return rapid.SampledFrom(hostile).Draw(t, name)
			}
			return rapid.String().Draw(t, name)
		}
		b := sample()
		b.Name, b.Note, b.Day, b.Sort = text("name"), text("note"), calendar.Date(text("day")), text("sort")
		b.Count, b.Open = rapid.Int64().Draw(t, "count"), rapid.Bool().Draw(t, "open")
		b.Maybe, b.Yes = nil, nil
		if rapid.Bool().Draw(t, "maybe?") {
			s := text("maybe")
			b.Maybe = &s
		}
		if rapid.Bool().Draw(t, "yes?") {
			yes := rapid.Bool().Draw(t, "yes")
			b.Yes = &yes
		}
		b.Record = map[string]string{"post": text("post"), "farm": text("farm"), "clear:post": text("extra"), text("key"): "值"}
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		fm := form(b)
		fm.Private = true
		pairs := fm.Fill(b)
		for i := 0; i < len(pairs); i += 2 {
			kind := Field{}
			for _, x := range fm.Fields {
				if x.Name == pairs[i] {
					kind = x
				}
			}
			pairs[i+1] = browser(kind, pairs[i+1])
		}
		f := web.NewForm(pairs...)
		fm.Read(f, b)
		now, err := json.Marshal(b)
		if err != nil || !f.OK() || string(now) != string(raw) {
			t.Fatalf("read\n%s, want\n%s (%v, %v)", now, raw, f.Errors(), err)
		}
	})
}

// What another changed meanwhile is not undone by who did not touch it.
func TestTwoChangesAreMerged(t *testing.T) {
	opened, now := sample(), sample()
	f := web.NewForm(form(opened).Fill(opened)...)
	f.Set("name", "渡江村")
	f.Set("count", "4")
	f.Set("record.post", "护士")
	now.Name, now.Note, now.Yes, now.Record = "新桥村", "别人写的", nil, map[string]string{"post": "医师", "farm": "是"}
	form(now).Merge(f, opened, now)
	for path, want := range map[string]string{"name": "渡江村", "count": "4", "note": "别人写的", "yes": "", "record.post": "护士", "record.farm": "是", "clear:record.farm": ""} {
		if got := f.Value(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if len(f.Errors()) != 1 || !strings.Contains(f.Err("name"), "“新桥村”，您填的是“渡江村”") {
		t.Errorf("marked: %v", f.Errors())
	}
}

func TestUnfitNamesWhatHasNoInput(t *testing.T) {
	got := Unfit(Of(reflect.TypeFor[deed]()), []string{"grid"})
	if want := []string{"sum", "unit", "about", "words", "part"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEveryErrorIsNamed(t *testing.T) {
	b := sample()
	fm := form(b)
	fm.Private = true
	f := web.NewForm(fm.Fill(b)...)
	for name, value := range map[string]string{"name": strings.Repeat("长", 501), "on": "2026-02-30", "count": "3.5", "sort": "c", "record.farm": "也许", "record.post": "身份证 11010519491231002X"} {
		f.Set(name, value)
	}
	fm.Read(f, b)
	for _, name := range []string{"name", "on", "count", "sort", "record.farm", "record.post"} {
		if f.Err(name) == "" {
			t.Errorf("%s: no error", name)
		}
		if f.Value(name) == "" {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	if label := f.Errors()[len(f.Errors())-1].Label; label == "" {
		t.Error("an error without a label")
	}
}

// A field that is kept, sealed or of no use to people is neither sent nor read.
func TestWhatIsNotOnTheFormStays(t *testing.T) {
	b := sample()
	fm := form(b)
	fm.Keep = []string{"name", "part"}
	pairs := fm.Fill(b)
	for i := 0; i < len(pairs); i += 2 {
		if strings.HasPrefix(pairs[i], "name") || strings.HasPrefix(pairs[i], "part") || strings.HasPrefix(pairs[i], "secret") || strings.HasPrefix(pairs[i], "handle") {
			t.Errorf("%s is on the form", pairs[i])
		}
	}
	f := web.NewForm(append(pairs, "name", "别名", "handle", "1", "secret", "x", "part.opening", "9", "about", "1")...)
	was := encoded(t, b)
	if fm.Read(f, b); encoded(t, b) != was {
		t.Errorf("a forged form reaches what it does not show: %s", encoded(t, b))
	}
}

func TestWhatAChangeLeavesAsItWas(t *testing.T) {
	b := sample()
	f := web.NewForm(form(b).Fill(b)...)
	f.Set("clear:maybe", "")
	f.Set("yes", "")
	f.Set("clear:record.farm", "")
	form(b).Read(f, b)
	if b.Maybe != nil || b.Yes != nil || len(b.Record) != 1 {
		t.Errorf("still given: %v %v %v", b.Maybe, b.Yes, b.Record)
	}
	f.Set("maybe", "渡江村")
	f.Set("yes", "1")
	form(b).Read(f, b)
	if b.Maybe == nil || *b.Maybe != "渡江村" || b.Yes == nil || !*b.Yes {
		t.Errorf("not given: %v %v", b.Maybe, b.Yes)
	}
}

func TestCompareNamesWhatDiffers(t *testing.T) {
	old, now := sample(), sample()
	now.Name, now.Sum, now.Part.Lines[1].In, now.Record = "渡江村", 0, 1, map[string]string{"post": "医师"}
	got := map[string]string{}
	for _, r := range Compare(words.Show(old), words.Show(now)) {
		got[r.Label] = r.Old + ">" + r.New
	}
	want := map[string]string{"名称": "文峰村>渡江村", "金额": "1,234.56 元>0.00 元", "收支 · 明细第 2 行 · 收入": "20.00 元>0.01 元", "农民工": "（清空）>"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if c := Changed(words.Show(old), words.Show(now)); !c["name"] || c["note"] {
		t.Errorf("changed: %v", c)
	}
}

func TestLacksNamesWhatIsMissing(t *testing.T) {
	type bare struct {
		Name  string `json:"name"`
		Sort  string `json:"sort" title:"类" list:"nowhere"`
		Unit  int64  `json:"unit" title:"单位" ref:"no.type"`
		Lines []struct {
			Item string `json:"item"`
		} `json:"lines" title:"明细"`
	}
	got := Lacks(Of(reflect.TypeFor[bare]()), words.Lists, func(s string) bool { return s == "org.unit" })
	want := []string{"name: no title", "sort: no list nowhere", "unit: no entity type no.type", "lines.item: no title"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Lacks(Of(reflect.TypeFor[deed]()), words.Lists, func(string) bool { return true }); got != nil {
		t.Errorf("nothing is missing, yet %q", got)
	}
}
