package posting

import (
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// Answer is what someone before the board says of the sheet.
type Answer string

// The answers; kept for ever.
const (
	There   Answer = "there"   // it hangs, and reads as the record
	Gone    Answer = "gone"    // it was torn off, covered or exchanged
	Differs Answer = "differs" // a sheet hangs, and reads otherwise
)

// Witness is who or what says that a notice stood on a day.
type Witness string

// The witnesses; kept for ever.
const (
	Supervisor Witness = "supervisor" // a member of a supervision body, logged in
	Villager   Witness = "villager"   // who lives there, logged in
	Scan       Witness = "scan"       // whoever holds the paper's code
	Office     Witness = "office"     // of the side that posts; it is heard only against itself
	Paper      Witness = "paper"      // a list signed beside the board, entered afterwards
	Online     Witness = "online"     // the heartbeat: the public board in the net
)

// CheckIn is what someone before the board saw. Frozen.
type CheckIn struct {
	Notice  int64            `json:"notice" title:"公示" ref:"disclosure.notice"`
	Unit    int64            `json:"unit" title:"公开单位" ref:"org.unit"`
	Title   string           `json:"title" title:"公示编号"` // once its title, which may be covered one day
	Witness string           `json:"witness" title:"核实人" list:"disclosure.witness"`
	Answer  string           `json:"found" title:"现场情况" list:"disclosure.answer"`
	Code    bool             `json:"code,omitempty" title:"扫了纸上的核实码"`
	Note    string           `json:"note,omitempty" title:"说明" as:"long"`
	Photo   *disclosure.File `json:"photo,omitempty" title:"现场照片"`
	Case    int64            `json:"case,omitempty" title:"并入哪一次反映" ref:"disclosure.checkin"` // what is already waiting to be hung again
	Sheet   int64            `json:"sheet,omitempty" title:"扫到的纸是哪次遮盖以后打印的" ref:"act"`        // 0: as it was published
	Mark    string           `json:"mark,omitempty" title:"防重复标记" as:"inner"`                 // of the device, for this notice and day alone
}

// Outdated says that a notice was covered while it hangs: the sheet on the board still tells what was covered. Frozen.
type Outdated struct {
	Notice int64  `json:"notice" title:"公示" ref:"disclosure.notice"`
	Unit   int64  `json:"unit" title:"公开单位" ref:"org.unit"`
	Number string `json:"number" title:"公示编号"`
	Cover  int64  `json:"cover" title:"遮盖" ref:"act"`
	Case   int64  `json:"case,omitempty" title:"并入哪一件待办" ref:"act"` // what is already waiting to be hung again
}

// Rehang is what the office found and did about a sheet that was said to be gone, or has to be exchanged. Frozen.
type Rehang struct {
	Done string `json:"done" title:"处理结果" list:"disclosure.rehang"`
	Note string `json:"note,omitempty" title:"说明" as:"long"`
}

// What an office did; kept for ever.
const (
	HungAgain = "hung"   // a sheet was printed and hung
	StillHung = "intact" // it was looked at: the right sheet hangs
	DaysOver  = "over"   // it need not hang any more
)

// Signed is one day of a signed list. Frozen.
type Signed struct {
	Day calendar.Date `json:"day" title:"日期"`
	By  string        `json:"by" title:"签名人" list:"disclosure.signer"`
}

// SignOff is a list that was signed on paper beside the board, entered afterwards. Frozen.
type SignOff struct {
	Notice int64            `json:"notice" title:"公示" ref:"disclosure.notice"`
	Unit   int64            `json:"unit" title:"公开单位" ref:"org.unit"`
	Rows   []Signed         `json:"rows" title:"签到"`
	Side   string           `json:"side" title:"补录人一方" list:"disclosure.side"`
	Scan   *disclosure.File `json:"scan,omitempty" title:"签到表扫描件"`
	Note   string           `json:"note,omitempty" title:"说明" as:"long"`
}

// Who enters a signed list; kept for ever.
const (
	SideSupervision = "supervision"
	SideOffice      = "office" // that posts itself
)

// Shown is a notice that the public board showed. Frozen.
type Shown struct {
	Notice int64  `json:"n" title:"公示" ref:"disclosure.notice"`
	Act    int64  `json:"act" title:"内容所在登记号" ref:"act"` // the publication, or the last covering
	Print  string `json:"print" title:"指纹"`              // first 16 hex digits of the entry's hash, as they are printed on paper
}

// Older are all notices that the board shows beside those that are listed. Its hash is not named sha256, as those of files are. Frozen.
type Older struct {
	Count int    `json:"count" title:"张数"`
	Hash  string `json:"root" title:"合并指纹"` // SHA-256 over "notice act entry-hash\n" of each, by number of the notice
}

// Heartbeat is what the public board showed on a day, every public act opened and held against its seal. Listed are the notices
// within their days of posting, and all that were not whole. Frozen.
type Heartbeat struct {
	Day    calendar.Date `json:"date" title:"日期"`
	Shown  []Shown       `json:"shown,omitempty" title:"完好显示的公示"`
	Broken []Shown       `json:"broken,omitempty" title:"没有完好显示的公示"`
	More   int           `json:"more,omitempty" title:"另有没有完好显示的张数"` // beyond what one act lists
	Erased []Shown       `json:"erased,omitempty" title:"内容依法遮盖或删除的公示"`
	Older  Older         `json:"older" title:"其余在栏公示"`
}

// The kinds.
var (
	KindOutdated = journal.Kind[Outdated]{Name: "disclosure.outdated/1", Title: "遮盖以后要换纸", Final: "遮盖过就是遮盖过；换上新纸以后请登记"}
	KindCheckIn  = journal.Kind[CheckIn]{Name: "disclosure.checkin/1", Title: "公开栏现场核实", Final: "现场看到什么就记什么；按错了，请回到现场再核实一次", Check: checkCheckIn}
	KindRehang   = journal.Kind[Rehang]{Name: "disclosure.rehang/1", Title: "补挂或复核", Final: "处理过就是处理过；情况有变的，请再核实一次", Check: checkRehang}
	KindSignOff  = journal.Kind[SignOff]{Name: "disclosure.signoff/1", Title: "补录纸质签到", Keep: []string{"notice", "unit", "rows", "side", "scan"}, Check: checkSignOff}
	KindDay      = journal.Kind[Heartbeat]{Name: "disclosure.heartbeat/1", Title: "公开栏每日封存", Public: true, Final: "封存的是当天看到的样子"}
)

// longest is how many characters a note may have.
const longest = 200

func checkCheckIn(c *CheckIn) error {
	if !known(witnesses, c.Witness) || c.Witness == string(Paper) || c.Witness == string(Online) || !known(answers, c.Answer) {
		return journal.RefuseField("answer", "请选择现场看到的情况。")
	}
	return disclosure.Plain("note", "说明", c.Note)
}

func checkRehang(r *Rehang) error {
	if !known(rehangs, r.Done) {
		return journal.RefuseField("done", "请选择处理结果。")
	}
	return disclosure.Plain("note", "说明", r.Note)
}

func checkSignOff(s *SignOff) error {
	if len(s.Rows) == 0 {
		return journal.RefuseField("rows", "请至少填写一天的签到。")
	}
	for _, r := range s.Rows {
		if !r.Day.Valid() || !known(signers, r.By) {
			return journal.RefuseField("rows", "签到的日期和签名人要成对填写。")
		}
	}
	if !known(sides, s.Side) {
		return journal.RefuseField("side", "请选择补录人一方。")
	}
	return disclosure.Plain("note", "说明", s.Note)
}
