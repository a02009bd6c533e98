package member

import (
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/constitution"
	"cunju/internal/sheet"
)

// founded is the month in which the Party was founded; no membership is older.
const founded calendar.Date = "1921-07-01"

// wrong is a column that cannot be as it was given, whatever the rules of the time asked for. Its field has the name that forms
// and layouts give it.
type wrong struct{ field, what string }

// refusal is what a form is told.
func (x *wrong) refusal() error {
	if x == nil {
		return nil
	}
	return journal.RefuseField(x.field, "%s。没有登记，请核对。", x.what)
}

// wrongDates holds the dates of a membership together: born, admitted, a full member, entered, in this order. A date that is
// not known is passed over. Without a year of probation (1969 to 1977) one was a full member from the day of admission.
func wrongDates(birth, admitted, full, on calendar.Date) *wrong {
	switch {
	case birth != "" && birth >= on:
		return &wrong{"on", fmt.Sprintf("登记日期%s不晚于出生日期%s", on.Chinese(), birth.Chinese())}
	case admitted != "" && admitted > on:
		return &wrong{"admitted", fmt.Sprintf("入党日期%s晚于登记日期%s", admitted.Chinese(), on.Chinese())}
	case full != "" && full > on:
		return &wrong{"full", fmt.Sprintf("转正日期%s晚于登记日期%s", full.Chinese(), on.Chinese())}
	case admitted != "" && admitted <= birth:
		return &wrong{"admitted", fmt.Sprintf("入党日期%s不晚于出生日期%s", admitted.Chinese(), birth.Chinese())}
	case full != "" && full <= birth:
		return &wrong{"full", fmt.Sprintf("转正日期%s不晚于出生日期%s", full.Chinese(), birth.Chinese())}
	case admitted != "" && admitted < founded:
		return &wrong{"admitted", fmt.Sprintf("入党日期%s早于中国共产党成立（1921年7月）", admitted.Chinese())}
	case full != "" && full < founded:
		return &wrong{"full", fmt.Sprintf("转正日期%s早于中国共产党成立（1921年7月）", full.Chinese())}
	case full != "" && full < admitted:
		return &wrong{"full", fmt.Sprintf("转正日期%s早于入党日期%s", full.Chinese(), admitted.Chinese())}
	}
	return nil
}

// wrongEntry holds category and dates against each other.
func wrongEntry(e Enter, birth, on calendar.Date) *wrong {
	switch {
	case e.How == Admitted && e.Category == Full:
		return &wrong{"category", "新发展的党员先为预备党员，请改选人员类别或登记方式"}
	case e.Category == Probationary && e.Full != "":
		return &wrong{"full", "人员类别是预备党员，却有转正日期"}
	}
	if x := wrongDates(birth, e.Admitted, e.Full, on); x != nil {
		return x
	}
	return wrongOffset(e.Category, e.Record[offsetKey], birth, e.Full, on)
}

// offsetKey is the column 党龄校正值: full years, added to those since the member became a full one.
const offsetKey = "party_age_offset"

// wrongOffset wants a number of years that leaves a length of membership which can be: not below nothing, and not longer than
// the person has lived or the Party existed.
func wrongOffset(c Category, offset string, birth, full, on calendar.Date) *wrong {
	if nothing(offset) {
		return nil
	}
	n, err := strconv.Atoi(offset)
	years := calendar.Age(full, on)
	switch most := calendar.Age(max(birth, founded), on); {
	case err != nil:
		return &wrong{offsetKey, fmt.Sprintf("党龄校正值“%s”不是整年数（少算的用负数）", offset)}
	case c == Probationary:
		return &wrong{offsetKey, "预备党员还没有党龄，不填党龄校正值"}
	case n > most || n < -most:
		return &wrong{offsetKey, fmt.Sprintf("党龄校正值%d年超出可能的范围（正负%d年以内）", n, most)}
	case years >= 0 && years+n < 0:
		return &wrong{offsetKey, fmt.Sprintf("转正%d年，校正%d年，党龄成了负数", years, n)}
	case years >= 0 && years+n > most:
		return &wrong{offsetKey, fmt.Sprintf("转正%d年，校正%d年，党龄%d年，不可能超过%d年", years, n, years+n, most)}
	}
	return nil
}

// report names the cell of a row that cannot be as it is; of a sheet that gives no day of entry, the day of admission.
func report(r sheet.Record, x *wrong) {
	field := x.field
	if field == "on" {
		field = "birth"
	}
	r.Report(field, sheet.Error, "", x.what+"。请核对")
}

// reportVerdicts names in a row's cells what the rules say about the days there: the cell of admission for PM-01, that of full
// membership for the others.
func reportVerdicts(r sheet.Record, vs []law.Verdict, admitted, full string) {
	for _, v := range vs {
		key := full
		if v.Rule == constitution.Age[0].ID {
			key = admitted
		}
		switch v.Outcome {
		case law.Refuse:
			r.Report(key, sheet.Error, v.Rule, v.Given+"。"+v.Need+"（"+v.Cite()+"），请核对")
		case law.Warn:
			r.Report(key, sheet.Warning, v.Rule, v.Given+"。"+v.Need+"（"+v.Cite()+"），请核对")
		case law.Undecided:
			r.Report(key, sheet.Warning, v.Rule, undecided(v)+"，请核对")
		}
	}
}

// undecided says what a rule would need to know.
func undecided(v law.Verdict) string {
	return "还不知道" + strings.Join(v.Missing, "、") + "，不能判断：" + v.Need + "（" + v.Cite() + "）"
}

// checkPartyAge compares the years that a roster states with those that its own dates give. A roster may have been drawn up a
// year ago, so only more than a year's difference is told.
func checkPartyAge(r sheet.Record, e Enter, on calendar.Date) {
	stated, err := strconv.Atoi(r.Text("party_age"))
	years := calendar.Age(e.Full, on)
	if err != nil || years < 0 || e.Category != Full {
		return
	}
	offset, _ := strconv.Atoi(e.Record[offsetKey]) // held to be a number before
	if d := years + offset - stated; d > 1 || d < -1 {
		r.Report("party_age", sheet.Warning, "", fmt.Sprintf("填的是%d年，照转正日期和校正值算到%s是%d年。请核对转正日期和校正值；党龄以算出的为准", stated, on.Chinese(), years+offset))
	}
}
