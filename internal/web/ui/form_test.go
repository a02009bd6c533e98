package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(WithAssets(context.Background(), testAssets), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// want fails unless html holds every part, in this order.
func want(t *testing.T, html string, parts ...string) {
	t.Helper()
	rest := html
	for _, p := range parts {
		_, after, ok := strings.Cut(rest, p)
		if !ok {
			t.Fatalf("no %q (in this order) in\n%s", p, html)
		}
		rest = after
	}
}

func reject(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(html, p) {
			t.Errorf("%q must not be in\n%s", p, html)
		}
	}
}

const hostile = `"><script>alert(1)</script>`

func TestFieldsKeepAndEscapeWhatWasTyped(t *testing.T) {
	f := Field{Name: "x", Label: hostile, Value: hostile, Error: hostile, Help: hostile, Placeholder: hostile}
	for name, c := range map[string]templ.Component{
		"text": TextField(f), "area": TextArea(f, 3), "select": SelectField(f, Options(hostile)), "date": DateField(f), "typed date": DateTextField(f),
		"money": MoneyField(f), "check": CheckField(f), "radio": RadioField(f, Options(hostile)), "checks": ChecksField(f, Options(hostile), []string{hostile}), "hidden": Hidden("x", hostile),
	} {
		html := render(t, c)
		if strings.Contains(html, "<script") {
			t.Errorf("%s prints markup from outside: %s", name, html)
		}
		if name != "check" && !strings.Contains(html, "alert(1)") {
			t.Errorf("%s lost the value", name)
		}
	}
}

func TestFieldNamesItsErrorAndHelp(t *testing.T) {
	html := render(t, TextField(Field{Name: "phone", Label: "手机号码", Value: "186", Required: true, Error: "应为 11 位", Help: "用于通知"}))
	want(t, html, `has-error`, `<label for="f-phone">`, `手机号码`, `class="req"`, `value="186"`, ` id="f-phone"`, ` required`, `aria-describedby="f-phone-e f-phone-h"`, `aria-invalid="true"`,
		`id="f-phone-e"`, `#alert-circle`, `应为 11 位`, `id="f-phone-h"`, `用于通知`)
	plain := render(t, TextField(Field{Name: "phone", Label: "手机号码"}))
	reject(t, plain, "has-error", "aria-describedby", "aria-invalid", "required", "field-error")
}

func TestFormSummaryCountsAndLinks(t *testing.T) {
	fields := []Field{{Name: "a", Label: "甲", Error: "错"}, {Name: "b", Label: "乙"}, {Name: "c", ID: "own", Label: "丙", Error: "错"}}
	errors := append(Errors(fields...), FieldError{Text: "整张表的毛病"})
	html := render(t, Form(FormProps{Action: "/x", Errors: errors, Params: []Param{{"key", "k1"}}, Live: true}))
	want(t, html, `method="post"`, `action="/x"`, `hx-post="/x"`, `有 2 处填写有误，请修改后提交`, `href="#f-a"`, `甲`, `href="#own"`, `丙`, `整张表的毛病`, `type="hidden" name="key" value="k1"`)
	reject(t, html, "乙")
	refused := render(t, Form(FormProps{Action: "/x", Errors: []FieldError{{Text: "期限未满"}}}))
	want(t, refused, "没有办成：", "期限未满")
	reject(t, refused, "填写有误")
	if quiet := render(t, Form(FormProps{Action: "/x"})); strings.Contains(quiet, "有误") {
		t.Errorf("a form without errors complains: %s", quiet)
	}
}

func TestDateFieldShowsImpossibleDatesAsTyped(t *testing.T) {
	for value, kind := range map[string]string{"": "date", "2026-11-23": "date", "2026-02-30": "text", "20261123": "text", "去年": "text"} {
		html := render(t, DateField(Field{Name: "d", Label: "日期", Value: value}))
		want(t, html, `type="`+kind+`"`, `value="`+value+`"`)
	}
}

func TestSelectOffersAnEmptyChoiceUntilChosen(t *testing.T) {
	list := []Option{{Value: "1", Text: "一", Group: "甲组"}, {Value: "2", Text: "二", Group: "甲组"}, {Value: "3", Text: "三", Group: "乙组", Disabled: true}}
	open := render(t, SelectField(Field{Name: "s", Label: "类", Required: true}, list))
	want(t, open, `<option value="">请选择</option>`, `<optgroup label="甲组">`, `value="1"`, `value="2"`, `</optgroup>`, `<optgroup label="乙组">`, `value="3" disabled`)
	chosen := render(t, SelectField(Field{Name: "s", Label: "类", Required: true, Value: "2"}, list))
	want(t, chosen, `<option value="2" selected>二`)
	reject(t, chosen, "请选择", `value="1" selected`)
}

func TestChoicesLeadTheSummaryToTheFirst(t *testing.T) {
	html := render(t, RadioField(Field{Name: "r", Label: "范围", Value: "b", Error: "错"}, Options("a", "b")))
	want(t, html, `<fieldset`, `aria-describedby="f-r-e"`, `<legend>`, `id="f-r"`, `value="a"`, `id="f-r-1"`, `value="b" checked`)
}

func TestMoneyFieldShowsCapitals(t *testing.T) {
	for value, capital := range map[string]string{"3,250": "叁仟贰佰伍拾元整", "３２５０．５": "叁仟贰佰伍拾元伍角整", "3.141": "", "abc": "", "": "", "-5": "", "5.": ""} {
		html := render(t, MoneyField(Field{Name: "m", Label: "金额", Value: value}))
		want(t, html, `data-money="f-m-cap"`, `<output class="field-cap" id="f-m-cap" for="f-m">`+capital+`</output>`)
	}
}

func TestPasswordIsNeverShownAgain(t *testing.T) {
	reject(t, render(t, PasswordField(Field{Name: "p", Label: "密码", Value: "secret"})), "secret")
}

func TestButtonCarriesItsOwnAddressAndQuestion(t *testing.T) {
	html := render(t, Button(ButtonProps{Kind: Danger, Text: "作废", Name: "do", Value: "void", Action: "/void", Confirm: "确定？", Form: "f1", Skip: true}))
	want(t, html, `class="btn btn-danger"`, `name="do"`, `value="void"`, `formaction="/void"`, `data-confirm="确定？"`, `form="f1"`, `formnovalidate`, `作废`)
	reject(t, render(t, Button(ButtonProps{Text: "存"})), "formaction", "data-confirm", "formnovalidate", `name=`)
}

func TestLinksRefuseScripts(t *testing.T) {
	for _, c := range []templ.Component{LinkButton(Primary, "", "走", "javascript:alert(1)"), ActRef(1, "javascript:alert(1)"), Button(ButtonProps{Text: "走", Action: "javascript:alert(1)"}), Form(FormProps{Action: "javascript:alert(1)", Live: true})} {
		reject(t, render(t, c), "javascript:")
	}
}
