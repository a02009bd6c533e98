package benchtown

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"cunju/internal/bench"
	"cunju/internal/calendar"
)

// ProcessCases measure the program itself, started anew for each: the demo town, and an office's sheet of 10,000 rows by 29
// columns into it. Memory is what the operating system says the process took at most.
func ProcessCases(program string) []bench.Case {
	p := &process{program: program}
	most := func(v float64, unit string) bench.Target { return bench.Target{Value: v, Unit: unit, AtMost: true} }
	return []bench.Case{
		{Name: "program file", Target: most(40, "MiB"), Run: p.size},
		{Name: "demo town, built from its files", Target: most(20, "s"), Run: p.demo},
		{Name: "preview of 10,000 × 29 with all errors, whole process", Target: most(5, "s"), Run: p.preview},
		{Name: "preview and commit of 10,000 × 29, whole process", Target: most(10, "s"), Run: p.commit},
		{Name: "resident memory of that process", Target: most(300, "MiB"), Run: p.memory},
	}
}

// process is what the cases share.
type process struct {
	program string
	dir     string
	file    string
	peak    float64 // MiB, of the commit
}

func (p *process) size(context.Context, *bench.Bench) (bench.Measure, error) {
	st, err := os.Stat(p.program)
	if err != nil {
		return bench.Measure{}, err
	}
	return bench.Measure{Value: float64(st.Size()) / (1 << 20)}, nil
}

// run starts the program and returns how long it took and its peak memory in MiB.
func (p *process) run(ctx context.Context, args ...string) (seconds, peak float64, err error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	done := make(chan struct{})
	watched := make(chan float64)
	go func() { watched <- watch(cmd.Process.Pid, done) }()
	err = cmd.Wait()
	seconds = time.Since(start).Seconds()
	close(done)
	peak = <-watched
	if err != nil {
		err = fmt.Errorf("%v: %w\n%s", args, err, tail(out.Bytes()))
	}
	return seconds, peak, err
}

// watch reads a process's high water mark (Linux, /proc) until it ends, in MiB; elsewhere 0. What wait tells is no use: it
// counts the bench's own memory at the moment of the start.
func watch(pid int, done <-chan struct{}) (peak float64) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
			if _, rest, ok := bytes.Cut(raw, []byte("VmHWM:")); ok {
				var kib float64
				if _, err := fmt.Sscan(string(rest), &kib); err == nil {
					peak = max(peak, kib/1024)
				}
			}
		}
		select {
		case <-done:
			return peak
		case <-tick.C:
		}
	}
}

func tail(b []byte) []byte {
	if len(b) > 2000 {
		b = b[len(b)-2000:]
	}
	return b
}

func (p *process) demo(ctx context.Context, b *bench.Bench) (bench.Measure, error) {
	p.dir = filepath.Join(b.Dir, "demo")
	s, _, err := p.run(ctx, "demo", "--data", p.dir, "--no-serve")
	return bench.Measure{Value: s}, err
}

func (p *process) need(ctx context.Context, b *bench.Bench) error {
	if p.dir == "" {
		if _, err := p.demo(ctx, b); err != nil {
			return err
		}
	}
	if p.file != "" {
		return nil
	}
	p.file = filepath.Join(b.Dir, "roster.xlsx")
	return writeRoster(p.file, 10_000)
}

func (p *process) preview(ctx context.Context, b *bench.Bench) (bench.Measure, error) {
	if err := p.need(ctx, b); err != nil {
		return bench.Measure{}, err
	}
	s, _, err := p.run(ctx, "import", p.file, "--as", "roster", "--as-of", "2026-11-20", "--data", p.dir)
	return bench.Measure{Value: s}, err
}

func (p *process) commit(ctx context.Context, b *bench.Bench) (bench.Measure, error) {
	if err := p.need(ctx, b); err != nil {
		return bench.Measure{}, err
	}
	s, peak, err := p.run(ctx, "import", p.file, "--as", "roster", "--as-of", "2026-11-20", "--commit", "--by", "chenxiaomei", "--data", p.dir)
	p.peak = peak
	return bench.Measure{Value: s}, err
}

func (p *process) memory(ctx context.Context, b *bench.Bench) (bench.Measure, error) {
	if p.peak == 0 {
		if _, err := p.commit(ctx, b); err != nil {
			return bench.Measure{}, err
		}
	}
	return bench.Measure{Value: p.peak}, nil
}

var headings = []any{"序号", "姓名", "性别", "公民身份号码", "民族", "出生日期", "学历", "人员类别", "学位", "所在党支部", "手机号码", "入党日期", "转正日期",
	"党龄", "党龄校正值", "新社会阶层类型", "工作岗位", "从事专业技术职务", "是否农民工", "现居住地", "户籍所在地", "是否失联党员", "是否流动党员", "入党类型", "转正情况",
	"入党时所在支部", "延长预备期时间", "党员所属行业", "工作岗位补充"}

// writeRoster makes a roster of invented members for two branches of the demo town.
func writeRoster(path string, rows int) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	if err := w.SetRow("A1", headings); err != nil {
		return err
	}
	branches := []string{"文峰村第一党支部", "文峰村第二党支部"}
	for i := range rows {
		birth := calendar.Date("1950-01-01").AddDays(i % 15000)
		sex := []string{"女", "男"}[i%2]
		admitted := birth.AddYears(22)
		row := []any{i + 1, fmt.Sprintf("党员%d", i), sex, number(birth, 600+i%400/2*2+i%2), "汉族", string(birth), "大学本科", "正式党员", "学士",
			branches[i%2], fmt.Sprintf("199%08d", i), string(admitted), string(admitted.AddYears(1)), "20", "0", "无", "社区工作者", "无", "否",
			fmt.Sprintf("扬州市广陵区文峰街道文峰村%d组%d号", i%12, i), "江苏省扬州市广陵区", "否", "否", "新发展", "按期转正", "文峰村第一党支部", "", "制造业", ""}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}

// number makes an ID number of an unassigned area with a valid check digit (GB 11643).
func number(birth calendar.Date, order int) string {
	s := fmt.Sprintf("321099%04d%02d%02d%03d", birth.Year(), birth.Month(), birth.Day(), order%1000)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}
