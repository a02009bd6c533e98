package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// wantsHelp is true for cunju, cunju help …, and whatever holds -h or --help.
func wantsHelp(args []string) bool {
	return len(args) == 0 || args[0] == "help" || slices.Contains(args, "--help") || slices.Contains(args, "-h")
}

// showHelp prints what there is to know of the command named by args, of the whole program when they name none.
func showHelp(out io.Writer, k *kong.Kong, args []string) int {
	node := k.Model.Node
	for _, a := range args {
		if a == "help" || strings.HasPrefix(a, "-") {
			continue
		}
		i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == a })
		if i < 0 {
			break
		}
		node = node.Children[i]
	}
	path := strings.TrimSpace(node.FullPath())
	fmt.Fprintf(out, "%s\n\n", node.Help)
	if len(node.Children) > 0 {
		fmt.Fprintf(out, "用法：%s 命令 [选项]\n\n命令：\n", path)
		for _, c := range node.Children {
			fmt.Fprintf(out, "  %s%s\n", pad(c.Name, 12), c.Help)
		}
		fmt.Fprintf(out, "\n每个命令的选项：%s 命令 --help\n", path)
		return 0
	}
	fmt.Fprintf(out, "用法：%s", path)
	for _, p := range node.Positional {
		fmt.Fprintf(out, " %s", positional(p))
	}
	fmt.Fprintln(out, " [选项]")
	if node.Detail != "" {
		fmt.Fprintf(out, "\n%s\n", node.Detail)
	}
	if len(node.Positional) > 0 {
		fmt.Fprintln(out, "\n参数：")
		for _, p := range node.Positional {
			fmt.Fprintf(out, "  %s%s\n", pad(label(p), 26), p.Help)
		}
	}
	fmt.Fprintln(out, "\n选项：")
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			fmt.Fprintf(out, "  %s%s%s\n", pad(flagText(f), 26), f.Help, aside(f))
		}
	}
	return 0
}

func positional(p *kong.Positional) string {
	if p.Required {
		return label(p)
	}
	return "[" + label(p) + "]"
}

func label(p *kong.Positional) string {
	if p.Tag.PlaceHolder != "" {
		return p.Tag.PlaceHolder
	}
	return strings.ToUpper(p.Name)
}

func flagText(f *kong.Flag) string {
	s := "--" + f.Name
	if !f.IsBool() {
		s += " " + f.PlaceHolder
	}
	return s
}

// aside is what stands after a flag's sentence: whether it must be given, its default, its environment variable.
func aside(f *kong.Flag) string {
	var s []string
	if f.Required {
		s = append(s, "必填")
	}
	if f.HasDefault && f.Default != "" && !f.IsBool() {
		s = append(s, "默认 "+f.Default)
	}
	if len(f.Envs) > 0 {
		s = append(s, f.Envs[0])
	}
	return "（" + strings.Join(s, "；") + "）"
}

// pad fills s up to a width in columns; a Chinese character takes two.
func pad(s string, width int) string {
	for _, r := range s {
		width--
		if r > 0x2e80 {
			width--
		}
	}
	return s + strings.Repeat(" ", max(width, 1))
}

// inChinese says what is wrong with a command line. The command-line package only knows English; a sentence that is not
// among these is passed on as it is.
func inChinese(err error) string {
	s := err.Error()
	for _, t := range []struct{ begins, chinese string }{
		{"unknown flag ", "没有这个选项："},
		{"unexpected argument ", "多出来的内容："},
		{"missing flags: ", "缺少选项："},
		{"expected one of ", "请写明命令，可用的有："},
		{"expected ", "缺少参数："},
	} {
		if rest, ok := strings.CutPrefix(s, t.begins); ok {
			rest, _, _ = strings.Cut(rest, ", did you mean")
			return t.chinese + rest
		}
	}
	return s
}
