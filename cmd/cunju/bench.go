package main

import (
	"os"

	"cunju/internal/bench"
	"cunju/internal/benchtown"
)

type benchCommand struct {
	Dir     string `help:"测试文件所在的目录（所在磁盘影响结果）；默认为系统临时目录。" placeholder:"目录"`
	DB      string `name:"db" help:"总账各项改在这个空的 PostgreSQL 数据库上测。" placeholder:"地址"`
	Acts    int    `help:"读取各项所用总账的件数。" default:"500000" placeholder:"件数"`
	Members int    `help:"名册各项所用街道的党员人数，每人四段经历。" default:"500000" placeholder:"人数"`
	Years   int    `help:"公开栏各项所用街道的年数，10个村，每村每年40张公示。" default:"10" placeholder:"年数"`
	Program string `help:"测启动、导入和大小的程序文件；默认为本程序。" placeholder:"文件"`
	Only    string `help:"只测名称含有这些字的项目。" placeholder:"文字"`
}

// Run measures and prints a table.
func (b *benchCommand) Run(c *console) error {
	if b.Program == "" {
		program, err := os.Executable()
		if err != nil {
			return err
		}
		b.Program = program
	}
	cases := append(benchtown.ProcessCases(b.Program), benchtown.Cases(b.Members)...)
	cases = append(cases, benchtown.BoardCases(b.Years, benchHouse)...)
	return bench.Run(c, c.out, bench.Options{Dir: b.Dir, DSN: b.DB, Acts: b.Acts, Only: b.Only, Cases: cases})
}
