package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
)

type exportCommand struct {
	place
	acting
	What   string `arg:"" optional:"" help:"导出什么：roster（党员花名册）、organisation（党组织）、households（住户）、notice（一件公开事项，用 --id）、board（整个公开栏，一份签了名的公开数据包，U 盘里就能打开）、journal（整本总账）。" enum:"roster,organisation,households,notice,board,journal," default:"" placeholder:"种类"`
	Out    string `help:"写入的文件，不得已存在。" placeholder:"文件"`
	All    string `help:"把全部台账、已公布的公开事项和总账写入这个目录。" placeholder:"目录"`
	Unit   string `help:"只导出这个单位及其下级；默认为全街道（乡镇）。" placeholder:"名称"`
	Form   string `help:"花名册的格式：roster29（29 列）或 village-roster（村、居常用）。" enum:"roster29,village-roster" default:"roster29" placeholder:"格式"`
	AsOf   string `help:"导出这一天的花名册、党组织或住户；默认为今天。以前的花名册不能改好再导入。" placeholder:"日期"`
	Public string `help:"村民访问公开栏的地址，印在数据包里每张公示的二维码中；不写就不印二维码。" placeholder:"网址"`
	ID     int64  `name:"id" help:"公开事项的编号。" default:"-1" placeholder:"编号"`
	Full   bool   `help:"写出完整的身份证号、电话和住址；不加时隐去中间各位。"`
	Reason string `help:"导出原因，本人可以看到。与 --full 同用，必填。" placeholder:"文字"`
}

// Help says what leaves a trace.
func (exportCommand) Help() string {
	return "写出办公所用的表格（.xlsx），或整本总账（每行一件的 JSON，连同封存的抬头、盐和内容，可独立核对）。\n台账和总账里有个人信息，须用 --by 写明经办人，写入查阅记录；已公布的公开事项不用。"
}

// roster, and the other registers that come out as a sheet.
const (
	exportRoster     = "roster"
	exportParty      = "organisation"
	exportHouseholds = "households"
	exportNotice     = "notice"
	exportBoard      = "board"
	exportJournal    = "journal"
)

// Run writes one register, or all.
func (e *exportCommand) Run(c *console) error {
	if (e.What == "") == (e.All == "") || e.What != "" && e.Out == "" {
		return errors.New("请写明导出什么和 --out 文件，或只写 --all 目录。没有导出")
	}
	h, err := e.open(c, options{log: quiet(c)})
	if err != nil {
		return err
	}
	defer h.close()
	on, err := h.day(e.AsOf)
	if err != nil {
		return err
	}
	if on > h.journal.Today() {
		return fmt.Errorf("--as-of：%s还没有到。没有导出", on.Chinese())
	}
	x := &exporting{exportCommand: e, house: h, on: on}
	if x.unit, err = h.unitNamed(c, e.Unit, on); err != nil {
		return err
	}
	if e.All != "" {
		return x.all(c, c)
	}
	return x.write(c, c, e.What, e.Out)
}

// exporting is one export under way.
type exporting struct {
	*exportCommand
	house *house
	on    calendar.Date
	unit  int64
	warn  string // what the clerk has to know of a file that was written
}

// all writes everything the town has, each register as the offices know it.
func (x *exporting) all(ctx context.Context, c *console) error {
	if err := os.MkdirAll(filepath.Join(x.All, "公开"), 0o700); err != nil {
		return fmt.Errorf("目录 %s 建不了：%w", x.All, err)
	}
	for _, one := range []struct{ what, file string }{
		{exportParty, "党组织.xlsx"}, {exportRoster, "党员花名册.xlsx"}, {exportHouseholds, "住户.xlsx"}, {exportJournal, "总账.jsonl"},
	} {
		if err := x.write(ctx, c, one.what, filepath.Join(x.All, one.file)); err != nil {
			return err
		}
	}
	filter := disclosure.BoardFilter{Area: -1, Limit: boardPage}
	n := 0
	for {
		rows, err := disclosure.Board(ctx, x.house.db, x.house.town, filter)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := x.notice(ctx, r, filepath.Join(x.All, "公开", fmt.Sprintf("%d.xlsx", r.ID))); err != nil {
				return err
			}
			n++
			filter.Before = disclosure.Cursor{Published: r.Published, ID: r.ID}
		}
		if len(rows) < boardPage {
			break
		}
	}
	c.say("公开事项  %d 件：%s", n, filepath.Join(x.All, "公开"))
	return nil
}

// boardPage is how many notices are read together.
const boardPage = 200

// write writes one register to a new file.
func (x *exporting) write(ctx context.Context, c *console, what, out string) error {
	start := time.Now()
	fill, err := x.filler(ctx, what)
	if err != nil {
		return err
	}
	if err := writeFile(out, fill); err != nil {
		return err
	}
	c.say("已写出 %s（%s）", out, took(start))
	if x.warn != "" {
		c.say("%s", x.warn)
	}
	return nil
}

func (x *exporting) filler(ctx context.Context, what string) (func(io.Writer) error, error) {
	h := x.house
	switch what {
	case exportJournal:
		return x.journalFiller(ctx)
	case exportBoard:
		return x.boardFiller(ctx)
	case exportNotice:
		row, err := disclosure.Find(ctx, h.db, h.town, x.ID)
		if err != nil {
			return nil, fmt.Errorf("没有第 %d 号公开事项。没有导出", x.ID)
		}
		return x.noticeFiller(ctx, row)
	}
	power := access.MemberRead
	if what == exportHouseholds {
		power = access.PeopleRead
	}
	view, err := x.allowed(ctx, power)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		persons, err := x.register(ctx, w, what)
		if err != nil {
			return err
		}
		view.What = map[string]string{exportRoster: "党员花名册", exportParty: "党组织信息采集表", exportHouseholds: "住户册"}[what]
		if x.Full {
			view.What += "（完整号码）"
			return h.note(ctx, view.Each(persons)...)
		}
		view.What, view.Persons = view.What+"（号码已隐去）", int64(len(persons))
		return h.note(ctx, view)
	}, nil
}

// allowed asks for the powers that an export with persons needs, and prepares its line of the view log.
func (x *exporting) allowed(ctx context.Context, power string) (access.View, error) {
	powers := []string{power, access.SheetExport}
	if x.Full {
		powers = append(powers, access.PeopleReveal)
		if x.Reason == "" {
			return access.View{}, errors.New("导出完整号码须用 --reason 写明原因，本人可以看到。没有导出")
		}
	}
	v := access.View{Act: access.SheetExport, Page: "cunju export", Reason: x.Reason}
	if v.Reason == "" {
		v.Reason = "导出台账（号码已隐去）"
	}
	for _, p := range powers {
		actor, d, err := x.who(ctx, x.house, p, x.unit)
		if err != nil {
			return v, err
		}
		v.Viewer, v.Office = actor.Person, d.Via.Title
	}
	return v, nil
}

// register writes a register and answers the persons in it.
func (x *exporting) register(ctx context.Context, w io.Writer, what string) ([]int64, error) {
	h := x.house
	secret := member.ExportSecret(h.vault)
	switch what {
	case exportHouseholds:
		return people.ExportHouseholds(ctx, h.db, h.vault, w, people.ExportOptions{Unit: x.unit, Full: x.Full, On: x.on, Secret: secret})
	case exportParty:
		unit, err := x.partyUnit(ctx)
		if err != nil {
			return nil, err
		}
		return member.ExportOrganisations(ctx, h.db, h.vault, w, member.ExportOptions{Unit: unit, On: x.on, Secret: secret})
	}
	return member.ExportRoster(ctx, h.db, h.vault, w, member.ExportOptions{Form: member.ExportForm(x.Form), Unit: x.unit, Full: x.Full, On: x.on,
		Past: x.on != h.journal.Today(), Book: h.journal.Book(), Secret: secret})
}

// partyUnit is the Party organisation to begin with: the unit asked for, or the one that stands above all others.
func (x *exporting) partyUnit(ctx context.Context) (int64, error) {
	if x.Unit != "" {
		return x.unit, nil
	}
	tree, err := org.Tree(ctx, x.house.db, x.house.town, org.Party, x.on)
	if err != nil {
		return 0, err
	}
	for _, u := range tree {
		if u.Parent < 0 && u.IsParty() {
			return u.ID, nil
		}
	}
	return 0, fmt.Errorf("%s还没有党组织。没有导出", x.on.Chinese())
}

func (x *exporting) notice(ctx context.Context, row disclosure.Row, out string) error {
	fill, err := x.noticeFiller(ctx, row)
	if err != nil {
		return err
	}
	return writeFile(out, fill)
}

// noticeFiller writes a published notice as it was published.
func (x *exporting) noticeFiller(ctx context.Context, row disclosure.Row) (func(io.Writer) error, error) {
	p, _, err := disclosure.Published(ctx, x.house.db, x.house.town, row)
	if db.Kind(err) == db.NotFound {
		return nil, fmt.Errorf("第 %d 号公开事项还没有公布。没有导出", row.ID)
	}
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error { return disclosure.WriteSheet(w, p.UnitName, p.Content) }, nil
}
