package calendar

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed holidays/*.txt
var files embed.FS

// Holidays is one year's arrangement of days of rest as the State Council
// published it.
type Holidays struct {
	Year      int
	Title     string          // title of the notice
	Number    string          // its document number (文号)
	Published Date            // day of the notice
	Off       map[Date]string // day of rest → name of the festival
	Work      map[Date]bool   // weekend days that are worked
}

// HolidaysOf gives the notice of a year, and false where none is on file.
// The maps belong to the package; callers only read them.
func HolidaysOf(year int) (Holidays, bool) {
	h, ok := published()[year]
	return h, ok
}

// Years lists the years whose notices are on file, oldest first.
func Years() []int {
	var years []int
	for year := range published() {
		years = append(years, year)
	}
	slices.Sort(years)
	return years
}

// fixed are the days of rest that the State Council's rules on festivals (全国年节及纪念日放假办法, art. 2, as amended from 2025) give to
// dates of every year. Those of the lunar calendar, and which weekends are worked for them, only a year's notice tells.
var fixed = map[string]string{"01-01": "元旦", "05-01": "劳动节", "05-02": "劳动节", "10-01": "国庆节", "10-02": "国庆节", "10-03": "国庆节"}

// IsWorkday reports whether d is worked. known is false for a year whose notice
// is not on file: then the answer goes by the weekday and the festivals of fixed dates, and may change.
func IsWorkday(d Date) (workday, known bool) {
	weekday := d.Weekday()
	workday = weekday != time.Saturday && weekday != time.Sunday
	h, known := published()[d.Year()]
	if known {
		if _, off := h.Off[d]; off {
			workday = false
		} else if h.Work[d] {
			workday = true
		}
	} else if fixed[string(d[5:])] != "" {
		workday = false
	}
	return workday, known
}

// restName says in Chinese why d is not worked: the festival or the weekday.
func restName(d Date) string {
	h, known := published()[d.Year()]
	name := h.Off[d]
	if !known {
		name = fixed[string(d[5:])]
	}
	if name != "" {
		return name + "放假"
	}
	return d.ChineseWeekday()
}

// published reads the embedded files once. They are part of the program and
// read by its tests, so a fault in them is a fault of the build.
var published = sync.OnceValue(func() map[int]Holidays {
	years := map[int]Holidays{}
	names, err := fs.Glob(files, "holidays/*.txt")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		h, err := readHolidays(string(data))
		if err != nil {
			panic(fmt.Errorf("%s: %w", name, err))
		}
		years[h.Year] = h
	}
	return years
})

// readHolidays reads a year file. Its lines are
//
//	title <title of the notice>
//	number <document number>
//	published <date>
//	off <festival> <first day> <last day>
//	work <date> …
func readHolidays(text string) (Holidays, error) {
	h := Holidays{Off: map[Date]string{}, Work: map[Date]bool{}}
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		fields := strings.Fields(rest)
		switch word {
		case "":
		case "title":
			h.Title = rest
		case "number":
			h.Number = rest
		case "published":
			h.Published = Date(rest)
		case "off":
			if len(fields) != 3 || !Date(fields[1]).Valid() || !Date(fields[2]).Valid() || fields[1] > fields[2] {
				return h, fmt.Errorf("bad line %q", line)
			}
			for d := Date(fields[1]); d <= Date(fields[2]); d = d.AddDays(1) {
				h.Off[d] = fields[0]
			}
			h.Year = Date(fields[1]).Year()
		case "work":
			for _, f := range fields {
				if !Date(f).Valid() {
					return h, fmt.Errorf("bad line %q", line)
				}
				h.Work[Date(f)] = true
			}
		default:
			return h, fmt.Errorf("bad line %q", line)
		}
	}
	if h.Title == "" || h.Number == "" || !h.Published.Valid() || h.Year == 0 {
		return h, fmt.Errorf("title, number, published and off are all needed")
	}
	return h, nil
}
