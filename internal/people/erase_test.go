package people_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law/pipl"
	"cunju/internal/member/membertest"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
)

// everywhere is all text that the town's own tables hold of the journal and of persons.
func everywhere(o *office) string {
	o.Helper()
	var b strings.Builder
	for _, query := range []string{
		`SELECT COALESCE(CAST(payload AS TEXT), '') FROM journal_act WHERE town = $1`,
		`SELECT name || sortkey || initials || idnumber || phone || address FROM people_person WHERE town = $1`,
		`SELECT blind FROM people_blind WHERE town = $1`, `SELECT gram FROM people_gram WHERE town = $1`,
		`SELECT name FROM account WHERE town = $1`} {
		if err := db.Each(o.Ctx, o.DB, query, func(s string) error { b.WriteString(s + "\n"); return nil }, o.Code); err != nil {
			o.Fatal(err)
		}
	}
	return b.String()
}

func TestErasureTakesTwoAndLeavesNothingReadable(t *testing.T) {
	open(t, func(o *office) {
		secretary := o.Person("沈书记", "男", "1968-06-06")
		o.Office(o.Working, "street-secretary", secretary, membertest.Seated)
		chief := o.site.LogIn("chief", secretary)
		gone := o.Person("温故去", "女", "1944-04-04")
		number := o.Number(gone)
		row, err := people.Find(o.Ctx, o.DB, o.Code, gone)
		if err != nil {
			t.Fatal(err)
		}
		name := "温故去新"
		changed := o.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := people.Amend(ctx, w, gone, people.Change{Name: &name}, membertest.Seated)
			return err
		})
		o.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := w.Correct(ctx, journal.Correction{Target: changed, Body: []byte(`{"name":"温故去改"}`), Reason: "字写错了"})
			return err
		})
		o.clerk.Get("/desk/people?q=温故去").Want(200, "温故去改")
		form := at(gone, "/erase")
		o.clerk.Get(at(gone, "")).Want(200, "依法删除<")
		o.village.Get(form).Want(403) // not of the village
		o.none.Get(form).Want(403)
		o.clerk.Get(form).Want(200, "要删除的", "保留的", "备份", "第四十七条").Not("现在还不能删除")
		size := o.Size()
		o.clerk.Post(form).Want(422, "删除情形")
		o.clerk.Post(form, "ground", "because").Want(422, "请从列出的选项中选择")
		if o.Size() != size {
			t.Fatal("a faulty form recorded something")
		}
		here := o.clerk.Post(form, "ground", pipl.PurposeGone).Want(303, "/desk/erasures/").Where()
		o.clerk.Post(form, "ground", pipl.PurposeGone).Want(422, "已经有人提出删除")
		o.clerk.Get(at(gone, "")).Want(200, "正等待批准", "温故去改")
		o.clerk.Get(here).Want(200, "等待批准", "温故去改").Not("批准并删除")
		o.clerk.Post(here+"/agree", "sure", "1").Want(403)
		o.village.Post(here+"/agree", "sure", "1").Want(403)
		chief.Get(here).Want(200, "批准并删除", "温故去改", "SE-03")
		chief.Post(here+"/agree").Want(422, "不能恢复")
		chief.Post(here+"/spare", "reason", "").Want(422, "理由")
		chief.Post(here+"/spare", "reason", "打 13812345678 问").Want(422, "请不要写")
		chief.Post(here+"/agree", "sure", "1").Want(303, here)
		chief.Post(here+"/agree", "sure", "1").Want(422, "已经办结")

		chief.Get(here).Want(200, "已依法删除").Not("温故去")
		o.clerk.Get(at(gone, "")).Want(200, "个人信息已依法删除", "看经过").Not("温故去", "199****", "查看完整号码", "变更信息")
		for _, q := range []string{"温故去", "温故去改", "wgq", number} {
			o.clerk.Get("/desk/people?q="+q).Want(200, "没有找到")
		}
		if text := everywhere(o); strings.Contains(text, "温故去") || strings.Contains(text, row.IDNumber) {
			t.Error("the name or the number is still in the database")
		}
		if _, err := o.Vault.Ring.Open(o.Ctx, o.Code, keyring.Handle(row.Key), keyring.IDNumber, row.IDNumber); !errors.Is(err, keyring.ErrErased) {
			t.Errorf("the key still opens: %v", err)
		}
		if n, err := o.Vault.ForgetAll(o.Ctx, o.DB, func(context.Context, int64) error { return nil }); err != nil || n != 1 {
			t.Error(n, err)
		}
		o.clerk.Get(form).Want(409, "已经依法删除")
		acts, err := journal.Acts(o.Ctx, o.DB, o.Code, gone)
		if err != nil || len(acts) != 4 || !acts[0].Erased || !acts[1].Erased || !acts[2].Erased || acts[3].Kind != journal.Erase.Name {
			t.Errorf("%+v %v", acts, err)
		}
		o.Sound()
	})
}

func TestWhatIsStillNeededIsNotErased(t *testing.T) {
	open(t, func(o *office) {
		secretary := o.Person("沈书记", "男", "1968-06-06")
		o.Office(o.Working, "street-secretary", secretary, membertest.Seated)
		chief := o.site.LogIn("chief", secretary)
		form := at(o.resident, "/erase")
		o.village.Get(form).Want(200, "现在还不能删除", "户号 0307")
		size := o.Size()
		o.village.Post(form, "ground", pipl.Withdrawn).Want(422, "仍登记在户号 0307", "SE-03")
		if o.Size() != size {
			t.Fatal("a refused request recorded something")
		}
		out := at(o.resident, "/move-out")
		o.none.Get(out).Want(403)
		o.village.Get(at(o.resident, "")).Want(200, "迁出住户")
		o.village.Get(out).Want(200, "户号 0307", "迁出日期")
		o.village.Post(out, "effective", "2027-02-30", "reason", "").Want(422, "迁出原因")
		o.village.Post(out, "effective", "2027-02-20", "reason", "迁往外地").Want(422, "还没有到")
		o.village.Post(out, "effective", "2026-11-01", "reason", "迁往外地").Want(303)
		o.village.Get(out).Want(409, "不在任何住户里")
		o.village.Get(form).Want(200, "提出删除").Not("现在还不能删除")
		// What comes up between asking and agreeing stands in the way too; a refusal leaves everything as it was.
		other := o.Person("候鸟人", "男", "1991-01-09")
		here := o.clerk.Post(at(other, "/erase"), "ground", pipl.TermOver).Want(303).Where()
		o.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := people.Settle(ctx, w, people.Found{Number: "0909", Unit: o.Village, Residents: []people.Resident{{Person: other, Relation: people.Head}}}, membertest.Seated)
			return err
		})
		chief.Post(here+"/agree", "sure", "1").Want(422, "户号 0909")
		o.clerk.Get(at(other, "")).Want(200, "候鸟人")
		chief.Post(here+"/spare", "reason", "又住回来了").Want(303, here)
		chief.Get(here).Want(200, "没有批准", "候鸟人")
		o.clerk.Get(at(other, "")).Want(200, "候鸟人").Not("正等待批准")
		chief.Get("/desk/erasures/999999").Want(404, "没有这件删除事项")
		// Nobody handles his own.
		o.clerk.Get(at(o.Clerk, "/erase")).Want(403)
	})
}
