package e2e

import (
	"testing"

	"cunju/e2e/browser"
)

// Wrong passwords lock an account, and what people read says what to do; the right password no longer opens it then.
func TestLockout(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	tab := s.visit(t, browser.PhoneSize)
	who := person(t, "zhaofurong")
	try := func(password string) {
		tab.Go("/login")
		tab.Fill("账号或手机号", who.Login)
		tab.Fill("密码", password)
		tab.Click("登录")
	}
	for range 5 {
		try("Wrong-pass-1")
		if tab.Status() != 422 {
			t.Errorf("a wrong password answers %d", tab.Status())
		}
		tab.See("账号或者密码不对", "锁定", "找村（社区）或街道的管理员重设")
	}
	inspect(t, tab, "a refused log-in")
	try(who.Password)
	tab.See("暂时不能登录")
	tab.Go("/desk")
	tab.See("登录")
	if tab.Path() != "/login?back=%2Fdesk" {
		t.Errorf("a locked account comes to %s", tab.Path())
	}
	other := s.enter(t, "xuhaiyan", browser.DeskSize) // others are not locked out with it
	other.See("工作台")
}

// Pages that are closed, missing or misused say what happened and what to do, and who may.
func TestRefusalsInWords(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	for _, c := range []struct {
		name, who, path string
		status          int
		says            []string
	}{
		{"an administrator at the members", "guxiaodong", "/desk/members/import", 403, []string{"可以", "党建办干事"}},
		{"an auditor drafting", "shenguoping", "/desk/disclosure/new", 403, []string{"不能起草", "请"}},
		{"a member at the desk", "lixiuying", "/desk", 403, []string{"请"}},
		{"a page that is not there", "", "/nowhere", 404, []string{"没有找到", "请检查网址"}},
		{"a notice that is not there", "", "/n/999999999", 404, []string{"没有找到这张公示", "请核对"}},
		{"a member that is not there", "chenxiaomei", "/desk/members/999999999", 404, []string{"没有", "请"}},
		{"a number that is none", "chenxiaomei", "/desk/members/abc", 404, []string{"没有找到"}},
		{"an upload that is gone", "chenxiaomei", "/desk/imports/GONE", 404, []string{"只保留一小时", "重新上传"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var tab *browser.Tab
			if c.who == "" {
				tab = s.visit(t, browser.DeskSize)
			} else {
				tab = s.enter(t, c.who, browser.DeskSize)
			}
			if status := tab.Go(c.path); status != c.status {
				t.Errorf("%s answers %d, want %d", c.path, status, c.status)
			}
			tab.See(c.says...)
			inspect(t, tab, c.path)
		})
	}
}
