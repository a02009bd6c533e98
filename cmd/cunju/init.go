package main

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web/account"
)

type initCommand struct {
	place
	Name   string `help:"街道（乡镇）全称，如 文峰街道。" required:"" placeholder:"名称"`
	Origin string `help:"总账的公开名称，定下后不再改，如 cunju.example.gov.cn/321002003。" required:"" placeholder:"名称"`
	Person string `help:"第一位经办人的姓名，任街道党建办干事。" required:"" placeholder:"姓名"`
	Login  string `help:"第一位经办人的登录名。" required:"" placeholder:"登录名"`
	AsOf   string `help:"建账日期：最早一份登记册反映的那一天；默认为今天。" placeholder:"日期"`
}

// Help says what happens, for the command's help.
func (initCommand) Help() string {
	return "建立街道（乡镇）的总账，记录街道本身、第一位经办人及其职务，并为其建立登录账号。\n初始密码只显示一次，首次登录时必须修改。"
}

// Run founds the town. The journal and its first acts come first; an account can be added any time later.
func (i *initCommand) Run(c *console) error {
	if _, p := codes.Division(i.Town); p != nil {
		return fmt.Errorf("--town %s：%s。什么也没有建立", i.Town, p.Text())
	}
	if msg := account.CheckLogin(i.Login); msg != "" {
		return fmt.Errorf("--login %s：%s 什么也没有建立", i.Login, msg)
	}
	h, err := i.place.openAll(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	on, err := h.day(i.AsOf)
	if err != nil {
		return err
	}
	if err := h.found(c, i.Town, i.Origin); err != nil {
		return err
	}
	person, err := h.firstPerson(c, i.Name, i.Person, on)
	if err != nil {
		return err
	}
	c.say("已建立 %s（%s）的总账 %s。", i.Name, i.Town, i.Origin)
	c.say("公开校验用的公钥（可公布）：%s", h.key.VKey)
	return h.newAccount(c, i.Login, i.Person, person)
}

// found creates the town's empty journal and turns to it.
func (h *house) found(ctx context.Context, town, origin string) error {
	if err := h.journal.Found(ctx, town, origin); err != nil {
		return err
	}
	if err := h.enter(ctx, town); err != nil {
		return err
	}
	return h.sign(ctx)
}

// firstPerson records the town itself as unit 0, and the clerk with whose office everything else begins.
func (h *house) firstPerson(ctx context.Context, town, name string, on calendar.Date) (person int64, err error) {
	enrol, err := h.vault.Enrolments(ctx, []people.Details{{Name: name}})
	if err != nil {
		return 0, err
	}
	_, err = h.journal.Record(ctx, h.town, journal.Request{By: journal.By{System: true},
		Decide: func(ctx context.Context, w *journal.Writer) error {
			unit, err := journal.Add(ctx, w, org.KindEstablish, on, nil, org.Establish{Kind: "town", Name: town, Code: h.town})
			if err != nil {
				return err
			}
			if person, err = people.Register(ctx, w, enrol[0], on); err != nil {
				return err
			}
			_, err = journal.Add(ctx, w, org.KindAppoint, on, nil,
				org.Appoint{Unit: unit, Role: "street-clerk", Person: person, Basis: "系统初始设置"})
			return err
		}})
	if err != nil {
		return 0, err
	}
	return person, h.sign(ctx)
}
