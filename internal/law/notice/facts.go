package notice

import (
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Body is who discloses.
type Body string

// The bodies.
const (
	Village    Body = "village"    // 村民委员会
	Community  Body = "community"  // 居民委员会
	Collective Body = "collective" // 农村集体经济组织
	Party      Body = "party"      // 党组织
)

// Chinese names the body.
func (b Body) Chinese() string {
	return map[Body]string{Village: "村民委员会", Community: "居民委员会", Collective: "农村集体经济组织", Party: "党组织"}[b]
}

// Item is a kind of matter that must be disclosed.
type Item string

// The items; the last three concern communities only.
const (
	Decisions    Item = "decisions"    // 会议决定事项及其实施情况
	Relief       Item = "relief"       // 政府拨付和接受捐赠的救助救灾、补贴补助资金物资
	Assistance   Item = "assistance"   // 协助政府开展工作的情况
	Consultation Item = "consultation" // 民主协商的结果
	Common       Item = "common"       // 其他普遍关心的事项
	Facilities   Item = "facilities"   // 服务设施的使用
	Projects     Item = "projects"     // 服务项目
	Funds        Item = "funds"        // 筹集资金的收支
)

// Chinese names the item.
func (i Item) Chinese() string {
	return map[Item]string{Decisions: "会议决定及实施情况", Relief: "救助救灾、补贴补助等资金物资", Assistance: "协助政府工作情况",
		Consultation: "民主协商结果", Common: "群众普遍关心的其他事项",
		Facilities: "服务设施使用情况", Projects: "服务项目情况", Funds: "筹集资金收支"}[i]
}

// Class says how often an item must be disclosed.
type Class string

// The classes.
const (
	Ordinary Class = "ordinary" // 一般事项
	Money    Class = "money"    // 财务收支
	Major    Class = "major"    // 涉及群众利益的重大事项
	Yearly   Class = "yearly"   // 每年公布一次的事项
)

// Chinese names the class.
func (c Class) Chinese() string {
	return map[Class]string{Ordinary: "一般事项", Money: "财务收支", Major: "重大事项", Yearly: "年度事项"}[c]
}

// Coverage asks whether a period's disclosure is complete: what happened in it
// against what was published.
type Coverage struct {
	Body      Body
	Occurred  law.Opt[[]Item] // items with something to tell in the period; none is known as empty
	Published []Item
}

// Rhythm asks when something must be published next, and whether it is late.
type Rhythm struct {
	Body      Body
	Class     Class
	Published law.Opt[calendar.Date] // last publication of this kind or matter; known "" = never
	Arose     law.Opt[calendar.Date] // the day a major or community matter arose
}

// Board asks whether a notice may go out the way it is planned.
type Board struct {
	Body     Body
	Physical law.Opt[bool] // it hangs on the physical board too
}

// Posting asks whether a notice may be taken down on the day asked for.
type Posting struct {
	Body    Body
	Posted  law.Opt[calendar.Date]
	Removed law.Opt[calendar.Date] // planned or actual day of removal; known "" = not planned, it stays up
	Term    law.Opt[Term]          // as recorded on posting; unknown = reckoned by the terms of the day asked for
}

// Term is how long a posted notice must hang, as it was reckoned when its posting was recorded. Local terms that are
// recorded later, even back-dated, do not move it.
type Term struct {
	Last    calendar.Date // last day it must still hang
	Text    string        // how it was reckoned
	Setting int64         // act of the local term, 0 for the national one
}

// Cover decides [Coverage] for a law's list of items.
func Cover(f Coverage, list []Item) law.Finding {
	const need = "本期发生的法定公开事项全部公布"
	occurred, known := f.Occurred.Get()
	if !known {
		return law.Lacking(need, "本期发生了哪些应公开事项")
	}
	published := map[Item]bool{}
	for _, item := range f.Published {
		published[item] = true
	}
	happened := map[Item]bool{}
	for _, item := range occurred {
		happened[item] = true
	}
	var done, left []string
	for _, item := range list {
		switch {
		case happened[item] && published[item]:
			done = append(done, item.Chinese())
		case happened[item]:
			left = append(left, item.Chinese())
		}
	}
	if len(left) > 0 {
		return law.Finding{Outcome: law.Refuse, Given: "尚未公布：" + strings.Join(left, "、"), Need: need,
			Remedy: "补充公布后再确认本期公开完毕"}
	}
	given := "本期没有发生应公开事项"
	if len(done) > 0 {
		given = "已公布：" + strings.Join(done, "、")
	}
	return law.Finding{Outcome: law.Pass, Given: given, Need: need}
}

// Hang decides [Board].
func Hang(f Board) law.Finding {
	const need = "在固定公开栏张贴，可以同时在网上公布"
	physical, known := f.Physical.Get()
	switch {
	case !known:
		return law.Lacking(need, "是否在公开栏张贴")
	case !physical:
		return law.Finding{Outcome: law.Refuse, Given: "只在网上公布", Need: need, Remedy: "打印后张贴到公开栏，再登记张贴日期"}
	}
	return law.Finding{Outcome: law.Pass, Given: "在公开栏张贴", Need: need}
}
