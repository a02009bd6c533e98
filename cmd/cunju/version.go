package main

import (
	"runtime"
	"runtime/debug"
)

// version is set when a release is built: -ldflags "-X main.version=…".
var version string

type versionCommand struct{}

// Run prints what this program was built from.
func (versionCommand) Run(c *console) error {
	v, commit, at := version, "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v == "" {
			v = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = s.Value
			case "vcs.time":
				at = s.Value
			}
		}
	}
	c.say("cunju %s", or(v, "未标版本"))
	c.say("源码  %s %s", or(commit, "不明"), at)
	c.say("编译  %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	c.say("数据库  SQLite（内置）、PostgreSQL")
	return nil
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
