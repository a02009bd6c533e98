package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestHelpIsAsAgreed(t *testing.T) {
	k, err := kong.New(&program{}, kong.Name("cunju"))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	show := func(args ...string) {
		code, out := cli(t, append([]string{"help"}, args...)...)
		if code != 0 {
			t.Errorf("help %v: exit code %d", args, code)
		}
		all.WriteString("$ cunju help " + strings.Join(args, " ") + "\n" + out + "\n")
	}
	show()
	var walk func(n *kong.Node, path []string)
	walk = func(n *kong.Node, path []string) {
		for _, c := range n.Children {
			show(append(path, c.Name)...)
			walk(c, append(path, c.Name))
		}
	}
	walk(k.Model.Node, nil)
	golden := filepath.Join("testdata", "help.txt")
	if *update {
		if err := os.WriteFile(golden, all.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if all.String() != string(want) {
		t.Errorf("the help has changed; read it and run go test ./cmd/cunju -run Help -update\n%s", all.String())
	}
}

// Every command, flag and argument is explained in Chinese, and every flag can be set by the environment.
func TestEverythingIsExplained(t *testing.T) {
	k, err := kong.New(&program{}, kong.Name("cunju"), kong.DefaultEnvars("CUNJU"), kong.NoDefaultHelp())
	if err != nil {
		t.Fatal(err)
	}
	chinese := regexp.MustCompile(`\p{Han}`)
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			if !chinese.MatchString(f.Help) {
				t.Errorf("%s --%s has no help", n.FullPath(), f.Name)
			}
			if len(f.Envs) == 0 || !strings.HasPrefix(f.Envs[0], "CUNJU_") {
				t.Errorf("%s --%s cannot be set by the environment", n.FullPath(), f.Name)
			}
		}
		for _, p := range n.Positional {
			if !chinese.MatchString(p.Help) || p.Tag.PlaceHolder == "" {
				t.Errorf("%s %s has no help", n.FullPath(), p.Name)
			}
		}
		for _, c := range n.Children {
			if !chinese.MatchString(c.Help) {
				t.Errorf("%s has no help", c.FullPath())
			}
			walk(c)
		}
	}
	walk(k.Model.Node)
}

func TestFlagsComeFromTheEnvironmentToo(t *testing.T) {
	data := newTown(t)
	t.Setenv("CUNJU_DATA", data)
	t.Setenv("CUNJU_QUICK", "true")
	has(t, done(t, "verify"), "校验通过")
}

func TestMistypedCommandsAreExplained(t *testing.T) {
	for args, text := range map[string]string{
		"serv":                  "多出来的内容",
		"serve --port 80":       "没有这个选项：--port",
		"init":                  "缺少选项：",
		"proof":                 "缺少参数：",
		"account":               "请写明命令",
		"proof abc":             "abc",
		"import x --as drawing": "drawing",
	} {
		code, out := cli(t, strings.Fields(args)...)
		if code != 2 {
			t.Errorf("cunju %s: exit code %d, want 2", args, code)
		}
		has(t, out, text, "cunju --help")
	}
}
