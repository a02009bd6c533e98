package main

import (
	"io"
	"log/slog"
)

// logging is how a server writes its log. Log lines hold numbers, routes and errors, never names, numbers of persons or what
// was typed.
type logging struct {
	LogFormat string `help:"日志格式：text 或 json。" enum:"text,json" default:"text" placeholder:"格式"`
	LogLevel  string `help:"日志详细程度：debug、info、warn 或 error。" enum:"debug,info,warn,error" default:"info" placeholder:"程度"`
}

func (l logging) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.LogLevel)); err != nil {
		level = slog.LevelInfo // the command line has checked it
	}
	opt := &slog.HandlerOptions{Level: level}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

// quiet is the log of commands that speak to the person at the console themselves: warnings and errors only.
func quiet(c *console) *slog.Logger {
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
