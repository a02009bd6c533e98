package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cunju/e2e/browser"
)

// A villager without a log-in, on a phone with scripts switched off: from the board to a proof that another computer checks.
func TestVillagerWithoutScripts(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	o := browser.PhoneSize
	o.NoScript = true
	tab := s.visit(t, o)
	tab.Go("/")
	tab.See("文峰街道", "公开", "选择村、社区")
	tab.Follow(`^/v/\d+$`)
	tab.See("文峰村公开栏", "最新的在最前面")
	tab.Follow(`^/n/\d+$`)
	notice := tab.Path()
	tab.See("扫码查验")

	small := tab.TextSize("main p")
	tab.Click("大字")
	if tab.Path() != notice {
		t.Errorf("the switch to large text leads to %s", tab.Path())
	}
	if big := tab.TextSize("main p"); big <= small || big < 20 {
		t.Errorf("large text is %v px after %v px", big, small)
	}
	if wide := tab.TooWide(); wide != "" {
		t.Errorf("large text on a phone: %s", wide)
	}
	tab.Click("大字")
	if back := tab.TextSize("main p"); back != small {
		t.Errorf("switched back, text is %v px, was %v px", back, small)
	}

	tab.Click("查验这张公示")
	tab.See("查验通过", "这能证明什么", "这不能证明什么", "您信任了谁")
	if wide := tab.TooWide(); wide != "" {
		t.Errorf("the verification on a phone: %s", wide)
	}
	tab.Click("给懂电脑的人")
	proof, act := tab.Fetch(tab.Href("位置证明")), tab.Fetch(tab.Href("封存的内容"))
	if proof.Status != 200 || !strings.HasPrefix(string(proof.Body), "c2sp.org/tlog-proof@v1\n") {
		t.Fatalf("the proof: %d %.60q", proof.Status, proof.Body)
	}
	key := regexp.MustCompile(`--key (\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+)`).FindStringSubmatch(tab.Text())
	if key == nil {
		t.Fatalf("the page does not say how to check the proof elsewhere: %s", tab.Text())
	}

	// The other computer has the program and the two files, nothing else.
	dir := t.TempDir()
	proofFile, actFile := filepath.Join(dir, "proof.tlog-proof"), filepath.Join(dir, "act.json")
	if err := os.WriteFile(proofFile, proof.Body, 0o600); err != nil {
		t.Fatal(err)
	}
	check := func(body []byte) (string, error) {
		if err := os.WriteFile(actFile, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return command(common.binary, "verify", "--proof", proofFile, "--act", actFile, "--key", key[1])
	}
	if out, err := check(act.Body); err != nil {
		t.Errorf("the proof is refused elsewhere: %v\n%s", err, out)
	}
	changed := append([]byte{}, act.Body...)
	changed[len(changed)/2] ^= 1
	if out, err := check(changed); err == nil {
		t.Errorf("a changed notice is accepted elsewhere:\n%s", out)
	}

	// By the number on the paper, typed in.
	number := regexp.MustCompile(`\S+公开〔\d{4}〕\d+号`).FindString(tab.Text())
	tab.Go("/verify")
	tab.Fill("编号、登记号、指纹或网址", number)
	tab.ClickIn("main", "查验", 0)
	tab.See("查验通过", number)
	tab.Go("/verify")
	tab.Fill("编号、登记号、指纹或网址", "没有这样的编号")
	tab.ClickIn("main", "查验", 0)
	tab.See("没有找到")
}
