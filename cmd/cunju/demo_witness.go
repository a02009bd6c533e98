package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/trust"
	"cunju/internal/witness"
)

// demoPolicyHead marks a policy that the demonstration wrote for the witnesses that it runs itself.
const demoPolicyHead = "# 演示用：见证方和街道在同一台电脑上，实际使用时应当各在各的电脑上。\n"

// demoWitnesses are the names of those who could watch over a street; the demonstration runs as many of them as it is told.
var demoWitnesses = []struct{ name, key string }{
	{"文峰村监督委员会主任", "supervision.witness.example/chair"},
	{"邻近街道", "neighbour.witness.example/street"},
	{"区档案馆", "district.witness.example/archive"},
}

// watch starts the demonstration's own witnesses and writes the policy that asks all of them. stop ends them. Their keys and what
// they have seen stay in the data folder; their addresses are new each time.
func (d *demoCommand) watch(c *console, clock func() time.Time) (stop func(), err error) {
	file := filepath.Join(d.Data, mirror.PolicyFile)
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(old) > 0 && !strings.HasPrefix(string(old), demoPolicyHead) {
		return func() {}, nil // someone's own
	}
	if d.Witnesses == 0 {
		if len(old) == 0 {
			return func() {}, nil
		}
		return func() {}, os.Remove(file)
	}
	if d.Witnesses > len(demoWitnesses) {
		return nil, fmt.Errorf("--witnesses 最多 %d", len(demoWitnesses))
	}
	key, err := journal.LoadOrCreateKey(d.logKeyFile(d.Town), demoOrigin+d.Town)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(c.Context)
	var running sync.WaitGroup
	stop = func() { cancel(); running.Wait() }
	policy := demoPolicyHead + "log " + key.VKey + "\n"
	var names []string
	for _, x := range demoWitnesses[:d.Witnesses] {
		line, err := d.startWitness(ctx, c, &running, clock, x.name, x.key, key.VKey)
		if err != nil {
			stop()
			return nil, err
		}
		policy += line
		names = append(names, x.name)
	}
	policy += "group witnesses all " + strings.Join(names, " ") + "\nquorum witnesses\n"
	if _, err := trust.Parse(policy); err != nil {
		stop()
		return nil, err
	}
	if err := os.WriteFile(file, []byte(policy), 0o644); err != nil {
		stop()
		return nil, fmt.Errorf("数据目录 %s 无法写入：%w", d.Data, err)
	}
	return stop, nil
}

// startWitness runs one witness until ctx ends and answers its line of the policy.
func (d *demoCommand) startWitness(ctx context.Context, c *console, running *sync.WaitGroup, clock func() time.Time, name, keyName, log string) (string, error) {
	dir := filepath.Join(d.Data, "witness-"+name)
	if _, err := witness.Init(dir, keyName); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, witness.LogsFile), []byte("log "+log+" # 文峰街道\n"), 0o644); err != nil {
		return "", err
	}
	line, failed := make(chan string, 1), make(chan error, 1)
	w := &witnessRun{witnessFolder: witnessFolder{dir}, logging: logging{LogLevel: "warn"}, Addr: "127.0.0.1:0", clock: clock}
	running.Go(func() {
		failed <- w.serve(ctx, c, func(base, vkey string) {
			c.say("见证方    %s（%s）", base+"/", name)
			line <- fmt.Sprintf("witness %s %s %s\n", name, vkey, base)
		})
	})
	select {
	case l := <-line:
		return l, nil
	case err := <-failed:
		return "", fmt.Errorf("演示用的见证方没有启动：%w", err)
	}
}
