package people_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
)

// office is a furnished town with its pages, and those who come to them.
type office struct {
	*membertest.Town
	site                            *desktest.Site
	clerk, village, secretary, none *desktest.Browser
	resident, household             int64
}

func open(t *testing.T, f func(o *office)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := membertest.New(t, d, matter.Slice())
		o := &office{Town: y, site: desktest.New(y.Town, func(ctx context.Context, person int64) (access.Actor, error) {
			return org.Actor(ctx, d, y.Code, person, y.J.Today())
		})}
		h := o.site.House
		h.Target = func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
			return org.Target(ctx, q, y.Code, unit, on)
		}
		h.Targets = func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
			return org.Targets(ctx, q, y.Code, units, on)
		}
		h.Name = func(ctx context.Context, q db.Querier, unit int64) (string, error) {
			u, err := org.Find(ctx, q, y.Code, unit)
			return u.Label(), err
		}
		h.Person = func(ctx context.Context, q db.Querier, person int64) (string, error) {
			return people.Name(ctx, q, y.Code, person)
		}
		counter := intake.NewCounter(h)
		counter.Routes(o.site.Server.Router)
		people.NewPages(h, y.Vault, people.Outside{More: func(_ *web.Request, person int64) ([]people.Related, error) {
			return []people.Related{{Key: "任职", Value: fmt.Sprintf("第 %d 号的职务", person)}}, nil
		}, Holds: func(ctx context.Context, q db.Querier, person int64) ([]string, error) {
			return people.StillHome(ctx, q, y.Code, person)
		}, Told: func(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
			memberships, err := member.Told(ctx, w, person)
			if err != nil {
				return nil, err
			}
			offices, err := org.Told(ctx, w, person)
			return append(memberships, offices...), err
		}, Gone: o.site.Accounts.Forget}, counter).Routes(o.site.Server.Router)
		o.resident = y.Person("王桂英", "女", "1950-02-02")
		p, err := people.Find(y.Ctx, d, y.Code, o.resident)
		if err != nil {
			t.Fatal(err)
		}
		address, err := y.Vault.Address(y.Ctx, p.Key, "文峰村三组七号")
		if err != nil {
			t.Fatal(err)
		}
		o.household = y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := people.Settle(ctx, w, people.Found{Number: "0307", Unit: y.Village, Key: p.Key, Address: address,
				Residents: []people.Resident{{Person: o.resident, Relation: people.Head}}}, membertest.Founded)
			return err
		})
		o.clerk = o.site.LogIn("clerk", y.Clerk)
		o.village = o.site.LogIn("director", y.Director)
		o.secretary = o.site.LogIn("secretary", y.Secretary)
		o.none = o.site.LogIn("villager", o.resident)
		f(o)
		y.Sound()
	})
}

func at(person int64, more string) string { return fmt.Sprintf("/desk/people/%d%s", person, more) }

// The resident is the sixth person of the furnished town: what no page may show without a reason.
var (
	wholeID      = membertest.IDNumber("1950-02-02", "女", 6)
	wholePhone   = "19900000006"
	wholeAddress = "7组6号"
)

// refused fails when a form that must be refused recorded something.
func (o *office) refused(p *desktest.Page, size int64, status int, texts ...string) {
	o.Helper()
	p.Want(status, texts...)
	if n := o.Size(); n != size {
		o.Errorf("recorded %d acts though it was refused", n-size)
	}
}

// looks is what the view log knows of the resident, the latest first.
func (o *office) looks() []access.View {
	o.Helper()
	views, err := o.site.House.Views.Of(o.Ctx, o.DB, o.resident, access.Before{}, 50)
	if err != nil {
		o.Fatal(err)
	}
	return views
}

func TestWhoSeesWhom(t *testing.T) {
	open(t, func(o *office) {
		for _, path := range []string{"/desk/people", "/desk/people?q=王", "/desk/households", at(o.resident, ""), fmt.Sprintf("/desk/households/%d", o.household)} {
			o.site.Visit().Get(path).Want(303, "/login")
			o.none.Get(path).Want(403)
			o.clerk.Get(path).Want(200).Not(wholeID, wholePhone, wholeAddress)
			o.village.Get(path).Want(200).Not(wholeID, wholePhone, wholeAddress)
		}
		o.village.Get(at(o.resident, "")).Want(200, "王桂英", "321002********"+wholeID[14:], "199****0006", "1950年2月2日（76岁）", "户号 0307", "号的职务")
		// The street's clerk lives in no household of the village: the village does not see her.
		o.village.Get(at(o.Clerk, "")).Want(403)
		o.village.Get("/desk/people?q=陈晓梅").Want(200, "另有 1 人不属于您的职责范围").Not(at(o.Clerk, ""))
		hidden := membertest.IDNumber("1989-08-21", "女", 1) // the street's clerk is the first person of the furnished town
		o.clerk.Get("/desk/people?q="+hidden).Want(200, "陈晓梅")
		for _, q := range []string{hidden, hidden[14:], "19900000001", "0001"} {
			o.village.Get("/desk/people?q="+q).Want(200, "没有找到").Not("另有", "陈晓梅")
		}
		o.clerk.Get("/desk/people?q=wgy").Want(200, "王桂英")
		o.clerk.Get("/desk/people?q="+wholeID).Want(200, "王桂英")
		o.clerk.Get("/desk/people?q="+wholeID[14:]).Want(200, "王桂英")
		o.clerk.Get("/desk/people?q=查无此人").Want(200, "没有找到")
		o.clerk.Get("/desk/search?q=第3号").Want(303, "/desk/acts/3")
		o.clerk.Get(at(999999, "")).Want(404, "没有这个人员")
		o.clerk.Get(at(o.Village, "")).Want(404)
		o.clerk.Get("/desk/households/999999").Want(404, "没有这一户")
		o.clerk.Get("/desk/households").Want(200, "0307", "王桂英", "文峰村")
		o.clerk.Get(fmt.Sprintf("/desk/households?unit=%d", o.Village)).Want(200, "0307")
		o.village.Get(fmt.Sprintf("/desk/households?unit=%d", o.Street)).Want(403)
		o.clerk.Get(fmt.Sprintf("/desk/households/%d", o.household)).Want(200, "王桂英", "户主", "2003年6月18日起", "文峰村***")
		for _, v := range o.looks() {
			if v.Act != access.PeopleRead || v.Office == "" || v.Page == "" {
				t.Errorf("a look without office or page: %+v", v)
			}
		}
		if n := len(o.looks()); n != 3 {
			t.Errorf("%d looks at the resident, want the clerk's and the director's two", n)
		}
	})
}

func TestWholeNumbersNeedAReason(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.resident, "/reveal")
		o.clerk.Get(path).Want(200, "查看原因").Not(wholeID)
		o.secretary.Get(path).Want(403) // the secretary knows the village's people, but whole numbers only of the Party's
		o.secretary.Post(path, "reason", "核对").Want(403).Not(wholeID)
		o.none.Post(path, "reason", "核对").Want(403)
		before := len(o.looks())
		o.clerk.Post(path, "reason", " ").Want(422, "查看原因").Not(wholeID, wholePhone)
		o.clerk.Post(path, "reason", strings.Repeat("长", 201)).Want(422).Not(wholeID)
		for _, v := range o.looks()[:len(o.looks())-before] {
			if v.Act == access.PeopleReveal {
				t.Errorf("a refused reveal stands in the view log: %+v", v)
			}
		}
		o.clerk.Post(path, "reason", "办理组织关系转接").Want(200, wholeID, wholePhone, wholeAddress, "现在显示的是完整号码")
		o.clerk.Get(at(o.resident, "")).Want(200, "办理组织关系转接", "身份号码、电话、住址全文").Not(wholeID)
		found := false
		for _, v := range o.looks() {
			found = found || v.Act == access.PeopleReveal && v.Reason == "办理组织关系转接" && v.Viewer == o.Clerk
		}
		if !found {
			t.Error("the reveal is not in the view log")
		}
	})
}

func TestRegister(t *testing.T) {
	open(t, func(o *office) {
		id := membertest.IDNumber("1988-03-04", "男", 77)
		good := map[string]string{"name": "赵大海", "idnumber": id, "ethnicity": "汉族"}
		send := func(b *desktest.Browser, change ...string) *desktest.Page {
			m := map[string]string{}
			for k, v := range good {
				m[k] = v
			}
			for i := 0; i < len(change); i += 2 {
				m[change[i]] = change[i+1]
			}
			var pairs []string
			for k, v := range m {
				pairs = append(pairs, k, v)
			}
			return b.Post("/desk/people/new", pairs...)
		}
		o.none.Get("/desk/people/new").Want(403)
		o.secretary.Get("/desk/people/new").Want(403)
		size := o.Size()
		o.refused(send(o.none), size, 403)
		for name, c := range map[string]struct {
			change []string
			says   string
		}{
			"nothing":                {[]string{"name", "", "idnumber", ""}, "有 2 处填写有误"},
			"a wrong check digit":    {[]string{"idnumber", id[:17] + "?"}, "公民身份号码"},
			"fifteen digits":         {[]string{"idnumber", "321002880304077"}, "公民身份号码"},
			"another birth":          {[]string{"birth", "1988-03-05"}, "与身份号码中的出生日期"},
			"the other sex":          {[]string{"sex", "女"}, "与身份号码（男）不一致"},
			"a sex that is none":     {[]string{"sex", "未知"}, "请从列出的选项中选择"},
			"a day that is none":     {[]string{"birth", "1988-02-30"}, "出生日期"},
			"a telephone too short":  {[]string{"phone", "1864410"}, "手机号码"},
			"a long name":            {[]string{"name", strings.Repeat("长", 31)}, "最多 30 个字"},
			"a number twice":         {[]string{"idnumber", wholeID, "name", "王桂英"}, "已经登记过"},
			"no such household":      {[]string{"number", "9999", "relation", "子"}, "没有这个户号"},
			"household, no relation": {[]string{"number", "0307"}, "与户主关系"},
			"a second head":          {[]string{"number", "0307", "relation", "户主"}, "该户已有户主"},
		} {
			o.refused(send(o.clerk, c.change...), size, 422, c.says)
			if t.Failed() {
				t.Fatal(name)
			}
		}
		// Who registers for a village says in which household, or could not see the person again.
		o.refused(send(o.village), size, 422, "请填写所在住户的户号")
		send(o.village, "number", "0307", "relation", "子", "phone", "138 0000 0000").Want(303, at(size, ""))
		o.village.Get(at(size, "")).Want(200, "赵大海", "男", "1988年3月4日", "户号 0307", "138****0000").Not(id)
		o.village.Get(fmt.Sprintf("/desk/households/%d", o.household)).Want(200, "赵大海", "2 人")
		// The journal holds no number that can be read.
		a, err := journal.Read(o.Ctx, o.DB, o.Code, size)
		if err != nil || strings.Contains(string(a.Body), id) || strings.Contains(string(a.Body), "13800000000") {
			t.Errorf("a readable number in the journal: %s, %v", a.Body, err)
		}
	})
}

func TestChange(t *testing.T) {
	open(t, func(o *office) {
		path := at(o.resident, "/change")
		o.secretary.Get(path).Want(403)
		p := o.clerk.Get(path).Want(200, `value="王桂英"`).Not(wholeID, wholePhone)
		seen, size := p.Hidden("seen"), o.Size()
		form := func(name, more string) []string {
			return []string{"seen", seen, "name", name, "sex", "女", "birth", "1950-02-02", "education", more}
		}
		o.refused(o.secretary.Post(path, form("王桂瑛", "")...), size, 403)
		o.refused(o.clerk.Post(path, "name", "王桂瑛"), size, 400)
		o.refused(o.clerk.Post(path, form("王桂英", "")...), size, 422, "没有改动任何内容")
		o.refused(o.clerk.Post(path, form("", "")...), size, 422, "姓名")
		other := membertest.IDNumber("1970-10-09", "男", 2)
		o.refused(o.clerk.Post(path, "seen", seen, "name", "王桂英", "sex", "男", "birth", "1970-10-09", "idnumber", other), size, 422, "属于第")
		// Without a number on the form, the registered one is asked; it stays sealed.
		for name, pairs := range map[string][]string{"出生日期": {"sex", "女", "birth", "1951-02-02"}, "性别": {"sex", "男", "birth", "1950-02-02"}} {
			p := o.clerk.Post(path, append([]string{"seen", seen, "name", "王桂英"}, pairs...)...)
			o.refused(p, size, 422, name, "与已登记的身份号码不一致", "有 1 处填写有误")
			p.Not(wholeID)
		}
		o.refused(o.clerk.Post(path, "seen", seen, "name", "王桂英", "sex", "", "birth", ""), size, 422, "没有改动任何内容")
		o.clerk.Post(path, form("王桂瑛", "初中")...).Want(303, at(o.resident, ""))
		o.clerk.Get(at(o.resident, "")).Want(200, "王桂瑛", "初中", "变更人员信息", "321002********"+wholeID[14:])
		// The director's form of before is a conflict; what was typed stays, and the next submit goes through.
		p = o.village.Post(path, form("王桂芳", "小学")...)
		o.refused(p, size+1, 409, "别人刚刚办理的", `value="王桂芳"`, "变更人员信息")
		o.village.Post(path, "seen", p.Hidden("seen"), "name", "王桂芳", "sex", "女", "birth", "1950-02-02").Want(303, at(o.resident, ""))
	})
}

// Many in town bear the name that a village looks for: its own are found behind hundreds of others.
func TestSearchKeepsToTheVillageFirst(t *testing.T) {
	open(t, func(o *office) {
		list := make([]people.Details, 60)
		for i := range list {
			list[i] = people.Details{Name: "王桂" + string(rune('一'+i)), Sex: "女"}
		}
		sealed, err := o.Vault.Enrolments(o.Ctx, list)
		if err != nil {
			t.Fatal(err)
		}
		o.Must(func(ctx context.Context, w *journal.Writer) error {
			for _, e := range sealed {
				if _, err := people.RegisterNew(ctx, w, e, membertest.Founded); err != nil {
					return err
				}
			}
			return nil
		})
		p := o.village.Get("/desk/people?q=王桂").Want(200, at(o.resident, ""), "另有 60 人不属于您的职责范围").Not("结果较多")
		if n := strings.Count(p.Body.String(), `href="/desk/people/`+fmt.Sprint(o.resident)); n == 0 {
			t.Error("the village's own resident is not found")
		}
		o.clerk.Get("/desk/people?q=王桂").Want(200, "50 人", "结果较多，请输入更完整的姓名").Not("另有")
	})
}
