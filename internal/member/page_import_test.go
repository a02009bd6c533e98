package member_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/law/codes"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/sheet"
)

func demoFile(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../demo/" + name)
	must(t, err)
	return raw
}

// withBranches adds the branches that the demonstration's rosters name.
func withBranches(s *site, files ...string) {
	s.Helper()
	seen := map[string]bool{}
	for _, name := range files {
		raw := demoFile(s, name)
		b, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)), name)
		must(s, err)
		column := 0
		for row, err := range b.Rows(0) {
			must(s, err)
			for _, c := range row.Cells {
				switch text := strings.TrimSpace(c.Raw); {
				case strings.Contains(text, "支部") && column == 0 && len(text) < 20 && !strings.Contains(text, "名册"):
					column = c.Col
				case c.Col == column && strings.HasSuffix(text, "支部") && !seen[text] && text != "所在党支部":
					seen[text] = true
				}
			}
		}
	}
	delete(seen, "文峰村第九十九党支部")
	for name := range seen {
		if name == "文峰村第一党支部" || name == "文峰村第二党支部" {
			continue
		}
		s.Unit("party-branch", name, name, map[org.Line]int64{org.Party: s.General})
	}
}

func TestTheJourneyOfADamagedRoster(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		withBranches(s, "repaired-roster.xlsx")
		b := s.logIn("clerk", s.Clerk)
		form := []string{"kind", "roster29", "how", string(member.In), "on", "2026-11-20"}
		b.get("/desk/members/import").want(200, "上传表格", "空白表", "批量导入党员")
		size := s.Size()
		at := b.upload("/desk/members/import", "damaged-roster.xlsx", demoFile(t, "damaged-roster.xlsx"), form...).want(http.StatusSeeOther, "/desk/imports/").where()
		page := b.get(at).want(200, "40 行", "28 行", "12 处", "带批注的原表", "登记全部 28 行", "校验位", "PM-01", "PM-15", "SE-16")
		for _, x := range codes.FindPersonal(plain(page.Body.String())) {
			t.Errorf("the preview shows a %s", x.Kind)
		}
		for _, cell := range []string{"D6", "D9", "D12", "F15", "C18", "L21", "L24", "M27", "J30", "K33", "H36", "D39"} {
			page.want(200, ">"+cell)
		}
		b.get(at).want(200, "登记全部 28 行") // nothing is lost by loading again
		marked := b.get(at + "/marked").want(200)
		if _, err := zip.NewReader(bytes.NewReader(marked.Body.Bytes()), int64(marked.Body.Len())); err != nil || !strings.Contains(marked.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("the marked copy is no workbook: %v", err)
		}
		if s.Size() != size {
			t.Fatal("looking at a preview recorded something")
		}
		colleague := s.Person("蒋同事", "女", "1985-05-05")
		s.Office(s.TownOffice, "street-clerk", colleague, membertest.Seated)
		other := s.logIn("colleague", colleague)
		other.get(at).want(http.StatusNotFound, "已经不在了")

		// Chosen rows only, then the repaired file on the same page.
		b.post(at, "row", "999").want(http.StatusUnprocessableEntity, "没有可以登记的行")
		b.post(at).want(http.StatusUnprocessableEntity, "请至少选择一项")
		b.post(at, "row", "5", "row", "7").want(http.StatusSeeOther, at)
		b.get(at).want(200, "已登记 2 名党员", "第", "办其余的行", "还有 26 行")
		b.get(at+"?rest=1").want(200, "登记全部 26 行")
		again := b.upload(at+"/again", "repaired-roster.xlsx", demoFile(t, "repaired-roster.xlsx")).want(http.StatusSeeOther, "/desk/imports/").where()
		b.get(again).want(200, "登记全部 38 行", "已在")
		b.post(again, "all", "1").want(http.StatusSeeOther, again)
		b.get(again).want(200, "已登记 38 名党员")
		after := s.Size()
		b.post(again, "all", "1") // pressed again
		if s.Size() != after {
			t.Error("a second press recorded something")
		}
		b.get("/desk/members").want(200, "共 40 名党员")
		s.Sound()
	})
}

func TestFilesThatAreNoRoster(t *testing.T) {
	eachSite(t, func(s *site) {
		b := s.logIn("clerk", s.Clerk)
		form := []string{"kind", "roster29", "how", string(member.In), "on", "2026-11-20"}
		size := s.Size()
		bomb := zipBomb(t)
		for _, c := range []struct {
			name string
			raw  []byte
			want string
		}{
			{"roster.txt", []byte("姓名"), "只接受这些类型的文件"},
			{"roster.xlsx", nil, "文件是空的"},
			{"roster.xlsx", []byte("%PDF-1.7 this is a document"), "field-error"},
			{"roster.xlsx", []byte("<html><body>登录</body></html>"), "field-error"},
			{"roster.xlsx", bomb, "field-error"},
			{"roster.csv", []byte("甲,乙,丙\n1,2,3\n"), "field-error"},
		} {
			a := b.upload("/desk/members/import", c.name, c.raw, form...)
			if a.Code == http.StatusSeeOther {
				a = b.get(a.where())
			}
			a.want(http.StatusUnprocessableEntity, c.want)
		}
		b.upload("/desk/members/import", "a.csv", []byte("姓名\n"), "kind", "x", "how", "y", "on", "2027-01-01").want(http.StatusUnprocessableEntity, "请从列出的选项中选择", "不能晚于今天")
		b.post("/desk/members/import", "kind", "roster29").want(http.StatusUnprocessableEntity, "请选择文件")
		b.get("/desk/imports/NOSUCH").want(http.StatusNotFound, "已经不在了")
		if s.Size() != size {
			t.Error("a refused file recorded something")
		}
		s.logIn("secretary", s.Secretary).get("/desk/members/import").want(http.StatusForbidden, "可以导入的职务")
		for _, kind := range []string{"roster29", "village-roster"} {
			blank := b.get("/desk/members/import/blank?kind=" + kind).want(200)
			if _, err := zip.NewReader(bytes.NewReader(blank.Body.Bytes()), int64(blank.Body.Len())); err != nil {
				t.Errorf("the blank form %s is no workbook: %v", kind, err)
			}
		}
	})
}

// zipBomb is a workbook whose only sheet unpacks to far more than any register holds.
func zipBomb(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		must(t, err)
		size := 1
		if strings.HasSuffix(name, "sheet1.xml") {
			size = 300
		}
		zeros := make([]byte, 1<<20)
		for range size {
			_, err := w.Write(zeros)
			must(t, err)
		}
	}
	must(t, z.Close())
	return b.Bytes()
}

func TestAnOrganiserImportsOnlyIntoHisOwnBranches(t *testing.T) {
	eachTown(t, func(y *town26) {
		organiser := y.Person("何组织", "女", "1980-01-01")
		y.Office(y.General, "branch-organiser", organiser, "2026-01-01")
		csv := "姓名,公民身份号码,人员类别,所在党支部,入党日期,转正日期\n" +
			"冯一," + membertestNumber("1980-02-02", "男", 301) + ",正式党员,文峰村第一党支部,2005-07-01,2006-07-01\n" +
			"褚二," + membertestNumber("1980-02-03", "男", 302) + ",正式党员,渡江村第一党支部,2005-07-01,2006-07-01\n"
		b := y.logIn("organiser", organiser)
		at := b.upload("/desk/members/import", "名册.csv", []byte(csv), "kind", "roster29", "how", string(member.In), "on", "2026-11-20").want(http.StatusSeeOther).where()
		b.get(at).want(200, "有 1 行在您的职务范围以外", "登记全部 1 行", "不在职务范围")
		b.post(at, "row", "3").want(http.StatusUnprocessableEntity, "没有可以登记的行")
		b.post(at, "all", "1").want(http.StatusSeeOther)
		b.get(at).want(200, "已登记 1 名党员")
		b.get("/desk/members?q=冯一").want(200, "冯一")
		y.logIn("clerk", y.Clerk).get("/desk/members?q=褚二").want(200, "没有符合条件")
	})
}

func TestAnExportComesBackChanged(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		b.get("/desk/members/export").want(200, "隐去中间几位", "29 列")
		b.post("/desk/members/export", "unit", fmt.Sprint(y.General), "what", "full").want(http.StatusUnprocessableEntity, "必须填写原因")
		file := b.post("/desk/members/export", "unit", fmt.Sprint(y.General), "what", "masked").want(200)
		raw := file.Body.Bytes()
		if text := unzipped(t, raw); !strings.Contains(text, "赵大江") || strings.Contains(text, "周对岸") || len(codes.FindPersonal(text)) > 0 {
			t.Error("the masked export shows too much or too little")
		}
		full := b.post("/desk/members/export", "unit", fmt.Sprint(y.General), "what", "full", "reason", "报组织部").want(200)
		if !strings.Contains(unzipped(t, full.Body.Bytes()), "32100219600501") {
			t.Error("the full export lacks the numbers")
		}
		one := b.post("/desk/members/export", "unit", fmt.Sprint(y.General), "id", fmt.Sprint(y.ids[1])).want(200)
		if text := unzipped(t, one.Body.Bytes()); !strings.Contains(text, "钱小河") || strings.Contains(text, "赵大江") {
			t.Error("the chosen member is not what went out")
		}
		past := b.post("/desk/members/export", "unit", fmt.Sprint(y.General), "asof", "2026-01-01").want(200)
		if !strings.Contains(unzipped(t, past.Body.Bytes()), "截至2026年1月1日") {
			t.Error("the export of a past day does not name the day")
		}
		secretary := y.logIn("secretary", y.Secretary)
		secretary.post("/desk/members/export", "unit", fmt.Sprint(y.other)).want(http.StatusForbidden)
		secretary.post("/desk/members/export", "unit", "x").want(http.StatusNotFound)
		y.logIn("accountant", y.Accountant).get("/desk/members/export").want(http.StatusForbidden)

		views, err := y.house.Views.By(y.Ctx, y.DB, y.Clerk, accessBefore, 20)
		must(t, err)
		whole := 0
		for _, v := range views {
			if v.Act == "sheet.export" && v.Subject != 0 && v.Reason == "报组织部" {
				whole++
			}
		}
		if whole != 4 {
			t.Errorf("a full export of 4 persons noted %d", whole)
		}

		at := b.upload("/desk/members/import", "改过的.xlsx", raw, "kind", "roster29", "how", string(member.In), "on", "2026-11-20").want(http.StatusSeeOther).where()
		b.get(at).want(200, "核对改动", "没有要改的")
	})
}

func TestAVillageListBringsTelephones(t *testing.T) {
	eachTown(t, func(y *town26) {
		b := y.logIn("clerk", y.Clerk)
		csv := "姓名,性别,所在村,所在支部,入党时间,联系电话\n赵大江,男,文峰村,文峰村第一党支部,1986-07-01,13911112222\n查无人,男,文峰村,文峰村第一党支部,1986-07-01,13911113333\n"
		at := b.upload("/desk/members/import", "村名册.csv", []byte(csv), "kind", "village-roster", "how", string(member.In), "on", "2026-11-20").want(http.StatusSeeOther).where()
		b.get(at).want(200, "核对改动", "联系电话", "139****2222", "可以记录").not("13911112222", "13911113333")
		b.post(at).want(http.StatusUnprocessableEntity, "请至少选择一项")
		b.post(at, "all", "1").want(http.StatusSeeOther)
		b.get(at).want(200, "已记录 1 处改动")
		b.get(fmt.Sprintf("/desk/members/%d", y.ids[0])).want(200, "139****2222")
		y.Sound()
	})
}

// unzipped is all text of a workbook.
func unzipped(t testing.TB, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		var part bytes.Buffer
		_, err = part.ReadFrom(r)
		must(t, err)
		b.WriteString(part.String())
	}
	return b.String()
}
