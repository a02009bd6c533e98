package account_test

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal/journaltest"
	"cunju/internal/web/account"
)

var codeOnPaper = regexp.MustCompile(`[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}`)

// paper is a toy town in which the director of the east village prints slips.
func paper(t *testing.T, d *db.DB) (*desktest.Toy, map[int64][]string) {
	t.Helper()
	y := desktest.NewToy(journaltest.New(t, d, desktest.ToySlice()))
	held := map[int64][]string{}
	account.NewSlips(y.House, y.Accounts, func(_ context.Context, person int64) ([]string, error) { return held[person], nil }, "https://gk.example/").Routes(y.Server.Router)
	return y, held
}

func TestASlipOpensAnAccountOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y, held := paper(t, d)
		villager := y.Someone("顾长根", y.East)
		director := y.LogIn("director", y.Someone("李志强", y.East, "village-director"))
		stranger := y.LogIn("stranger", y.Someone("吴国栋", y.West, "village-director"))
		page := "/desk/slips/" + strconv.FormatInt(villager, 10)
		director.Get(page).Want(http.StatusOK, "生成开通单")
		stranger.Get(page).Want(http.StatusForbidden)
		stranger.Post(page).Want(http.StatusForbidden)
		director.Get("/desk/slips/99999").Want(http.StatusForbidden)
		first := codeOnPaper.FindString(director.Post(page).Want(http.StatusOK, "https://gk.example/activate", "cm"+strconv.FormatInt(villager, 10)).Body.String())
		code := codeOnPaper.FindString(director.Post(page).Want(http.StatusOK).Body.String())
		if first == "" || code == "" || first == code {
			t.Fatalf("codes %q and %q", first, code)
		}
		v := y.Visit()
		send := func(code, a, b string) *desktest.Page { return v.Post("/activate", "code", code, "new", a, "again", b) }
		v.Get("/activate?c="+code).Want(http.StatusOK, code)
		send("", desktest.Password, desktest.Password).Want(http.StatusUnprocessableEntity, "必须填写")
		send(first, desktest.Password, desktest.Password).Want(http.StatusUnprocessableEntity, "开通码不对、已经用过或者过期了")
		send(code, desktest.Password, "Other-pass-9").Want(http.StatusUnprocessableEntity, "不一样")
		send(code, "123", "123").Want(http.StatusUnprocessableEntity, "至少要")
		send(strings.ToLower(strings.ReplaceAll(code, "-", " ")), desktest.Password, desktest.Password).Want(http.StatusSeeOther, "/me")
		y.Visit().Post("/login", "login", "cm"+strconv.FormatInt(villager, 10), "password", desktest.Password).Want(http.StatusSeeOther, "/me")
		send(code, desktest.Password, desktest.Password).Want(http.StatusUnprocessableEntity, "已经用过")
		director.Get(page).Want(http.StatusOK, "已经有账号").Not("生成开通单")
		director.Post(page).Want(http.StatusConflict, "已经有账号")
		official := y.Someone("王建国", y.East)
		held[official] = []string{"文峰村党总支书记"}
		director.Get("/desk/slips/"+strconv.FormatInt(official, 10)).Want(http.StatusOK, "由系统管理员开通")
		director.Post("/desk/slips/"+strconv.FormatInt(official, 10)).Want(http.StatusConflict, "由系统管理员开通")
	})
}
