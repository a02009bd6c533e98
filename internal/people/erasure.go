package people

import (
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/matter"
)

// Erasing asks for the erasure of a person's data. It names nobody but by number: it stays when the data go. Frozen.
type Erasing struct {
	Person int64  `json:"person" title:"人员" ref:"people.person"`
	Key    int64  `json:"key" title:"密钥编号" as:"inner"` // handle of the key that is deleted with the data
	Unit   int64  `json:"unit" title:"办理单位" ref:"org.unit"`
	Ground string `json:"ground" title:"删除情形" list:"people.ground"` // a code of package pipl
}

// Erased is a second person's consent, by which the data are gone. Frozen.
type Erased struct{}

// Spared says why the data are not erased. Frozen.
type Spared struct {
	Reason string `json:"reason" title:"理由"`
}

// The kinds of an erasure.
var (
	KindErasing = journal.Kind[Erasing]{Name: "people.erasing/1", Title: "提出删除个人信息", Power: access.PeopleErase, Read: access.PeopleRead, Final: "提出删除是办理的经过"}
	KindErased  = journal.Kind[Erased]{Name: "people.erased/1", Title: "批准删除个人信息", Power: access.PeopleEraseApprove, Read: access.PeopleRead, Final: "个人信息已经删除，不能恢复"}
	KindSpared  = journal.Kind[Spared]{Name: "people.spared/1", Title: "不予删除个人信息", Power: access.PeopleEraseApprove, Read: access.PeopleRead, Final: "不予删除是办理的经过"}
)

// Step codes; kept for ever.
const (
	StepAsk   = "ask"
	StepAgree = "agree"
)

// ErasureProcedure is the way of an erasure: who asks is not who agrees.
var ErasureProcedure = &matter.Procedure{Code: "people.erasure", Title: "删除个人信息", Steps: []matter.Step{
	{Code: StepAsk, Title: "核对情形，提出删除", Who: "党建办或村（居）委会主任", Power: access.PeopleErase, Law: "《个人信息保护法》第四十七条"},
	{Code: StepAgree, Title: "另一人批准，随即删除", Who: "党工委书记（提出人以外的人）", Power: access.PeopleEraseApprove, Law: "《个人信息保护法》第五十一条；内部控制"},
}}

// Erasure is the state of an erasure.
type Erasure struct {
	matter.Progress
	Erasing
	Asked int64 // person who asked
	Gone  bool  // the data are erased
	Life  journal.Span
	Act   int64
}

func foldErasing(e *Erasure, st *journal.Step, b *Erasing) error {
	e.Erasing, e.Asked, e.Act = *b, st.By.Person, st.N
	e.Life = journal.Span{From: st.Effective, To: calendar.Forever}
	if err := e.Open(ErasureProcedure, st, b.Unit, fmt.Sprintf("删除第 %d 号人员的个人信息", b.Person), StepAsk); err != nil {
		return err
	}
	return e.Advance(ErasureProcedure, st, StepAsk, StepAgree, "")
}

func foldErased(e *Erasure, st *journal.Step, _ *Erased) error {
	if e.Asked == st.By.Person {
		return fmt.Errorf("提出删除的人不能自己批准")
	}
	e.Gone = true
	return e.Close(ErasureProcedure, st, StepAgree, "已删除", "")
}

func foldSpared(e *Erasure, st *journal.Step, b *Spared) error {
	return e.Abandon(st, "没有批准，信息照旧保存")
}

var erasures = db.Table{Name: "people_erasure", Key: 2, Columns: []db.Column{
	{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "person", Type: db.Int}, {Name: "handle", Type: db.Int},
	{Name: "open", Type: db.Bool}, {Name: "gone", Type: db.Bool}},
	Indexes: []db.Index{{Name: "people_erasure_person", Columns: []string{"town", "person"}}}}

func printErasure(id int64, e *Erasure) journal.Print {
	bit := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	begun := journal.Span{From: e.Life.From, To: e.Life.From.AddDays(1)}
	return journal.Print{Life: e.Life, Uses: []journal.Use{{Entity: e.Erasing.Unit, Act: e.Act, Span: begun}},
		Rows: append(e.Progress.Print(id), journal.Row{Table: &erasures, Values: []any{id, e.Person, e.Key, bit(e.Closed == ""), bit(e.Gone)}})}
}
