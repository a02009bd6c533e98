package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asProgram makes the test binary behave as the program, so that tests can kill it.
const asProgram = "CUNJU_TEST_AS_PROGRAM"

var update = flag.Bool("update", false, "write testdata again")

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "1" {
		main()
	}
	os.Exit(m.Run())
}

const (
	testTown   = "321002003"
	testOrigin = "cunju.example/321002003"
)

// cli runs a command line in this process.
func cli(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	return cliAt(t, t.Context(), args...)
}

func cliAt(t *testing.T, ctx context.Context, args ...string) (code int, out string) {
	t.Helper()
	var b bytes.Buffer
	code = run(&console{ctx, strings.NewReader(""), &b, &b}, args)
	return code, b.String()
}

// done runs a command that must succeed.
func done(t *testing.T, args ...string) string {
	t.Helper()
	code, out := cli(t, args...)
	if code != 0 {
		t.Fatalf("cunju %s: exit code %d\n%s", strings.Join(args, " "), code, out)
	}
	return out
}

// fails runs a command that must end with exit code 1 and say these texts.
func fails(t *testing.T, args []string, texts ...string) {
	t.Helper()
	code, out := cli(t, args...)
	if code != 1 {
		t.Errorf("cunju %s: exit code %d, want 1\n%s", strings.Join(args, " "), code, out)
	}
	has(t, out, texts...)
}

// unread runs a command that must find nothing to check, say these texts, and never that something does not agree.
func unread(t *testing.T, args []string, texts ...string) {
	t.Helper()
	code, out := cli(t, args...)
	if code != 3 {
		t.Errorf("cunju %s: exit code %d, want 3\n%s", strings.Join(args, " "), code, out)
	}
	has(t, out, append(texts, "没有核对成", "不是核对出了问题")...)
	if strings.Contains(out, "核对没有通过") {
		t.Errorf("what cannot be found is told as what does not agree:\n%s", out)
	}
}

func has(t *testing.T, out string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(out, s) {
			t.Errorf("%q is missing in\n%s", s, out)
		}
	}
}

// newTown founds a town in a fresh data folder; its clerk logs in as wangfang.
func newTown(t *testing.T) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	out := done(t, "init", "--data", data, "--town", testTown, "--name", "文峰街道", "--origin", testOrigin, "--person", "王芳", "--login", "wangfang",
		"--as-of", "2020-01-01")
	has(t, out, "已建立 文峰街道", testOrigin+"+", "初始密码")
	return data
}

// csv writes a table as offices do.
func csv(t *testing.T, rows ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, []byte(strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// number makes an identity number with a right check digit (GB 11643): day of birth and running number.
func number(birth string, n int) string {
	s := fmt.Sprintf("321002%s%03d", birth, n)
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return s + string("10X98765432"[sum%11])
}

// peopled adds a village, a Party branch and three members to a town, through the importers.
func peopled(t *testing.T) (data string) {
	t.Helper()
	data = newTown(t)
	as := func(kind, file string, more ...string) {
		t.Helper()
		done(t, append([]string{"import", file, "--as", kind, "--data", data, "--by", "wangfang", "--commit", "--as-of", "2020-01-01"}, more...)...)
	}
	as("institutions", csv(t, "单位名称,单位类别,上级单位", "文峰村,村,文峰街道"))
	as("party", csv(t, "党组织名称,上级党组织,组织类别,所属村居", "中共文峰街道工作委员会,,党工委,文峰街道", "中共文峰村支部委员会,中共文峰街道工作委员会,党支部,文峰村"))
	as("roster", roster(t, number("19800101", 1)))
	return data
}

func roster(t *testing.T, first string) string {
	t.Helper()
	row := func(name, number string) string {
		return name + "," + number + ",正式党员,中共文峰村支部委员会,2010-07-01,2011-07-01"
	}
	return csv(t, "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期", row("甲一", first), row("乙二", number("19810203", 23)), row("丙三", number("19750506", 45)))
}
