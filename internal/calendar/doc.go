// Package calendar counts days as Chinese law counts them.
//
// # What it is for
//
// Almost every step of village work hangs on a date: a voters' list must be up
// twenty days before polling day, a notice stays on the board fifteen days, a
// candidate for admission is announced for five working days, a branch answers
// within a month. The rules for counting are few, but they are easy to get
// wrong by one, and a clerk who is told a date wants to see how it came about.
// So every reckoning here returns its arithmetic in plain Chinese beside the
// date.
//
// The conventions:
//
//   - A period in days does not count the day on which it starts; it ends with
//     the end of its last day (民法典 第二百零一条、第二百零三条).
//   - When that last day is a day of rest, the period ends with the next working
//     day (民法典 第二百零三条). [Deadline] does this, [Before] does not: moving
//     a "no later than D−20" forward would shorten the time people are given.
//   - A period in months ends on the same day number, or on the last day of the
//     month where there is none (民法典 第二百零二条).
//   - Working days follow the yearly notice of the State Council, which moves
//     days of rest and turns some weekends into working days.
//
// # Its data
//
// The folder holidays holds one small text file per year, transcribed from the
// notice named in it. A year without a file counts Monday to Friday as working
// days; every answer that touched such a year says so (known=false,
// [Reckoning].Provisional), because the date may move when the notice appears.
//
// # What may never change
//
// A [Date] is its text "YYYY-MM-DD": it is what the database stores and the
// journal seals, its lexical order is the order of time, "" means unknown and
// "9999-12-31" means without end. There is no time zone inside a date; only
// [Today] knows one. A published year file is corrected only when it departs
// from its notice.
//
// The package imports nothing of this project.
package calendar
