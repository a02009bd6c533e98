package disclosure

import (
	"fmt"
	"strings"
	"testing"

	"cunju/internal/db"
)

// telling counts the payloads that still say a word.
func (y *town) telling(word string) int64 {
	y.Helper()
	n, err := db.One[int64](y.Ctx, y.DB, `SELECT COUNT(*) FROM journal_act WHERE town = $1 AND payload LIKE $2`, y.Code, "%"+word+"%")
	if err != nil {
		y.Fatal(err)
	}
	return n
}

// The reason why a notice was urgent is public too: what is covered in the notice is covered there.
func TestTheUrgentReasonIsCoveredToo(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := flood()
		c.Text = "牡丹巷7号进水，发放编织袋。"
		id := y.begin(y.Accountant, c, 0)
		y.by(y.Director, hurry(id, "牡丹巷7号今夜进水"))
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"text", 0, 5}}, Ground: "unlawful", Reason: "误登住址"}))
		y.by(y.Secretary, conceal(id))
		if n := y.telling("牡丹巷"); n != 0 {
			t.Errorf("%d payloads still tell it", n)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "＊＊＊今夜进水").Not("牡丹巷")
	})
}

// A heading that is a person's name can be covered, is asked for numbers, and is not repeated in the public act of covering.
func TestHeadingsAreCoveredLikeCells(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := Content{Subject: "village", Title: "低保名单", Table: &Table{Columns: []string{"芍药花", "13812345678"}, Rows: [][]string{{"牡丹红", "一组"}}, Unit: "人"}}
		if c.Personal() == "" {
			t.Error("a number in a heading is not noticed")
		}
		if strings.Contains(fmt.Sprint(c.Masked().Table.Columns), "13812345678") || c.Table.Columns[1] != "13812345678" {
			t.Error("the heading is not masked, or the original is")
		}
		c.Table.Columns[1] = "组别"
		id := y.out(c, 0)
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"table.columns.0", 0, 3}, {"table.rows.0.0", 0, 3}}, Ground: "unlawful", Reason: "误登姓名"}))
		y.by(y.Secretary, conceal(id))
		if n := y.telling("芍药花"); n != 0 {
			t.Errorf("%d payloads still tell the heading", n)
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", id)).Want(200, "组别", "＊＊＊").Not("芍药花")
	})
}

// A draft that said the same in other words, or wrote a covered number elsewhere, goes with the notice.
func TestDraftsInOtherWordsGoToo(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := Content{Subject: "village", Title: "救助", Text: "芍药花家有病人，领救助金。"}
		id := y.begin(y.Accountant, c, 0)
		c.Text = "芍药花家里有重病人，领取救助金。"
		y.by(y.Accountant, rewrite(id, c))
		y.by(y.Accountant, hand(id))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.by(y.Secretary, decide(id, Approve{Agree: true}))
		y.by(y.Director, release(id))
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"text", 0, int64(len([]rune(c.Text)))}}, Ground: "unlawful", Reason: "误登姓名"}))
		y.by(y.Secretary, conceal(id))
		if n := y.telling("芍药花"); n != 0 {
			t.Errorf("%d payloads still tell it", n)
		}
	})
}

// A word that stands in the name of a file as well is not covered by halves.
func TestAFileNameIsNotForgotten(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := y.secretive(t)
		c.Files[0].Name = "桂花巷9号.pdf"
		id := y.out(c, 0)
		marks := []Mark{}
		for _, m := range c.find("桂花巷9号") {
			if _, _, file := m.isFile(); !file {
				marks = append(marks, m)
			}
		}
		p := Proposal{Marks: marks, Ground: "unlawful", Reason: "误登住址"}
		y.As(y.Accountant)
		if no := y.Refused(propose(id, p)); no.Field != "words" || !strings.Contains(no.Message, "附件 1") {
			t.Fatalf("%+v", no)
		}
		p.Marks = append(p.Marks, Mark{"files.0", 0, int64(len([]rune(c.Files[0].Name)))})
		y.by(y.Accountant, propose(id, p))
		y.by(y.Secretary, conceal(id))
		if n := y.telling("桂花巷"); n != 0 {
			t.Errorf("%d payloads still tell it", n)
		}
	})
}
