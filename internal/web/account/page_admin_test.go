package account_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal/journaltest"
	"cunju/internal/web"
	"cunju/internal/web/account"
	"cunju/internal/web/ui"
)

// kept is a toy town whose accounts are managed by an administrator.
type kept struct {
	*desktest.Toy
	admin *desktest.Browser
	wang  int64 // has no account yet
	asked []string
}

func managed(t *testing.T, f func(k *kept)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := &kept{Toy: desktest.NewToy(journaltest.New(t, d, desktest.ToySlice()))}
		k.wang = k.Someone("王建国", k.East, "village-director")
		account.NewAdmin(k.House, k.Accounts, account.Outside{
			Find: func(_ *web.Request, typed string) ([]ui.Option, error) {
				k.asked = append(k.asked, typed)
				if !strings.HasPrefix("王建国", typed) {
					return nil, nil
				}
				return []ui.Option{{Value: fmt.Sprint(k.wang), Text: "王建国", Help: "文峰村"}}, nil
			},
			Offices: func(_ context.Context, person int64) ([]string, error) {
				if person == k.wang {
					return []string{"文峰村主任"}, nil
				}
				return nil, nil
			},
		}).Routes(k.Server.Router)
		k.admin = k.LogIn("admin", k.Someone("钱管理", k.Street, "system-admin"))
		f(k)
	})
}

var shown = regexp.MustCompile(`新密码：(\S+?)<`)

// password reads the password that a page shows.
func password(t *testing.T, p *desktest.Page) string {
	t.Helper()
	m := shown.FindStringSubmatch(p.Body.String())
	if m == nil {
		t.Fatalf("no password on the page: %s", p.Body)
	}
	return m[1]
}

func TestOnlyTheAdministratorSeesAccounts(t *testing.T) {
	managed(t, func(k *kept) {
		clerk := k.LogIn("clerk", k.Someone("陈晓梅", k.Street, "street-clerk", "street-secretary"))
		auditor := k.LogIn("auditor", k.Someone("赵审计", k.Street, "auditor"))
		for _, path := range []string{"/desk/accounts", "/desk/accounts/new", "/desk/accounts/events", "/desk/accounts/1"} {
			k.Visit().Get(path).Want(303, "/login")
			clerk.Get(path).Want(403)
			auditor.Get(path).Want(403)
			k.admin.Get(path).Want(200)
		}
		for _, path := range []string{"/desk/accounts/new", "/desk/accounts/1/reset", "/desk/accounts/1/lock", "/desk/accounts/1/unlock", "/desk/accounts/1/close"} {
			clerk.Post(path, "person", fmt.Sprint(k.wang), "login", "wang", "seen", "0").Want(403)
		}
		k.admin.Get("/desk/accounts/999").Want(404, "没有这个账号")
		k.admin.Post("/desk/accounts/999/lock").Want(404)
	})
}

func TestOpenAnAccount(t *testing.T) {
	managed(t, func(k *kept) {
		k.admin.Get("/desk/accounts/new?q=王").Want(200, "王建国", fmt.Sprintf("/desk/accounts/new?person=%d", k.wang))
		k.admin.Get("/desk/accounts/new?q=李").Want(200, "没有找到")
		// A number finds nobody and is not even asked for.
		k.admin.Get("/desk/accounts/new?q=19900000001").Want(200, "这里只按姓名找人")
		if strings.Join(k.asked, " ") != "王 李" {
			t.Errorf("asked for %q", k.asked)
		}
		who := fmt.Sprint(k.wang)
		k.admin.Get("/desk/accounts/new?person="+who).Want(200, "王建国", "文峰村主任")
		k.admin.Get("/desk/accounts/new?person=99999").Want(404)
		k.admin.Get("/desk/accounts/new?person=0").Want(404) // 0 is the street
		k.admin.Post("/desk/accounts/new", "login", "wang").Want(400)
		for login, says := range map[string]string{"": "必须填写", "w": "2 到 32 个字", "19900000001": "账号不能是手机号", "wang jg": "只能用汉字、字母、数字", "admin": "已经有人用"} {
			k.admin.Post("/desk/accounts/new", "person", who, "login", login).Want(422, says, "王建国").Not("新密码")
		}
		p := k.admin.Post("/desk/accounts/new", "person", who, "login", "wang").Want(200, "只显示这一次", "等待本人改密码")
		first := password(t, p)
		k.admin.Post("/desk/accounts/new", "person", who, "login", "wang2").Want(422, "此人已经有账号")
		k.admin.Get("/desk/accounts/2").Want(200, "建立账号", "文峰村主任").Not(first)
		k.admin.Get("/desk/accounts").Want(200, "wang", "文峰村主任", "用户admin").Not(first)
		k.admin.Get("/desk/accounts?q=王").Want(200, "王建国").Not(`href="/desk/accounts/1"`)
		k.admin.Get("/desk/accounts?q=WAN").Want(200, "王建国")
		k.admin.Get("/desk/accounts?q=%25").Want(200, "没有这样的账号")
		b := k.Visit()
		b.Post("/login", "login", "wang", "password", first).Want(303)
		b.Get("/me/security").Want(303, "/me/password")
	})
}

func TestResetLockClose(t *testing.T) {
	managed(t, func(k *kept) {
		b := k.LogIn("wang", k.wang)
		b.Get("/me/security").Want(200)
		const page = "/desk/accounts/2"
		seen := k.admin.Get(page).Hidden("seen")
		k.admin.Post(page+"/reset").Want(409, "没有再次重设")
		p := k.admin.Post(page+"/reset", "seen", seen)
		fresh := password(t, p.Want(200, "只显示这一次"))
		b.Get("/me/security").Want(303, "/login") // thrown out
		k.Visit().Post("/login", "login", "wang", "password", desktest.Password).Want(422)
		b = k.Visit()
		b.Post("/login", "login", "wang", "password", fresh).Want(303)

		k.admin.Post(page+"/lock").Want(303, page)
		k.admin.Get(page).Want(200, "已停用", "恢复账号").Not(fresh)
		b.Get("/me/security").Want(303, "/login")
		k.Visit().Post("/login", "login", "wang", "password", fresh).Want(422)
		k.admin.Post(page+"/unlock").Want(303, page)
		k.Visit().Post("/login", "login", "wang", "password", fresh).Want(303)

		k.admin.Post(page+"/close").Want(303, page)
		k.admin.Get(page).Want(200, "已注销", "不再改动").Not("/unlock", "/reset")
		for _, what := range []string{"/reset", "/lock", "/unlock", "/close"} {
			k.admin.Post(page+what, "seen", seen).Want(409, "已经注销")
		}
		// Nobody shuts himself out.
		for _, what := range []string{"/reset", "/lock", "/close"} {
			k.admin.Get("/desk/accounts/1").Want(200, "您正在使用的账号")
			a, err := k.Accounts.Get(k.Ctx, 1)
			if err != nil {
				t.Fatal(err)
			}
			k.admin.Post("/desk/accounts/1"+what, "seen", fmt.Sprint(a.Changed)).Want(409)
		}
		k.admin.Get("/desk/accounts/events").Want(200, "管理员重设密码", "注销账号", "登录成功", "wang", "admin", "192.0.2.9")
	})
}

func TestAccountsPageBack(t *testing.T) {
	managed(t, func(k *kept) {
		for i := range 60 {
			if _, err := k.Accounts.Create(k.Ctx, account.New{Login: fmt.Sprintf("user%02d", i), Name: "张三", Password: desktest.Password}); err != nil {
				t.Fatal(err)
			}
		}
		k.admin.Get("/desk/accounts").Want(200, "本页 50 个账号", "after=user48").Not("user49<")
		k.admin.Get("/desk/accounts?after=user48").Want(200, "本页 11 个账号", "user59").Not("user48<")
		k.admin.Get("/desk/accounts?q=张").Want(200, "本页 50 个账号", "q=%E5%BC%A0")
		k.admin.Get("/desk/accounts/events").Want(200, "本页 50 条", "before=")
		k.admin.Get("/desk/accounts/events?before=nonsense").Want(200, "本页 50 条")
	})
}
