package open

import (
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
)

// Unit is a village, a community, or a unit that published something.
type Unit struct {
	ID        int64         `json:"id" doc:"编号" example:"12"`
	Kind      string        `json:"kind" doc:"种类代码" example:"village"`
	KindName  string        `json:"kind_name" doc:"种类" example:"村"`
	Name      string        `json:"name" doc:"全称" example:"文峰村村民委员会"`
	Short     string        `json:"short,omitempty" doc:"简称" example:"文峰村村委会"`
	Area      int64         `json:"area" doc:"所在的村、社区的编号；不属于任何村、社区的为 -1" example:"3"`
	From      calendar.Date `json:"from" doc:"设立日期" example:"2000-01-01"`
	To        calendar.Date `json:"to,omitempty" doc:"撤销后的第一天；仍然存在的没有这一项" example:"2026-03-01"`
	Published int64         `json:"published" doc:"公布过的公示张数" example:"37"`
	Page      string        `json:"page,omitempty" doc:"公开栏的地址（村、社区才有）" example:"/v/3"`
}

// Summary is a notice in a list.
type Summary struct {
	ID          int64         `json:"id" doc:"编号" example:"118"`
	Number      string        `json:"number" doc:"公布编号" example:"文峰村村委会公开〔2026〕12号"`
	Title       string        `json:"title" doc:"标题" example:"文峰村2026年10月财务收支公开表"`
	Subject     string        `json:"subject" doc:"类别代码" enum:"finance,village,collective,party"`
	SubjectName string        `json:"subject_name" doc:"类别" example:"财务公开"`
	Item        string        `json:"item,omitempty" doc:"公开目录事项代码；目录以外的是 outside，没有选过的没有这一项"`
	Unit        int64         `json:"unit" doc:"公开单位的编号" example:"12"`
	UnitName    string        `json:"unit_name" doc:"公开单位" example:"文峰村村委会"`
	From        calendar.Date `json:"from,omitempty" doc:"期间第一日" example:"2026-10-01"`
	To          calendar.Date `json:"to,omitempty" doc:"期间最后一日" example:"2026-10-31"`
	Published   calendar.Date `json:"published" doc:"公布日期" example:"2026-11-05"`
	Posted      calendar.Date `json:"posted,omitempty" doc:"贴上公开栏的日期" example:"2026-11-05"`
	Place       string        `json:"place,omitempty" doc:"张贴地点"`
	HangUntil   calendar.Date `json:"hang_until,omitempty" doc:"最少要贴到哪一天" example:"2026-11-20"`
	TakenDown   calendar.Date `json:"taken_down,omitempty" doc:"撤下的日期"`
	Covered     calendar.Date `json:"covered,omitempty" doc:"最近一次依法遮盖部分文字的日期；没有遮盖过的没有这一项"`
	Replaces    *int64        `json:"replaces,omitempty" doc:"这张公示更正了哪一张"`
	ReplacedBy  *int64        `json:"replaced_by,omitempty" doc:"已被哪一张更正"`
	Caution     string        `json:"caution,omitempty" doc:"读的人要知道的：已经更正、紧急公布还没有确认、没有得到确认；别的没有这一项" example:"先行公布，待确认"`
	Act         int64         `json:"act" doc:"公布这一件在公开总账里的编号" example:"532"`
	Page        string        `json:"page" doc:"网页地址" example:"/n/118"`
}

// Detail is a notice with what it says and how that is sealed.
type Detail struct {
	Summary
	Content *disclosure.Content `json:"content,omitempty" doc:"公开的内容，和封存的一字不差；依法遮盖过的是遮盖以后的；金额以分为单位。查验不通过或者已经依法删除的，没有这一项"`
	Seal    Seal                `json:"seal" doc:"封存和查验"`
}

// Seal is how a notice stands under the public log.
type Seal struct {
	Standing string `json:"standing" doc:"sealed：和封存的一致；pending：正在封存；broken：对不上，内容不再给出；erased：内容已经依法删除" enum:"sealed,pending,broken,erased"`
	Act      int64  `json:"act" doc:"现在显示的内容封存在公开总账的哪一号：公布，或者最近一次遮盖" example:"532"`
	Entry    string `json:"entry,omitempty" doc:"登记条目原文"`
	Leaf     string `json:"leaf,omitempty" doc:"条目作为树叶的哈希（RFC 6962，SHA-256，十六进制）"`
	Log      string `json:"log" doc:"公开总账的目录" example:"/log/321002003"`
	ActFile  string `json:"act_file" doc:"封存的内容、盐和条目" example:"/log/321002003/act/532.json"`
	Proof    string `json:"proof" doc:"位置证明（C2SP tlog-proof）" example:"/log/321002003/proof/532.tlog-proof"`
}

// Notices is one page of a list.
type Notices struct {
	Items []Summary `json:"items" doc:"公示，最新的在最前面"`
	Next  string    `json:"next,omitempty" doc:"下一页的起点，作为 cursor 参数；没有这一项就是最后一页" example:"2026-11-05.118"`
}

// Units is the list of units.
type Units struct {
	Items []Unit `json:"items" doc:"村、社区，以及公布过公示的单位"`
}
