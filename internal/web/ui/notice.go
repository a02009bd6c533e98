package ui

// Notice is a published notice as villagers read it, on the screen and on paper.
type Notice struct {
	Kind       string // 财务公开
	Number     string // 文峰村公开〔2026〕12号
	Title      string
	Unit       string   // who publishes
	Period     string   // 2026年第三季度
	Paragraphs []string // text above the tables
	Tables     []NoticeTable
	Posted     string // YYYY-MM-DD, first day on the board; empty for a draft
	Until      string // YYYY-MM-DD, last day of the statutory period; empty where no law gives one
	Place      string // 村务公开栏、文峰村网上公开栏
	Approvals  []Approval
	Remarks    []string // how it came about, in plain words
	Contact    string   // where to ask or object
	Correction Link     // the notice that corrects this one, or that it corrects
	Verify     Verification
	Here       string // full address of the check-in of someone before the paper; on the desk's print alone
}

// term says from when to when the notice hangs; without a statutory period, from when.
func (n Notice) term() string {
	if n.Until == "" {
		return DateText(n.Posted) + "起"
	}
	return DateText(n.Posted) + "至" + DateText(n.Until)
}

// NoticeTable is one table of a notice.
type NoticeTable struct {
	Caption string
	Unit    string // 单位：元
	Heads   []string
	Numeric []bool // columns of figures
	Lead    int    // column that names the row; where it holds figures, the first that does not
	Rows    [][]string
	Total   []string // cells of the total row; nil without one
	Sum     *int64   // fen, printed in capital characters; nil without one
}

func (t NoticeTable) class(i int) string {
	if i < len(t.Numeric) && t.Numeric[i] {
		return "num"
	}
	if t.head(i) == "序号" {
		return "serial"
	}
	return ""
}

// lead is the column whose cell heads its row.
func (t NoticeTable) lead() int {
	for i := t.Lead; i < len(t.Numeric); i++ {
		if !t.Numeric[i] {
			return i
		}
	}
	return t.Lead
}

// short keeps dates and small figures from breaking at a hyphen.
func short(cell string) string {
	if len(cell) <= 10 {
		return "short"
	}
	return ""
}

func (t NoticeTable) head(i int) string {
	if i < len(t.Heads) {
		return t.Heads[i]
	}
	return ""
}

// Approval is who wrote, approved or supervised a notice.
type Approval struct {
	Role string // 编制, 审核, 村务监督委员会
	Name string
	Date string // YYYY-MM-DD
}

// Verification is how a reader checks that the notice is the recorded one.
type Verification struct {
	URL   string // full address, as the QR code carries it
	Act   int64  // number in the town's journal
	Print string // first characters of the hash, in groups
}
