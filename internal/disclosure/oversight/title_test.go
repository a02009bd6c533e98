package oversight

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

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
