package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/sheet"
)

type importCommand struct {
	place
	acting
	File     string `arg:"" help:"表格文件（.xlsx、.xls、.csv）。" placeholder:"文件"`
	As       string `help:"表格是什么：institutions（区域和机构）、party（党组织）、households（住户）、roster（党员花名册）、movements（党员变动）、offices（任职）、finance（财务公开表）。" enum:"institutions,party,households,roster,movements,offices,finance" required:"" placeholder:"种类"`
	AsOf     string `help:"登记日期：表格反映的是哪一天；默认为今天。" placeholder:"日期"`
	How      string `help:"花名册中的人怎么来的：opening（建账登记）、admitted（发展入党）、in（组织关系转入）。" enum:"opening,admitted,in" default:"opening" placeholder:"方式"`
	Arrivals string `help:"党员变动中新来人员的花名册。" placeholder:"文件"`
	Unit     string `help:"财务表由哪个单位公开；住户册没有写明村居时属于哪个村居。" placeholder:"名称"`
	Marked   string `help:"把标出问题的表格写到这个文件。" placeholder:"文件"`
	DryRun   bool   `help:"试办一遍：走完全部核对再撤回，什么也不记录。" xor:"what"`
	Commit   bool   `help:"记录。不写时只预览。" xor:"what"`
}

// Help says how an import goes.
func (importCommand) Help() string {
	return "先预览：列出表格里的全部问题，逐格指明。没有问题时可加 --commit 整批记录，一行都不能办时整批不办。\n预览和试办不改动任何数据。试办和记录须用 --by 写明经办人，以其职务办理。"
}

// decide is what a request to the journal does.
type decide = func(ctx context.Context, w *journal.Writer) error

// imported is a register that was read and can be recorded.
type imported struct {
	preview *sheet.Preview
	power   string
	unit    int64 // for which the power is needed
	seal    func(ctx context.Context) (decide, error)
}

// Run previews, rehearses or records.
func (i *importCommand) Run(c *console) error {
	h, err := i.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	on, err := h.day(i.AsOf)
	if err != nil {
		return err
	}
	file, book, err := openBook(i.File)
	if err != nil {
		return err
	}
	defer file.Close()
	im, err := i.read(c, h, book, on)
	if err != nil {
		return err
	}
	sayPreview(c, im.preview)
	if i.Marked != "" {
		if err := markUp(file, i.Marked, im.preview); err != nil {
			return err
		}
		c.say("标出问题的表格：%s", i.Marked)
	}
	if im.preview.Errors > 0 {
		c.say("什么也没有记录。请改正后再导入。")
		return errSaid
	}
	if !i.Commit && !i.DryRun {
		c.say("这是预览，什么也没有记录。加 --commit --by 登录名 记录。")
		return nil
	}
	return i.record(c, h, im)
}

func (i *importCommand) record(c *console, h *house, im *imported) error {
	actor, d, err := i.who(c, h, im.power, im.unit)
	if err != nil {
		return err
	}
	do, err := im.seal(c)
	if err != nil {
		return err
	}
	req := journal.Request{By: by(actor, d), Decide: do}
	if i.DryRun {
		r, err := h.journal.Rehearse(c, h.town, req)
		if err != nil {
			return fmt.Errorf("试办不成，什么也没有记录：%w", err)
		}
		c.say("试办成功，将记录 %d 件；已全部撤回。", r.Count())
		return nil
	}
	r, err := h.journal.Record(c, h.town, req)
	if err != nil {
		return fmt.Errorf("什么也没有记录：%w", err)
	}
	c.say("已记录 %d 件：第 %d 号至第 %d 号。", r.Count(), r.First, r.Last)
	return h.sign(c)
}

var hows = map[string]member.How{"opening": member.Opening, "admitted": member.Admitted, "in": member.In}

// read reads the file as what it is said to be.
func (i *importCommand) read(ctx context.Context, h *house, book *sheet.Book, on calendar.Date) (im *imported, err error) {
	im = &imported{}
	if im.unit, err = h.street(ctx, h.journal.Today()); err != nil {
		return nil, err
	}
	switch i.As {
	case "institutions", "party":
		preview := org.PreviewInstitutions
		if i.As == "party" {
			preview = org.PreviewParty
		}
		var plan *org.UnitPlan
		im.power = access.OrgEdit
		im.preview, plan, err = preview(ctx, h.db, h.town, book, on)
		im.seal = plain(func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, nil) })
	case "offices":
		var plan *org.OfficePlan
		im.power = access.OfficeAppoint
		im.preview, plan, err = org.PreviewOffices(ctx, h.db, h.town, h.vault.Find, book, h.journal.Today())
		im.seal = plain(func(ctx context.Context, w *journal.Writer) error { return plan.Record(ctx, w, h.vault.Find, "", "") })
	case "households":
		opt := people.HouseholdOptions{On: on, Unit: -1}
		if i.Unit != "" {
			if opt.Unit, err = h.unitNamed(ctx, i.Unit, on); err != nil {
				return nil, err
			}
		}
		var plan *people.HouseholdPlan
		im.power = access.PeopleEdit
		im.preview, plan, err = people.PreviewHouseholds(ctx, h.db, h.vault, book, opt)
		im.seal = func(ctx context.Context) (decide, error) {
			batch, err := plan.Seal(ctx, h.vault, nil)
			if err != nil {
				return nil, err
			}
			return batch.Record, nil
		}
	case "roster":
		var plan *member.RosterPlan
		im.power = access.MemberImport
		im.preview, plan, err = member.PreviewRoster(ctx, h.db, h.vault, book, member.RosterOptions{On: on, How: hows[i.How]})
		im.seal = func(ctx context.Context) (decide, error) {
			batch, err := plan.Seal(ctx, h.vault, nil)
			if err != nil {
				return nil, err
			}
			return batch.Record, nil
		}
	case "movements":
		err = i.movements(ctx, h, book, on, im)
	case "finance":
		err = i.finance(ctx, h, book, on, im)
	}
	return im, err
}

// plain is for registers without personal numbers: there is nothing to seal.
func plain(d decide) func(context.Context) (decide, error) {
	return func(context.Context) (decide, error) { return d, nil }
}

// movements are read with the roster of those who come by them.
func (i *importCommand) movements(ctx context.Context, h *house, book *sheet.Book, on calendar.Date, im *imported) error {
	var arrivals *member.RosterPlan
	if i.Arrivals != "" {
		file, more, err := openBook(i.Arrivals)
		if err != nil {
			return err
		}
		defer file.Close()
		preview, plan, err := member.PreviewRoster(ctx, h.db, h.vault, more, member.RosterOptions{On: on, How: member.In})
		if err != nil {
			return err
		}
		if preview.Errors > 0 {
			im.preview = preview
			return nil
		}
		arrivals = plan
	}
	preview, plan, err := member.PreviewMovements(ctx, h.db, h.vault, book, arrivals, on)
	im.preview, im.power = preview, access.MemberEdit
	im.seal = func(ctx context.Context) (decide, error) {
		batch, err := plan.Seal(ctx, h.vault, nil)
		if err != nil {
			return nil, err
		}
		return batch.Record, nil
	}
	return err
}

// finance drafts a notice from a table; checking and publishing are for others, at the desk.
func (i *importCommand) finance(ctx context.Context, h *house, book *sheet.Book, on calendar.Date, im *imported) (err error) {
	if i.Unit == "" {
		return fmt.Errorf("请用 --unit 写明由哪个单位公开，如 文峰村村民委员会。什么也没有记录")
	}
	if im.unit, err = h.unitNamed(ctx, i.Unit, on); err != nil {
		return err
	}
	im.power = access.DisclosureDraft
	content, preview, err := disclosure.ReadSheet(ctx, book)
	im.preview = preview
	im.seal = plain(func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Begin(ctx, w, im.unit, content, 0, on)
		return err
	})
	return err
}

// openBook opens a spreadsheet on the disk; the file stays open as long as the book is read.
func openBook(name string) (*os.File, *sheet.Book, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("表格 %s 打不开：%w", name, err)
	}
	info, err := file.Stat()
	if err == nil {
		var book *sheet.Book
		if book, err = sheet.Open(file, info.Size(), name); err == nil {
			return file, book, nil
		}
	}
	file.Close()
	return nil, nil, err
}

// sayPreview prints what was found, every problem with its cell.
func sayPreview(c *console, p *sheet.Preview) {
	c.say("%s", p.Summary())
	for _, q := range p.Problems {
		level := "提醒"
		if q.Level == sheet.Error {
			level = "错误"
		}
		c.say("  %s %s%s%s", level, pad(q.Address, 7), pad(q.Column, 18), q.Message)
	}
}

// markUp writes the file back with its problems marked.
func markUp(file *os.File, out string, p *sheet.Preview) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return writeFile(out, func(w io.Writer) error { return sheet.MarkUp(w, file, info.Size(), p) })
}

// writeFile writes a new file, complete or not at all.
func writeFile(name string, fill func(io.Writer) error) error {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s 已经存在，没有覆盖。请换一个文件名", name)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%s 写不了：%w", name, err)
	}
	err = fill(file)
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(name)
		return fmt.Errorf("%s 没有写成：%w", name, err)
	}
	return nil
}
