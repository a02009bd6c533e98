package practice

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
)

// term is the last day of a term that runs from an earlier act: as that act stated it, else as the local terms of its own day give it.
// How it was reckoned and the setting behind it are named only where they lead to that day.
func term(stated law.Opt[calendar.Date], by calendar.Reckoning, act int64) (due calendar.Date, how string, setting int64) {
	if due, ok := stated.Get(); ok && due != by.Due {
		return due, "", 0
	}
	return by.Due, "（" + by.Text() + "）", act
}

// late reports whether something done on a day, or not done yet, is past a term; today is the day on which that is asked.
func late(done, due, today calendar.Date) bool { return done > due || done == "" && today > due }
