package main

import (
	"errors"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/account"
)

type accountCommand struct {
	Add    accountAdd    `cmd:"" help:"为已登记的人员建立登录账号，显示初始密码。"`
	Reset  accountReset  `cmd:"" help:"重设密码，显示新密码，并结束其全部登录。"`
	Lock   accountLock   `cmd:"" help:"停用账号，直到启用。"`
	Unlock accountUnlock `cmd:"" help:"启用被停用或因密码输错而锁定的账号。"`
	List   accountList   `cmd:"" help:"列出全部账号。"`
}

type accountAdd struct {
	place
	Login  string `arg:"" help:"登录名。" placeholder:"登录名"`
	Person int64  `help:"人员编号（登记该人员的那一号）。" required:"" placeholder:"编号"`
}

// Run adds an account; what its person may do follows from offices, not from here.
func (a *accountAdd) Run(c *console) error {
	h, err := a.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	person, err := people.Find(c, h.db, h.town, a.Person)
	if db.Kind(err) == db.NotFound {
		return fmt.Errorf("没有第 %d 号人员。没有建立账号；请先在系统中登记人员，或核对编号", a.Person)
	}
	if err != nil {
		return err
	}
	return h.newAccount(c, a.Login, person.Name, a.Person)
}

// newAccount creates an account with a first password and prints it, once.
func (h *house) newAccount(c *console, login, name string, person int64) error {
	password := account.NewPassword()
	made, err := h.accounts.Create(c, account.New{Login: login, Name: name, Person: person, Password: password})
	if errors.Is(err, account.ErrTaken) {
		return fmt.Errorf("登录名 %s 已有人使用，或 %s 已有账号。没有建立账号", login, name)
	}
	if err != nil {
		return err
	}
	c.say("已为 %s 建立账号。\n登录名  %s\n初始密码  %s\n密码只显示这一次，首次登录时必须修改。", name, made.Login, password)
	return nil
}

type accountReset struct {
	place
	Login string `arg:"" help:"登录名。" placeholder:"登录名"`
}

// Run sets a new random password.
func (a *accountReset) Run(c *console) error {
	password := account.NewPassword()
	return a.place.with(c, a.Login, func(h *house, acc account.Account) error {
		if err := h.accounts.Reset(c, acc.ID, password, 0); err != nil {
			return err
		}
		c.say("已重设 %s 的密码，其全部登录已结束。\n登录名  %s\n新密码  %s\n密码只显示这一次，下次登录时必须修改。", acc.Name, acc.Login, password)
		return nil
	})
}

type accountLock struct {
	place
	Login string `arg:"" help:"登录名。" placeholder:"登录名"`
}

// Run stops an account and ends its sessions.
func (a *accountLock) Run(c *console) error {
	return a.place.with(c, a.Login, func(h *house, acc account.Account) error {
		if err := h.accounts.Lock(c, acc.ID, 0); err != nil {
			return err
		}
		c.say("已停用 %s（%s），其全部登录已结束。", acc.Name, acc.Login)
		return nil
	})
}

type accountUnlock struct {
	place
	Login string `arg:"" help:"登录名。" placeholder:"登录名"`
}

// Run lifts both kinds of lock.
func (a *accountUnlock) Run(c *console) error {
	return a.place.with(c, a.Login, func(h *house, acc account.Account) error {
		if err := h.accounts.Unlock(c, acc.ID, 0); err != nil {
			return err
		}
		c.say("已启用 %s（%s）。", acc.Name, acc.Login)
		return nil
	})
}

// with opens the house and finds an account.
func (p place) with(c *console, login string, do func(*house, account.Account) error) error {
	h, err := p.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	acc, err := h.accounts.ByLogin(c, login)
	if err != nil {
		return fmt.Errorf("没有登录名为 %s 的账号。没有改动；全部账号见 cunju account list", login)
	}
	return do(h, acc)
}

type accountList struct{ place }

// accountsAtOnce is how many accounts are read together.
const accountsAtOnce = 200

// Run lists accounts by login name.
func (a *accountList) Run(c *console) error {
	h, err := a.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	states := map[account.State]string{account.Active: "在用", account.Locked: "停用", account.Closed: "注销"}
	c.say("%s%s%s%s最近登录（北京时间）", pad("登录名", 20), pad("姓名", 14), pad("人员编号", 10), pad("状态", 8))
	for after := ""; ; {
		some, err := h.accounts.List(c, after, accountsAtOnce)
		if err != nil {
			return err
		}
		for _, acc := range some {
			state := states[acc.State]
			if acc.State == account.Active && max(acc.LockedTill, acc.SourceTill) > h.clock().UnixMilli() {
				state = "锁定"
			}
			last := "从未"
			if acc.LastLogin > 0 {
				last = calendar.Instant(acc.LastLogin)
			}
			c.say("%s%s%s%s%s", pad(acc.Login, 20), pad(acc.Name, 14), pad(fmt.Sprint(acc.Person), 10), pad(state, 8), last)
			after = acc.Login
		}
		if len(some) < accountsAtOnce {
			return nil
		}
	}
}

// explain turns an error into what the person at the console reads.
func explain(err error) string {
	var w *web.Error
	if errors.As(err, &w) {
		s := w.What
		for _, more := range []string{w.Kept, w.Do} {
			s += more
		}
		return s
	}
	return err.Error()
}
