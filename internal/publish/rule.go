package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cunju/internal/trust"
)

// RuleFile lies beside policy.txt.
const RuleFile = "publish.txt"

// Rule says how long a checkpoint waits for its quorum, and what happens then.
type Rule struct {
	Wait time.Duration
	Hold bool // hold back without a quorum; otherwise publish and say so
}

const (
	standardWait = 8 * time.Second
	longestWait  = time.Minute
)

// Standard is the rule where none is written down: eight seconds, then publish.
var Standard = Rule{Wait: standardWait}

// Chinese is the rule in plain words.
func (r Rule) Chinese() string {
	wait := fmt.Sprintf("每次封账最多等见证方 %s。", seconds(r.Wait))
	if r.Hold {
		return wait + "见证不足的，先不公布，等够了再公布；事情照常办理、照常记账。"
	}
	return wait + "见证不足的，到时照样公布，并写明见证不足；以后补来的见证签名会加上去。"
}

func seconds(d time.Duration) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.3f", d.Seconds()), "0"), ".") + " 秒"
}

// ParseRule reads the file: "wait 8s" and "without-quorum publish" or "without-quorum hold".
func ParseRule(text string) (Rule, error) {
	r := Standard
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case len(f) == 2 && f[0] == "wait":
			d, err := time.ParseDuration(f[1])
			if err != nil || d <= 0 || d > longestWait {
				return r, fmt.Errorf("第 %d 行：等待时间写成 8s 这样，最长 60s", i+1)
			}
			r.Wait = d
		case len(f) == 2 && f[0] == "without-quorum" && (f[1] == "publish" || f[1] == "hold"):
			r.Hold = f[1] == "hold"
		default:
			return r, fmt.Errorf("第 %d 行：只有 wait 时间、without-quorum publish（或 hold）两种写法", i+1)
		}
	}
	return r, nil
}

// Load reads policy and rule of a data folder. Without policy.txt the log asks no witness.
func Load(folder, logVKey string) (*trust.Policy, Rule, error) {
	rule := Standard
	file := filepath.Join(folder, RuleFile)
	text, err := os.ReadFile(file)
	if err == nil {
		rule, err = ParseRule(string(text))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, rule, fmt.Errorf("%s %w", file, err)
	}
	file = filepath.Join(folder, "policy.txt")
	text, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		p, err := trust.Alone(logVKey)
		return p, rule, err
	}
	if err != nil {
		return nil, rule, fmt.Errorf("%s 读不了：%w", file, err)
	}
	p, err := trust.Parse(string(text))
	if err != nil {
		return nil, rule, fmt.Errorf("%s %w", file, err)
	}
	if p.Log != logVKey {
		return nil, rule, fmt.Errorf("%s 写的是总账“%s”的公钥，和本总账的不一样。本总账的公钥是 %s", file, p.Origin(), logVKey)
	}
	for _, w := range p.Witnesses {
		if w.URL == "" {
			return nil, rule, fmt.Errorf("%s 里的见证方“%s”没有写网址，没法请它签名", file, w.Name)
		}
	}
	return p, rule, nil
}
