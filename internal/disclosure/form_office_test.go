package disclosure

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/sheet"
)

// The office's form goes round for signatures before anything is published, and fills as the steps are done; in three copies it says whose
// each is. The workbook reads back as the same lines and balances.
func TestTheOfficesFormFillsAsStepsAreDone(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := october()
		id := y.begin(y.Accountant, c, 0)
		at := fmt.Sprintf("/desk/disclosure/%d", id)
		clerk := y.site.LogIn("kj", y.Accountant)
		clerk.Get(at).Want(200, at+"/form?copies=3", at+"/form/sheet")
		draft := clerk.Get(at+"/form").Want(200, "财务收支三审表", "上月余额", "2,548,720.66", "贰佰伍拾肆万捌仟柒佰贰拾元陆角陆分", "下月拟办事项", "店面租金", "陆万捌仟陆佰元整", "村集体经营收入", "一审　编制核对",
			"二审　监督审查", "三审　两委联席会议", "党员代表签字").Not("同意公开", "一式")
		if n := strings.Count(draft.Body.String(), "文峰村监委会主任"); n != 0 {
			t.Errorf("the supervisor stands on the form %d times before he checked", n)
		}
		y.site.Visit().Get(at+"/form").Want(303, "/login")
		y.site.LogIn("yuan", y.outsider).Get(at + "/form").Want(403)

		out := y.out(c, 0)
		done := fmt.Sprintf("/desk/disclosure/%d", out)
		three := clerk.Get(done+"/form?copies=3").Want(200, "同意公开", "公示起止：2026年11月23日", "一式三份，第 1 份：村（居）民委员会", "第 3 份：街道（乡镇）").Body.String()
		if n := strings.Count(three, "二审　监督审查"); n != 3 {
			t.Errorf("%d forms", n)
		}
		clerk.Get(done + "/form?copies=9").Want(200).Not("一式")

		b := clerk.Get(done + "/form/sheet").Want(200).Body.Bytes()
		book, err := sheet.Open(bytes.NewReader(b), int64(len(b)), "三审表.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		got, p, err := ReadSheet(context.Background(), book)
		if err != nil || p.Errors > 0 {
			t.Fatal(err, p)
		}
		if f := got.Finance; f.Opening != c.Finance.Opening || f.Closing != c.Finance.Closing || !slices.Equal(f.Lines, c.Finance.Lines) || got.Title != c.Title || got.From != c.From || got.To != c.To {
			t.Errorf("read back as %+v", got)
		}

		words := y.out(Content{Subject: "village", Title: "值班安排", Text: "内容。"}, 0)
		clerk.Get(fmt.Sprintf("/desk/disclosure/%d/form", words)).Want(404, "不是财务收支表")
		clerk.Get(fmt.Sprintf("/desk/disclosure/%d/form/sheet", words)).Want(404)
	})
}

func TestAQuartersFormSpeaksOfPeriods(t *testing.T) {
	n := &Notice{Content: october()}
	n.Content.From, n.Content.To = "2026-07-01", "2026-09-30"
	n.Body, n.Refused, n.Meeting = "collective", &Seen{On: "2026-10-09", Note: "金额不对"}, &Held{Day: "2026-10-08", Expected: 7, Attended: 6}
	f := n.form("合作社", "", func(int64) string { return "理事长" })
	if f.Money[0].Label != "上期余额" || f.Reviews[2].Step != "三审　集体审批" || f.Reviews[2].Opinion != "不予确认：金额不对。会议：2026年10月8日，应到 7 人，实到 6 人" || f.Reviews[1].Office != "" {
		t.Errorf("%+v", f)
	}
}
