package rulebook

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"cunju/internal/law"
)

func TestText(t *testing.T) {
	var out, again bytes.Buffer
	if err := Write(&out, Text); err != nil {
		t.Fatal(err)
	}
	if err := Write(&again, Text); err != nil {
		t.Fatal(err)
	}
	if out.String() != again.String() {
		t.Error("two runs differ")
	}
	text := out.String()
	at := 0
	for _, part := range []string{
		"中华人民共和国村民委员会组织法  2018年12月29日修正", "第三十条", "DS-02",
		"中华人民共和国村民委员会组织法  2025年10月28日第二次修正", "第三十五条", "DS-01", "DS-02", "DS-03-board", "DS-03-days",
		"自2026年3月6日起算，当日不计，第15日为2026年3月21日（星期六）；遇星期六，顺延至2026年3月23日（星期一）",
		"第四十条", "DS-11-village", "居民委员会组织法", "第三十四条、第四十二条", "个人信息保护法", "支部工作条例", "（条文号未核对）", "PO-01", "采纳前只提醒",
		"SE-16", "IC-01", "地方规定", "disclosure.posting-days", "DS-03-days、DS-04-days", "adopt.DS-09", "个算例",
	} {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", part, text[at:])
		}
		at += i
	}
	for i, line := range strings.Split(text, "\n") {
		if strings.HasSuffix(line, "：") {
			t.Errorf("line %d ends in nothing: %q", i+1, line)
		}
	}
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, JSON); err != nil {
		t.Fatal(err)
	}
	var list struct {
		Rules []struct {
			ID      string
			Version int
			Cite    string
			Demoted bool
			Cases   []struct {
				Name    string
				Want    law.Outcome
				Verdict law.Verdict
			}
		}
		Settings []struct {
			Name   string
			ReadBy []string `json:"read_by"`
		}
	}
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Rules) != len(All()) || len(list.Settings) != len(Keys()) {
		t.Fatalf("%d rules and %d settings, want %d and %d", len(list.Rules), len(list.Settings), len(All()), len(Keys()))
	}
	for _, r := range list.Rules {
		if r.Cite == "" || len(r.Cases) == 0 {
			t.Errorf("%s: no citation or no cases", r.ID)
		}
		for _, c := range r.Cases {
			if c.Verdict.Outcome != c.Want || c.Verdict.Rule != r.ID || c.Verdict.Version != r.Version {
				t.Errorf("%s, %s: %+v", r.ID, c.Name, c.Verdict)
			}
		}
	}
	for _, s := range list.Settings {
		if len(s.ReadBy) == 0 {
			t.Errorf("no rule reads %s", s.Name)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := Write(&bytes.Buffer{}, "xml"); err == nil || !strings.Contains(err.Error(), "text") {
		t.Errorf("%v", err)
	}
}

func TestKeys(t *testing.T) {
	if k := Key("disclosure.posting-days"); k != law.PostingDays {
		t.Errorf("found %+v", k)
	}
	if k := Key("adopt.PO-01"); k.Title == "" {
		t.Error("PO-01 cannot be adopted")
	}
	for _, name := range []string{"adopt.DS-03-days", "adopt.XX-99", "nothing", ""} {
		if k := Key(name); k.Name != "" {
			t.Errorf("%s: found %+v", name, k)
		}
	}
}

// What no national law fixes is not called national, in any list.
func TestAHouseDefaultIsNotCalledNational(t *testing.T) {
	var b strings.Builder
	if err := Write(&b, Text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"全国：15日", "沿用上海的做法：15日", "本系统的惯例：30日", "本系统的惯例：3个工作日", "法律没有规定：不限"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the list does not say %s", want)
		}
	}
	for _, k := range []law.Key{law.AnswerDays, law.ConfirmDays, law.LongOverdueDays, law.CheckDays} {
		if k.Whose() == "全国" || k.Floor != "" {
			t.Errorf("%s is called national", k.Name)
		}
	}
}
