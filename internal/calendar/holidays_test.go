package calendar

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// yearCase is a published arrangement with the counts that follow from it; the
// notice is named in the file.
type yearCase struct {
	Case   string `json:"case"`
	Source string `json:"source"`
	Issued Date   `json:"published"`
	Off    []Date `json:"days_off"`
	Work   []Date `json:"make_up_workdays"`
	Year   int    `json:"workdays_year"`
	Months []int  `json:"workdays_by_month"`
}

func readYears(t *testing.T) []yearCase {
	t.Helper()
	data, err := os.ReadFile("testdata/workdays.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []yearCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestPublishedYears(t *testing.T) {
	for _, c := range readYears(t) {
		t.Run(c.Case, func(t *testing.T) {
			year := c.Off[0].Year()
			h, ok := HolidaysOf(year)
			if !ok {
				t.Fatalf("no notice on file for %d", year)
			}
			if h.Published != c.Issued {
				t.Errorf("notice published %s, want %s", h.Published, c.Issued)
			}
			if len(h.Off) != len(c.Off) || len(h.Work) != len(c.Work) {
				t.Errorf("%d days off and %d make-up days, want %d and %d", len(h.Off), len(h.Work), len(c.Off), len(c.Work))
			}
			for _, d := range c.Off {
				if workday, _ := IsWorkday(d); workday {
					t.Errorf("%s is worked, the notice gives it off", d)
				}
			}
			for _, d := range c.Work {
				if workday, _ := IsWorkday(d); !workday {
					t.Errorf("%s is off, the notice has it worked", d)
				}
			}
			months := make([]int, 12)
			total := 0
			for m := range months {
				first := Of(year, m+1, 1)
				n, known := WorkdaysBetween(first.AddDays(-1), first.MonthEnd())
				if !known {
					t.Errorf("month %d is not known", m+1)
				}
				months[m] = n
				total += n
			}
			if total != c.Year || !slices.Equal(months, c.Months) {
				t.Errorf("working days %d %v, want %d %v", total, months, c.Year, c.Months)
			}
		})
	}
}

func TestYearsOnFile(t *testing.T) {
	if got := Years(); !slices.Equal(got, []int{2024, 2025, 2026}) {
		t.Errorf("years %v", got)
	}
	if _, ok := HolidaysOf(2030); ok {
		t.Error("2030 has no notice yet")
	}
}

func TestYearWithoutNoticeIsProvisional(t *testing.T) {
	for _, c := range []struct {
		day  Date
		want bool
	}{{"2030-01-01", false}, {"2030-05-02", false}, {"2030-10-03", false}, {"2030-10-04", true}, {"2030-01-02", true}, {"2030-01-05", false}, {"2030-01-06", false}} {
		got, known := IsWorkday(c.day)
		if got != c.want || known {
			t.Errorf("IsWorkday(%s) = %v, %v; want %v, false", c.day, got, known, c.want)
		}
	}
}

func TestDamagedYearFiles(t *testing.T) {
	head := "title 通知\nnumber 1号\npublished 2025-11-04\n"
	for name, text := range map[string]string{
		"no title":       "number 1号\npublished 2025-11-04\noff 元旦 2026-01-01 2026-01-01\n",
		"impossible day": head + "off 元旦 2026-02-30 2026-03-01\n",
		"reversed":       head + "off 元旦 2026-01-03 2026-01-01\n",
		"bad work day":   head + "off 元旦 2026-01-01 2026-01-01\nwork 2026-13-01\n",
		"unknown word":   head + "rest 2026-01-01\n",
		"empty":          "",
	} {
		if _, err := readHolidays(text); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
