package main

import (
	"strconv"
	"strings"
	"testing"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestHouseholds: numbers are unique and true, one head each, every member of a
// village or community on the opening day lives there, and the cleared hamlets
// have the promised households.
func TestHouseholds(t *testing.T) {
	ids, lives, homes, hamlet := map[string]string{}, map[string]string{}, map[string]int{}, map[string]map[string]bool{}
	heads := map[string]int{}
	for _, r := range table(t, "households.csv", "户号") {
		checkPerson(t, r)
		if ids[r["公民身份号码"]] != "" {
			t.Errorf("%s lives in two households", r["公民身份号码"])
		}
		ids[r["公民身份号码"]], lives[r["公民身份号码"]] = r["户号"], r["所属村居"]
		homes[r["户号"]]++
		if r["与户主关系"] == "户主" {
			heads[r["户号"]]++
		}
		if name, _, ok := strings.Cut(r["门牌地址"], "村"); ok && strings.HasSuffix(name, "圩自然") {
			if hamlet[name] == nil {
				hamlet[name] = map[string]bool{}
			}
			hamlet[name][r["户号"]] = true
		}
	}
	if len(homes) != 6000 || len(heads) != 6000 || len(hamlet["前圩自然"]) != 53 || len(hamlet["后圩自然"]) != 44 {
		t.Errorf("%d households, %d heads, hamlets %d and %d", len(homes), len(heads), len(hamlet["前圩自然"]), len(hamlet["后圩自然"]))
	}
	for _, m := range table(t, "roster.xlsx", "序号") {
		if p := placeOf(m["所在党支部"]); p != "" && lives[m["公民身份号码"]] != p {
			t.Errorf("%s of %s lives in %q", m["姓名"], m["所在党支部"], lives[m["公民身份号码"]])
		}
	}
}

// placeOf is the village or community that a branch belongs to, if any.
func placeOf(branch string) string {
	for _, p := range places {
		if strings.HasPrefix(branch, p.Name) {
			return p.Name
		}
	}
	return ""
}

// TestInstitutions: parents come first, codes have true check characters and the
// shape of their kind.
func TestInstitutions(t *testing.T) {
	known := map[string]bool{"": true}
	credits := 0
	for _, b := range table(t, "institutions.xlsx", "序号") {
		if !known[b["上级单位"]] || known[b["单位名称"]] {
			t.Errorf("%s under %q", b["单位名称"], b["上级单位"])
		}
		known[b["单位名称"]] = true
		if c := b["统一社会信用代码"]; c != "" {
			credits++
			if len(c) != 18 || creditCheck(c[:17]) != c[17] || orgCheck(c[8:16]) != c[16] {
				t.Errorf("%s has credit code %s", b["单位名称"], c)
			}
			if b["单位类别"] == "农村集体经济组织" && !strings.HasPrefix(c, "N2321002") {
				t.Errorf("%s has credit code %s", b["单位名称"], c)
			}
		}
		if c := b["区划代码"]; b["单位类别"] == "村" && (len(c) != 12 || c[9:] < "200") || b["单位类别"] == "社区" && (len(c) != 12 || c[9:] >= "200") {
			t.Errorf("%s has code %s", b["单位名称"], c)
		}
	}
	if credits != 9 {
		t.Errorf("%d credit codes", credits)
	}
}

// TestCheckCharacters holds the two algorithms against published examples: the
// number in GB 11643's own appendix and the credit code in GB 32100's.
func TestCheckCharacters(t *testing.T) {
	if c := idCheck("11010519491231002"); c != 'X' {
		t.Errorf("11010519491231002%c", c)
	}
	if c := creditCheck("91350100M000100Y4"); c != '3' {
		t.Errorf("91350100M000100Y4%c", c)
	}
}

// TestOffices: holders are members or residents, committees are odd and have a
// woman, deciding and supervising are apart, no two holders are of one household.
func TestOffices(t *testing.T) {
	units, home, branch := map[string]bool{}, map[string]string{}, map[string]string{}
	for _, u := range table(t, "units.xlsx", "党组织全称(按公章)") {
		units[u["简称"]] = true
	}
	for _, b := range table(t, "institutions.xlsx", "序号") {
		units[b["单位名称"]] = true
	}
	for _, r := range table(t, "households.csv", "户号") {
		home[r["公民身份号码"]] = r["户号"]
	}
	for _, r := range table(t, "roster.xlsx", "序号") {
		branch[r["公民身份号码"]] = r["所在党支部"]
	}
	moved := map[string]string{}
	for _, v := range table(t, "movements.xlsx", "序号") {
		moved[v["公民身份号码"]] = v["事项"]
	}
	size, women := map[string]int{}, map[string]int{}
	inHome, watch, govern := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, o := range table(t, "offices.xlsx", "序号") {
		id, unit := o["公民身份号码"], o["单位"]
		if !units[unit] {
			t.Errorf("office in the unknown unit %s", unit)
		}
		if home[id] == "" && branch[id] == "" {
			t.Errorf("%s of %s is neither resident nor member", o["姓名"], unit)
		}
		if moved[id] != "" {
			t.Errorf("%s of %s: %s", o["姓名"], unit, moved[id])
		}
		if o["职务类别"] == "" || o["任期届满日期"] != "" && o["任期届满日期"] <= o["任职日期"] || o["离任日期"] != "" && o["离任日期"] != addDays(o["任期届满日期"], 1) {
			t.Errorf("%v", o)
		}
		if h := home[id]; h != "" {
			if inHome[h] != "" && inHome[h] != id {
				t.Errorf("two office holders in household %s", h)
			}
			inHome[h] = id
		}
		if strings.Contains(unit, "支部") && !strings.HasSuffix(unit, "党总支") && branch[id] != unit {
			t.Errorf("%s sits in %s but belongs to %s", o["姓名"], unit, branch[id])
		}
		switch o["职务类别"] {
		case "监督委员会主任", "监督委员会委员", "监事":
			watch[id] = true
		case "村民委员会主任", "居民委员会主任", "村（居）民委员会委员", "理事长", "理事", "会计（报账员）", "党委书记", "党总支书记":
			govern[id] = true
		}
		if o["离任日期"] == "" && (strings.HasSuffix(unit, "委员会") || strings.HasSuffix(unit, "党委") || strings.HasSuffix(unit, "党总支") || unit == "文峰街道党工委") && o["职务"] != "会计" {
			size[unit]++
			if id[16]%2 == 0 {
				women[unit]++
			}
		}
	}
	for id := range watch {
		if govern[id] {
			t.Errorf("%s both supervises and governs", id)
		}
	}
	if len(size) != 16 {
		t.Errorf("%d committees", len(size))
	}
	for unit, n := range size {
		if n%2 == 0 || n < 3 || n > 9 || women[unit] == 0 {
			t.Errorf("%s has %d seats, %d women", unit, n, women[unit])
		}
	}
}
