package oversight

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/notice"
	"cunju/internal/law/rcl"
	"cunju/internal/law/vcl"
)

// Require records a request for audit, where enough have signed.
func Require(ctx context.Context, w *journal.Writer, c Call, on calendar.Date) (int64, error) {
	u, err := discloses(ctx, w, w.Town, c.Unit)
	if err != nil {
		return 0, err
	}
	facts := notice.Call{Body: disclosure.BodyOf(u.Kind)}
	share := law.Some(notice.Share{Asked: c.Asked, All: c.All})
	switch {
	case facts.Body == notice.Village && c.Signers == Villagers:
		facts.Villagers = share
	case facts.Body == notice.Community && c.Signers == Residents:
		facts.Residents = share
	case facts.Body == notice.Community && c.Signers == Delegates:
		facts.Delegates = share
	case facts.Body == notice.Village:
		return 0, journal.RefuseField("signers", "审计村委会，由村民签名要求。")
	case facts.Body == notice.Community:
		return 0, journal.RefuseField("signers", "审计居委会，由居民或者居民代表签名要求。")
	default:
		return 0, journal.RefuseField("unit", "联名要求审计，只适用于村民委员会和居民委员会。集体经济组织成员可以直接查阅、复制账目。")
	}
	if c.Handed > on {
		return 0, journal.RefuseField("handed", "收到日期（%s）还没有到。", c.Handed.Chinese())
	}
	return journal.Add(ctx, w, KindCall, on, nil, c, vcl.Asked.Judge(facts, on, law.Settings{}), rcl.Asked.Judge(facts, on, law.Settings{}))
}

// Delivered records the audit report.
func Delivered(ctx context.Context, w *journal.Writer, id int64, r Report, on calendar.Date) (int64, error) {
	if r.On > on {
		return 0, journal.RefuseField("on", "报告日期（%s）还没有到。", r.On.Chinese())
	}
	return journal.Add(ctx, w, KindReport, on, []int64{id}, r)
}

// Shown records the notice by which the result of an audit was published: of the audited unit, and not older than the report.
func Shown(ctx context.Context, w *journal.Writer, id, no int64, on calendar.Date) (int64, error) {
	a, err := load[Asked](ctx, w, id)
	if err != nil {
		return 0, err
	}
	row, err := publishedBy(ctx, w, "notice", no, a.Call.Unit)
	if err != nil {
		return 0, err
	}
	if row.Published < a.On {
		return 0, journal.RefuseField("notice", "《%s》公布于%s，早于审计报告（%s），不会是它的结果。没有登记，请核对公示的登记号。", row.Title, row.Published.Chinese(), a.On.Chinese())
	}
	return journal.Add(ctx, w, KindOutcome, on, []int64{id}, Outcome{no})
}
