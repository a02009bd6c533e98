package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// program is the command line. The order of its commands is that of the help.
type program struct {
	Serve   serveCommand   `cmd:"" help:"启动服务。"`
	Demo    demoCommand    `cmd:"" help:"建立演示街道并启动服务。"`
	Init    initCommand    `cmd:"" help:"为一个街道（乡镇）建立总账和第一个账号。"`
	Account accountCommand `cmd:"" help:"管理登录账号。"`
	Import  importCommand  `cmd:"" help:"导入表格：先预览全部问题，再整批记录。"`
	Export  exportCommand  `cmd:"" help:"导出台账、公开事项或整本总账。"`
	Verify  verifyCommand  `cmd:"" help:"校验总账、台账、名册、数据表和附件；或一个备份、一份证明。"`
	Rebuild rebuildCommand `cmd:"" help:"按总账重新生成全部数据表，或只核对。"`
	Proof   proofCommand   `cmd:"" help:"写出一号记录的证明。"`
	Backup  backupCommand  `cmd:"" help:"备份到一个文件。"`
	Restore restoreCommand `cmd:"" help:"把备份恢复到空的数据目录。"`
	Mirror  mirrorCommand  `cmd:"" help:"把公开总账复制到一个目录，以后每次只取新的。"`
	Witness witnessCommand `cmd:"" help:"替别人的总账见证；或写信任规则。"`
	Rules   rulesCommand   `cmd:"" help:"列出全部条文、规则和判例。"`
	Bench   benchCommand   `cmd:"" help:"在本机上测速度，与目标和同类比较。"`
	Version versionCommand `cmd:"" help:"显示版本。"`
}

// console is where a command reads, writes and is told to stop.
type console struct {
	context.Context
	in  io.Reader
	out io.Writer
	err io.Writer
}

// say prints a line for the person at the console.
func (c *console) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// errSaid ends a command with exit code 1 when everything there is to say has been printed.
var errSaid = errors.New("said")

// errUnread ends a command with exit code 3 when there was nothing to check: not found, not reached. All is said.
var errUnread = errors.New("unread")

// errShort ends a command with exit code 4 when all that is amiss is that too few witnesses signed yet. All is said.
var errShort = errors.New("short")

func main() {
	os.Exit(run(&console{context.Background(), os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
}

// run executes one command line and answers the exit code: 0 done, 1 not done, 2 not understood, 3 nothing there to
// check, 4 too few witnesses yet.
func run(c *console, args []string) int {
	k, err := kong.New(&program{}, kong.Name("cunju"), kong.Description("村居：街道（乡镇）与村、社区的基层工作系统。"),
		kong.DefaultEnvars("CUNJU"), kong.Writers(c.out, c.err), kong.NoDefaultHelp())
	if err != nil {
		panic(err) // the struct above is wrong: a mistake of the wiring
	}
	if wantsHelp(args) {
		return showHelp(c.out, k, args)
	}
	ctx, err := k.Parse(args)
	if err != nil {
		fmt.Fprintf(c.err, "命令有误：%s\n查看用法：cunju --help\n", inChinese(err))
		return 2
	}
	switch err := ctx.Run(c); {
	case errors.Is(err, errSaid):
		return 1
	case errors.Is(err, errUnread):
		return 3
	case errors.Is(err, errShort):
		return 4
	case err != nil:
		fmt.Fprintln(c.err, strings.TrimRight(explain(err), "\n"))
		return 1
	}
	return 0
}
