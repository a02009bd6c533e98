package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func filled(pairs ...string) *Form { return NewForm(pairs...) }

func TestMoney(t *testing.T) {
	for in, want := range map[string]int64{
		"0": 0, "1": 100, "1.5": 150, "1234.56": 123456, "1,234,567.89": 123456789, "￥１２．３０": 1230,
		"88 元": 8800, "-3.05": -305, "92233720368547757": 9223372036854775700,
	} {
		if got, err := ParseMoney(in); err != nil || got != want {
			t.Errorf("%q: %d %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "a", "1.234", "1.", ".5", "1,23", "12,34,567", "1.2.3", "--1", "1e3", "92233720368547758",
		"99999999999999999999", "元", "-", "1，2"} {
		if got, err := ParseMoney(bad); err == nil {
			t.Errorf("%q became %d", bad, got)
		}
	}
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"13812345678": "13812345678", "+86 138 1234 5678": "13812345678", "１３８１２３４５６７８": "13812345678",
		"0514-87654321": "0514-87654321", "(0514)87654321": "0514-87654321", "051487654321": "051487654321",
		"010-12345678": "010-12345678", "138-1234-5678": "13812345678",
	} {
		if got, err := ParsePhone(in); err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "1381234567", "12812345678", "138123456789", "abc", "87654321", "0514-1", "-"} {
		if got, err := ParsePhone(bad); err == nil {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

// TestAllErrorsAtOnce sends one form in which every kind of field is wrong.
func TestAllErrorsAtOnce(t *testing.T) {
	f := filled("text", strings.Repeat("字", 6), "date", "2026-02-30", "money", "-1", "int", "11", "choice", "丙",
		"phone", "12", "ids", "1", "ids", "x", "secret", "")
	f.Text("text", "说明", 5)
	f.Required("missing", "姓名", 5)
	f.Date("date", "日期", Needed)
	f.Money("money", "金额", Needed)
	f.Int64("int", "人数", Needed, 0, 10)
	f.Choice("choice", "类别", Needed, "甲", "乙")
	f.Phone("phone", "电话", Needed)
	f.IDs("ids", "人员", Needed, 10)
	f.Secret("secret", "密码")
	f.FailForm("整体不对")
	var fields []string
	for _, e := range f.Errors() {
		if e.Text == "" {
			t.Errorf("%s: no sentence", e.Name)
		}
		fields = append(fields, e.Name)
	}
	want := []string{"text", "missing", "date", "money", "int", "choice", "phone", "ids", "secret", ""}
	if !slices.Equal(fields, want) {
		t.Errorf("errors of %v, want %v", fields, want)
	}
	if f.OK() || f.Value("date") != "2026-02-30" {
		t.Error("the form lost what was typed")
	}
	f.Fail("date", "日期", "第二个错误")
	if f.Err("date") == "第二个错误" {
		t.Error("the first error of a field was overwritten")
	}
}

func TestGoodFields(t *testing.T) {
	f := filled("date", "２０２６年１１月２３日", "money", "1,000.5", "int", "-7", "choice", "乙", "phone", "13812345678",
		"ids", "3", "ids", "1", "ids", "3", "tick", "1", "text", "  a\r\nb ")
	if d := f.Date("date", "日期", Needed); d != "2026-11-23" {
		t.Errorf("date %q", d)
	}
	if m := f.Money("money", "金额", Needed); m != 100050 {
		t.Errorf("money %d", m)
	}
	if n := f.Int64("int", "数", Needed, -10, 0); n != -7 {
		t.Errorf("int %d", n)
	}
	if c := f.Choice("choice", "类", Needed, "甲", "乙"); c != "乙" {
		t.Errorf("choice %q", c)
	}
	if ids := f.IDs("ids", "人员", Needed, 2); !slices.Equal(ids, []int64{3, 1}) {
		t.Errorf("ids %v", ids)
	}
	if s := f.Text("text", "文字", 9); s != "a\nb" {
		t.Errorf("text %q", s)
	}
	if !f.Bool("tick") || f.Bool("none") {
		t.Error("tick box")
	}
	if f.Date("none", "日期", Optional) != "" || f.Money("none", "金额", Optional) != 0 || f.Phone("none", "电话", Optional) != "" {
		t.Error("empty fields have values")
	}
	if !f.OK() {
		t.Errorf("errors %v", f.Errors())
	}
}

func TestSafeBack(t *testing.T) {
	for in, want := range map[string]string{
		"/": "/", "/desk?a=1#b": "/desk?a=1#b", "": "/", "desk": "/", "//evil": "/", `/\evil`: "/", "/\tx": "/",
		"http://evil/": "/", "javascript:x": "/", "/%2f/evil": "/", "/a//b": "/a//b", "/%zz": "/",
	} {
		if got := SafeBack(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestDevice(t *testing.T) {
	for in, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/86.0 Safari/537.36": "Windows 电脑，Chrome 浏览器",
		"Mozilla/5.0 (Linux; Android 10) Chrome/92 MicroMessenger/8.0":               "微信，Chrome 浏览器",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1":         "苹果手机，Safari 浏览器",
		"": "未知设备", "curl/8": "未知设备",
	} {
		if got := Device(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzSafeBack(f *testing.F) {
	for _, s := range []string{"/a", "//b", `/\c`, "/%2f/d", "/a?b=//c", "/\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := SafeBack(s)
		base, _ := url.Parse("http://ours.example/x")
		u, err := base.Parse(got)
		if err != nil || u.Host != "ours.example" || u.Scheme != "http" || strings.ContainsAny(got, "\\\n\r\t") {
			t.Errorf("%q leads to %v (%v)", s, u, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,234.5", "￥3", "-0.01", "138 1234 5678", "(0514)8765", "9223372036854775807", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if fen, err := ParseMoney(s); err == nil {
			sign, n := "", fen
			if fen < 0 {
				sign, n = "-", -fen
			}
			written := fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
			if again, err := ParseMoney(written); err != nil || again != fen {
				t.Errorf("%q became %d, written %s, read %d (%v)", s, fen, written, again, err)
			}
		}
		if p, err := ParsePhone(s); err == nil {
			if again, err := ParsePhone(p); err != nil || again != p {
				t.Errorf("%q became %q, which became %q (%v)", s, p, again, err)
			}
		}
		if c, err := cleanText(s); err == nil {
			if again, err := cleanText(c); err != nil || again != c {
				t.Errorf("%q became %q, which became %q", s, c, again)
			}
		}
		_, _ = ParseInt(s)
	})
}
