package oversight

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// What an asker writes as title is as private as his question: it is public only as the answer has it.
func TestATitleIsPublicOnlyAsItWasAnswered(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		free := Ask{Unit: y.Committee, Title: "顾长根家的低保", Text: "为什么没有钱桂芳家的低保？", Asker: Asker{Channel: Self, Person: y.villager}}
		private := free
		private.Private = true
		id, alone := y.veiled(pose(free)), y.veiled(pose(private))
		path := "/v/" + itoa(y.Village) + "/asked"
		guest := y.site.Visit()
		guest.Get(path).Want(http.StatusOK, "关于文峰村村委会的询问").Not("顾长根", "低保")
		act := y.by(y.Director, give(id, "钱桂芳、顾长根两家都在公示里。", "钱桂芳"))
		y.by(y.Director, give(alone, "材料还缺一份。"))
		guest.Get(path).Want(http.StatusOK, "×××家的低保", "关于文峰村村委会的询问").Not("顾长根", "钱桂芳")
		b, ok, err := reply(y.Ctx, y.DB, y.Code, act)
		if err != nil || !ok || b.Title != "×××家的低保" || b.Answer != "×××、×××两家都在公示里。" {
			t.Errorf("%+v %v %v", b, ok, err)
		}
		doubt := y.veiled(object(id, "还是没有"))
		f, err := relatedTo(y.Ctx, y.DB, y.Code, SortFinding, id)
		if err != nil || strings.Contains(y.row(SortFinding, f).Title, "顾长根") {
			t.Errorf("the finding of act %d: %+v %v", doubt, y.row(SortFinding, f), err)
		}
		y.As(y.Clerk)
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			list, err := Told(ctx, w, y.villager)
			if err == nil {
				_, err = w.Erase(ctx, journal.Erasure{Targets: list, Basis: "《个人信息保护法》第四十七条"})
			}
			return err
		})
		if r := y.row(SortQuestion, id); r.Title != gone {
			t.Errorf("after an erasure: %+v", r)
		}
	})
}

// A village's year is read in pages; what waits longest stands first.
func TestAVillagesQuestionsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		for i := range askedPageRows + 1 {
			a := y.ofVillager(fmt.Sprintf("第%d个问题？", i), false)
			a.Line = int64(i%3 + 1)
			id := y.veiled(pose(a))
			y.by(y.Director, give(id, fmt.Sprintf("第%d个答复。", i)))
		}
		path := "/v/" + itoa(y.Village) + "/asked"
		guest := y.site.Visit()
		guest.Get(path).Want(http.StatusOK, "第20个问题", "第1个答复", "《文峰村2026年10月财务收支公开表》", "修路 128.00 元", "后面的询问").Not("第0个问题")
		guest.Get(path+"?skip=20").Want(http.StatusOK, "第0个问题").Not("后面的询问", "第1个答复")
		guest.Get(path+"?skip=x").Want(http.StatusOK, "第20个问题")
	})
}

// What is covered in a notice goes from the public answers about it too; that it was asked and answered stays.
func TestWhatIsCoveredGoesFromAnswersToo(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.veiled(pose(y.ofVillager("为什么修路要这么多钱？", false)))
		quoting := y.by(y.Director, give(id, "有合同。"))
		other := y.veiled(pose(Ask{Unit: y.Committee, Notice: y.notice, Line: 3, Text: "环卫谁做？", Asker: Asker{Channel: Self, Person: y.villager}}))
		kept := y.by(y.Director, give(other, "三家比价。"))
		mark := disclosure.Mark{Path: "finance.lines.1.item", From: 0, To: 2}
		y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Propose(ctx, w, y.notice, disclosure.Proposal{Marks: []disclosure.Mark{mark}, Ground: "withdrawn", Reason: "本人要求"}, w.Today())
			return err
		})
		y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Conceal(ctx, w, y.notice, w.Today(), Covering)
			return err
		})
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, quoting); err != nil || !a.Erased {
			t.Errorf("the answer stands: %s %v", a.Body, err)
		}
		if a, err := journal.Read(y.Ctx, y.DB, y.Code, kept); err != nil || a.Erased {
			t.Errorf("another answer is gone: %v", err)
		}
		y.site.Visit().Get("/n/"+itoa(y.notice)).Want(http.StatusOK, "内容随公示一同遮盖", "三家比价").Not("修路")
		if r := y.row(SortQuestion, id); r.Closed == "" || r.PublicAct != quoting {
			t.Errorf("%+v", r)
		}
	})
}
