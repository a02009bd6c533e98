package org

import (
	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Begun refuses an effective day that has not come yet. Trees, rosters and counters of today show what is open-ended, so an act
// for next month would take effect in them at once; it is recorded on its day instead. A day that is none the journal refuses.
func Begun(w *journal.Writer, on calendar.Date) error {
	if on.Valid() && on.After(w.Today()) {
		return journal.RefuseField("effective", "生效日期还没有到（%s）。没有办理；请到那一天再办理，或者改正日期。", on.Chinese())
	}
	return nil
}
