package people_test

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/journal"
	"cunju/internal/people"
)

// A household whose head moves out says so, and leads to the form that gives it another.
func TestAHouseholdAsksForAHead(t *testing.T) {
	open(t, func(o *office) {
		son := o.Person("王小明", "男", "1975-05-05")
		page := fmt.Sprintf("/desk/households/%d", o.household)
		o.village.Get(page).Want(200).Not("变更户主")
		o.village.Get(page+"/head").Want(409, "没有别的成员")
		o.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, people.KindJoin, "2026-10-01", []int64{o.household}, people.Join{Resident: people.Resident{Person: son, Relation: "子"}, Reason: "迁入"})
			return err
		})
		o.none.Get(page + "/head").Want(403)
		o.village.Post(at(o.resident, "/move-out"), "effective", "2026-11-01", "reason", "随女儿居住").Want(303)
		o.village.Get(at(o.resident, "")).Want(200, "现在没有户主", "确定新户主")
		o.village.Get(page).Want(200, "这一户现在没有户主", "确定新户主")
		o.village.Get(page+"/head").Want(200, "王小明（子）", "空着不改")
		size := o.Size()
		o.village.Post(page+"/head", "effective", "2026-11-01").Want(422, "新户主", "变更原因")
		if o.Size() != size {
			t.Fatal("a form with faults recorded something")
		}
		o.village.Post(page+"/head", "person", fmt.Sprint(son), "effective", "2026-11-01", "reason", "原户主迁出", fmt.Sprintf("relation_%d", son), "子").Want(303, page)
		o.village.Get(page).Want(200, "王小明", "文峰村").Not("现在没有户主")
		p, err := people.Find(o.Ctx, o.DB, o.Code, son)
		if err != nil {
			t.Fatal(err)
		}
		h, err := people.FindHousehold(o.Ctx, o.DB, o.Code, o.household)
		if err != nil || h.Head != son || h.Key != p.Key {
			t.Errorf("%+v, %v", h, err)
		}
		if address, err := o.Vault.Show(o.Ctx, "desk-reveal", "address", h.Key, h.Address); err != nil || address != "文峰村三组七号" {
			t.Errorf("the address did not come along: %q, %v", address, err)
		}
	})
}
