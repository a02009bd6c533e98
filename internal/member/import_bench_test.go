package member_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cunju/internal/calendar"
	"cunju/internal/db/dbtest"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/sheet"
)

// bigRoster makes a roster of 29 columns, one row in a hundred with a fault.
func bigRoster(b *testing.B, rows int, branches []string) []byte {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	head := []any{"序号", "姓名", "性别", "公民身份号码", "民族", "出生日期", "学历", "人员类别", "学位", "所在党支部", "手机号码", "入党日期", "转正日期",
		"党龄", "党龄校正值", "新社会阶层类型", "工作岗位", "从事专业技术职务", "是否农民工", "现居住地", "户籍所在地", "是否失联党员", "是否流动党员", "入党类型", "转正情况", "入党时所在支部",
		"延长预备期时间", "党员所属行业", "工作岗位补充"}
	if err := w.SetRow("A1", head); err != nil {
		b.Fatal(err)
	}
	for i := range rows {
		birth := calendar.Date("1950-01-01").AddDays(i % 15000)
		sex := []string{"男", "女"}[i%2]
		admitted := birth.AddYears(22)
		id := membertest.IDNumber(birth, sex, i/15000*7+i%400)
		if i%100 == 99 {
			id = id[:17] + "?"
		}
		row := []any{i + 1, fmt.Sprintf("党员%d", i), sex, id, "汉族", string(birth), "大学本科", "正式党员", "学士", branches[i%len(branches)], fmt.Sprintf("199%08d", i),
			string(admitted), string(admitted.AddYears(1)), "20", "0", "无", "社区工作者", "无", "否", fmt.Sprintf("扬州市广陵区文峰街道文峰村%d组%d号", i%12, i), "江苏省扬州市广陵区",
			"否", "否", "新发展", "按期转正", "文峰村第一党支部", "", "居民服务、修理和其他服务业", ""}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkRoster previews and commits 10,000 rows of 29 columns into a fresh town.
func BenchmarkRoster(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		y := membertest.New(b, dbtest.SQLite(b))
		raw := bigRoster(b, 10_000, []string{"文峰村第一党支部", "文峰村第二党支部"})
		runtime.GC()
		b.StartTimer()
		start := time.Now()
		book, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)), "roster.xlsx")
		if err != nil {
			b.Fatal(err)
		}
		p, plan, err := member.PreviewRoster(y.Ctx, y.DB, y.Vault, book, member.RosterOptions{On: "2026-11-20", How: member.Opening})
		if err != nil {
			b.Fatal(err)
		}
		if len(p.Rows) != 10_000 || p.BadRows != 100 || len(plan.Rows) != 9_900 {
			b.Fatalf("%d rows, %d bad, %d to record", len(p.Rows), p.BadRows, len(plan.Rows))
		}
		previewed := time.Now()
		batch, err := plan.Seal(y.Ctx, y.Vault, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := y.Do(batch.Record); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(previewed.Sub(start).Milliseconds()), "preview-ms")
		b.ReportMetric(float64(time.Since(previewed).Milliseconds()), "commit-ms")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys>>20), "sys-MB")
	}
}
