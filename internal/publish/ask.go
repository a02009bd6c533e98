package publish

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/trust"
)

// asker asks one witness, for the newest checkpoint at a time.
type asker struct {
	trust.Witness
	p     *Publisher
	busy  bool  // p.mu
	state State // its own while it runs
	knows int64 // the size that it says it knows
	done  int64 // size of the newest checkpoint that it cosigned in this process; p.mu
}

const (
	askLimit   = 20 * time.Second // longer than any wait: a slow witness's signature is added late
	firstPause = 500 * time.Millisecond
	longPause  = 30 * time.Second
	clockDrift = time.Hour
)

// run asks until the newest checkpoint is cosigned, with pauses that grow.
func (a *asker) run() {
	pause := firstPause
	for {
		a.p.mu.Lock()
		x := a.p.newest()
		if x == nil || a.done >= x.Size || a.p.ctx.Err() != nil {
			a.busy = false
			a.p.mu.Unlock()
			return
		}
		a.p.mu.Unlock()
		if err := a.once(a.p.ctx, x); err == nil {
			pause = firstPause
			continue
		}
		select {
		case <-a.p.ctx.Done():
		case <-time.After(pause):
			pause = min(2*pause, longPause)
		}
	}
}

// trouble is a fault with what was said.
type trouble struct {
	fault Fault
	said  string
}

func (t *trouble) Error() string { return string(t.fault) + ": " + t.said }

// once asks for a checkpoint and keeps what came of it.
func (a *asker) once(ctx context.Context, x *pending) error {
	start := time.Now()
	lines, at, err := a.ask(ctx, x.Checkpoint)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := a.p.Clock().UnixMilli()
	old := a.state
	var t *trouble
	if errors.As(err, &t) {
		a.p.Meter.failed(a.Name, t.fault)
		if old.Fault != t.fault || old.Said != t.said {
			a.state.Since = now
			if old.Fault == t.fault {
				a.state.Since = old.Since
			}
			a.state.Fault, a.state.Said = t.fault, t.said
			a.p.Log.Warn("witness did not cosign", "witness", a.Name, "fault", string(t.fault), "said", t.said)
		}
	} else if err == nil {
		a.p.Meter.cosigned(a.Name, time.Since(start))
		if err = a.p.got(ctx, x, a.VKey, lines); err == nil {
			a.p.mu.Lock()
			a.done = x.Size
			a.p.mu.Unlock()
		}
		a.state.Fault, a.state.Said, a.state.Since = None, "", 0
		a.knows = x.Size
		a.state.Size, a.state.Signed = max(x.Size, a.state.Size), now
		if drift := time.Duration(at*1000-now) * time.Millisecond; drift.Abs() > clockDrift {
			a.warn(now, fmt.Sprintf("它的时钟和这里差 %.0f 小时", drift.Abs().Hours()))
		}
	}
	if a.state != old {
		if werr := a.p.writeState(ctx, a.state); werr != nil {
			a.p.Log.Error("state of a witness is not kept", "witness", a.Name, "err", werr)
		}
	}
	if err != nil && t == nil && !errors.Is(err, errLater) {
		a.p.Log.Error("witness cannot be asked", "witness", a.Name, "err", err)
	}
	return err
}

func (a *asker) warn(now int64, text string) {
	a.state.Warned, a.state.WarnedAt = text, now
	a.p.Log.Warn("witness is odd", "witness", a.Name, "what", text)
}

// ask submits a checkpoint; told that the witness knows another size, it submits again from there. The lines are verified.
func (a *asker) ask(ctx context.Context, cp journal.Checkpoint) (lines []string, at int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	old := min(a.knows, cp.Size)
	for range 3 {
		proof, err := journal.ProveConsistency(ctx, a.p.DB, a.p.Town, old, cp.Size)
		if err != nil {
			return nil, 0, err
		}
		if old == cp.Size {
			proof = nil
		}
		got, err := a.p.client.Add(ctx, a.URL, old, proof, onlyLog(cp.Note))
		if err != nil {
			return nil, 0, unreachable(ctx, err)
		}
		switch got.Status {
		case http.StatusOK:
			lines, at, err := a.Accept(cp.Note, got.Lines)
			if err != nil {
				return nil, 0, &trouble{Lied, "给的签名和它的印鉴码对不上"}
			}
			return lines, at, nil
		case http.StatusConflict:
			if err := a.conflict(ctx, cp, got.Size); err != nil {
				return nil, 0, err
			}
			old = got.Size
		case http.StatusUnprocessableEntity:
			return nil, 0, &trouble{Forked, fmt.Sprintf("它记得的前 %d 条和这里的不一样", old)}
		case http.StatusNotFound:
			return nil, 0, &trouble{Refused, "它没有约定替本总账见证"}
		case http.StatusForbidden:
			return nil, 0, &trouble{Refused, "它那里登记的本总账印鉴码不对"}
		case http.StatusTooManyRequests:
			return nil, 0, &trouble{Slow, "它说请求太多，过一会儿再请"}
		default:
			return nil, 0, &trouble{Down, fmt.Sprintf("它出了故障（状态 %d）", got.Status)}
		}
	}
	return nil, 0, &trouble{Refused, "它说不清自己见证到哪里"}
}

// conflict judges the size that a witness says it knows. What it signed before stays known, whatever it says.
func (a *asker) conflict(ctx context.Context, cp journal.Checkpoint, size int64) error {
	if size <= cp.Size {
		if size < a.state.Size && size != a.knows { // said once for each size
			a.warn(a.p.Clock().UnixMilli(), fmt.Sprintf("它忘记了见过的：曾见证到 %d 条，后来说只见证到 %d 条", a.state.Size, size))
		}
		a.knows = size
		return nil
	}
	now, err := journal.Size(ctx, a.p.DB, a.p.Town)
	if err != nil {
		return err
	}
	if size > now {
		return &trouble{Ahead, fmt.Sprintf("它说见证到 %d 条，这里只有 %d 条：这里的数据可能被换成了旧备份，要么它说了假话", size, now)}
	}
	// Another server of this town asked it for a larger one.
	newer, err := a.p.Journal.Draft(ctx, a.p.Town, a.p.Key)
	if err != nil {
		return err
	}
	a.knows = size
	a.p.offer(newer)
	return errLater
}

// errLater says that a newer checkpoint is to be asked for.
var errLater = errors.New("a newer checkpoint is to be asked for")

// unreachable tells a witness that is slow from one that is not there.
func unreachable(ctx context.Context, err error) error {
	var timeout net.Error
	if errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return &trouble{Slow, fmt.Sprintf("等了 %s 没有回答", seconds(askLimit))}
	}
	return &trouble{Down, "连接不上或者中途断开"}
}

// onlyLog leaves away what others signed: a witness is asked about the log's word alone.
func onlyLog(signed string) string {
	text, lines := trust.Lines(signed)
	if len(lines) == 0 {
		return signed
	}
	return text + "\n" + lines[0] + "\n"
}

// SinceChinese says since when a state holds, in plain Chinese.
func (s State) SinceChinese() string {
	if s.Since == 0 {
		return ""
	}
	return calendar.InstantChinese(s.Since)
}
