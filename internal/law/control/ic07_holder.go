package control

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Holder is somebody about to take an office; the day asked for is the first in it.
type Holder struct {
	Birth law.Opt[calendar.Date]
	Died  law.Opt[calendar.Date] // the day from which the record has the person as dead, "" while alive
}

// Adult (IC-07) gives powers only to grown persons who live: an office is held in one's own name and answers for what it does.
var Adult = law.Rule[Holder]{
	Info: law.Info{ID: "IC-07", Title: "任职人年满十八周岁", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Undecided}},
	Decide: func(f Holder, s law.Settings) law.Finding {
		const need = "任职之日在世，年满十八周岁"
		died, recorded := f.Died.Get()
		if !recorded {
			return law.Lacking(need, "是否在世")
		}
		if died != "" && died <= s.Date() {
			return law.Finding{Outcome: law.Refuse, Given: "此人已登记为" + died.Chinese() + "去世", Need: need, Remedy: "核对人选和任职日期；登记有误的，先更正那一件"}
		}
		birth, known := f.Birth.Get()
		if !known || birth == "" {
			return law.Lacking(need, "出生日期")
		}
		given := fmt.Sprintf("%s出生，%s任职", birth.Chinese(), s.Date().Chinese())
		if s.Date() < birth.AddYears(18) {
			return law.Finding{Outcome: law.Refuse, Given: given + "，未满十八周岁", Need: need, Remedy: "核对人选、出生日期和任职日期"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[Holder]{
		{Name: "十八岁生日当天任职", On: "2021-06-25", Want: law.Pass, Facts: Holder{Birth: law.Some(calendar.Date("2003-06-25")), Died: law.Some(calendar.Date(""))}},
		{Name: "差一天满十八岁", On: "2021-06-24", Want: law.Refuse, Facts: Holder{Birth: law.Some(calendar.Date("2003-06-25")), Died: law.Some(calendar.Date(""))}},
		{Name: "任职在去世之后", On: "2026-03-01", Want: law.Refuse, Facts: Holder{Birth: law.Some(calendar.Date("1950-01-01")), Died: law.Some(calendar.Date("2026-02-01"))}},
		{Name: "补记去世以前的任职", On: "2020-03-01", Want: law.Pass, Facts: Holder{Birth: law.Some(calendar.Date("1950-01-01")), Died: law.Some(calendar.Date("2026-02-01"))}},
		{Name: "不知道出生日期", On: "2026-03-01", Want: law.Undecided, Facts: Holder{}},
	},
}
