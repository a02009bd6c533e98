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
	commit, at := "不明", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = s.Value
			case "vcs.time":
				at = s.Value
			}
		}
	}
	c.say("cunju %s", programVersion())
	c.say("源码    %s %s", commit, at)
	c.say("编译    %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	c.say("数据库  SQLite（内置）、PostgreSQL")
	return nil
}

// programVersion is the release, or that it is none.
func programVersion() string {
	if version == "" {
		return "开发版"
	}
	return version
}
