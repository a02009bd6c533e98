package e2e

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cunju/e2e/browser"
)

// acts reads how many acts a member's page counts.
func acts(t *testing.T, tab *browser.Tab) int {
	t.Helper()
	m := regexp.MustCompile(`办理记录 (\d+) 件`).FindStringSubmatch(tab.Text())
	if m == nil {
		t.Fatalf("the page counts no acts: %s", tab.Text())
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Two clerks open the same form at once: one act is recorded, the other clerk sees both versions and decides. Then an
// impatient one sends the same form twice: one act.
func TestTwoClerksAtOnce(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	first, second := s.enter(t, "chenxiaomei", browser.DeskSize), s.enter(t, "wangjianguo", browser.DeskSize)
	second.Go("/desk/members")
	second.Follow(`^/desk/members/\d+`)
	member, _, _ := strings.Cut(second.Path(), "?")
	before := acts(t, second)

	first.Go(member)
	first.Click("外出")
	first.Fill("外出地点", "江苏省南京市江宁区")
	second.Click("外出")
	second.Fill("外出地点", "上海市闵行区")
	first.Click("提交")
	first.See("已办理")
	second.Click("提交")
	if second.Status() != 409 && second.Status() != 422 {
		t.Errorf("the second clerk is answered %d", second.Status())
	}
	second.See("别人", "还没有记录", "江苏省南京市江宁区", "上海市闵行区")
	inspect(t, second, "/desk: two versions")
	first.Go(member)
	first.See("江苏省南京市江宁区")
	if n := acts(t, first); n != before+1 {
		t.Errorf("%d acts were recorded, want one", n-before)
	}

	first.Click("返回")
	a, b := first.SubmitTwice("提交")
	if want := "303 " + member; a != want || b != want {
		t.Errorf("the same form twice leads to %q and %q, want %q both times", a, b, want)
	}
	first.Go(member)
	if n := acts(t, first); n != before+2 {
		t.Errorf("the same form sent twice makes %d acts, want one", n-before-1)
	}
}
