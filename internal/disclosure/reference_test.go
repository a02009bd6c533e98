package disclosure

import (
	"fmt"
	"net/url"
	"testing"
)

func TestWhatPeopleTypeIsRead(t *testing.T) {
	const leaf = "9f3ac0d1224b77e0"
	for q, want := range map[string]reference{
		"第 12 号": {Act: 12}, "12": {Act: 12}, "０１２": {Act: 12}, "总账第12号": {Act: 12}, "登记号：第 12 号": {Act: 12}, "登记号第12号": {Act: 12},
		"文峰村公开〔2026〕12号": {Name: "文峰村", Year: 2026, No: 12}, "文峰村公开（２０２６）１２号": {Name: "文峰村", Year: 2026, No: 12},
		" 文峰村 公开 [2026] 第12号 ": {Name: "文峰村", Year: 2026, No: 12}, "文峰村公开-2026-12": {Name: "文峰村", Year: 2026, No: 12},
		"文峰村公开—2026—12号": {Name: "文峰村", Year: 2026, No: 12}, "文峰村2026年12号": {Name: "文峰村", Year: 2026, No: 12}, "2026-012": {Year: 2026, No: 12},
		"〔2026〕12号": {Year: 2026, No: 12}, "WF公开〔2026〕1号": {Name: "wf", Year: 2026, No: 1},
		"9F3A C0D1 224B 77E0": {Leaf: leaf}, "９f3a-c0d1-224b-77e0": {Leaf: leaf}, "0000000000000000": {Leaf: "0000000000000000"},
		"https://gk.example/n/34/verify": {Host: "gk.example", ID: 34}, "gk.example:8080/n/34": {Host: "gk.example:8080", ID: 34},
		"/n/34/print?paper=a3": {ID: 34}, "公开栏": {}, "": {}, "12345678901234567890123": {Leaf: "1234567890123456789012"},
	} {
		want.found = want != reference{}
		if got := read(q); got != want {
			t.Errorf("%q is read as %+v, want %+v", q, got, want)
		}
	}
}

func TestAPaperIsFoundByWhateverIsPrintedOnIt(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		id := y.out(october(), 0)
		c := october()
		c.From, c.To, c.Title = "2026-09-01", "2026-09-30", "文峰村2026年9月财务收支公开表"
		second := y.out(c, 0)
		draft := y.begin(y.Accountant, c, 0)
		act, b := y.row(id).PublishAct, y.site.Visit()
		here := fmt.Sprintf("/n/%d/verify", id)
		for _, q := range []string{
			fmt.Sprint(act), fmt.Sprintf("第 %d 号", act), fmt.Sprintf("总账第%d号", act), fmt.Sprintf("总账 第 %d 号", act+1), // its posting
			"文峰村村委会公开〔2026〕1号", "文峰村村委会公开-2026-1", "文峰村公开 2026年第1号", "〔２０２６〕１号", "〔2026〕1号",
			fmt.Sprintf("https://gk.example/n/%d/verify", id), fmt.Sprintf("/n/%d", id),
		} {
			b.Get("/verify?q="+url.QueryEscape(q)).Want(303, here)
		}
		b.Get("/verify?q="+url.QueryEscape("文峰村公开〔2026〕2号")).Want(303, fmt.Sprintf("/n/%d/verify", second))
		for _, q := range []string{fmt.Sprint(draft), fmt.Sprintf("/n/%d", draft), "第 999999 号", "渡江村公开〔2026〕1号", "文峰村公开〔0000〕1号", "//"} {
			b.Get("/verify?q="+url.QueryEscape(q)).Want(200, "没有找到", "请向监督委员会或街道反映")
		}
		b.Get("/verify?q="+url.QueryEscape(fmt.Sprintf("https://gk.example.bad/n/%d/verify", id))).Want(200, "gk.example.bad", "不是本街道的公开栏").Not("没有找到")
	})
}
